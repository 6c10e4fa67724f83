// RUN: myia-opt %s -myia-to-differentiated | FileCheck %s

// d/dx x*x*x is what a person would write: x*x + x*x + x*x, the square shared.

func.func private @cube(%x: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  %1 = arith.mulf %0, %x : f64
  return %1 : f64
}

// CHECK: module {
// CHECK-NEXT: func.func @main(%[[X:.*]]: f64) -> f64 {
// CHECK-NEXT: %[[S:.*]] = arith.mulf %[[X]], %[[X]] : f64
// CHECK-NEXT: %[[T:.*]] = arith.addf %[[S]], %[[S]] : f64
// CHECK-NEXT: %[[R:.*]] = arith.addf %[[T]], %[[S]] : f64
// CHECK-NEXT: return %[[R]] : f64
// CHECK-NEXT: }
// CHECK-NEXT: }
func.func @main(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @cube(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}
