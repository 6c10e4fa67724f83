// RUN: myia-opt %s -myia-lower-arrays -myia-fuse-arrays -myia-outline-kernels | FileCheck %s

// Equal computations share a kernel; scalars are parameters and results.

// CHECK-LABEL: func.func @shared
// CHECK-SAME: (%[[A:.*]]: tensor<3xf32>, %[[X:.*]]: f32)
// CHECK: %[[B:.*]] = myia.launch @[[SCALE:.*]](%[[A]], %[[X]]) : (tensor<3xf32>, f32) -> tensor<3xf32>
// CHECK: myia.launch @[[SUM:.*]](%[[B]]) : (tensor<3xf32>) -> f32
// CHECK: myia.launch @[[SUM]](%[[A]]) : (tensor<3xf32>) -> f32
func.func @shared(%a: tensor<3xf32>, %x: f32) -> (tensor<3xf32>, f32, f32) {
  %0 = myia.splat %x : f32 -> tensor<3xf32>
  %1 = arith.mulf %a, %0 : tensor<3xf32>
  %2 = myia.reduce sum %1 axes [0] : tensor<3xf32> -> f32
  %3 = myia.reduce sum %a axes [0] : tensor<3xf32> -> f32
  return %1, %2, %3 : tensor<3xf32>, f32, f32
}

// What reads its destination updates it.

// CHECK-LABEL: func.func @accumulated
// CHECK-SAME: (%[[A:.*]]: tensor<3xf32>, %[[B:.*]]: tensor<3xf32>)
// CHECK: myia.launch @{{.*}}(%[[B]]) into(%[[A]] : tensor<3xf32>) : (tensor<3xf32>) -> tensor<3xf32>
func.func @accumulated(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> {
  %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
      ins(%b : tensor<3xf32>) outs(%a : tensor<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %sum = arith.addf %out, %in : f32
    linalg.yield %sum : f32
  } -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK: func.func private @[[SCALE]](%[[IN:.*]]: memref<3xf32>, %[[FACTOR:.*]]: f32, %[[OUT:.*]]: memref<3xf32>) attributes {myia.kernel}
// CHECK: linalg.generic {{.*}} ins(%[[IN]] : memref<3xf32>) outs(%[[OUT]] : memref<3xf32>)
// CHECK: func.func private @[[SUM]](%{{.*}}: memref<3xf32>) -> f32
