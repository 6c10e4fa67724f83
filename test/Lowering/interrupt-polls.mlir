// RUN: myia-opt %s -myia-lower-errors | FileCheck %s

// A while loop polls the interrupt flag at each turn.

// CHECK-LABEL: func.func @forever
// CHECK: scf.while
// CHECK: llvm.load volatile %{{.*}} {alignment = 4 : i64}
// CHECK: scf.if
// CHECK: llvm.call @myia_interrupt
// CHECK: scf.condition
func.func @forever(%c: i1) {
  scf.while : () -> () {
    scf.condition(%c)
  } do {
    scf.yield
  }
  return
}

// A counted loop that only computes polls between chunks: the chunk itself stays
// free of polls, so that it can be vectorised.

// CHECK-LABEL: func.func @counted
// CHECK: scf.for
// CHECK: llvm.load volatile
// CHECK: llvm.call @myia_interrupt
// CHECK: scf.for
// CHECK-NOT: llvm.load
// CHECK: return
func.func @counted(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> f64 {
    %z = arith.mulf %y, %y : f64
    scf.yield %z : f64
  }
  return %r : f64
}

// A short one does not poll.

// CHECK-LABEL: func.func @short
// CHECK-NOT: llvm.load
// CHECK: return
func.func @short(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %r = scf.for %i = %c0 to %c9 step %c1 iter_args(%y = %x) -> f64 {
    %z = arith.mulf %y, %y : f64
    scf.yield %z : f64
  }
  return %r : f64
}
