// RUN: myia-opt %s -myia-lower-errors | FileCheck %s

// The values of a message are recorded first.

// CHECK-LABEL: func.func @values
// CHECK-SAME: (%[[C:.*]]: i1, %[[I:.*]]: i64)
// CHECK: scf.if %[[C]] {
// CHECK: llvm.call @myia_error_value(%[[I]])
// CHECK: llvm.call @myia_raise
func.func @values(%c: i1, %i: i64) {
  myia.raise_if %c, "IndexError"("index {} is out of bounds") of %i
  return
}
