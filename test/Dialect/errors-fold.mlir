// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @never()
func.func @never() {
  // CHECK-NEXT: return
  %false = arith.constant false
  myia.raise_if %false, "ValueError"("never")
  return
}

// An error must not vanish because its op has no results.
// CHECK-LABEL: func.func @always()
func.func @always() {
  // CHECK: myia.raise_if %{{.+}}, "ValueError"("always")
  %true = arith.constant true
  myia.raise_if %true, "ValueError"("always")
  return
}
