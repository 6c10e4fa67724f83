// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

// What __iter__ gives has to be an iterator.

myia.class @Some fields ["x"] methods {__iter__ = @Some.__iter__}
func.func private @Some.__iter__(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %t = myia.build_tuple(%self)
  return %t : !myia.any
}
func.func private @f(%s: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "s"}]} {
  // expected-error @+1 {{[MYIA027] iter() returned non-iterator of type 'tuple[Some]': let __iter__ return iter(...) of it}}
  %i = myia.iter %s
  return %i : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Some ["x"] of f64>)

// -----

// Items by position need a length.

myia.class @Some fields ["x"] methods {__getitem__ = @Some.__getitem__}
func.func private @Some.__getitem__(%self: !myia.any, %i: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}, {name = "i"}]} {
  return %i : !myia.any
}
func.func private @f(%s: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "s"}]} {
  // expected-error @+1 {{[MYIA027] Some has __getitem__, but no __len__ that says how many elements there are, nor __iter__}}
  %i = myia.iter %s
  return %i : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Some ["x"] of f64>)

// -----

// An option that the library does not support.

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %refuse = myia.constant #myia.prim<"myia.prelude.intrinsics.refuse">
  %why = myia.constant "only this is supported"
  // expected-error @+1 {{[MYIA050] only this is supported}}
  %r = myia.call %refuse(%why)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %range = myia.constant #myia.prim<"builtins.range">
  %three = myia.constant 3 : i64
  %r = myia.call %range(%three)
  // expected-error @+1 {{[MYIA020] the index of a range must be an integer [got float]}}
  %item = myia.getitem %r[%x]
  return %item : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %range = myia.constant #myia.prim<"builtins.range">
  %three = myia.constant 3 : i64
  %r = myia.call %range(%three)
  // expected-error @+1 {{[MYIA040] ranges have no attribute 'count' here}}
  %item = myia.getattr %r "count"
  return %item : !myia.any
}
myia.instantiate @main = @f(f64)
