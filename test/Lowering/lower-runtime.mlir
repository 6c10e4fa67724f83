// RUN: myia-opt %s -myia-lower-runtime | FileCheck %s

// A launch passes the addresses of the elements; the kernel gets plain pointers.

// CHECK-LABEL: func.func @launched
// CHECK-SAME: (%[[A:.*]]: !llvm.ptr) -> !llvm.ptr
// CHECK: %[[BYTES:.*]] = llvm.mlir.constant(12 : i64)
// CHECK: %[[B:.*]] = llvm.call @myia_array_allocate(%[[BYTES]])
// CHECK: call @k(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> ()
// CHECK: return %[[B]] : !llvm.ptr
func.func @launched(%a: tensor<3xf32>) -> tensor<3xf32> {
  %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
  return %b : tensor<3xf32>
}

// CHECK-LABEL: func.func private @k
// CHECK-SAME: (%{{.*}}: !llvm.ptr {llvm.noalias}, %{{.*}}: !llvm.ptr {llvm.noalias})
func.func private @k(%a: memref<3xf32>, %out: memref<3xf32>) attributes {myia.kernel} {
  return
}

// Element access is a load; a reshaped array is the same object.

// CHECK-LABEL: func.func @element
// CHECK: llvm.load %{{.*}} : !llvm.ptr -> f32
func.func @element(%a: tensor<6xf32>, %i: index) -> f32 {
  %b = myia.reshape %a : tensor<6xf32> -> tensor<2x3xf32>
  %x = tensor.extract %b[%i, %i] : tensor<2x3xf32>
  return %x : f32
}

// CHECK-LABEL: func.func @product
// CHECK: llvm.call @myia_gemm_f64
func.func @product(%a: tensor<2x3xf64>, %b: tensor<4x3xf64>) -> tensor<2x4xf64> {
  %c = myia.matmul %a, %b transpose_rhs : tensor<2x3xf64>, tensor<4x3xf64> -> tensor<2x4xf64>
  return %c : tensor<2x4xf64>
}
