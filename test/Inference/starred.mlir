// RUN: myia-opt %s -myia-infer | FileCheck %s

// `*xs` in a call, `*rest` of a function, `a, *b, c = ...`.

func.func private @g(%a: !myia.any, %rest: !myia.any, %options: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "a"}, {kind = "tuple", name = "rest"},
                               {kind = "dict", name = "options"}]} {
  %0:3 = myia.unpack_sequence %rest : 3 {starred = 1 : i64}
  %1 = myia.build_tuple(%a, %0#0, %0#1, %0#2, %options)
  return %1 : !myia.any
}
func.func private @f(%xs: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "xs"}, {name = "y"}]} {
  %g = myia.constant @g
  %r = myia.call %g(%xs, %y, %y) keywords ["k"] starred [0]
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.tuple<i64, i1, f64>, f64)
// CHECK: !myia.tuple<i64, i1, !myia.tuple<f64>, f64, !myia.record<@dict ["k"] of f64>>
