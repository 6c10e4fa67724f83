// RUN: myia-opt %s -pass-pipeline='builtin.module(func.func(myia-simplify-blocks,myia-structure-control-flow),canonicalize,func.func(myia-normalize-loops),canonicalize)' | FileCheck %s

// A loop with `break` and `return` goes on while a flag says so; the first
// region of the while computes nothing.

// CHECK-LABEL: func.func @exits(
// CHECK-NOT:   scf.index_switch
// CHECK:       scf.while (%[[GO:[a-z0-9]+]] = %{{.+}}, {{.+}}) : (i1,
// CHECK-NEXT:    scf.condition(%[[GO]])
// CHECK:       } do {
// CHECK:         scf.if
// CHECK:         scf.yield
// CHECK:       scf.if
// CHECK-NOT:   scf.index_switch
func.func @exits(%n: i64, %x: f64) -> f64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %limit = arith.constant 10.0 : f64
  cf.br ^header(%c0, %x : i64, f64)
^header(%i: i64, %a: f64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^exit
^body:
  %i2 = arith.addi %i, %c1 : i64
  %b = arith.mulf %a, %x : f64
  %big = arith.cmpf ogt, %b, %limit : f64
  cf.cond_br %big, ^early, ^header(%i2, %b : i64, f64)
^early:
  return %limit : f64
^exit:
  %s = arith.addf %a, %x : f64
  return %s : f64
}
