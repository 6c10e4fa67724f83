// RUN: myia-opt %s -myia-differentiate -verify-diagnostics

func.func private @f(%k: f64, %x: f64) -> f64
func.func private @forward(%k: f64, %x: f64) -> (f64, f64)
func.func private @backward(%x: f64, %ct: f64) -> f64

func.func private @g(%k: f64, %x: f64) -> f64 {
  // expected-error @+1 {{[MYIA060] a function with a derivative of its own captures what is differentiated: pass it as an argument}}
  %0 = myia.custom_vjp @f forward @forward backward @backward(%k, %x)
      held 1 : (f64, f64) -> f64
  return %0 : f64
}

func.func @main(%k: f64, %x: f64) -> f64 {
  %v, %d = myia.value_and_grad @g(%k, %x) wrt [0] : (f64, f64) -> (f64, f64)
  return %d : f64
}
