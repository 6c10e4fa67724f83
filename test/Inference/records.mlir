// RUN: myia-opt %s -myia-infer | FileCheck %s

// Fields, methods, operators and construction of a dataclass.

myia.class @Point fields ["x", "y"] defaults {y = 0.0 : f64}
    methods {norm2 = @Point.norm2, __add__ = @Point.add} getters ["norm2"]

func.func private @Point.norm2(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %x = myia.getattr %self "x"
  %r = myia.binary mul %x, %x
  return %r : !myia.any
}

func.func private @Point.add(%self: !myia.any, %other: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}, {name = "other"}]} {
  %a = myia.getattr %self "x"
  %b = myia.getattr %other "x"
  %c = myia.binary add %a, %b
  %class = myia.constant @Point
  %r = myia.call %class(%c)
  return %r : !myia.any
}

func.func private @f(%p: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "p"}]} {
  %q = myia.binary add %p, %p
  %n = myia.getattr %q "norm2"
  %t = myia.build_tuple(%q, %n)
  return %t : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Point ["x", "y"] of f64, f64>)

// CHECK: func.func @main({{.*}}) -> !myia.tuple<!myia.record<@Point ["x", "y"] of f64, !myia.static<0.000000e+00 : f64>>, f64>
// CHECK-LABEL: func.func private @f.0
// CHECK: call @Point.add.1
// CHECK: call @Point.norm2.2
