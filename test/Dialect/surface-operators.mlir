// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func private @operators(
// CHECK-SAME:    %[[A:.+]]: !myia.any, %[[B:.+]]: !myia.any)
func.func private @operators(%a: !myia.any, %b: !myia.any) -> !myia.any {
  // CHECK: myia.unary neg %[[A]]
  %0 = myia.unary neg %a
  // CHECK: myia.unary not %[[A]]
  %1 = myia.unary not %a
  // CHECK: myia.binary add %[[A]], %[[B]]
  %2 = myia.binary add %a, %b
  // CHECK: myia.binary and %[[A]], %[[B]]
  %3 = myia.binary and %a, %b
  // CHECK: myia.augment add %[[A]], %[[B]] seen_by unknown
  %augmented = myia.augment add %a, %b seen_by unknown
  // CHECK: myia.binary is_not %[[A]], %[[B]]
  %4 = myia.binary is_not %a, %b
  // CHECK: %[[TRUTH:.+]] = myia.truth %[[A]]
  %5 = myia.truth %a
  // CHECK: cf.cond_br %[[TRUTH]]
  cf.cond_br %5, ^bb1, ^bb2
^bb1:
  return %2 : !myia.any
^bb2:
  // CHECK: myia.raise "ValueError"("negative length")
  myia.raise "ValueError"("negative length")
}

// CHECK-LABEL: func.func private @raise_with(
// CHECK-SAME:    %[[A:.+]]: !myia.any)
func.func private @raise_with(%a: !myia.any) -> !myia.any {
  // CHECK: myia.raise "KeyError"("") with %[[A]]
  myia.raise "KeyError"("") with %a
}
