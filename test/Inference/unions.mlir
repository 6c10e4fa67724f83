// RUN: myia-opt %s -myia-infer | FileCheck %s

// A function that returns different kinds returns a union; an operation on it
// is applied to one alternative per version of the rest of the block.

func.func private @find(%c: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "c"}, {name = "x"}]} {
  %t = myia.truth %c
  cf.cond_br %t, ^bb1, ^bb2
^bb1:
  return %x : !myia.any
^bb2:
  %none = myia.constant unit
  return %none : !myia.any
}
func.func private @f(%c: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "c"}, {name = "x"}]} {
  %find = myia.constant @find
  %y = myia.call %find(%c, %x)
  %none = myia.constant unit
  %is = myia.binary is %y, %none
  %t = myia.truth %is
  cf.cond_br %t, ^bb1, ^bb2
^bb1:
  return %x : !myia.any
^bb2:
  %z = myia.binary add %y, %x
  return %z : !myia.any
}
myia.instantiate @main = @f(i1, f64)

// CHECK-LABEL: func.func private @f.0(
// CHECK: %[[U:.+]] = call @find.1({{.*}}) : {{.*}} -> !myia.union<!myia.static<unit>, f64>
// CHECK: %[[TAG:.+]] = myia.tag %[[U]]
// CHECK: %[[NONE:.+]] = arith.cmpi eq, %[[TAG]]
// CHECK: cf.cond_br %[[NONE]], ^[[THEN:.+]], ^[[ELSE:.+]]
// CHECK: %[[X:.+]] = myia.project %[[U]][1]
// CHECK: arith.addf %[[X]]
// CHECK-LABEL: func.func private @find.1(
// CHECK-DAG: myia.inject {{.*}} [0] : (!myia.static<unit>)
// CHECK-DAG: myia.inject {{.*}} [1] : (f64)
