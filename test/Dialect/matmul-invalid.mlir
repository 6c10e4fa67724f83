// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @rank(%a: tensor<2x3xf32>, %b: tensor<3xf32>) -> tensor<2xf32> {
  // C1
  // expected-error @+1 {{requires three matrices of one element type [got 'tensor<2x3xf32>', 'tensor<3xf32>' and 'tensor<2xf32>']}}
  %0 = myia.matmul %a, %b : tensor<2x3xf32>, tensor<3xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @contracted(%a: tensor<2x3xf32>, %b: tensor<4x3xf32>) -> tensor<2x3xf32> {
  // C2
  // expected-error @+1 {{requires equal contracted dimensions [got 'tensor<2x3xf32>' and 'tensor<4x3xf32>']}}
  %0 = myia.matmul %a, %b : tensor<2x3xf32>, tensor<4x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @outer(%a: tensor<2x3xf32>, %b: tensor<4x3xf32>) -> tensor<2x3xf32> {
  // C3
  // expected-error @+1 {{requires the outer dimensions as the result's shape [got 'tensor<2x3xf32>']}}
  %0 = myia.matmul %a, %b transpose_rhs : tensor<2x3xf32>, tensor<4x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
