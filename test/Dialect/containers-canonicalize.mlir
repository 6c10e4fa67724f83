// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @pop_of_push(
// CHECK-SAME:    %[[S:.+]]: !myia.stack, %[[X:.+]]: f64)
func.func @pop_of_push(%s: !myia.stack, %x: f64) -> (!myia.stack, f64) {
  // CHECK-NEXT: return %[[S]], %[[X]]
  %p = myia.push %s, %x : f64
  %r, %y = myia.pop %p : f64
  return %r, %y : !myia.stack, f64
}
