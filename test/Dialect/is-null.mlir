// RUN: %round-trip | FileCheck %s

myia.type @node(f64)

// CHECK-LABEL: func.func @null(
// CHECK-SAME:    %[[BOX:.+]]: !myia.box<@node>)
func.func @null(%b: !myia.box<@node>) -> i1 {
  // CHECK: myia.is_null %[[BOX]] : !myia.box<@node>
  %0 = myia.is_null %b : !myia.box<@node>
  return %0 : i1
}
