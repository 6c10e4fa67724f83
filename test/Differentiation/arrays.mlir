// RUN: myia-opt %s -myia-to-differentiated | FileCheck %s

// One layer: broadcasts are summed, a product gives two products with a
// transposed operand each, no transpose is made.

func.func private @layer(%w: tensor<3x2xf32>, %b: tensor<2xf32>,
                         %x: tensor<4x3xf32>) -> f32 {
  %0 = myia.matmul %x, %w : tensor<4x3xf32>, tensor<3x2xf32> -> tensor<4x2xf32>
  %1 = myia.broadcast %b : tensor<2xf32> -> tensor<4x2xf32>
  %2 = arith.addf %0, %1 : tensor<4x2xf32>
  %3 = math.tanh %2 : tensor<4x2xf32>
  %4 = myia.reduce sum %3 axes [0, 1] : tensor<4x2xf32> -> f32
  return %4 : f32
}

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[W:[^:]*]]: tensor<3x2xf32>, %[[B:[^:]*]]: tensor<2xf32>, %[[X:[^:]*]]: tensor<4x3xf32>)
// CHECK: %[[T:.*]] = math.tanh
// CHECK-NOT: tanh
// CHECK: %[[C:.*]] = arith.subf %{{.*}}, %{{.*}} : tensor<4x2xf32>
// CHECK-DAG: %[[DB:.*]] = myia.reduce sum %{{.*}} axes [0] : tensor<4x2xf32> -> tensor<2xf32>
// CHECK-DAG: %[[DW:.*]] = myia.matmul %[[X]], %{{.*}} transpose_lhs
// CHECK: return %[[DW]], %[[DB]]
func.func @main(%w: tensor<3x2xf32>, %b: tensor<2xf32>, %x: tensor<4x3xf32>)
    -> (tensor<3x2xf32>, tensor<2xf32>) {
  %v, %dw, %db = myia.value_and_grad @layer(%w, %b, %x) wrt [0, 1]
      : (tensor<3x2xf32>, tensor<2xf32>, tensor<4x3xf32>)
      -> (f32, tensor<3x2xf32>, tensor<2xf32>)
  return %dw, %db : tensor<3x2xf32>, tensor<2xf32>
}
