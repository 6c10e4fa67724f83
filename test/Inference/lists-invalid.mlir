// RUN: myia-opt %s -myia-infer -verify-diagnostics -split-input-file

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  // expected-error @+1 {{[MYIA002] this list[float] may be visible elsewhere (an argument, a part of something else, or under another name); copy it first}}
  %ys, %r = myia.mutate %xs [] "append"(%xs) seen_by others
  return %ys : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  %xs0 = myia.constant 1.5 : f64
  // expected-error @+1 {{[MYIA020] list indices must be integers or slices [got float]}}
  %x = myia.getitem %xs[%xs0]
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  %b = myia.constant 1.5 : f64
  %n = myia.constant unit
  %s = myia.build_slice %b, %n, %n
  // expected-error @+1 {{[MYIA020] slice indices must be integers or None [got float]}}
  %x = myia.getitem %xs[%s]
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  %n = myia.constant unit
  %two = myia.constant 2 : i64
  %s = myia.build_slice %n, %n, %two
  // expected-error @+1 {{[MYIA001] assignment to a slice with a step: assign the items one by one}}
  %x = myia.setitem %xs[%s] = %xs seen_by none
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  // expected-error @+1 {{[MYIA040] lists have no attribute 'shape' here}}
  %x = myia.getattr %xs "shape"
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  // expected-error @+1 {{[MYIA040] lists have no attribute 'apend' here; did you mean 'append'?}}
  %x = myia.getattr %xs "apend"
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  // expected-error @+1 {{[MYIA002] 'append' changes the list, which must be a variable of this function, or a part of one: give it a name first}}
  %x = myia.getattr %xs "append"
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)

// -----

func.func private @f(%t: !myia.any) -> !myia.any attributes {myia.params = [{name = "t"}]} {
  %i = myia.constant 0 : i64
  // expected-error @+1 {{[MYIA002] str does not support item assignment: build a new value instead}}
  %x, %r = myia.mutate %t ["[]"] "[]="(%i, %i, %i) seen_by none
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.tuple<!myia.static<"a">>)

// -----

func.func private @f(%xs: !myia.any) -> !myia.any attributes {myia.params = [{name = "xs"}]} {
  %tuple = myia.constant #myia.prim<"builtins.tuple">
  // expected-error @+1 {{[MYIA026] the length of a tuple must be known when compiling: use the list}}
  %x = myia.call %tuple(%xs)
  return %x : !myia.any
}
myia.instantiate @main = @f(!myia.list<f64>)
