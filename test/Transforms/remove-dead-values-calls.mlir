// RUN: myia-opt %s -myia-remove-dead-values | FileCheck %s

// A field that only recursion hands on is dead, and so is the call that makes
// nothing else.

// CHECK-LABEL: func.func private @power(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64) -> f64
func.func private @power(%n: i64, %x: f64, %dead: f64) -> (f64, f64) {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %done = arith.cmpi sle, %n, %c0 : i64
  %r:2 = scf.if %done -> (f64, f64) {
    scf.yield %x, %dead : f64, f64
  } else {
    %m = arith.subi %n, %c1 : i64
    %d = arith.mulf %dead, %x : f64
    // CHECK: func.call @power(%{{.+}}, %[[X]]) : (i64, f64) -> f64
    %s:2 = func.call @power(%m, %x, %d) : (i64, f64, f64) -> (f64, f64)
    %t = arith.mulf %s#0, %x : f64
    scf.yield %t, %s#1 : f64, f64
  }
  return %r#0, %r#1 : f64, f64
}

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64)
func.func @main(%n: i64, %x: f64) -> f64 {
  // CHECK: %[[R:.+]] = call @power(%[[N]], %[[X]]) : (i64, f64) -> f64
  // CHECK-NOT: call
  // CHECK: return %[[R]]
  %0:2 = call @power(%n, %x, %x) : (i64, f64, f64) -> (f64, f64)
  %1:2 = call @power(%n, %0#1, %x) : (i64, f64, f64) -> (f64, f64)
  return %0#0 : f64
}
