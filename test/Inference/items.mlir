// RUN: myia-opt %s -myia-infer | FileCheck %s

// Replacing one element, and broadcasting a number into a slice.

func.func private @f(%a: !myia.any, %i: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "a"}, {name = "i"}]} {
  %none = myia.constant unit
  %one = myia.constant 1 : i64
  %b = myia.setitem %a[%i] = %one seen_by none
  %s = myia.build_slice %one, %none, %none
  %c = myia.setitem %b[%s] = %i seen_by none
  return %c : !myia.any
}
myia.instantiate @main = @f(tensor<4xf32>, i64)

// CHECK-LABEL: func.func private @f.0
// CHECK: myia.raise_if {{.*}}, "IndexError"
// CHECK: %[[B:.*]] = tensor.insert %{{.*}} into %{{.*}} : tensor<4xf32>
// CHECK: %[[V:.*]] = myia.splat {{.*}} : f32 -> tensor<3xf32>
// CHECK: tensor.insert_slice %[[V]] into %[[B]][1] [3] [1]
