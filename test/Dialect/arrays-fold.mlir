// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @transpose_twice(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3x4xf32>)
func.func @transpose_twice(%a: tensor<2x3x4xf32>) -> tensor<4x2x3xf32> {
  // CHECK-NEXT: %[[T:.+]] = myia.transpose %[[A]] [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  // CHECK-NEXT: return %[[T]]
  %0 = myia.transpose %a [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %1 = myia.transpose %0 [1, 2, 0] : tensor<3x4x2xf32> -> tensor<4x2x3xf32>
  return %1 : tensor<4x2x3xf32>
}

// CHECK-LABEL: func.func @transpose_back(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3x4xf32>)
func.func @transpose_back(%a: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  // CHECK-NEXT: return %[[A]]
  %0 = myia.transpose %a [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %1 = myia.transpose %0 [2, 0, 1] : tensor<3x4x2xf32> -> tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}

// CHECK-LABEL: func.func @reshape_back(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>)
func.func @reshape_back(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[A]]
  %0 = myia.reshape %a : tensor<2x3xf32> -> tensor<6xf32>
  %1 = myia.reshape %0 : tensor<6xf32> -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @broadcast_to_same(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>)
func.func @broadcast_to_same(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[A]]
  %0 = myia.broadcast %a : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// An identity transpose is no transposed operand.
// CHECK-LABEL: func.func @matmul_of_identity(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf32>)
func.func @matmul_of_identity(%a: tensor<3x3xf32>) -> tensor<3x3xf32> {
  // CHECK-NEXT: myia.matmul %[[A]], %[[A]] : tensor<3x3xf32>
  %0 = myia.transpose %a [0, 1] : tensor<3x3xf32> -> tensor<3x3xf32>
  %1 = myia.matmul %0, %a : tensor<3x3xf32>, tensor<3x3xf32> -> tensor<3x3xf32>
  return %1 : tensor<3x3xf32>
}

// CHECK-LABEL: func.func @matmul_of_transposes(
// CHECK-SAME:    %[[A:.+]]: tensor<3x2xf32>, %[[B:.+]]: tensor<4x3xf32>)
func.func @matmul_of_transposes(%a: tensor<3x2xf32>, %b: tensor<4x3xf32>) -> tensor<2x4xf32> {
  // CHECK-NEXT: %[[C:.+]] = myia.matmul %[[A]], %[[B]] transpose_lhs transpose_rhs
  // CHECK-NEXT: return %[[C]]
  %0 = myia.transpose %a [1, 0] : tensor<3x2xf32> -> tensor<2x3xf32>
  %1 = myia.transpose %b [1, 0] : tensor<4x3xf32> -> tensor<3x4xf32>
  %2 = myia.matmul %0, %1 : tensor<2x3xf32>, tensor<3x4xf32> -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @splat_of_constant(
func.func @splat_of_constant() -> tensor<2x3xf32> {
  // CHECK-NEXT: %[[A:.+]] = arith.constant dense<2.000000e+00> : tensor<2x3xf32>
  // CHECK-NEXT: return %[[A]]
  %0 = arith.constant 2.0 : f32
  %1 = myia.splat %0 : f32 -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}
