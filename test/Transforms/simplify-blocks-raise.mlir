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

// What the message needs must be there.

// CHECK-LABEL: func.func @value_of_the_block(
// CHECK:         cf.cond_br
// CHECK:         myia.raise_if {{.+}} of
func.func @value_of_the_block(%c: i1, %i: i64) -> i64 {
  cf.cond_br %c, ^bad, ^good
^bad:
  %true = arith.constant true
  %k = arith.addi %i, %i : i64
  myia.raise_if %true, "ValueError"("{}") of %k
  %poison = ub.poison : i64
  return %poison : i64
^good:
  return %i : i64
}

// Also where blocks without effect lie between.
// CHECK-LABEL: func.func @later
// CHECK-NEXT:    myia.raise_if %{{.+}}, "ValueError"("bad")
// CHECK-NOT:     cf.
// CHECK:         return %{{.+}} : i64
func.func @later(%c: i1, %x: i64) -> i64 {
  cf.cond_br %c, ^bb1, ^bb3
^bb1:
  %y = arith.addi %x, %x : i64
  cf.br ^bb2(%y : i64)
^bb2(%z: i64):
  %true = arith.constant true
  myia.raise_if %true, "ValueError"("bad")
  return %z : i64
^bb3:
  return %x : i64
}
