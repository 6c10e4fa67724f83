// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @decompositions(
// CHECK-SAME:    %[[A:.+]]: tensor<3x3xf64>, %[[B:.+]]: tensor<3x2xf64>)
func.func @decompositions(%a: tensor<3x3xf64>, %b: tensor<3x2xf64>) -> f64 {
  // CHECK: myia.solve %[[A]], %[[B]] : tensor<3x3xf64>, tensor<3x2xf64>
  %x, %singular = myia.solve %a, %b : tensor<3x3xf64>, tensor<3x2xf64>
  // CHECK: myia.cholesky %[[A]] : tensor<3x3xf64>
  %l, %indefinite = myia.cholesky %a : tensor<3x3xf64>
  // CHECK: myia.determinant %[[A]] : tensor<3x3xf64> -> f64
  %d = myia.determinant %a : tensor<3x3xf64> -> f64
  return %d : f64
}
