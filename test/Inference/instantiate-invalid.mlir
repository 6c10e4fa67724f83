// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

// expected-error @+1 {{requires a surface function with 1 parameters [got f]}}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any, %y: !myia.any) -> !myia.any {
  return %x : !myia.any
}
// expected-error @+1 {{requires a surface function with 1 parameters [got f]}}
myia.instantiate @main = @f(f64)
