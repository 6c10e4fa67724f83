// RUN: myia-opt %s -myia-lower-errors | FileCheck %s

// An error is a branch to a cold call with a constant that says where.

// CHECK-DAG: llvm.mlir.global internal constant @[[SITE:myia_site[_0-9]*]]() {{.*}} : !llvm.struct<(ptr, ptr, ptr, ptr, i64, i64)>
// CHECK-DAG: llvm.func @myia_raise(!llvm.ptr)
// CHECK-LABEL: func.func @checked
// CHECK-SAME: (%[[C:.*]]: i1)
// CHECK: scf.if %[[C]] {
// CHECK: %[[ADDRESS:.*]] = llvm.mlir.addressof @[[SITE]]
// CHECK: llvm.call @myia_raise(%[[ADDRESS]])
func.func @checked(%c: i1) {
  myia.raise_if %c, "ValueError"("negative") loc("model.py":12:3)
  return
}
