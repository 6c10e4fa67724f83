// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

// What the operator of a class gives may be a field: it may not be updated.
func.func private @Box.neg(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %x = myia.getattr %self "x"
  return %x : !myia.any
}
myia.class @Box fields ["x"] methods {__neg__ = @Box.neg}
func.func private @f(%b: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "b"}]} {
  // expected-error @+1 {{[MYIA002] what this gives may share memory with an array or list that is updated in place: copy it first, with np.array(x) or list(x)}}
  %r = myia.unary neg %b {myia.fresh}
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Box ["x"] of tensor<3xf64>>)

// -----

// Numbers are values: nothing is shared.
func.func private @Box.neg(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %x = myia.getattr %self "x"
  return %x : !myia.any
}
myia.class @Box fields ["x"] methods {__neg__ = @Box.neg}
func.func private @f(%b: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "b"}]} {
  %r = myia.unary neg %b {myia.fresh}
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Box ["x"] of f64>)

// -----

// Operators on arrays give new arrays.
func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %r = myia.unary neg %x {myia.fresh}
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<3xf64>)

// -----

// A method of a class may give a list that is a field.
func.func private @Box.copy(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %x = myia.getattr %self "x"
  return %x : !myia.any
}
myia.class @Box fields ["x"] methods {copy = @Box.copy}
func.func private @f(%b: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "b"}]} {
  %copy = myia.getattr %b "copy"
  // expected-error @+1 {{[MYIA002] what this gives may share memory with an array or list that is updated in place: copy it first, with np.array(x) or list(x)}}
  %r = myia.call %copy() {myia.fresh}
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Box ["x"] of !myia.list<f64>>)
