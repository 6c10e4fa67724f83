// RUN: myia-opt %s -pass-pipeline='builtin.module(func.func(myia-simplify-blocks,myia-structure-control-flow),canonicalize,func.func(myia-normalize-loops),canonicalize)' | FileCheck %s

// for i in range(n): a = a * x

// CHECK-LABEL: func.func @range(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64)
func.func @range(%n: i64, %x: f64) -> f64 {
  // CHECK: %[[R:.+]] = scf.for %{{.+}} = %{{.+}} to %[[N]] step %{{.+}} iter_args(%[[A:.+]] = %[[X]]) -> (f64) : i64 {
  // CHECK:   %[[B:.+]] = arith.mulf %[[A]], %[[X]]
  // CHECK:   scf.yield %[[B]]
  // CHECK: return %[[R]]
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  cf.br ^header(%c0, %n, %x, %x : i64, i64, f64, f64)
^header(%i: i64, %m: i64, %a: f64, %y: f64):
  %more = arith.cmpi slt, %i, %m : i64
  cf.cond_br %more, ^body(%i, %m, %a, %y : i64, i64, f64, f64), ^exit(%a : f64)
^body(%i1: i64, %m1: i64, %a1: f64, %y1: f64):
  %i2 = arith.addi %i1, %c1 : i64
  %a2 = arith.mulf %a1, %y1 : f64
  cf.br ^header(%i2, %m1, %a2, %y1 : i64, i64, f64, f64)
^exit(%r: f64):
  return %r : f64
}

// while a < t: a = a * a

// CHECK-LABEL: func.func @while(
// CHECK-SAME:    %[[X:.+]]: f64, %[[T:.+]]: f64)
func.func @while(%x: f64, %t: f64) -> f64 {
  // CHECK: scf.while (%[[A:.+]] = %[[X]]) : (f64) -> f64 {
  // CHECK-NEXT: %[[C:.+]] = arith.cmpf olt, %[[A]], %[[T]]
  // CHECK-NEXT: scf.condition(%[[C]]) %[[A]]
  cf.br ^header(%x : f64)
^header(%a: f64):
  %c = arith.cmpf olt, %a, %t : f64
  cf.cond_br %c, ^body, ^exit
^body:
  %b = arith.mulf %a, %a : f64
  cf.br ^header(%b : f64)
^exit:
  return %a : f64
}
