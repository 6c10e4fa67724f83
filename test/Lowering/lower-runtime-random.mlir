// RUN: myia-opt %s -myia-lower-runtime | FileCheck %s

// CHECK-LABEL: func.func @random
// CHECK-SAME: %[[N:.+]]: i64)
// CHECK: llvm.call @myia_seed(%[[N]])
// CHECK: %[[SEED:.+]] = llvm.call @myia_draw()
// CHECK: return %[[SEED]]
func.func @random(%n: i64) -> i64 {
  myia.seed %n
  %seed = myia.draw
  return %seed : i64
}
