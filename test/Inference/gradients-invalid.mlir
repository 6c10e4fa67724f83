// RUN: myia-opt %s -myia-infer --verify-diagnostics -split-input-file

myia.class @Counted fields ["count", "next"]
  annotations {count = i64, next = ["union", unit, @Counted]}

func.func private @loss(%t: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "t"}]} {
  %r = myia.constant 1.0 : f64
  return %r : !myia.any
}
func.func private @f(%t: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "t"}]} {
  %loss = myia.constant @loss
  %g = myia.grad %loss wrt [0] single
  // expected-error @+1 {{it needs floating-point numbers}}
  %r = myia.call %g(%t)
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.box<@Counted>) open [[]]

// -----

// What is None in a gradient is not what an annotation says.

myia.class @Named fields ["value", "count", "next"]
  annotations {value = f64, count = i64, next = ["union", unit, @Named]}

func.func private @loss(%t: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "t"}]} {
  %r = myia.getattr %t "value"
  return %r : !myia.any
}
func.func private @f(%t: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "t"}]} {
  %loss = myia.constant @loss
  %g = myia.grad %loss wrt [0] single
  %r = myia.call %g(%t)
  %cls = myia.constant @Named
  %x = myia.constant 1.0 : f64
  %n = myia.constant 1 : i64
  // expected-error @+1 {{an instance of a recursive class cannot hold a gradient with respect to another one, in which what cannot be differentiated is None [got one of Named]}}
  %made = myia.call %cls(%x, %n, %r)
  return %made : !myia.any
}
myia.instantiate @main = @f(!myia.box<@Named>) open [[]]
