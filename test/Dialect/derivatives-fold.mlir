// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @zero_left(
// CHECK-SAME:    %[[X:.+]]: f64)
func.func @zero_left(%x: f64) -> f64 {
  %0 = myia.zero : f64
  %1 = myia.accumulate %0, %x : f64
  // CHECK-NEXT: return %[[X]]
  return %1 : f64
}

// CHECK-LABEL: func.func @zero_right(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf64>)
func.func @zero_right(%x: tensor<3xf64>) -> tensor<3xf64> {
  %0 = myia.zero : tensor<3xf64>
  %1 = myia.accumulate %x, %0 : tensor<3xf64>
  // CHECK-NEXT: return %[[X]]
  return %1 : tensor<3xf64>
}
