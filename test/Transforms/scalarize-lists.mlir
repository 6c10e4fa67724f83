// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// A list holds the leaves of its elements.

// CHECK-LABEL: func.func @pairs
// CHECK-SAME:    %[[XS:.+]]: !myia.list<i64, f64, !myia.list<f64>>, %[[I:.+]]: i64
func.func @pairs(%xs: !myia.list<!myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>>, %i: i64)
    -> !myia.list<!myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>> {
  // CHECK: %[[X:.+]]:3 = myia.list_get %[[XS]][%[[I]]]
  %x = myia.list_get %xs[%i] : (!myia.list<!myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>>) -> !myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>
  // CHECK: myia.list_append %[[XS]], %[[X]]#0, %[[X]]#1, %[[X]]#2
  %ys = myia.list_append %xs, %x : !myia.list<!myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>>, !myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>
  return %ys : !myia.list<!myia.tuple<i64, tensor<f64>, !myia.list<tensor<f64>>>>
}
