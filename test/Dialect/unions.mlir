// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @union(
// CHECK-SAME:    %[[TAG:.+]]: i64, %[[X:.+]]: f64)
func.func @union(%tag: i64, %x: f64) -> (i64, f64) {
  // CHECK: %[[UNION:.+]] = myia.inject %[[TAG]], %[[X]] [1] : (f64) -> !myia.union<!myia.static<unit>, f64>
  %u = myia.inject %tag, %x [1] : (f64) -> !myia.union<!myia.static<unit>, f64>
  // CHECK: myia.tag %[[UNION]] : !myia.union<!myia.static<unit>, f64>
  %t = myia.tag %u : !myia.union<!myia.static<unit>, f64>
  // CHECK: myia.project %[[UNION]][1] : !myia.union<!myia.static<unit>, f64> -> f64
  %y = myia.project %u[1] : !myia.union<!myia.static<unit>, f64> -> f64
  return %t, %y : i64, f64
}
