// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @reshape(
// CHECK-SAME:    %[[X:.+]]: f32)
func.func @reshape(%x: f32) -> (tensor<2x3xf32>, tensor<3x1xf32>) {
  // CHECK-DAG: %[[B:.+]] = myia.splat %[[X]] : f32 -> tensor<2x3xf32>
  // CHECK-DAG: %[[R:.+]] = myia.splat %[[X]] : f32 -> tensor<3x1xf32>
  // CHECK: return %[[B]], %[[R]]
  %s = myia.splat %x : f32 -> tensor<3xf32>
  %b = myia.broadcast %s : tensor<3xf32> -> tensor<2x3xf32>
  %r = myia.reshape %s : tensor<3xf32> -> tensor<3x1xf32>
  return %b, %r : tensor<2x3xf32>, tensor<3x1xf32>
}

// CHECK-LABEL: func.func @constant(
func.func @constant() -> tensor<2x3xf32> {
  // CHECK: arith.constant dense<2.000000e+00> : tensor<2x3xf32>
  %c = arith.constant dense<2.0> : tensor<3xf32>
  %b = myia.broadcast %c : tensor<3xf32> -> tensor<2x3xf32>
  return %b : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @zero(
func.func @zero() -> tensor<3x2xf32> {
  // CHECK: myia.zero : tensor<3x2xf32>
  %z = myia.zero : tensor<2x3xf32>
  %t = myia.transpose %z [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  return %t : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @elementwise(
// CHECK-SAME:    %[[X:.+]]: f32)
func.func @elementwise(%x: f32) -> tensor<3xf32> {
  // CHECK: %[[C:.+]] = arith.constant 2.000000e+00 : f32
  // CHECK: %[[M:.+]] = arith.mulf %[[X]], %[[C]] : f32
  // CHECK: myia.splat %[[M]] : f32 -> tensor<3xf32>
  %c = arith.constant dense<2.0> : tensor<3xf32>
  %s = myia.splat %x : f32 -> tensor<3xf32>
  %m = arith.mulf %s, %c : tensor<3xf32>
  return %m : tensor<3xf32>
}

// CHECK-LABEL: func.func @extract(
// CHECK-SAME:    %[[X:.+]]: f32, %[[I:.+]]: index)
func.func @extract(%x: f32, %i: index) -> f32 {
  // CHECK-NEXT: return %[[X]]
  %s = myia.splat %x : f32 -> tensor<3xf32>
  %e = tensor.extract %s[%i] : tensor<3xf32>
  return %e : f32
}

// CHECK-LABEL: func.func @splat_constant(
func.func @splat_constant() -> tensor<3xf32> {
  // CHECK: arith.constant dense<2.000000e+00> : tensor<3xf32>
  %c = arith.constant 2.0 : f32
  %s = myia.splat %c : f32 -> tensor<3xf32>
  return %s : tensor<3xf32>
}
