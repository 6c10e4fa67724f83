// RUN: myia-opt %s -canonicalize | FileCheck %s

// A loop that hands on a result twice keeps both: upstream alone made the
// second one what the else branch gives.

// CHECK-LABEL: func.func @twice(
// CHECK-SAME:    %[[A:.+]]: f64, %[[B:.+]]: f64, %[[N:.+]]: i64)
func.func @twice(%a: f64, %b: f64, %n: i64) -> f64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %p = ub.poison : f64
  %q = ub.poison : i64
  // CHECK: %[[R:.+]]:3 = scf.while (%{{.+}}, %[[X0:.+]] = %[[A]], %[[Y0:.+]] = %[[B]])
  %r:4 = scf.while (%i = %c0, %x = %a, %y = %b, %z = %b) : (i64, f64, f64, f64) -> (i64, f64, f64, f64) {
    myia.poll
    %c = arith.cmpi slt, %i, %n : i64
    %v:2 = scf.if %c -> (i64, f64) {
      %j = arith.addi %i, %c1 : i64
      %s = arith.addf %x, %y : f64
      scf.yield %j, %s : i64, f64
    } else {
      scf.yield %q, %p : i64, f64
    }
    // CHECK: scf.condition
    scf.condition(%c) %v#0, %v#1, %v#1, %y : i64, f64, f64, f64
  } do {
  ^bb0(%i: i64, %x: f64, %y: f64, %z: f64):
    // CHECK: %[[S:.+]] = arith.addf
    // CHECK: scf.yield %{{.+}}, %[[S]], %[[S]] : i64, f64, f64
    scf.yield %i, %x, %y, %z : i64, f64, f64, f64
  }
  // CHECK: return %[[R]]#2
  return %r#3 : f64
}
