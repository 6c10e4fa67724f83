// RUN: %round-trip | FileCheck %s

func.func private @f(%x: f64, %n: i64) -> f64 {
  return %x : f64
}

// CHECK-LABEL: func.func @value_and_grad(
// CHECK-SAME:    %[[X:.+]]: f64, %[[N:.+]]: i64)
func.func @value_and_grad(%x: f64, %n: i64) -> f64 {
  // CHECK: myia.value_and_grad @f(%[[X]], %[[N]]) wrt [0] : (f64, i64) -> (f64, f64)
  %v, %dx = myia.value_and_grad @f(%x, %n) wrt [0] : (f64, i64) -> (f64, f64)
  // CHECK: myia.value_and_grad @f(%[[X]], %[[N]]) wrt [1, 0]
  // CHECK-SAME: (f64, i64) -> (f64, !myia.static<unit>, f64)
  %0:3 = myia.value_and_grad @f(%x, %n) wrt [1, 0]
      : (f64, i64) -> (f64, !myia.static<unit>, f64)
  return %dx : f64
}

// CHECK-LABEL: func.func @cotangents(
// CHECK-SAME:    %[[X:.+]]: tensor<3xf64>)
func.func @cotangents(%x: tensor<3xf64>) -> tensor<3xf64> {
  // CHECK: myia.input 2 : tensor<3xf64>
  %w = myia.input 2 : tensor<3xf64>
  // CHECK: %[[ZERO:.+]] = myia.zero : tensor<3xf64>
  %0 = myia.zero : tensor<3xf64>
  // CHECK: %[[SUM:.+]] = myia.accumulate %[[ZERO]], %[[X]] : tensor<3xf64>
  %1 = myia.accumulate %0, %x : tensor<3xf64>
  // CHECK: myia.stop_gradient %[[SUM]] : tensor<3xf64>
  %2 = myia.stop_gradient %1 : tensor<3xf64>
  return %2 : tensor<3xf64>
}
