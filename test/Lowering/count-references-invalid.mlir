// RUN: myia-opt %s -myia-count-references -verify-diagnostics -split-input-file

// expected-error @below {{requires structured control flow}}
func.func @blocks(%a: tensor<3xf32>) -> tensor<3xf32> {
  cf.br ^next
^next:
  return %a : tensor<3xf32>
}

// -----

// What nothing is said of might keep the object.
func.func @unknown(%a: tensor<3xf32>) -> tensor<2xf32> {
  // expected-error @below {{takes an object, and Ownership.cpp does not say whether it keeps it}}
  %b = tensor.extract_slice %a[0] [2] [1] : tensor<3xf32> to tensor<2xf32>
  return %b : tensor<2xf32>
}
