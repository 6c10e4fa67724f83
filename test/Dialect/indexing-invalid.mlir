// RUN: myia-opt %s -split-input-file -verify-diagnostics

func.func @width(%a: tensor<3xui8>) {
  // expected-error @+1 {{requires integers of one width and shape [got 'tensor<3xui8>' and 'tensor<3xi16>']}}
  %0 = myia.sign_cast %a : tensor<3xui8> -> tensor<3xi16>
  return
}

// -----

func.func @axes(%a: tensor<3xf32>) {
  // expected-error @+1 {{requires sorted, distinct axes below 1 [got [1]]}}
  %0 = myia.reverse %a axes [1] : tensor<3xf32>
  return
}

// -----

func.func @indices(%a: tensor<3xf32>, %i: tensor<2xi32>) {
  // expected-error @+1 {{requires i64 indices into an array of rank 1 or more [got 'tensor<2xi32>' and 'tensor<3xf32>']}}
  %0 = myia.gather %a[%i] : tensor<3xf32>, tensor<2xi32> -> tensor<2xf32>
  return
}

// -----

func.func @rows(%a: tensor<4x3xf32>, %i: tensor<2xi64>) {
  // expected-error @+1 {{requires rows of type 'tensor<2x3xf32>' [got 'tensor<2xf32>']}}
  %0 = myia.gather %a[%i] : tensor<4x3xf32>, tensor<2xi64> -> tensor<2xf32>
  return
}

// -----

func.func @updates(%a: tensor<4xf32>, %u: tensor<3xf32>, %i: tensor<2xi64>) {
  // expected-error @+1 {{requires rows of type 'tensor<2xf32>' [got 'tensor<3xf32>']}}
  %0 = myia.scatter set %u into %a[%i] : tensor<3xf32>, tensor<4xf32>, tensor<2xi64>
  return
}
