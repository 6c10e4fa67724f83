// RUN: myia-opt %s -myia-propagate-constants | FileCheck %s

// What a folder gives may turn out to vary: s + b is a, which starts as 1.

// CHECK-LABEL: func.func @varies(
// CHECK:         %[[LOOP:.+]] = scf.for {{.*}} iter_args(%[[A:.+]] = %{{.+}}) -> (i64)
// CHECK:           %[[S:.+]] = arith.subi %[[A]], %[[B:.+]] :
// CHECK:           %[[T:.+]] = arith.addi %[[S]], %[[B]] :
// CHECK:           %[[U:.+]] = arith.addi %[[T]], %[[T]]
// CHECK:           scf.yield %[[U]]
func.func @varies(%n: i64, %b: i64) -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %r = scf.for %i = %zero to %n step %one iter_args(%a = %one) -> i64 : i64 {
    %s = arith.subi %a, %b : i64
    %t = arith.addi %s, %b : i64
    %u = arith.addi %t, %t : i64
    scf.yield %u : i64
  }
  return %r : i64
}

// A loop variable that never changes, and a branch that is never taken.

// CHECK-LABEL: func.func @same(
// CHECK-DAG:     %[[ONE:.+]] = arith.constant 1 : i64
// CHECK:         return %[[ONE]]
func.func @same(%n: i64) -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %r = scf.for %i = %zero to %n step %one iter_args(%a = %one) -> i64 : i64 {
    %isOne = arith.cmpi eq, %a, %one : i64
    %next = scf.if %isOne -> i64 {
      scf.yield %one : i64
    } else {
      scf.yield %n : i64
    }
    scf.yield %next : i64
  }
  return %r : i64
}

// Through the calls of a private function, but not of a public one.

// CHECK-LABEL: func.func private @scale(
// CHECK-SAME:    %[[X:.+]]: f64, %{{.+}}: f64)
// CHECK:         %[[TWO:.+]] = arith.constant 2.000000e+00
// CHECK:         arith.mulf %[[X]], %[[TWO]]
func.func private @scale(%x: f64, %k: f64) -> f64 {
  %0 = arith.mulf %x, %k : f64
  return %0 : f64
}

// CHECK-LABEL: func.func @calls(
// CHECK-SAME:    %[[Y:.+]]: f64)
// CHECK:         call @scale(%[[Y]]
func.func @calls(%x: f64) -> f64 {
  %two = arith.constant 2.0 : f64
  %0 = call @scale(%x, %two) : (f64, f64) -> f64
  %1 = call @scale(%0, %two) : (f64, f64) -> f64
  return %1 : f64
}
