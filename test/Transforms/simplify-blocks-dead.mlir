// RUN: myia-opt %s -myia-simplify-blocks | FileCheck %s

// A variable that is only used to compute itself is dead.

// CHECK-LABEL: func.func @cycle(
// CHECK-SAME:    %[[X:.+]]: f64, %[[C:.+]]: i1)
func.func @cycle(%x: f64, %c: i1) -> f64 {
  // CHECK-NEXT: cf.br ^[[LOOP:.+]]{{$}}
  cf.br ^loop(%x : f64)
  // CHECK-NEXT: ^[[LOOP]]:
^loop(%a: f64):
  // CHECK-NEXT: cf.cond_br %[[C]], ^[[LOOP]], ^[[EXIT:.+]]{{$}}
  %b = arith.mulf %a, %a : f64
  cf.cond_br %c, ^loop(%b : f64), ^exit
^exit:
  return %x : f64
}

// A chain of blocks is one block.

// CHECK-LABEL: func.func @chain(
func.func @chain(%x: f64) -> f64 {
  // CHECK-NEXT: %[[A:.+]] = math.exp
  // CHECK-NEXT: %[[B:.+]] = math.exp %[[A]]
  // CHECK-NEXT: return %[[B]]
  %a = math.exp %x : f64
  cf.br ^next(%a : f64)
^next(%y: f64):
  %b = math.exp %y : f64
  cf.br ^last
^last:
  return %b : f64
^unreachable:
  return %x : f64
}
