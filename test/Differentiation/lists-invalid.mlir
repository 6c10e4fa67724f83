// RUN: myia-opt %s -myia-differentiate -verify-diagnostics

// What goes through a list has no derivative yet: it is refused, not zero.

func.func private @f(%x: f64) -> f64 {
  %i = arith.constant 0 : i64
  // expected-error @+1 {{the derivative of 'myia.make_list' is not known}}
  %xs = myia.make_list 1(%x) : (f64) -> !myia.list<f64>
  %y = myia.list_get %xs[%i] : (!myia.list<f64>) -> f64
  return %y : f64
}
func.func @main(%x: f64) -> (f64, f64) attributes {myia.entry} {
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %0#0, %0#1 : f64, f64
}
