// RUN: myia-opt %s -myia-lower-arrays -myia-fuse-arrays -myia-outline-kernels | FileCheck %s

// A slice is read inside the kernel that uses it.

// CHECK-LABEL: func.func @row
// CHECK-SAME: (%[[A:.*]]: tensor<4x3xf32>, %[[I:.*]]: index)
// CHECK: myia.launch @[[READ:.*]](%[[A]], %[[I]]) : (tensor<4x3xf32>, index) -> tensor<3xf32>
func.func @row(%a: tensor<4x3xf32>, %i: index) -> tensor<3xf32> {
  %0 = tensor.extract_slice %a[%i, 0] [1, 3] [1, 1] : tensor<4x3xf32> to tensor<3xf32>
  %1 = arith.negf %0 : tensor<3xf32>
  return %1 : tensor<3xf32>
}

// An updated slice is written into its destination.

// CHECK-LABEL: func.func @updated
// CHECK-SAME: (%[[A:.*]]: tensor<4x3xf32>, %[[B:.*]]: tensor<3xf32>, %[[I:.*]]: index)
// CHECK: myia.launch @[[WRITE:.*]](%[[B]], %[[I]]) into(%[[A]] : tensor<4x3xf32>)
func.func @updated(%a: tensor<4x3xf32>, %b: tensor<3xf32>, %i: index) -> tensor<4x3xf32> {
  %0 = tensor.insert_slice %b into %a[%i, 0] [1, 3] [1, 1] : tensor<3xf32> into tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// CHECK: func.func private @[[READ]](%[[IN:.*]]: memref<4x3xf32>, %[[ROW:.*]]: index
// CHECK: memref.load %[[IN]]
// CHECK: func.func private @[[WRITE]](%[[SOURCE:.*]]: memref<3xf32>, %[[ROW:.*]]: index, %[[OUT:.*]]: memref<4x3xf32>)
// CHECK: %[[PART:.*]] = memref.subview %[[OUT]][%[[ROW]], 0] [1, 3] [1, 1]
// CHECK: linalg.copy ins(%[[SOURCE]] {{.*}}) outs(%[[PART]]
