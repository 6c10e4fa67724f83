// RUN: myia-opt %s -myia-count-references -verify-diagnostics

// expected-error @below {{requires structured control flow}}
func.func @blocks(%a: tensor<3xf32>) -> tensor<3xf32> {
  cf.br ^next
^next:
  return %a : tensor<3xf32>
}
