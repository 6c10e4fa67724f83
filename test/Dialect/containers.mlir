// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @stacks(
// CHECK-SAME:    %[[A:.+]]: f64, %[[B:.+]]: tensor<3xf64>)
func.func @stacks(%a: f64, %b: tensor<3xf64>) -> !myia.stack {
  // CHECK: %[[EMPTY:.+]] = myia.stack
  %s0 = myia.stack
  // CHECK: %[[FULL:.+]] = myia.push %[[EMPTY]], %[[A]], %[[B]] : f64, tensor<3xf64>
  %s1 = myia.push %s0, %a, %b : f64, tensor<3xf64>
  // CHECK: %[[REST:.+]], %{{.+}}:2 = myia.pop %[[FULL]] : f64, tensor<3xf64>
  %s2, %0:2 = myia.pop %s1 : f64, tensor<3xf64>
  // CHECK: return %[[REST]]
  return %s2 : !myia.stack
}

// CHECK: myia.type @node(f64, !myia.box<@node>)
myia.type @node(f64, !myia.box<@node>)

// CHECK-LABEL: func.func @boxes(
// CHECK-SAME:    %[[X:.+]]: f64, %[[NEXT:.+]]: !myia.box<@node>)
func.func @boxes(%x: f64, %next: !myia.box<@node>) -> f64 {
  // CHECK: %[[BOX:.+]] = myia.box %[[X]], %[[NEXT]] : (f64, !myia.box<@node>) -> !myia.box<@node>
  %0 = myia.box %x, %next : (f64, !myia.box<@node>) -> !myia.box<@node>
  // CHECK: myia.unbox %[[BOX]] : (!myia.box<@node>) -> (f64, !myia.box<@node>)
  %1:2 = myia.unbox %0 : (!myia.box<@node>) -> (f64, !myia.box<@node>)
  return %1#0 : f64
}
