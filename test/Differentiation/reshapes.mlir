// RUN: myia-opt %s -myia-differentiate -split-input-file | FileCheck %s

// What rearranges elements rearranges their cotangents back.

func.func private @reshape(%x: tensor<2x3xf64>) -> f64 {
  %0 = myia.transpose %x [1, 0] : tensor<2x3xf64> -> tensor<3x2xf64>
  %1 = myia.reshape %0 : tensor<3x2xf64> -> tensor<6xf64>
  %2 = myia.reduce sum %1 axes [0] : tensor<6xf64> -> f64
  return %2 : f64
}

// CHECK-LABEL: func.func private @reshape.bwd(
// CHECK: %[[R:.*]] = myia.reshape %{{.*}} : tensor<6xf64> -> tensor<3x2xf64>
// CHECK: myia.transpose %[[R]]{{.*}} : tensor<3x2xf64> -> tensor<2x3xf64>
func.func @main(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %v, %d = myia.value_and_grad @reshape(%x) wrt [0] : (tensor<2x3xf64>) -> (f64, tensor<2x3xf64>)
  return %d : tensor<2x3xf64>
}

// -----

// A number that was repeated gets the sum, elements that were put together each their own.

func.func private @splat(%x: f64) -> f64 {
  %0 = tensor.splat %x : tensor<3xf64>
  %1 = tensor.cast %0 : tensor<3xf64> to tensor<?xf64>
  %2 = tensor.cast %1 : tensor<?xf64> to tensor<3xf64>
  %3 = tensor.from_elements %x, %x : tensor<2xf64>
  %7 = myia.splat %x : f64 -> tensor<3xf64>
  %8 = arith.addf %2, %7 : tensor<3xf64>
  %4 = myia.reduce sum %8 axes [0] : tensor<3xf64> -> f64
  %5 = myia.reduce sum %3 axes [0] : tensor<2xf64> -> f64
  %6 = arith.addf %4, %5 : f64
  return %6 : f64
}

// CHECK-LABEL: func.func private @splat.bwd(
// CHECK-DAG: tensor.extract
// CHECK-DAG: tensor.cast %{{.*}} : tensor<3xf64> to tensor<?xf64>
// CHECK-DAG: tensor.cast %{{.*}} : tensor<?xf64> to tensor<3xf64>
// CHECK-DAG: myia.reduce sum %{{.*}} axes [0] : tensor<3xf64> -> f64
func.func @main(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @splat(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}
