// RUN: myia-opt %s -myia-lower-runtime -verify-diagnostics

func.func @integers(%a: tensor<2x2xi64>) -> tensor<2x2xi64> {
  // expected-error @below {{requires f32 or f64 here [got 'i64']}}
  %c = myia.matmul %a, %a : tensor<2x2xi64>, tensor<2x2xi64> -> tensor<2x2xi64>
  return %c : tensor<2x2xi64>
}
