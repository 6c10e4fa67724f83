// RUN: myia-opt %s -myia-simplify-blocks | FileCheck %s

// An argument that every predecessor gives the same value is that value, also
// when it only goes around a loop.

// CHECK-LABEL: func.func @invariant(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64)
func.func @invariant(%n: i64, %x: f64) -> f64 {
  // CHECK: cf.br ^[[HEADER:.+]](%{{.+}}, %[[X]] : i64, f64)
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  cf.br ^header(%c0, %n, %x, %x : i64, i64, f64, f64)
  // CHECK: ^[[HEADER]](%[[I:.+]]: i64, %[[A:.+]]: f64):
^header(%i: i64, %m: i64, %a: f64, %y: f64):
  // CHECK: arith.cmpi slt, %[[I]], %[[N]]
  // CHECK: cf.cond_br %{{.+}}, ^[[BODY:.+]], ^[[EXIT:[a-z0-9]+]]
  %more = arith.cmpi slt, %i, %m : i64
  cf.cond_br %more, ^body(%i, %m, %a, %y : i64, i64, f64, f64), ^exit(%a : f64)
^body(%i1: i64, %m1: i64, %a1: f64, %y1: f64):
  // CHECK: arith.mulf %[[A]], %[[X]]
  %i2 = arith.addi %i1, %c1 : i64
  %a2 = arith.mulf %a1, %y1 : f64
  cf.br ^header(%i2, %m1, %a2, %y1 : i64, i64, f64, f64)
^exit(%r: f64):
  // CHECK: return %[[A]]
  return %r : f64
}

// Two variables that change places are no copies of each other.

// CHECK-LABEL: func.func @swap(
func.func @swap(%x: f64, %y: f64, %c: i1) -> f64 {
  // CHECK: ^[[LOOP:.+]](%[[A:.+]]: f64, %[[B:.+]]: f64):
  cf.br ^loop(%x, %y : f64, f64)
^loop(%a: f64, %b: f64):
  // CHECK: cf.cond_br %{{.+}}, ^[[LOOP]](%[[B]], %[[A]] : f64, f64), ^
  cf.cond_br %c, ^loop(%b, %a : f64, f64), ^exit
^exit:
  return %a : f64
}
