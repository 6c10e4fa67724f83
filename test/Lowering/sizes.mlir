// RUN: myia-opt %s --pass-pipeline='builtin.module(myia-to-linalg,myia-outline-kernels,myia-count-references,myia-lower-runtime)' | FileCheck %s

// Sizes lie behind the header of an array, and follow its address into a kernel.

// CHECK-LABEL: func.func @made(
// CHECK-SAME:    %[[X:.+]]: f32, %[[N:.+]]: index)
func.func @made(%x: f32, %n: index) -> tensor<?x3xf32> {
  // CHECK: %[[SIZE:.+]] = arith.index_cast %[[N]] : index to i64
  // CHECK: %[[THREE:.+]] = llvm.mlir.constant(3 : i64)
  // CHECK: llvm.call @myia_array_bytes(%{{.+}}, %[[SIZE]])
  // CHECK: %[[BYTES:.+]] = llvm.call @myia_array_bytes(%{{.+}}, %[[THREE]])
  // CHECK: %[[ARRAY:.+]] = llvm.call @myia_shaped_allocate(%[[BYTES]])
  // CHECK: %[[FIRST:.+]] = llvm.getelementptr %[[ARRAY]][72]
  // CHECK: llvm.store %[[SIZE]], %[[FIRST]]
  // CHECK: %[[SECOND:.+]] = llvm.getelementptr %[[ARRAY]][80]
  // CHECK: llvm.store %[[THREE]], %[[SECOND]]
  // CHECK: call @kernel(%[[X]], %{{.+}}, %{{.+}}) : (f32, !llvm.ptr, i64) -> ()
  %a = myia.splat %x sizes(%n) : f32 -> tensor<?x3xf32>
  return %a : tensor<?x3xf32>
}

// CHECK-LABEL: func.func @viewed(
func.func @viewed(%a: tensor<6xf32>, %n: index) -> tensor<?x3xf32> {
  // CHECK: %[[VIEW:.+]] = llvm.call @myia_shaped_view
  // CHECK: llvm.getelementptr %[[VIEW]][72]
  %r = myia.reshape %a sizes(%n) : tensor<6xf32> -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// CHECK-LABEL: func.func @forgotten(
func.func @forgotten(%a: tensor<6xf32>) -> tensor<?xf32> {
  // CHECK: llvm.call @myia_shaped_view
  %r = tensor.cast %a : tensor<6xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}
