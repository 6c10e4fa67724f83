// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

func.func private @f(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  // expected-error @+1 {{[MYIA030] operands of @ need matching inner dimensions: 3 is not 4 [got float64[2,3] and float64[4,5]]}}
  %r = myia.binary matmul %x, %y
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<2x3xf64>, tensor<4x5xf64>)

// -----

func.func private @f(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  // expected-error @+1 {{[MYIA030] operands of + need shapes that broadcast together}}
  %r = myia.binary add %x, %y
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<2xf64>, tensor<3xf64>)

// -----

func.func private @g(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %none = myia.constant unit
  // expected-error @+1 {{[MYIA020] unsupported operand types for +: float and None}}
  %r = myia.binary add %x, %none
  return %r : !myia.any
}
func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %g = myia.constant @g
  // expected-note @+1 {{in the call g(float)}}
  %r = myia.call %g(%x)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @g(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  return %x : !myia.any
}
func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %g = myia.constant @g
  // expected-error @+1 {{[MYIA021] g() takes 1 positional argument but 2 were given}}
  %r = myia.call %g(%x, %x)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA022] float is not callable}}
  %r = myia.call %x(%x)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @g(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  return %x : !myia.any
}
func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %g = myia.constant @g
  %d = myia.grad %g wrt [0] single
  // expected-error @+1 {{[MYIA025] grad needs a function that returns a real number [g returns float64[3]]}}
  %r = myia.call %d(%x)
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error-re @+1 {{[MYIA040] arrays have no attribute 'colour' here{{$}}}}
  %r = myia.getattr %x "colour"
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA040] arrays have no attribute 'shpae' here; did you mean 'shape'?}}
  %r = myia.getattr %x "shpae"
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA040] arrays have no attribute 'men' here; did you mean 'mean'?}}
  %r = myia.getattr %x "men"
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA002] an augmented assignment would update an array that may be visible elsewhere}}
  %r = myia.augment add %x, %x seen_by unknown
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>)
