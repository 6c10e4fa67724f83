// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @raise_if(
// CHECK-SAME:    %[[ZERO:.+]]: i1)
func.func @raise_if(%is_zero: i1) {
  // CHECK: myia.raise_if %[[ZERO]], "ZeroDivisionError"("division by zero")
  myia.raise_if %is_zero, "ZeroDivisionError"("division by zero")
  return
}
