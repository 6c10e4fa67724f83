// RUN: myia-opt %s -canonicalize | FileCheck %s

// A size comes from where the array has it from.

// CHECK-LABEL: func.func @made(
// CHECK-SAME:    %[[X:.+]]: f32, %[[N:.+]]: index, %[[I:.+]]: index)
func.func @made(%x: f32, %n: index, %i: index) -> index {
  %a = myia.splat %x sizes(%n) : f32 -> tensor<?x3xf32>
  %t = myia.transpose %a [1, 0] : tensor<?x3xf32> -> tensor<3x?xf32>
  %e = math.exp %t : tensor<3x?xf32>
  %u = tensor.insert %x into %e[%i, %i] : tensor<3x?xf32>
  %r = myia.reduce sum %u axes [0] : tensor<3x?xf32> -> tensor<?xf32>
  %zero = arith.constant 0 : index
  %size = tensor.dim %r, %zero : tensor<?xf32>
  // CHECK: return %[[N]]
  return %size : index
}

// CHECK-LABEL: func.func @given(
// CHECK-SAME:    %[[A:.+]]: tensor<?x?xf32>)
func.func @given(%a: tensor<?x?xf32>) -> index {
  // CHECK: %[[ONE:.+]] = arith.constant 1 : index
  // CHECK: %[[SIZE:.+]] = tensor.dim %[[A]], %[[ONE]]
  // CHECK: return %[[SIZE]]
  %b = math.exp %a : tensor<?x?xf32>
  %t = myia.transpose %b [1, 0] : tensor<?x?xf32> -> tensor<?x?xf32>
  %zero = arith.constant 0 : index
  %size = tensor.dim %t, %zero : tensor<?x?xf32>
  return %size : index
}
