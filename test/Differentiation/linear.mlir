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

// The derivative of a determinant d is d g times the transposed inverse.

func.func private @d(%a: tensor<3x3xf64>) -> f64 {
  %r = myia.determinant %a : tensor<3x3xf64> -> f64
  return %r : f64
}

// CHECK-LABEL: func.func private @d.bwd(
// CHECK: %[[D:.*]] = arith.mulf
// CHECK: %[[T2:.*]] = myia.transpose %{{.*}} [1, 0]
// CHECK: %[[I:.*]], %[[S:.*]] = myia.solve %[[T2]],
// CHECK: myia.raise_if %[[S]]
// CHECK: return {{.*}}%[[I]]
func.func @determinant(%a: tensor<3x3xf64>) -> tensor<3x3xf64> {
  %v, %da = myia.value_and_grad @d(%a) wrt [0]
      : (tensor<3x3xf64>) -> (f64, tensor<3x3xf64>)
  return %da : tensor<3x3xf64>
}

// That of a triangle is two solutions with it.

func.func private @c(%a: tensor<3x3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %l, %indefinite = myia.cholesky %a : tensor<3x3xf64>
  %r = tensor.extract %l[%c0, %c0] : tensor<3x3xf64>
  return %r : f64
}

// CHECK-LABEL: func.func private @c.bwd(
// CHECK: %[[P2:.*]] = myia.matmul %[[L:.*]], %{{.*}} transpose_lhs
// CHECK: %[[U:.*]] = myia.transpose %[[L]] [1, 0]
// CHECK: myia.solve %[[U]],
// CHECK: myia.solve %[[U]],
func.func @cholesky(%a: tensor<3x3xf64>) -> tensor<3x3xf64> {
  %v, %da = myia.value_and_grad @c(%a) wrt [0]
      : (tensor<3x3xf64>) -> (f64, tensor<3x3xf64>)
  return %da : tensor<3x3xf64>
}
