// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[A:.+]]: tensor<4x3xf32>, %[[I:.+]]: tensor<2x5xi64>)
func.func @rows(%a: tensor<4x3xf32>, %i: tensor<2x5xi64>) -> tensor<4x3xf32> {
  // CHECK: %[[R:.+]] = myia.gather %[[A]][%[[I]]] : tensor<4x3xf32>, tensor<2x5xi64> -> tensor<2x5x3xf32>
  %0 = myia.gather %a[%i] : tensor<4x3xf32>, tensor<2x5xi64> -> tensor<2x5x3xf32>
  // CHECK: %[[S:.+]] = myia.scatter add %[[R]] into %[[A]][%[[I]]] : tensor<2x5x3xf32>, tensor<4x3xf32>, tensor<2x5xi64>
  %1 = myia.scatter add %0 into %a[%i] : tensor<2x5x3xf32>, tensor<4x3xf32>, tensor<2x5xi64>
  // CHECK: %[[T:.+]] = myia.scatter set %[[R]] into %[[S]][%[[I]]]
  %2 = myia.scatter set %0 into %1[%i] : tensor<2x5x3xf32>, tensor<4x3xf32>, tensor<2x5xi64>
  // CHECK: myia.reverse %[[T]] axes [0, 1] : tensor<4x3xf32>
  %3 = myia.reverse %2 axes [0, 1] : tensor<4x3xf32>
  return %3 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @signs(
// CHECK-SAME:    %[[A:.+]]: tensor<3xui8>, %[[X:.+]]: i32)
func.func @signs(%a: tensor<3xui8>, %x: i32) -> (tensor<3xi8>, ui32) {
  // CHECK: myia.sign_cast %[[A]] : tensor<3xui8> -> tensor<3xi8>
  %0 = myia.sign_cast %a : tensor<3xui8> -> tensor<3xi8>
  // CHECK: myia.sign_cast %[[X]] : i32 -> ui32
  %1 = myia.sign_cast %x : i32 -> ui32
  return %0, %1 : tensor<3xi8>, ui32
}
