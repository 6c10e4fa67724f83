// RUN: myia-opt %s -myia-normalize-loops | FileCheck %s

func.func private @use(i64)

// CHECK-LABEL: func.func @upwards(
// CHECK-SAME:    %[[A:.+]]: i64, %[[B:.+]]: i64)
func.func @upwards(%a: i64, %b: i64) {
  // CHECK: %[[STEP:.+]] = arith.constant 3
  // CHECK: scf.for %[[I:.+]] = %[[A]] to %[[B]] step %[[STEP]] : i64 {
  // CHECK:   call @use(%[[I]])
  %step = arith.constant 3 : i64
  %r = scf.while (%i = %a) : (i64) -> i64 {
    %more = arith.cmpi sgt, %b, %i : i64
    scf.condition(%more) %i : i64
  } do {
  ^bb0(%i: i64):
    func.call @use(%i) : (i64) -> ()
    %next = arith.addi %i, %step : i64
    scf.yield %next : i64
  }
  return
}

// A step that may not be positive is no reason to count.

// CHECK-LABEL: func.func @unknown_step(
func.func @unknown_step(%a: i64, %b: i64, %step: i64) {
  // CHECK-NOT: scf.for
  // CHECK: scf.while
  %r = scf.while (%i = %a) : (i64) -> i64 {
    %more = arith.cmpi slt, %i, %b : i64
    scf.condition(%more) %i : i64
  } do {
  ^bb0(%i: i64):
    func.call @use(%i) : (i64) -> ()
    %next = arith.addi %i, %step : i64
    scf.yield %next : i64
  }
  return
}

// for i in range(a, b, -2): use(i)

// CHECK-LABEL: func.func @downwards(
// CHECK-SAME:    %[[A:.+]]: i64, %[[B:.+]]: i64)
func.func @downwards(%a: i64, %b: i64) {
  // CHECK: %[[FROM:.+]] = arith.xori %[[A]]
  // CHECK: %[[TO:.+]] = arith.xori %[[B]]
  // CHECK: scf.for %[[J:.+]] = %[[FROM]] to %[[TO]] step %{{.+}} : i64 {
  // CHECK:   %[[I:.+]] = arith.xori %[[J]]
  // CHECK:   call @use(%[[I]])
  %step = arith.constant -2 : i64
  %r = scf.while (%i = %a) : (i64) -> i64 {
    %more = arith.cmpi sgt, %i, %b : i64
    scf.condition(%more) %i : i64
  } do {
  ^bb0(%i: i64):
    func.call @use(%i) : (i64) -> ()
    %next = arith.addi %i, %step : i64
    scf.yield %next : i64
  }
  return
}

// An scf.for does not give the counter's last value.

// CHECK-LABEL: func.func @used_later(
func.func @used_later(%a: i64, %b: i64) -> i64 {
  // CHECK-NOT: scf.for
  // CHECK: %[[R:.+]] = scf.while
  // CHECK: return %[[R]]
  %step = arith.constant 3 : i64
  %r = scf.while (%i = %a) : (i64) -> i64 {
    %more = arith.cmpi slt, %i, %b : i64
    scf.condition(%more) %i : i64
  } do {
  ^bb0(%i: i64):
    %next = arith.addi %i, %step : i64
    scf.yield %next : i64
  }
  return %r : i64
}
