// RUN: myia-opt %s -myia-expand-accumulate | FileCheck %s

// CHECK-LABEL: func.func @f(
// CHECK-SAME: %[[X:.*]]: f64, %[[A:.*]]: tensor<3xf64>)
// CHECK: %[[Z:.*]] = arith.constant 0.0
// CHECK: arith.addf %[[X]], %[[Z]] : f64
// CHECK: %[[Z:.*]] = myia.zero : tensor<3xf64>
// CHECK: arith.addf %[[A]], %[[Z]] : tensor<3xf64>
func.func @f(%x: f64, %a: tensor<3xf64>) -> (f64, tensor<3xf64>) {
  %0 = myia.zero : f64
  %1 = myia.accumulate %x, %0 : f64
  %2 = myia.zero : tensor<3xf64>
  %3 = myia.accumulate %a, %2 : tensor<3xf64>
  return %1, %3 : f64, tensor<3xf64>
}
