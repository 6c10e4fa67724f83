// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %check = myia.constant #myia.prim<"myia.annotated">
  %int = myia.constant #myia.prim<"builtins.int">
  %none = myia.constant unit
  // expected-error @+1 {{[MYIA024] the annotation says int or None, but the value is float}}
  %r = myia.call %check(%x, %int, %none)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)
