// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @reverse_twice(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>)
func.func @reverse_twice(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[A]]
  %0 = myia.reverse %a axes [1] : tensor<2x3xf32>
  %1 = myia.reverse %0 axes [1] : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @sign_and_back(
// CHECK-SAME:    %[[A:.+]]: tensor<3xui8>)
func.func @sign_and_back(%a: tensor<3xui8>) -> tensor<3xui8> {
  // CHECK-NEXT: return %[[A]]
  %0 = myia.sign_cast %a : tensor<3xui8> -> tensor<3xi8>
  %1 = myia.sign_cast %0 : tensor<3xi8> -> tensor<3xui8>
  return %1 : tensor<3xui8>
}
