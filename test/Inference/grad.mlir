// RUN: myia-opt %s -myia-infer | FileCheck %s

// A gradient has the structure of the argument; an int that is chosen counts as
// a float; with a value, both come back.

func.func private @loss(%p: !myia.any, %n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "p"}, {name = "n"}]} {
  %zero = myia.constant 0 : i64
  %w = myia.getitem %p[%zero]
  %r = myia.binary mul %w, %n
  return %r : !myia.any
}

func.func private @f(%p: !myia.any, %n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "p"}, {name = "n"}]} {
  %loss = myia.constant @loss
  %g = myia.grad %loss wrt ["p"] single value
  %r = myia.call %g(%p, %n)
  return %r : !myia.any
}

func.func private @g(%p: !myia.any, %n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "p"}, {name = "n"}]} {
  %loss = myia.constant @loss
  %g = myia.grad %loss wrt [0, 1]
  %r = myia.call %g(%p, %n)
  return %r : !myia.any
}
myia.instantiate @structure = @f(!myia.tuple<f64, i64>, i64)
myia.instantiate @both = @g(!myia.tuple<f64, i64>, i64)

// CHECK-LABEL: func.func private @f.0
// CHECK: %[[R:.*]]:2 = myia.value_and_grad @loss.{{[0-9]+}}({{.*}}) wrt [0] : (!myia.tuple<f64, i64>, i64) -> (f64, !myia.tuple<f64, !myia.static<unit>>)
// CHECK: myia.pack %[[R]]#0, %[[R]]#1
// CHECK-LABEL: func.func private @g.1
// CHECK: arith.sitofp
// CHECK: myia.value_and_grad @loss.{{[0-9]+}}({{.*}}) wrt [0, 1] : (!myia.tuple<f64, i64>, f64) -> (f64, !myia.tuple<f64, !myia.static<unit>>, f64)
