// RUN: myia-opt %s -myia-infer | FileCheck %s

// An instance of a class whose annotations lead back to it is a box, whatever
// it leads to.

myia.class @Node fields ["value", "next"]
  annotations {value = f64, next = ["union", unit, @Node]}

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %cls = myia.constant @Node
  %none = myia.constant unit
  %one = myia.constant 1 : i64
  %last = myia.call %cls(%x, %none)
  %first = myia.call %cls(%one, %last)
  %next = myia.getattr %first "next"
  %value = myia.getattr %next "value"
  return %value : !myia.any
}
myia.instantiate @main = @f(f64)

// CHECK: myia.type @Node(f64, !myia.union<!myia.static<unit>, !myia.box<@Node>>)
// CHECK-SAME: myia.class = @Node
// CHECK-LABEL: func.func private @f.0(
// CHECK: %[[LAST:.+]] = myia.box {{.*}} -> !myia.box<@Node>
// CHECK: myia.inject {{.*}}, %[[LAST]] [1]
// CHECK: %[[FIRST:.+]] = myia.box
// CHECK: myia.unbox %[[FIRST]]
// CHECK: cf.cond_br
// CHECK: myia.raise_if {{.*}}, "AttributeError"

// The class may have fields whose type only their value tells.

myia.class @Item fields ["value", "next"]
  annotations {next = ["union", unit, @Item]}
func.func private @g(%item: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "item"}]} {
  %value = myia.getattr %item "value"
  return %value : !myia.any
}
myia.instantiate @float = @g(!myia.box<@Item>) open [[[@Item, "value", f64]]]
myia.instantiate @array = @g(!myia.box<@Item>) open [[[@Item, "value", tensor<3xf32>]]]

// CHECK: func.func private @g.1(%{{.*}}: !myia.box<@Item>) -> f64
// CHECK: func.func private @g.2(%{{.*}}: !myia.box<@Item.1>) -> tensor<3xf32>
