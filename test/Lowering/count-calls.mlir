// RUN: myia-opt %s -myia-count-references | FileCheck %s

// A parameter is owned when the function consumes it, also through a call of
// itself; one that is only read is borrowed.

// CHECK-LABEL: func.func private @drain
// CHECK-SAME: (%[[S:.*]]: !myia.stack {myia.owned}, %[[A:.*]]: tensor<3xf64>, %{{.*}}: i64)
func.func private @drain(%s: !myia.stack, %a: tensor<3xf64>, %n: i64) -> !myia.stack {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %i0 = arith.constant 0 : index
  %more = arith.cmpi sgt, %n, %c0 : i64
  %r = scf.if %more -> !myia.stack {
    %t, %x = myia.pop %s : f64
    %m = arith.subi %n, %c1 : i64
    %u = func.call @drain(%t, %a, %m) : (!myia.stack, tensor<3xf64>, i64) -> !myia.stack
    scf.yield %u : !myia.stack
  } else {
    scf.yield %s : !myia.stack
  }
  return %r : !myia.stack
}

// A caller that goes on using the stack keeps a reference of its own.

// CHECK-LABEL: func.func @caller
// CHECK-SAME: (%[[A:.*]]: tensor<3xf64>
// CHECK: %[[S:.*]] = myia.stack
// CHECK: myia.retain %[[S]]
// CHECK-NEXT: call @drain(%[[S]], %[[A]]
// CHECK-NEXT: return
func.func @caller(%a: tensor<3xf64>, %n: i64) -> (!myia.stack, !myia.stack) {
  %s = myia.stack
  %r = func.call @drain(%s, %a, %n) : (!myia.stack, tensor<3xf64>, i64) -> !myia.stack
  return %r, %s : !myia.stack, !myia.stack
}
