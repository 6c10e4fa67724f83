// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// Only the forward sweep may never end: its mirror has as many turns.

// CHECK-LABEL: func.func private @f.fwd
// CHECK:         myia.poll
// CHECK-LABEL: func.func private @f.bwd
// CHECK:         scf.while
// CHECK-NOT:     myia.poll
func.func private @f(%x: f64, %limit: f64) -> f64 {
  %0 = scf.while (%y = %x) : (f64) -> f64 {
    %c = arith.cmpf olt, %y, %limit : f64
    scf.condition(%c) %y : f64
  } do {
  ^bb0(%y: f64):
    myia.poll
    %z = arith.mulf %y, %x : f64
    scf.yield %z : f64
  }
  return %0 : f64
}
func.func @df(%x: f64, %limit: f64) -> f64 {
  %0:2 = myia.value_and_grad @f(%x, %limit) wrt [0] : (f64, f64) -> (f64, f64)
  return %0#1 : f64
}
