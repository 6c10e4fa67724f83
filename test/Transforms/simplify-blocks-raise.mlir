// RUN: myia-opt %s -myia-simplify-blocks | FileCheck %s

// A branch that only raises is a conditional raise.

// CHECK-LABEL: func.func @when_true(
// CHECK-SAME:    %[[C:.+]]: i1, %[[X:.+]]: f64)
func.func @when_true(%c: i1, %x: f64) -> f64 {
  // CHECK-NEXT: myia.raise_if %[[C]], "ValueError"("bad")
  // CHECK-NEXT: return %[[X]]
  cf.cond_br %c, ^bad, ^good(%x : f64)
^bad:
  %true = arith.constant true
  myia.raise_if %true, "ValueError"("bad")
  %poison = ub.poison : f64
  return %poison : f64
^good(%y: f64):
  return %y : f64
}

// CHECK-LABEL: func.func @when_false(
// CHECK-SAME:    %[[C:.+]]: i1, %[[X:.+]]: f64)
func.func @when_false(%c: i1, %x: f64) -> f64 {
  // CHECK: %[[NOT:.+]] = arith.xori %[[C]]
  // CHECK: myia.raise_if %[[NOT]], "ValueError"("bad")
  // CHECK-NEXT: return %[[X]]
  cf.cond_br %c, ^good, ^bad
^bad:
  %true = arith.constant true
  myia.raise_if %true, "ValueError"("bad")
  %poison = ub.poison : f64
  return %poison : f64
^good:
  return %x : f64
}
