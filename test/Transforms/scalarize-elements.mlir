// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// A slice of rank 0 is an element.

// CHECK-LABEL: func.func private @read(
// CHECK-SAME:    %[[A:.+]]: tensor<2x3xf32>, %[[I:.+]]: index)
func.func private @read(%a: tensor<2x3xf32>, %i: index) -> tensor<f32> {
  // CHECK: %[[C2:.+]] = arith.constant 2 : index
  // CHECK: %[[E:.+]] = tensor.extract %[[A]][%[[I]], %[[C2]]]
  %e = tensor.extract_slice %a[%i, 2] [1, 1] [1, 1]
      : tensor<2x3xf32> to tensor<f32>
  // CHECK: return %[[E]]
  return %e : tensor<f32>
}

// CHECK-LABEL: func.func private @write(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[X:.+]]: f32)
func.func private @write(%a: tensor<3xf32>, %x: tensor<f32>) -> tensor<3xf32> {
  // CHECK: %[[C1:.+]] = arith.constant 1 : index
  // CHECK: %[[R:.+]] = tensor.insert %[[X]] into %[[A]][%[[C1]]]
  %r = tensor.insert_slice %x into %a[1] [1] [1]
      : tensor<f32> into tensor<3xf32>
  // CHECK: return %[[R]]
  return %r : tensor<3xf32>
}

// CHECK-LABEL: func.func private @reshape(
// CHECK-SAME:    %[[A:.+]]: tensor<1x1xf32>) -> f32
func.func private @reshape(%a: tensor<1x1xf32>) -> tensor<f32> {
  // CHECK: %[[C0:.+]] = arith.constant 0 : index
  // CHECK: tensor.extract %[[A]][%[[C0]], %[[C0]]]
  %r = myia.reshape %a : tensor<1x1xf32> -> tensor<f32>
  return %r : tensor<f32>
}
