// RUN: myia-opt %s -myia-lower-arrays | FileCheck %s

// A reduction reads its operand in order; its sum may be reassociated.

// CHECK-LABEL: func.func @columns
// CHECK-SAME: (%[[A:.*]]: tensor<4x3xf32>)
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: linalg.generic
// CHECK-SAME: iterator_types = ["reduction", "parallel"]
// CHECK-SAME: ins(%[[A]] : tensor<4x3xf32>) outs(%[[ZERO]] : tensor<3xf32>)
// CHECK: arith.addf %{{.*}} fastmath<reassoc>
func.func @columns(%a: tensor<4x3xf32>) -> tensor<3xf32> {
  %0 = myia.reduce sum %a axes [0] : tensor<4x3xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// The maximum propagates NaN and starts from minus infinity.

// CHECK-LABEL: func.func @largest
// CHECK: arith.constant 0xFFF0000000000000 : f64
// CHECK: arith.maximumf
// CHECK: tensor.extract %{{.*}}[] : tensor<f64>
func.func @largest(%a: tensor<4xf64>) -> f64 {
  %0 = myia.reduce max %a axes [0] : tensor<4xf64> -> f64
  return %0 : f64
}

// Libraries multiply floats, loops integers.

// CHECK-LABEL: func.func @products
// CHECK: myia.matmul {{.*}} tensor<2x2xf32>
// CHECK: linalg.generic
// CHECK: arith.muli
func.func @products(%a: tensor<2x2xf32>, %b: tensor<2x2xi64>)
    -> (tensor<2x2xf32>, tensor<2x2xi64>) {
  %0 = myia.matmul %a, %a : tensor<2x2xf32>, tensor<2x2xf32> -> tensor<2x2xf32>
  %1 = myia.matmul %b, %b : tensor<2x2xi64>, tensor<2x2xi64> -> tensor<2x2xi64>
  return %0, %1 : tensor<2x2xf32>, tensor<2x2xi64>
}

// CHECK-LABEL: func.func @count
// CHECK: linalg.index 0
func.func @count() -> tensor<5xi64> {
  %0 = myia.iota : tensor<5xi64>
  return %0 : tensor<5xi64>
}
