// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// Ties share the cotangent of a maximum equally; NaN is the maximum wherever it is.

func.func private @f(%x: tensor<2x3xf64>) -> f64 {
  %0 = myia.reduce max %x axes [1] : tensor<2x3xf64> -> tensor<2xf64>
  %1 = myia.reduce sum %0 axes [0] : tensor<2xf64> -> f64
  return %1 : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK: %[[M:.*]] = myia.broadcast %{{.*}} : tensor<2x1xf64> -> tensor<2x3xf64>
// CHECK: %[[EQUAL:.*]] = arith.cmpf oeq, %[[X:.*]], %[[M]]
// CHECK: %[[NAN:.*]] = arith.cmpf uno, %[[X]], %[[X]]
// CHECK: %[[CHOSEN:.*]] = arith.ori %[[EQUAL]], %[[NAN]]
// CHECK: %[[ONES:.*]] = arith.select %[[CHOSEN]]
// CHECK: %[[TIES:.*]] = myia.reduce sum %[[ONES]] axes [1]
// CHECK: %[[SHARE:.*]] = arith.divf %{{.*}}, %[[TIES]]
// CHECK: %[[ALL:.*]] = myia.broadcast
// CHECK: %[[D:.*]] = arith.select %[[CHOSEN]], %[[ALL]]
// CHECK: myia.accumulate %{{.*}}, %[[D]]
func.func @main(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (tensor<2x3xf64>) -> (f64, tensor<2x3xf64>)
  return %d : tensor<2x3xf64>
}
