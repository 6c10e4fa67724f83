// RUN: myia-opt %s -myia-lower-arrays | FileCheck %s

// Reversed and gathered elements are read in the loop that uses them.

// CHECK-LABEL: func.func @reverse
// CHECK-SAME: (%[[A:.*]]: tensor<4xf32>)
// CHECK: %[[LAST:.*]] = arith.constant 3 : index
// CHECK: linalg.generic
// CHECK: %[[I:.*]] = linalg.index 0
// CHECK: %[[AT:.*]] = arith.subi %[[LAST]], %[[I]]
// CHECK: tensor.extract %[[A]][%[[AT]]]
func.func @reverse(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = myia.reverse %a axes [0] : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @gather
// CHECK-SAME: (%[[A:.*]]: tensor<4x3xf32>, %[[I:.*]]: tensor<2xi64>)
// CHECK: linalg.generic
// CHECK: %[[ROW:.*]] = tensor.extract %[[I]]
// CHECK: %[[AT:.*]] = arith.index_cast %[[ROW]]
// CHECK: tensor.extract %[[A]][%[[AT]], %{{.*}}]
func.func @gather(%a: tensor<4x3xf32>, %i: tensor<2xi64>) -> tensor<2x3xf32> {
  %0 = myia.gather %a[%i] : tensor<4x3xf32>, tensor<2xi64> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// A scatter is a loop over the indices in order.

// CHECK-LABEL: func.func @scatter
// CHECK: scf.for {{.*}} iter_args(%[[ARRAY:.*]] = %{{.*}}) -> (tensor<4x1xf32>)
// CHECK: %[[NEW:.*]] = tensor.extract
// CHECK: %[[OLD:.*]] = tensor.extract %[[ARRAY]]
// CHECK: %[[SUM:.*]] = arith.addf %[[OLD]], %[[NEW]]
// CHECK: tensor.insert %[[SUM]] into %[[ARRAY]]
func.func @scatter(%a: tensor<4xf32>, %u: tensor<2xf32>, %i: tensor<2xi64>)
    -> tensor<4xf32> {
  %0 = myia.scatter add %u into %a[%i] : tensor<2xf32>, tensor<4xf32>, tensor<2xi64>
  return %0 : tensor<4xf32>
}
