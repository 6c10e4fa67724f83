// RUN: myia-opt %s -myia-differentiate -split-input-file -verify-diagnostics

func.func private @f(%x: tensor<2x3xf64>) -> f64 {
  // expected-error @below {{[MYIA060] the derivative of 'tensor.pad' is not known}}
  %0 = tensor.pad %x low[1, 1] high[1, 1] {
  ^bb0(%i: index, %j: index):
    %c = arith.constant 0.0 : f64
    tensor.yield %c : f64
  } : tensor<2x3xf64> to tensor<4x5xf64>
  %1 = myia.reduce sum %0 axes [0, 1] : tensor<4x5xf64> -> f64
  return %1 : f64
}
func.func @main(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (tensor<2x3xf64>) -> (f64, tensor<2x3xf64>)
  return %d : tensor<2x3xf64>
}

// -----

func.func private @f(%x: f64) -> f64 {
  // expected-error @below {{[MYIA060] a function that takes its own derivative has no derivative}}
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}
func.func @main(%x: f64) -> f64 {
  %0 = call @f(%x) : (f64) -> f64
  return %0 : f64
}

// -----

func.func private @f(%x: tensor<?xf64>) -> f64 {
  // expected-error @below {{[MYIA060] the derivative of a product needs to know the shape of}}
  %0 = myia.reduce prod %x axes [0] : tensor<?xf64> -> f64
  return %0 : f64
}
func.func @main(%x: tensor<?xf64>) -> tensor<?xf64> {
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (tensor<?xf64>) -> (f64, tensor<?xf64>)
  return %d : tensor<?xf64>
}

// -----

func.func private @outside(f64) -> f64
func.func private @f(%x: f64) -> f64 {
  // expected-error @below {{[MYIA060] the derivative of the external function 'outside' is not known}}
  %0 = call @outside(%x) : (f64) -> f64
  return %0 : f64
}
func.func @main(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}

// -----

// What an unknown region uses counts as used.
func.func private @f(%x: f64) -> f64 {
  // expected-error @below {{[MYIA060] the derivative of 'tensor.generate' is not known}}
  %0 = tensor.generate {
  ^bb0(%i: index):
    tensor.yield %x : f64
  } : tensor<3xf64>
  %1 = myia.reduce sum %0 axes [0] : tensor<3xf64> -> f64
  return %1 : f64
}
func.func @main(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}

// -----

// A type that nothing is known of.
func.func private @f(%x: f64) -> f64 {
  // expected-error @below {{[MYIA060] the derivative with respect to a value of type 'vector<2xf64>' is not known}}
  %0 = builtin.unrealized_conversion_cast %x : f64 to vector<2xf64>
  %1 = builtin.unrealized_conversion_cast %0 : vector<2xf64> to f64
  return %1 : f64
}
func.func @main(%x: f64) -> (f64, f64) {
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %0#0, %0#1 : f64, f64
}

// -----

myia.type @odd(f64, vector<2xf64>)
// expected-error @below {{[MYIA060] the derivative with respect to a value of type 'vector<2xf64>' is not known}}
func.func private @f(%x: f64, %v: vector<2xf64>) -> f64 {
  %0 = myia.box %x, %v : (f64, vector<2xf64>) -> !myia.box<@odd>
  %1:2 = myia.unbox %0 : (!myia.box<@odd>) -> (f64, vector<2xf64>)
  return %1#0 : f64
}
func.func @main(%x: f64, %v: vector<2xf64>) -> (f64, f64) {
  %0:2 = myia.value_and_grad @f(%x, %v) wrt [0] : (f64, vector<2xf64>) -> (f64, f64)
  return %0#0, %0#1 : f64, f64
}

// -----

func.func private @f(%xs: !myia.list<f64>) -> f64 {
  %0 = arith.constant 1.0 : f64
  return %0 : f64
}

func.func @main(%xs: !myia.list<f64>) -> !myia.list<f64> {
  // expected-error @+1 {{must be sparse to be differentiated with respect to boxes and lists}}
  %0:2 = myia.value_and_grad @f(%xs) wrt [0] : (!myia.list<f64>) -> (f64, !myia.list<f64>)
  return %0#1 : !myia.list<f64>
}
