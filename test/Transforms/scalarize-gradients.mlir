// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// Gradients are made of the cotangents of leaves: the tag of a union says what
// its gradient is, and what has parts that may be absent is filled.

!u = !myia.union<i64, !myia.box<@T>, !myia.list<f64>>
!g = !myia.union<!myia.static<unit>, !myia.box<@T>, !myia.list<f64>>

func.func private @f(%x: !u, %n: !myia.tuple<i64, f64>) -> f64 {
  %0 = arith.constant 1.0 : f64
  return %0 : f64
}

myia.type @T(f64, !myia.union<!myia.static<unit>, !myia.box<@T>>)

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[TAG:.+]]: i64, %{{.+}}: i64, %[[BOX:.+]]: !myia.box<@T>, %[[LIST:.+]]: !myia.list<f64>, %{{.+}}: i64, %{{.+}}: f64)
// CHECK: %[[R:.+]]:4 = myia.value_and_grad @f({{.*}}) wrt [2, 3, 5] sparse
// CHECK-SAME: -> (f64, !myia.box<@T$ct>, !myia.list<f64>, f64)
// CHECK: %[[B:.+]] = myia.fill %[[R]]#1 like %[[BOX]] of (!myia.box<@T>) -> !myia.box<@T>
// CHECK: %[[L:.+]] = myia.fill %[[R]]#2 like %[[LIST]] of (!myia.list<f64>) -> !myia.list<f64>
// CHECK: return %[[TAG]], %[[B]], %[[L]], %[[R]]#3
func.func @main(%x: !u, %n: !myia.tuple<i64, f64>) -> (!g, !myia.tuple<!myia.static<unit>, f64>) {
  %0:3 = myia.value_and_grad @f(%x, %n) wrt [0, 1]
      : (!u, !myia.tuple<i64, f64>) -> (f64, !g, !myia.tuple<!myia.static<unit>, f64>)
  return %0#1, %0#2 : !g, !myia.tuple<!myia.static<unit>, f64>
}

// Alternatives without a gradient are one, None.

!several = !myia.union<!myia.list<f64>, !myia.static<"a">, !myia.static<"b">>
!less = !myia.union<!myia.static<unit>, !myia.list<f64>>

// CHECK-LABEL: func.func @constant(
// CHECK-SAME: %[[TAG:.+]]: i64, %[[LIST:.+]]: !myia.list<f64>)
// CHECK: %[[L:.+]] = myia.fill like %[[LIST]] of
// CHECK: arith.cmpi eq, %[[TAG]]
// CHECK: arith.select
// CHECK: arith.cmpi eq, %[[TAG]]
// CHECK: %[[NEW:.+]] = arith.select
// CHECK: return %[[NEW]], %[[L]]
func.func @constant(%x: !several) -> !less {
  %0 = myia.fill like %x of (!several) -> !less : (!several) -> !less
  return %0 : !less
}
