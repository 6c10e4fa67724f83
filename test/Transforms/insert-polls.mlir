// RUN: myia-opt %s -split-input-file -myia-insert-polls -canonicalize -myia-normalize-loops -myia-remove-dead-values -canonicalize | FileCheck %s

// Nobody uses what this loop computes, but it may never end.

// CHECK-LABEL: func.func @endless(
// CHECK-SAME:    %[[C:[^:]+]]: i1,
func.func @endless(%c: i1, %x: f64) -> f64 {
  // CHECK: scf.while : () -> ()
  // CHECK: scf.condition(%[[C]])
  // CHECK: myia.poll
  %0 = scf.while (%y = %x) : (f64) -> f64 {
    scf.condition(%c) %y : f64
  } do {
  ^bb0(%y: f64):
    %z = arith.addf %y, %y : f64
    scf.yield %z : f64
  }
  // CHECK: return
  return %x : f64
}

// -----

// A loop that counts ends: it is dead.

// CHECK-LABEL: func.func @counts(
// CHECK-NEXT:    return
func.func @counts(%n: i64) {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %0 = scf.while (%i = %zero) : (i64) -> i64 {
    %c = arith.cmpi slt, %i, %n : i64
    scf.condition(%c) %i : i64
  } do {
  ^bb0(%i: i64):
    %next = arith.addi %i, %one : i64
    scf.yield %next : i64
  }
  return
}

// -----

// The poll goes along when a loop is rotated.

// CHECK-LABEL: func.func @rotated(
// CHECK:         scf.condition
// CHECK:         myia.poll
// CHECK-NEXT:    func.call @effect
func.func private @effect() -> i1
func.func @rotated() {
  scf.while : () -> () {
    %c = func.call @effect() : () -> i1
    scf.condition(%c)
  } do {
    scf.yield
  }
  return
}

// -----

// A recursion that nobody needs runs, with what decides how deep.

// CHECK-LABEL: func.func private @even(
// CHECK-SAME:    %[[N:[^:]+]]: i64) {
// CHECK:         myia.poll
// CHECK:         call @odd({{.+}}) : (i64) -> ()
func.func private @even(%n: i64, %x: f64) -> f64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %c = arith.cmpi eq, %n, %zero : i64
  %r = scf.if %c -> f64 {
    scf.yield %x : f64
  } else {
    %m = arith.subi %n, %one : i64
    %0 = func.call @odd(%m, %x) : (i64, f64) -> f64
    scf.yield %0 : f64
  }
  return %r : f64
}

// CHECK-LABEL: func.func private @odd(
// CHECK:         myia.poll
func.func private @odd(%n: i64, %x: f64) -> f64 {
  %one = arith.constant 1 : i64
  %m = arith.subi %n, %one : i64
  %0 = func.call @even(%m, %x) : (i64, f64) -> f64
  return %0 : f64
}

// CHECK-LABEL: func.func @caller(
// CHECK:         call @even(%{{.+}}) : (i64) -> ()
func.func @caller(%n: i64, %x: f64) -> f64 {
  %0 = func.call @even(%n, %x) : (i64, f64) -> f64
  return %x : f64
}
