// RUN: myia-opt -myia-scalarize %s | FileCheck %s

// Every case of a switch passes its own operands, also to one block.

// CHECK-LABEL: func.func @f(
// CHECK-SAME:    %[[TAG:.*]]: i64, %[[I:.*]]: i64, %[[X:.*]]: f64, %[[B:.*]]: f64) -> f64
// CHECK:         cf.switch %[[TAG]] : i64, [
// CHECK-NEXT:      default: ^[[ONE:.*]](%[[I]], %[[X]], %[[B]] : i64, f64, f64),
// CHECK-NEXT:      0: ^[[TWO:.*]](%[[B]], %[[I]], %[[X]] : f64, i64, f64),
// CHECK-NEXT:      1: ^[[ONE]](%[[I]], %[[X]], %[[B]] : i64, f64, f64)
// CHECK:       ^[[ONE]](%{{.*}}: i64, %[[L:.*]]: f64, %[[R:.*]]: f64):
// CHECK-NEXT:    arith.addf %[[L]], %[[R]] : f64
// CHECK:       ^[[TWO]](%[[L:.*]]: f64, %{{.*}}: i64, %[[R:.*]]: f64):
// CHECK-NEXT:    arith.mulf %[[R]], %[[L]] : f64
func.func @f(%tag: i64, %a: !myia.tuple<i64, f64>, %b: f64) -> f64 {
  cf.switch %tag : i64, [
    default: ^bb1(%a, %b : !myia.tuple<i64, f64>, f64),
    0: ^bb2(%b, %a : f64, !myia.tuple<i64, f64>),
    1: ^bb1(%a, %b : !myia.tuple<i64, f64>, f64)
  ]
^bb1(%x: !myia.tuple<i64, f64>, %y: f64):
  %u:2 = myia.unpack %x : (!myia.tuple<i64, f64>) -> (i64, f64)
  %r = arith.addf %u#1, %y : f64
  return %r : f64
^bb2(%z: f64, %w: !myia.tuple<i64, f64>):
  %v:2 = myia.unpack %w : (!myia.tuple<i64, f64>) -> (i64, f64)
  %s = arith.mulf %v#1, %z : f64
  return %s : f64
}
