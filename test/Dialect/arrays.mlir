// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @shapes(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[X:.+]]: f32, %[[V:.+]]: tensor<3xf32>)
func.func @shapes(%a: tensor<2x3xf32>, %x: f32, %v: tensor<3xf32>) -> tensor<10xi64> {
  // CHECK: myia.splat %[[X]] : f32 -> tensor<2x3xf32>
  %0 = myia.splat %x : f32 -> tensor<2x3xf32>
  // CHECK: myia.broadcast %[[V]] : tensor<3xf32> -> tensor<2x3xf32>
  %1 = myia.broadcast %v : tensor<3xf32> -> tensor<2x3xf32>
  // CHECK: myia.transpose %[[A]] [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  %2 = myia.transpose %a [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  // CHECK: myia.reshape %[[A]] : tensor<2x3xf32> -> tensor<6xf32>
  %3 = myia.reshape %a : tensor<2x3xf32> -> tensor<6xf32>
  // CHECK: myia.iota : tensor<10xi64>
  %4 = myia.iota : tensor<10xi64>
  return %4 : tensor<10xi64>
}

// CHECK-LABEL: func.func @sizes(
// CHECK-SAME:    %[[X:.+]]: f32, %[[V:.+]]: tensor<3xf32>, %[[N:.+]]: index)
func.func @sizes(%x: f32, %v: tensor<3xf32>, %n: index) -> tensor<?xi64> {
  // CHECK: %[[A:.+]] = myia.splat %[[X]] sizes(%[[N]]) : f32 -> tensor<?x3xf32>
  %0 = myia.splat %x sizes(%n) : f32 -> tensor<?x3xf32>
  // CHECK: myia.broadcast %[[V]] sizes(%[[N]]) : tensor<3xf32> -> tensor<?x3xf32>
  %1 = myia.broadcast %v sizes(%n) : tensor<3xf32> -> tensor<?x3xf32>
  // CHECK: myia.reshape %[[A]] sizes(%[[N]], %[[N]]) : tensor<?x3xf32> -> tensor<?x?xf32>
  %2 = myia.reshape %0 sizes(%n, %n) : tensor<?x3xf32> -> tensor<?x?xf32>
  // CHECK: myia.iota sizes(%[[N]]) : tensor<?xi64>
  %3 = myia.iota sizes(%n) : tensor<?xi64>
  return %3 : tensor<?xi64>
}

// CHECK-LABEL: func.func @reductions(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>)
func.func @reductions(%a: tensor<2x3xf32>) -> f32 {
  // CHECK: myia.reduce max %[[A]] axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  %0 = myia.reduce max %a axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  // CHECK: %[[SUM:.+]] = myia.reduce sum %[[A]] axes [0, 1] : tensor<2x3xf32> -> f32
  %1 = myia.reduce sum %a axes [0, 1] : tensor<2x3xf32> -> f32
  // CHECK: myia.arg_reduce max %[[A]] axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  %2 = myia.arg_reduce max %a axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  // CHECK: return %[[SUM]]
  return %1 : f32
}

// CHECK-LABEL: func.func @products(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[B:.+]]: tensor<4x3xf32>)
func.func @products(%a: tensor<2x3xf32>, %b: tensor<4x3xf32>) -> tensor<2x4xf32> {
  // CHECK: myia.matmul %[[A]], %[[B]] transpose_rhs : tensor<2x3xf32>, tensor<4x3xf32> -> tensor<2x4xf32>
  %0 = myia.matmul %a, %b transpose_rhs : tensor<2x3xf32>, tensor<4x3xf32> -> tensor<2x4xf32>
  // CHECK: myia.matmul %[[A]], %[[A]] transpose_lhs : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<3x3xf32>
  %1 = myia.matmul %a, %a transpose_lhs : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<3x3xf32>
  return %0 : tensor<2x4xf32>
}
