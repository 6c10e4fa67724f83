// RUN: myia-opt %s -myia-lower-arrays -myia-fuse-arrays -split-input-file | FileCheck %s

// Constants, broadcasts and elementwise producers melt into a reduction.

// CHECK-LABEL: func.func @fused
// CHECK-SAME: (%[[A:.*]]: tensor<4x3xf32>, %[[B:.*]]: tensor<3xf32>)
// CHECK: %[[SUM:.*]] = linalg.generic
// CHECK-SAME: iterator_types = ["reduction", "reduction"]
// CHECK-SAME: ins(%[[A]], %[[B]] :
// CHECK: arith.addf
// CHECK: arith.mulf
// CHECK: arith.addf %{{.*}} fastmath<reassoc>
// CHECK: tensor.extract %[[SUM]][]
// CHECK-NOT: linalg.generic
func.func @fused(%a: tensor<4x3xf32>, %b: tensor<3xf32>) -> f32 {
  %0 = myia.broadcast %b : tensor<3xf32> -> tensor<4x3xf32>
  %1 = arith.addf %a, %0 : tensor<4x3xf32>
  %two = arith.constant dense<2.0> : tensor<4x3xf32>
  %2 = arith.mulf %1, %two : tensor<4x3xf32>
  %3 = myia.reduce sum %2 axes [0, 1] : tensor<4x3xf32> -> f32
  return %3 : f32
}

// -----

// A costly producer is not computed once more per row.

// CHECK-LABEL: func.func @costly
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: linalg.generic
// CHECK: arith.addf
func.func @costly(%a: tensor<100x3xf32>, %b: tensor<3xf32>) -> tensor<100x3xf32> {
  %0 = math.exp %b : tensor<3xf32>
  %1 = myia.broadcast %0 : tensor<3xf32> -> tensor<100x3xf32>
  %2 = arith.addf %a, %1 : tensor<100x3xf32>
  return %2 : tensor<100x3xf32>
}

// -----

// The read of an array that is updated later stays where it is: otherwise the
// update could not happen in place.

// CHECK-LABEL: func.func @updated
// CHECK: linalg.generic
// CHECK: tensor.insert
// CHECK: linalg.generic
func.func @updated(%a: tensor<3xf32>, %x: f32) -> (tensor<3xf32>, tensor<3xf32>) {
  %c0 = arith.constant 0 : index
  %0 = arith.mulf %a, %a : tensor<3xf32>
  %1 = tensor.insert %x into %a[%c0] : tensor<3xf32>
  %2 = arith.negf %0 : tensor<3xf32>
  return %1, %2 : tensor<3xf32>, tensor<3xf32>
}

// -----

// A dimension that is added to be stretched needs no array of its own.

// CHECK-LABEL: func.func @stretched
// CHECK-SAME: (%[[A:.*]]: tensor<4x3xf32>, %[[B:.*]]: tensor<4xf32>)
// CHECK-NOT: myia.reshape
// CHECK: linalg.generic {{.*}} ins(%[[A]], %[[B]] : tensor<4x3xf32>, tensor<4xf32>)
// CHECK: arith.subf
func.func @stretched(%a: tensor<4x3xf32>, %b: tensor<4xf32>) -> tensor<4x3xf32> {
  %0 = myia.reshape %b : tensor<4xf32> -> tensor<4x1xf32>
  %1 = myia.broadcast %0 : tensor<4x1xf32> -> tensor<4x3xf32>
  %2 = arith.subf %a, %1 : tensor<4x3xf32>
  return %2 : tensor<4x3xf32>
}

// -----

// An update in place has its destination as its only result.

// CHECK-LABEL: func.func @update
// CHECK-SAME: (%[[A:.*]]: tensor<3xf32>, %[[B:.*]]: tensor<3xf32>)
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} outs(%[[A]] : tensor<3xf32>)
// CHECK: arith.addf
// CHECK: %[[R:.*]] = linalg.generic {{.*}} ins(%[[SUM]] : tensor<3xf32>)
// CHECK: math.exp
// CHECK: return %[[R]]
func.func @update(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> {
  %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
      ins(%b : tensor<3xf32>) outs(%a : tensor<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %sum = arith.addf %out, %in : f32
    linalg.yield %sum : f32
  } -> tensor<3xf32>
  %1 = math.exp %0 : tensor<3xf32>
  return %1 : tensor<3xf32>
}

// -----

// What two operands of one consumer read is computed once: twice per level
// would be exponential.

// CHECK-LABEL: func.func @shared
// CHECK: linalg.generic
// CHECK-COUNT-1: math.exp
// CHECK-NOT: math.exp
func.func @shared(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> {
  %0 = math.exp %a : tensor<3xf32>
  %1 = arith.mulf %0, %b : tensor<3xf32>
  %2 = arith.subf %0, %b : tensor<3xf32>
  %3 = arith.divf %1, %2 : tensor<3xf32>
  return %3 : tensor<3xf32>
}
