// RUN: myia-opt %s -myia-infer | FileCheck %s

// Positions count the arguments of the call, also those that *rest takes; the
// instance that a method is bound to is none of them.

func.func private @loss(%self: !myia.any, %a: !myia.any, %rest: !myia.any)
    -> !myia.any
    attributes {myia.params = [{name = "self"}, {name = "a"},
                               {name = "rest", kind = "tuple"}]} {
  %one = myia.constant 1 : i64
  %r = myia.getitem %rest[%one]
  %p = myia.binary mul %self, %r
  return %p : !myia.any
}

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %method = myia.closure @loss(%x)
  %g = myia.grad %method wrt [2] single
  %r = myia.call %g(%x, %x, %x)
  return %r : !myia.any
}
myia.instantiate @main = @f(f64)

// CHECK-LABEL: func.func private @f.0
// CHECK: %[[R:.*]]:2 = myia.value_and_grad @loss.{{[0-9]+}}(%{{.*}}, %{{.*}}, %[[T:.*]]) wrt [2]
// CHECK: %[[G:.*]]:2 = myia.unpack %[[R]]#1
// CHECK: return %[[G]]#1
