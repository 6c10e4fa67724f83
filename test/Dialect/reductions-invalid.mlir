// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @order(%a: tensor<2x3xf32>) -> f32 {
  // C1
  // expected-error @+1 {{requires sorted, distinct axes below 2 [got [1, 0]]}}
  %0 = myia.reduce sum %a axes [1, 0] : tensor<2x3xf32> -> f32
  return %0 : f32
}

// -----

func.func @rank(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // C1
  // expected-error @+1 {{requires sorted, distinct axes below 2 [got [2]]}}
  %0 = myia.reduce sum %a axes [2] : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @result(%a: tensor<2x3xf32>) -> tensor<3xf32> {
  // C2
  // expected-error @+1 {{requires a result of type 'tensor<2xf32>' [got 'tensor<3xf32>']}}
  %0 = myia.reduce sum %a axes [1] : tensor<2x3xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @arg_kind(%a: tensor<2x3xf32>) -> tensor<2xi64> {
  // C1
  // expected-error @+1 {{requires the kind max or min}}
  %0 = myia.arg_reduce sum %a axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  return %0 : tensor<2xi64>
}

// -----

func.func @arg_result(%a: tensor<2x3xf32>) -> tensor<2xf32> {
  // C2
  // expected-error @+1 {{requires a result of type 'tensor<2xi64>' [got 'tensor<2xf32>']}}
  %0 = myia.arg_reduce max %a axis 1 : tensor<2x3xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
