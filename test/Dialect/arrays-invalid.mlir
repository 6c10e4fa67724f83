// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @splat(%x: f64) -> tensor<3xf32> {
  // C1
  // expected-error @+1 {{requires a value of the element type 'f32' [got 'f64']}}
  %0 = myia.splat %x : f64 -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @broadcast_element(%a: tensor<3xf64>) -> tensor<2x3xf32> {
  // C1
  // expected-error @+1 {{requires one element type [got 'tensor<3xf64>' and 'tensor<2x3xf32>']}}
  %0 = myia.broadcast %a : tensor<3xf64> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @broadcast_shape(%a: tensor<2xf32>) -> tensor<2x3xf32> {
  // C2
  // expected-error @+1 {{requires a shape that broadcasts to 'tensor<2x3xf32>' [got 'tensor<2xf32>']}}
  %0 = myia.broadcast %a : tensor<2xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @broadcast_rank(%a: tensor<1x3xf32>) -> tensor<3xf32> {
  // C2
  // expected-error @+1 {{requires a shape that broadcasts to}}
  %0 = myia.broadcast %a : tensor<1x3xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @transpose_permutation(%a: tensor<2x3xf32>) -> tensor<3x2xf32> {
  // C1
  // expected-error @+1 {{requires a permutation of 2 axes [got [1, 1]]}}
  %0 = myia.transpose %a [1, 1] : tensor<2x3xf32> -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// -----

func.func @transpose_result(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // C2
  // expected-error @+1 {{requires a result of type 'tensor<3x2xf32>' [got 'tensor<2x3xf32>']}}
  %0 = myia.transpose %a [1, 0] : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @reshape(%a: tensor<2x3xf32>) -> tensor<5xf32> {
  // C1
  // expected-error @+1 {{requires the same elements [got 'tensor<2x3xf32>' and 'tensor<5xf32>']}}
  %0 = myia.reshape %a : tensor<2x3xf32> -> tensor<5xf32>
  return %0 : tensor<5xf32>
}

// -----

func.func @iota() -> tensor<2x3xi64> {
  // C1
  // expected-error @+1 {{requires a result of rank 1 [got 'tensor<2x3xi64>']}}
  %0 = myia.iota : tensor<2x3xi64>
  return %0 : tensor<2x3xi64>
}

// -----

func.func @broadcast_unknown(%a: tensor<1xf32>) -> tensor<?xf32> {
  // C3
  // expected-error @+1 {{requires 1 sizes [got 0]}}
  %0 = myia.broadcast %a : tensor<1xf32> -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

func.func @reshape_unknown(%a: tensor<?x3xf32>, %n: index) -> tensor<?x?xf32> {
  // C2
  // expected-error @+1 {{requires 2 sizes [got 1]}}
  %0 = myia.reshape %a sizes(%n) : tensor<?x3xf32> -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// -----

func.func @broadcast_may_differ(%a: tensor<?xf32>) -> tensor<3xf32> {
  // C2
  // expected-error @+1 {{requires a shape that broadcasts to 'tensor<3xf32>' [got 'tensor<?xf32>']}}
  %0 = myia.broadcast %a : tensor<?xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @splat_unknown(%x: f32) -> tensor<?xf32> {
  // C2
  // expected-error @+1 {{requires 1 sizes [got 0]}}
  %0 = myia.splat %x : f32 -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

func.func @iota_unknown() -> tensor<?xi64> {
  // C2
  // expected-error @+1 {{requires 1 sizes [got 0]}}
  %0 = myia.iota : tensor<?xi64>
  return %0 : tensor<?xi64>
}
