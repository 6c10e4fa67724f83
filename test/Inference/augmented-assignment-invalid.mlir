// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

// What others may see must not change: an array would.
func.func private @f(%w: !myia.any, %g: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "w"}, {name = "g"}]} {
  // expected-error @+1 {{[MYIA002] an augmented assignment would update an array that may be visible elsewhere: write x = x + ... instead}}
  %r = myia.augment sub %w, %g seen_by unknown
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>, tensor<3xf64>)

// -----

// Numbers, and scalars of NumPy, are values.
func.func private @f(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  %r = myia.augment add %x, %y seen_by unknown
  %s = myia.augment add %r, %y seen_by unknown
  return %s : !myia.any
}
myia.instantiate @main = @f(tensor<f64>, f64)
