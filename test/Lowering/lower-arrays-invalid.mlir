// RUN: myia-opt %s -myia-lower-arrays -split-input-file -verify-diagnostics

func.func @zero() -> tensor<?xf32> {
  // expected-error @below {{arrays need a static shape here [got 'tensor<?xf32>']}}
  %0 = myia.zero : tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

func.func @stacks(%a: !myia.stack, %b: !myia.stack) -> !myia.stack {
  // expected-error @below {{cannot add values of type '!myia.stack'}}
  %0 = myia.accumulate %a, %b : !myia.stack
  return %0 : !myia.stack
}

// -----

func.func @arrays(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @below {{cannot add values of type 'tensor<3xf32>'}}
  %0 = myia.accumulate %a, %b : tensor<3xf32>
  return %0 : tensor<3xf32>
}
