// RUN: myia-opt %s -canonicalize | FileCheck %s

myia.type @pair(f64, i64)

// CHECK-LABEL: func.func @unbox_of_box(
// CHECK-SAME:    %[[A:.+]]: f64, %[[B:.+]]: i64)
func.func @unbox_of_box(%a: f64, %b: i64) -> (i64, f64) {
  %0 = myia.box %a, %b : (f64, i64) -> !myia.box<@pair>
  %1:2 = myia.unbox %0 : (!myia.box<@pair>) -> (f64, i64)
  // CHECK-NEXT: return %[[B]], %[[A]]
  return %1#1, %1#0 : i64, f64
}
