// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @sum(
// CHECK-SAME:    %[[X:.+]]: f32)
func.func @sum(%x: f32) -> tensor<2xf32> {
  // CHECK: %[[C:.+]] = arith.constant 3.000000e+00 : f32
  // CHECK: %[[M:.+]] = arith.mulf %[[X]], %[[C]]
  // CHECK: myia.splat %[[M]] : f32 -> tensor<2xf32>
  %s = myia.splat %x : f32 -> tensor<2x3xf32>
  %r = myia.reduce sum %s axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// CHECK-LABEL: func.func @max(
// CHECK-SAME:    %[[X:.+]]: f32)
func.func @max(%x: f32) -> f32 {
  // CHECK-NEXT: return %[[X]]
  %s = myia.splat %x : f32 -> tensor<3xf32>
  %r = myia.reduce max %s axes [0] : tensor<3xf32> -> f32
  return %r : f32
}

// A reduction over axes of length 1 reorders nothing.

// CHECK-LABEL: func.func @unit_axes(
// CHECK-SAME:    %[[A:.+]]: tensor<1x3xf32>)
func.func @unit_axes(%a: tensor<1x3xf32>) -> tensor<3xf32> {
  // CHECK: myia.reshape %[[A]]
  %r = myia.reduce sum %a axes [0] : tensor<1x3xf32> -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// CHECK-LABEL: func.func @one_element(
// CHECK-SAME:    %[[A:.+]]: tensor<1x1xf32>)
func.func @one_element(%a: tensor<1x1xf32>) -> f32 {
  // CHECK: %[[C0:.+]] = arith.constant 0 : index
  // CHECK: tensor.extract %[[A]][%[[C0]], %[[C0]]]
  %r = myia.reduce sum %a axes [0, 1] : tensor<1x1xf32> -> f32
  return %r : f32
}
