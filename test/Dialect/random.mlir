// RUN: %round-trip | FileCheck %s
// RUN: myia-opt %s -cse -canonicalize | FileCheck %s --check-prefix=KEPT

// CHECK-LABEL: func.func @random(
// CHECK-SAME:    %[[N:.+]]: i64)
// KEPT-LABEL: func.func @random(
func.func @random(%n: i64) -> (i64, i64) {
  // CHECK: myia.seed %[[N]]
  // KEPT: myia.seed
  myia.seed %n
  // CHECK: %[[A:.+]] = myia.draw
  // KEPT: %[[A:.+]] = myia.draw
  %a = myia.draw
  // Nobody uses this one, but the next one comes after it.
  // KEPT: myia.draw
  %b = myia.draw
  // KEPT: %[[C:.+]] = myia.draw
  %c = myia.draw
  // KEPT: return %[[A]], %[[C]]
  return %a, %c : i64, i64
}
