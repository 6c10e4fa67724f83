// RUN: myia-opt %s -split-input-file -verify-diagnostics

func.func private @f(f64) -> f64
func.func @no_function(%x: f64) {
  // expected-error @+1 {{requires functions [got @missing]}}
  %0 = myia.custom_vjp @f forward @f backward @missing(%x) held 0 : (f64) -> f64
  return
}

// -----

func.func private @f(f64) -> f64
func.func private @forward(f32) -> f64
func.func @arguments(%x: f64) {
  // C1
  // expected-error @+1 {{requires @forward to take ('f64') [got ('f32')]}}
  %0 = myia.custom_vjp @f forward @forward backward @f(%x) held 0 : (f64) -> f64
  return
}

// -----

func.func private @f(f64) -> f64
func.func @results(%x: f64) {
  // C1
  // expected-error @+1 {{requires @f to give ('i64') [got ('f64')]}}
  %0 = myia.custom_vjp @f forward @f backward @f(%x) held 0 : (f64) -> i64
  return
}

// -----

func.func private @f(f64) -> f64
func.func @held(%x: f64) {
  // expected-error @+1 {{requires at most 1 held operands [got 2]}}
  %0 = myia.custom_vjp @f forward @f backward @f(%x) held 2 : (f64) -> f64
  return
}
