// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// CHECK-LABEL: func.func private @elementwise(
// CHECK-SAME:    %[[X:.+]]: f32) -> f32
func.func private @elementwise(%x: tensor<f32>) -> tensor<f32> {
  // CHECK-DAG: %[[C:.+]] = arith.constant 1.500000e+00 : f32
  // CHECK-DAG: %[[E:.+]] = math.exp %[[X]] : f32
  // CHECK: %[[B:.+]] = arith.cmpf ogt, %[[E]], %[[C]] : f32
  // CHECK: %[[S:.+]] = arith.select %[[B]], %[[E]], %[[C]] : f32
  // CHECK: return %[[S]]
  %c = arith.constant dense<1.5> : tensor<f32>
  %e = math.exp %x : tensor<f32>
  %b = arith.cmpf ogt, %e, %c : tensor<f32>
  %s = arith.select %b, %e, %c : tensor<i1>, tensor<f32>
  return %s : tensor<f32>
}

// CHECK-LABEL: func.func private @spread(
// CHECK-SAME:    %[[X:.+]]: f32)
func.func private @spread(%x: tensor<f32>) -> (tensor<3xf32>, tensor<1x1xf32>) {
  // CHECK: %[[B:.+]] = myia.splat %[[X]] : f32 -> tensor<3xf32>
  // CHECK: %[[R:.+]] = myia.splat %[[X]] : f32 -> tensor<1x1xf32>
  // CHECK: return %[[B]], %[[R]]
  %b = myia.broadcast %x : tensor<f32> -> tensor<3xf32>
  %r = myia.reshape %x : tensor<f32> -> tensor<1x1xf32>
  return %b, %r : tensor<3xf32>, tensor<1x1xf32>
}

// CHECK-LABEL: func.func private @reduce(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>) -> (f32, i64)
func.func private @reduce(%a: tensor<3xf32>) -> (tensor<f32>, tensor<i64>) {
  // CHECK: %[[S:.+]] = myia.reduce sum %[[A]] axes [0] : tensor<3xf32> -> f32
  // CHECK: %[[I:.+]] = myia.arg_reduce max %[[A]] axis 0 : tensor<3xf32> -> i64
  // CHECK: return %[[S]], %[[I]]
  %s = myia.reduce sum %a axes [0] : tensor<3xf32> -> tensor<f32>
  %i = myia.arg_reduce max %a axis 0 : tensor<3xf32> -> tensor<i64>
  return %s, %i : tensor<f32>, tensor<i64>
}

// CHECK-LABEL: func.func private @identities(
// CHECK-SAME:    %[[X:.+]]: f32)
func.func private @identities(%x: tensor<f32>) -> tensor<f32> {
  // CHECK-NEXT: return %[[X]]
  %s = tensor.extract %x[] : tensor<f32>
  %a = tensor.from_elements %s : tensor<f32>
  %b = myia.reshape %a : tensor<f32> -> tensor<f32>
  %c = myia.reduce sum %b axes [] : tensor<f32> -> tensor<f32>
  return %c : tensor<f32>
}
