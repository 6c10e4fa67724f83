// RUN: myia-opt %s -myia-infer | FileCheck %s

// The gradient of an instance of a recursive class has its type where
// everything in it can be differentiated, else a type of its own.

myia.class @Tree fields ["value", "next"]
  annotations {value = f64, next = ["union", unit, @Tree]}
myia.class @Named fields ["value", "count", "parts"]
  annotations {value = f64, count = i64, parts = ["list", @Named]}

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
  return %r : !myia.any
}
myia.instantiate @same = @f(!myia.box<@Tree>) open [[]]
myia.instantiate @other = @f(!myia.box<@Named>) open [[]]

func.func private @one(%t: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "t"}]} {
  %r = myia.constant 1.0 : f64
  return %r : !myia.any
}
func.func private @g(%t: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "t"}]} {
  %one = myia.constant @one
  %g = myia.grad %one wrt [0] single
  %r = myia.call %g(%t)
  return %r : !myia.any
}
myia.instantiate @constant = @g(!myia.box<@Named>) open [[]]

// CHECK-DAG: myia.type @Tree(f64, !myia.union<!myia.static<unit>, !myia.box<@Tree>>)
// CHECK-DAG: myia.type @Named(f64, i64, !myia.list<!myia.box<@Named>>) {myia.class = @Named}
// CHECK-DAG: myia.type @Named$grad(f64, !myia.static<unit>, !myia.list<!myia.box<@Named$grad>>) {myia.class = @Named}
// CHECK-LABEL: func.func private @f.0(
// CHECK: myia.value_and_grad {{.*}} : (!myia.box<@Tree>) -> (f64, !myia.box<@Tree>)
// CHECK-LABEL: func.func private @f.1(
// CHECK: myia.value_and_grad {{.*}} : (!myia.box<@Named>) -> (f64, !myia.box<@Named$grad>)
// CHECK-LABEL: func.func private @g.2(
// CHECK: myia.fill like {{.*}} of (!myia.box<@Named>) -> !myia.box<@Named$grad>
