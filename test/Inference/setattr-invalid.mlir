// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

myia.class @C fields ["x"]

func.func private @f(%c: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "c"}]} {
  // expected-error @+1 {{[MYIA002] this C may be visible elsewhere}}
  %r = myia.setattr %c "x" = %c seen_by witnesses(%c)
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@C ["x"] of f64>)

// -----

myia.class @C fields ["x"]

func.func private @f(%c: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "c"}]} {
  // expected-error @+1 {{[MYIA040] C has no field 'y' that could be assigned}}
  %r = myia.setattr %c "y" = %c seen_by none
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@C ["x"] of f64>)

// -----

myia.class @C fields ["x"] {myia.frozen}

func.func private @f(%c: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "c"}]} {
  // expected-error @+1 {{[MYIA002] cannot assign to field 'x': C is frozen; use dataclasses.replace, or _replace}}
  %r = myia.setattr %c "x" = %c seen_by none
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@C ["x"] of f64>)
