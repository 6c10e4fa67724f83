// RUN: myia-opt %s -myia-infer | FileCheck %s

// Index arrays are checked, made one array of positions, and gathered with.

func.func private @f(%a: !myia.any, %i: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "a"}, {name = "i"}]} {
  %none = myia.constant unit
  %s = myia.build_slice %none, %none, %none
  %at = myia.build_tuple(%s, %i)
  %b = myia.getitem %a[%at]
  return %b : !myia.any
}
myia.instantiate @main = @f(tensor<4x5xf32>, tensor<3xi64>)

// CHECK-LABEL: func.func private @f.0
// CHECK: myia.raise_if {{.*}}, "IndexError"
// CHECK: %[[T:.*]] = myia.transpose %{{.*}} [1, 0]
// CHECK: %[[R:.*]] = myia.gather %[[T]][%{{.*}}] : tensor<5x4xf32>, tensor<3xi64> -> tensor<3x4xf32>
// CHECK: myia.transpose %[[R]] [1, 0] : tensor<3x4xf32> -> tensor<4x3xf32>
