// RUN: myia-opt %s -myia-lower-runtime | FileCheck %s

// Decompositions fill a new array; what they return says whether they failed.

// CHECK-LABEL: func.func @solve
// CHECK: %[[N:.*]] = llvm.mlir.constant(3 : i64)
// CHECK: %[[M:.*]] = llvm.mlir.constant(2 : i64)
// CHECK: llvm.call @myia_array_allocate
// CHECK: %[[INFO:.*]] = llvm.call @myia_solve_f64(%[[N]], %[[M]],
// CHECK: arith.cmpi ne, %[[INFO]]
func.func @solve(%a: tensor<3x3xf64>, %b: tensor<3x2xf64>) -> (tensor<3x2xf64>, i1) {
  %x, %singular = myia.solve %a, %b : tensor<3x3xf64>, tensor<3x2xf64>
  return %x, %singular : tensor<3x2xf64>, i1
}

// CHECK-LABEL: func.func @determinant
// CHECK: llvm.call @myia_determinant_f32
func.func @determinant(%a: tensor<3x3xf32>) -> f32 {
  %d = myia.determinant %a : tensor<3x3xf32> -> f32
  return %d : f32
}
