// RUN: myia-opt %s -myia-normalize-loops | FileCheck %s

func.func private @step(f64) -> f64

// CHECK-LABEL: func.func @rotated(
// CHECK-SAME:    %[[X:.+]]: f64, %[[T:.+]]: f64)
func.func @rotated(%x: f64, %t: f64) -> f64 {
  // CHECK: %[[P:.+]] = ub.poison : f64
  // CHECK: %[[R:.+]]:2 = scf.while (%[[GO:.+]] = %true, %[[A:.+]] = %[[X]], %[[B:.+]] = %[[P]])
  // CHECK-NEXT: scf.condition(%[[GO]]) %[[A]], %[[B]]
  // CHECK: ^bb0(%[[A2:.+]]: f64, %{{.+}}: f64):
  // CHECK:   %[[Y:.+]] = func.call @step(%[[A2]])
  // CHECK:   %[[C:.+]] = arith.cmpf olt, %[[Y]], %[[T]]
  // CHECK:   scf.yield %[[C]], %[[Y]], %[[Y]]
  // CHECK: return %[[R]]#1
  %r = scf.while (%a = %x) : (f64) -> f64 {
    %y = func.call @step(%a) : (f64) -> f64
    %c = arith.cmpf olt, %y, %t : f64
    scf.condition(%c) %y : f64
  } do {
  ^bb0(%b: f64):
    scf.yield %b : f64
  }
  return %r : f64
}

// What follows the condition runs only if the loop goes on.

// CHECK-LABEL: func.func @guarded(
func.func @guarded(%x: f64, %t: f64) -> f64 {
  // CHECK: %[[Y:.+]] = func.call @step
  // CHECK: %[[C:.+]] = arith.cmpf
  // CHECK: %[[G:.+]] = scf.if %[[C]] -> (f64) {
  // CHECK:   arith.mulf %[[Y]], %[[Y]]
  // CHECK: scf.yield %[[C]], %[[G]], %[[Y]]
  %r = scf.while (%a = %x) : (f64) -> f64 {
    %y = func.call @step(%a) : (f64) -> f64
    %c = arith.cmpf olt, %y, %t : f64
    scf.condition(%c) %y : f64
  } do {
  ^bb0(%b: f64):
    %s = arith.mulf %b, %b : f64
    scf.yield %s : f64
  }
  return %r : f64
}
