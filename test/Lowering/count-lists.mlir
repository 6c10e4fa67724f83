// RUN: myia-opt %s -myia-count-references | FileCheck %s

// A list that is made here grows in place: no copy, no count.

// CHECK-LABEL: func.func @fill
// CHECK-NOT: myia.own
// CHECK-NOT: myia.retain
// CHECK-NOT: myia.release
// CHECK: return
func.func @fill(%n: i64, %x: f64) -> !myia.list<f64> {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %0 = myia.make_list 0() : () -> !myia.list<f64>
  %1 = scf.for %i = %zero to %n step %one iter_args(%xs = %0) -> !myia.list<f64> : i64 {
    %2 = myia.list_append %xs, %x : !myia.list<f64>, f64
    scf.yield %2 : !myia.list<f64>
  }
  return %1 : !myia.list<f64>
}

// A row is changed in place once it is known to be seen by nobody else.

// CHECK-LABEL: func.func @row
// CHECK: %[[REST:.*]], %[[ROW:.*]] = myia.list_take
// CHECK: %[[ALONE:.*]] = myia.unshared %[[ROW]]
// CHECK-NOT: myia.own
// CHECK: myia.list_append %[[ALONE]]
func.func @row(%i: i64, %x: f64) -> !myia.list<!myia.list<f64>> {
  %0 = myia.make_list 0() : () -> !myia.list<f64>
  %1 = myia.make_list 1(%0) : (!myia.list<f64>) -> !myia.list<!myia.list<f64>>
  %2, %3 = myia.list_take %1[%i] : (!myia.list<!myia.list<f64>>) -> (!myia.list<!myia.list<f64>>, !myia.list<f64>)
  %4 = myia.unshared %3 : !myia.list<f64>
  %5 = myia.list_append %4, %x : !myia.list<f64>, f64
  %6 = myia.list_set %2[%i] = %5 : !myia.list<!myia.list<f64>>, !myia.list<f64>
  return %6 : !myia.list<!myia.list<f64>>
}
