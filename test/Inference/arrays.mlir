// RUN: myia-opt %s -myia-infer | FileCheck %s

// Subscripts, methods and reductions of arrays.

func.func private @f(%a: !myia.any, %i: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "a"}, {name = "i"}]} {
  %none = myia.constant unit
  %one = myia.constant 1 : i64
  %s = myia.build_slice %none, %one, %none
  %index = myia.build_tuple(%i, %s, %none)
  %row = myia.getitem %a[%index]
  %method = myia.getattr %row "sum"
  %true = myia.constant true
  %r = myia.call %method(%one, %true) keywords ["axis", "keepdims"]
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<4x5xf32>, i64)

// CHECK-LABEL: func.func private @f.0(
// CHECK-SAME: %[[A:.+]]: tensor<4x5xf32>, %{{.*}}: i64) -> tensor<1x1xf32>
// CHECK: myia.raise_if {{.*}}, "IndexError"("index {} is out of bounds for axis 0 with size 4") of
// CHECK: %[[I:.*]] = arith.index_cast
// CHECK: %[[ROW:.*]] = tensor.extract_slice %[[A]][%[[I]], 0] [1, 1] [1, 1] : tensor<4x5xf32> to tensor<1x1xf32>
// CHECK: myia.reduce sum {{.*}} axes [1]
// CHECK: myia.reshape {{.*}} -> tensor<1x1xf32>
