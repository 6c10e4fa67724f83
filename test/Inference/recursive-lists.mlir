// RUN: myia-opt %s -myia-infer | FileCheck %s

// A field may be a list of instances; alternatives of an argument have an order
// of their own.

myia.class @Rose fields ["value", "children"]
  annotations {value = f64, children = ["list", @Rose]}

func.func private @f(%x: !myia.any, %xs: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "xs"}]} {
  %cls = myia.constant @Rose
  %none = myia.build_list()
  %leaf = myia.call %cls(%x, %none)
  %children = myia.build_list(%leaf, %leaf)
  %tree = myia.call %cls(%x, %children)
  %t = myia.build_tuple(%tree, %xs)
  return %t : !myia.any
}
myia.instantiate @main = @f(f64, !myia.list<!myia.union<f64, !myia.static<unit>>>)

// CHECK: myia.type @Rose(f64, !myia.list<!myia.box<@Rose>>)
// CHECK-LABEL: func.func @main(
// CHECK-SAME: !myia.list<!myia.union<!myia.static<unit>, f64>>
