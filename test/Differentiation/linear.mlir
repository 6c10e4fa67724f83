// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The derivative of a solution is a solution with the transposed matrix.

func.func private @f(%a: tensor<3x3xf64>, %b: tensor<3x1xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %x, %singular = myia.solve %a, %b : tensor<3x3xf64>, tensor<3x1xf64>
  %r = tensor.extract %x[%c0, %c0] : tensor<3x1xf64>
  return %r : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK: %[[G:.*]] = tensor.insert
// CHECK: %[[T:.*]] = myia.transpose %{{.*}} [1, 0]
// CHECK: %[[Z:.*]], %{{.*}} = myia.solve %[[T]], %[[G]]
// CHECK: %[[P:.*]] = myia.matmul %[[Z]], %{{.*}} transpose_rhs
// CHECK: arith.negf %[[P]]
func.func @main(%a: tensor<3x3xf64>, %b: tensor<3x1xf64>)
    -> (tensor<3x3xf64>, tensor<3x1xf64>) {
  %v, %da, %db = myia.value_and_grad @f(%a, %b) wrt [0, 1]
      : (tensor<3x3xf64>, tensor<3x1xf64>) -> (f64, tensor<3x3xf64>, tensor<3x1xf64>)
  return %da, %db : tensor<3x3xf64>, tensor<3x1xf64>
}
