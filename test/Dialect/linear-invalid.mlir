// RUN: myia-opt %s -split-input-file -verify-diagnostics

func.func @square(%a: tensor<3x2xf64>) {
  // expected-error @+1 {{requires a square matrix of f32 or f64 [got 'tensor<3x2xf64>']}}
  %l, %indefinite = myia.cholesky %a : tensor<3x2xf64>
  return
}

// -----

func.func @rows(%a: tensor<3x3xf64>, %b: tensor<2x2xf64>) {
  // expected-error @+1 {{requires as many right rows as the matrix has [got 'tensor<3x3xf64>' and 'tensor<2x2xf64>']}}
  %x, %singular = myia.solve %a, %b : tensor<3x3xf64>, tensor<2x2xf64>
  return
}

// -----

func.func @element(%a: tensor<3x3xf64>) {
  // expected-error @+1 {{requires a result of the matrix's element type [got 'f32']}}
  %d = myia.determinant %a : tensor<3x3xf64> -> f32
  return
}
