// RUN: myia-opt %s -myia-add-boxes | FileCheck %s

// CHECK-LABEL: func.func @sum(
// CHECK-SAME:    %[[A:.+]]: !myia.box<@node>, %[[B:.+]]: !myia.box<@node>)
func.func @sum(%a: !myia.box<@node>, %b: !myia.box<@node>) -> !myia.box<@node> {
  // CHECK: call @node.add(%[[A]], %[[B]])
  %0 = myia.accumulate %a, %b : !myia.box<@node>
  return %0 : !myia.box<@node>
}

// CHECK-LABEL: func.func private @node.add(
// CHECK-SAME:    %[[A:.+]]: !myia.box<@node>, %[[B:.+]]: !myia.box<@node>)
// CHECK: myia.is_null %[[A]]
// CHECK: myia.is_null %[[B]]
// CHECK: myia.accumulate {{.*}} : f64
// CHECK: call @node.add
// CHECK: myia.box
myia.type @node(f64, !myia.box<@node>)
