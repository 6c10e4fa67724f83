// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @no_function(%x: f64) {
  // expected-error @+1 {{requires a function [got missing]}}
  %0:2 = myia.value_and_grad @missing(%x) wrt [0] : (f64) -> (f64, f64)
  return
}

// -----

func.func private @f(f64) -> f64
func.func @arguments(%x: f32) {
  // C1
  // expected-error @+1 {{requires arguments of types ('f64') [got ('f32')]}}
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f32) -> (f64, f32)
  return
}

// -----

func.func private @f(f64) -> i64
func.func @not_real(%x: f64) {
  // C2
  // expected-error @+1 {{requires a function whose first result is a real floating-point scalar [got ('i64')]}}
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (i64, f64)
  return
}

// -----

func.func private @f(f64) -> tensor<3xf64>
func.func @not_scalar(%x: f64) {
  // C2
  // expected-error @+1 {{requires a function whose first result is a real floating-point scalar}}
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (tensor<3xf64>, f64)
  return
}

// -----

func.func private @f(f64) -> f64
func.func @position(%x: f64) {
  // C3
  // expected-error @+1 {{requires argument positions below 1 [got 1]}}
  %0:2 = myia.value_and_grad @f(%x) wrt [1] : (f64) -> (f64, f64)
  return
}

// -----

func.func private @f(f64) -> f64
func.func @results(%x: f64) {
  // C3
  // expected-error @+1 {{requires results ('f64', 'f64') [got ('f64', 'i64')]}}
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, i64)
  return
}

// -----

func.func private @f(vector<2xf64>) -> f64
func.func @unknown(%v: vector<2xf64>) {
  // expected-error @+1 {{requires arguments that have a derivative [got 'vector<2xf64>']}}
  %0:2 = myia.value_and_grad @f(%v) wrt [0] : (vector<2xf64>) -> (f64, vector<2xf64>)
  return
}

// -----

func.func @sum_of_integers(%a: i64) {
  // C1
  // expected-error @+1 {{operand #0 must be floating-point or ranked tensor of floating-point values or stack, box, list, tuple or record, but got 'i64'}}
  %0 = myia.accumulate %a, %a : i64
  return
}
