// RUN: myia-opt %s -myia-normalize-loops | FileCheck %s

// CHECK-LABEL: func.func @switch(
// CHECK-SAME:    %[[I:.+]]: index, %[[X:.+]]: f64, %[[Y:.+]]: f64, %[[Z:.+]]: f64)
func.func @switch(%i: index, %x: f64, %y: f64, %z: f64) -> f64 {
  // CHECK: %[[C2:.+]] = arith.constant 2
  // CHECK: %[[IS2:.+]] = arith.cmpi eq, %[[I]], %[[C2]]
  // CHECK: %[[R:.+]] = scf.if %[[IS2]] -> (f64) {
  // CHECK-NEXT: scf.yield %[[X]]
  // CHECK: } else {
  // CHECK:   %[[C5:.+]] = arith.constant 5
  // CHECK:   %[[IS5:.+]] = arith.cmpi eq, %[[I]], %[[C5]]
  // CHECK:   %[[S:.+]] = scf.if %[[IS5]] -> (f64) {
  // CHECK-NEXT: scf.yield %[[Y]]
  // CHECK:   } else {
  // CHECK-NEXT: scf.yield %[[Z]]
  // CHECK:   scf.yield %[[S]]
  // CHECK: return %[[R]]
  %r = scf.index_switch %i -> f64
  case 2 {
    scf.yield %x : f64
  }
  case 5 {
    scf.yield %y : f64
  }
  default {
    scf.yield %z : f64
  }
  return %r : f64
}
