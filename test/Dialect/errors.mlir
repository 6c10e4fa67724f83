// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @raise_if(
// CHECK-SAME:    %[[ZERO:.+]]: i1)
func.func @raise_if(%is_zero: i1) {
  // CHECK: myia.raise_if %[[ZERO]], "ZeroDivisionError"("division by zero")
  myia.raise_if %is_zero, "ZeroDivisionError"("division by zero")
  return
}

// CHECK-LABEL: func.func @values(
// CHECK-SAME:    %[[C:.+]]: i1, %[[I:.+]]: i64, %[[N:.+]]: i64)
func.func @values(%c: i1, %i: i64, %n: i64) {
  // CHECK: myia.raise_if %[[C]], "IndexError"("{} of {}") of %[[I]], %[[N]]
  myia.raise_if %c, "IndexError"("{} of {}") of %i, %n
  return
}
