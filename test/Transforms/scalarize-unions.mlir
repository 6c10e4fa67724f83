// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// A union is a tag and the leaves of every alternative.

// CHECK-LABEL: func.func @inject(
// CHECK-SAME:    %[[TAG:.+]]: i64, %[[X:.+]]: f64) -> (i64, i64, f64, f64)
func.func @inject(%tag: i64, %x: f64) -> !myia.union<!myia.static<unit>, !myia.tuple<i64, f64>, f64> {
  // CHECK: %[[INT:.+]] = ub.poison : i64
  // CHECK: %[[FLOAT:.+]] = ub.poison : f64
  // CHECK: return %[[TAG]], %[[INT]], %[[FLOAT]], %[[X]]
  %u = myia.inject %tag, %x [2] : (f64) -> !myia.union<!myia.static<unit>, !myia.tuple<i64, f64>, f64>
  return %u : !myia.union<!myia.static<unit>, !myia.tuple<i64, f64>, f64>
}

// CHECK-LABEL: func.func @project(
// CHECK-SAME:    %[[TAG:.+]]: i64, %[[A:.+]]: i64, %[[B:.+]]: f64, %[[C:.+]]: f64) -> (i64, i64, f64)
func.func @project(%u: !myia.union<!myia.static<unit>, !myia.tuple<i64, f64>, f64>) -> (i64, !myia.tuple<i64, f64>) {
  // CHECK: return %[[TAG]], %[[A]], %[[B]]
  %t = myia.tag %u : !myia.union<!myia.static<unit>, !myia.tuple<i64, f64>, f64>
  %p = myia.project %u[1] : !myia.union<!myia.static<unit>, !myia.tuple<i64, f64>, f64> -> !myia.tuple<i64, f64>
  return %t, %p : i64, !myia.tuple<i64, f64>
}
