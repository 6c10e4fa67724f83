// RUN: myia-opt %s -myia-to-differentiated | FileCheck %s

// The derivative of straight-line code holds no trace of the transform.

func.func private @cube(%x: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  %1 = arith.mulf %0, %x : f64
  return %1 : f64
}

// CHECK-NOT: func.func private
// CHECK-LABEL: func.func @derivative(
// CHECK-SAME:    %[[X:.+]]: f64) -> f64
func.func @derivative(%x: f64) -> f64 {
  // CHECK-NEXT: %[[S:.+]] = arith.mulf %[[X]], %[[X]]
  // CHECK-NEXT: %[[T:.+]] = arith.addf %[[S]], %[[S]]
  // CHECK-NEXT: %[[R:.+]] = arith.addf %[[T]], %[[S]]
  // CHECK-NEXT: return %[[R]]
  %0:2 = myia.value_and_grad @cube(%x) wrt [0] : (f64) -> (f64, f64)
  return %0#1 : f64
}
