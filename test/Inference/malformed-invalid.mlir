// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

// What the frontend does not write is refused all the same.
func.func private @inner(%c: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.captures = 1 : i64, myia.params = [{name = "x"}]} {
  return %c : !myia.any
}
func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+2 {{[MYIA090] a closure of inner lacks captures}}
  %c = myia.closure @inner()
  %r = myia.call %c(%x)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %c = myia.closure @missing()
  // expected-error @+1 {{[MYIA090] no function missing}}
  %r = myia.call %c(%x)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA090] an iterator is needed here [got float]}}
  %e, %r = myia.next %x
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %s = myia.build_slice %x, %x, %x
  // expected-error @+1 {{[MYIA090] no iterator of kind slice}}
  %c = myia.has_next %s
  cf.cond_br %c, ^bb1, ^bb1
^bb1:
  return %x : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA090] no meaning for myia.zero}}
  %c = myia.zero : f64
  return %x : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // expected-error @+1 {{[MYIA090] an iterator is needed here [got float]}}
  %c = myia.has_next %x
  cf.cond_br %c, ^bb1, ^bb1
^bb1:
  return %x : !myia.any
}
myia.instantiate @main = @f(f64)

// -----

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %s = myia.build_slice %x, %x, %x
  // expected-error @+1 {{[MYIA090] no iterator of kind slice}}
  %e, %r = myia.next %s
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)
