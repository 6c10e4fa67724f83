// RUN: myia-opt %s -myia-to-differentiated | FileCheck %s

// Innermost first: the derivative of a derivative. x**3 has 6x.

func.func private @cube(%x: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  %1 = arith.mulf %0, %x : f64
  return %1 : f64
}

func.func private @slope(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @cube(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: f64) -> f64 {
// CHECK-NOT: myia.
// CHECK-NOT: call
// CHECK: return
func.func @main(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @slope(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}
