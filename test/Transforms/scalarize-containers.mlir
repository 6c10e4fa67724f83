// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// CHECK: myia.type @node(f64, i64, !myia.box<@node>)
myia.type @node(!myia.tuple<f64, i64>, !myia.box<@node>)

// CHECK-LABEL: func.func private @box(
// CHECK-SAME:    %[[X:.+]]: f64, %[[N:.+]]: i64, %[[B:.+]]: !myia.box<@node>)
func.func private @box(%t: !myia.tuple<f64, i64>, %b: !myia.box<@node>)
    -> !myia.tuple<f64, i64> {
  // CHECK: %[[C:.+]] = myia.box %[[X]], %[[N]], %[[B]]
  // CHECK: %[[V:.+]]:3 = myia.unbox %[[C]]
  // CHECK: return %[[V]]#0, %[[V]]#1
  %c = myia.box %t, %b
      : (!myia.tuple<f64, i64>, !myia.box<@node>) -> !myia.box<@node>
  %v:2 = myia.unbox %c
      : (!myia.box<@node>) -> (!myia.tuple<f64, i64>, !myia.box<@node>)
  return %v#0 : !myia.tuple<f64, i64>
}

// CHECK-LABEL: func.func private @stack(
// CHECK-SAME:    %[[X:.+]]: f64, %[[N:.+]]: i64)
func.func private @stack(%t: !myia.tuple<f64, i64>) -> !myia.tuple<f64, i64> {
  // CHECK: %[[S:.+]] = myia.stack
  // CHECK: %[[P:.+]] = myia.push %[[S]], %[[X]], %[[N]] : f64, i64
  // CHECK: %{{.+}}, %[[V:.+]]:2 = myia.pop %[[P]] : f64, i64
  // CHECK: return %[[V]]#0, %[[V]]#1
  %s = myia.stack
  %p = myia.push %s, %t : !myia.tuple<f64, i64>
  %q, %v = myia.pop %p : !myia.tuple<f64, i64>
  return %v : !myia.tuple<f64, i64>
}
