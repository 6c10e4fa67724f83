// RUN: myia-opt %s -myia-expand-cotangents | FileCheck %s

// CHECK-LABEL: func.func @sum(
// CHECK-SAME:    %[[A:.+]]: !myia.box<@node>, %[[B:.+]]: !myia.box<@node>)
func.func @sum(%a: !myia.box<@node>, %b: !myia.box<@node>) -> !myia.box<@node> {
  // CHECK: call @node.add(%[[A]], %[[B]])
  %0 = myia.accumulate %a, %b : !myia.box<@node>
  return %0 : !myia.box<@node>
}

myia.type @node(f64, !myia.box<@node>)

// CHECK-LABEL: func.func @lists(
// CHECK-SAME:    %[[D:.+]]: !myia.list<tensor<?xf64>>, %[[E:.+]]: !myia.list<tensor<?xf64>>, %[[I:.+]]: i64, %[[N:.+]]: index)
func.func @lists(%d: !myia.list<tensor<?xf64>>, %e: !myia.list<tensor<?xf64>>, %i: i64, %n: index)
    -> !myia.list<tensor<?xf64>> {
  // CHECK: %[[P:.+]] = call @list.part(%[[D]], %[[I]], %[[N]])
  %0 = myia.list_part %d[%i] sizes(%n) : (!myia.list<tensor<?xf64>>) -> tensor<?xf64>
  // CHECK: %[[A:.+]] = call @list.add_to_part(%[[D]], %[[I]], %[[P]])
  %1 = myia.list_add %d[%i] plus %0 : !myia.list<tensor<?xf64>>, tensor<?xf64>
  // CHECK: %[[C:.+]] = call @list.clear_part(%[[A]], %[[I]])
  %2 = myia.list_clear %1[%i] : !myia.list<tensor<?xf64>>
  // CHECK: %[[S:.+]] = call @list.add(%[[C]], %[[E]])
  %3 = myia.accumulate %2, %e : !myia.list<tensor<?xf64>>
  // CHECK: call @list.fill(%[[S]], %[[E]])
  %4 = myia.fill %3 like %e of (!myia.list<tensor<?xf64>>) -> !myia.list<tensor<?xf64>>
      : (!myia.list<tensor<?xf64>>, !myia.list<tensor<?xf64>>) -> !myia.list<tensor<?xf64>>
  return %4 : !myia.list<tensor<?xf64>>
}

// Lists of lists are added list by list.
// CHECK-LABEL: func.func @nested(
// CHECK: call @list.add_0(
func.func @nested(%a: !myia.list<!myia.list<f64>>) -> !myia.list<!myia.list<f64>> {
  %0 = myia.accumulate %a, %a : !myia.list<!myia.list<f64>>
  return %0 : !myia.list<!myia.list<f64>>
}

// CHECK-LABEL: func.func private @node.add(
// CHECK-SAME:    %[[A:.+]]: !myia.box<@node>, %[[B:.+]]: !myia.box<@node>)
// CHECK: myia.is_null %[[A]]
// CHECK: myia.is_null %[[B]]
// CHECK: myia.accumulate {{.*}} : f64
// CHECK: call @node.add
// CHECK: myia.box

// CHECK-LABEL: func.func private @list.part(
// CHECK: myia.is_null %{{.*}} : !myia.list<tensor<?xf64>>
// CHECK: myia.list_get
// CHECK: myia.is_null %{{.*}} : tensor<?xf64>
// CHECK: myia.splat

// CHECK-LABEL: func.func private @list.add_to_part(
// CHECK: scf.for
// CHECK:   myia.list_append
// CHECK: myia.list_take
// CHECK: myia.is_null %{{.*}} : tensor<?xf64>
// CHECK: myia.accumulate {{.*}} : tensor<?xf64>
// CHECK: myia.list_set

// CHECK-LABEL: func.func private @list.clear_part(
// CHECK: myia.list_set

// CHECK-LABEL: func.func private @list.fill(
// CHECK: scf.for
// CHECK:   call @list.part(
// CHECK:   myia.list_append

// CHECK-LABEL: func.func private @list.add_0(
// CHECK: call @list.add_to_part_{{[0-9]+}}(
