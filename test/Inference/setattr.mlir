// RUN: myia-opt %s -myia-infer | FileCheck %s

// A field that is assigned makes a new record; __post_init__ gives the one that
// it leaves.

myia.class @Counter fields ["count", "area"] defaults {count = 0 : i64}
    methods {__post_init__ = @Counter.init} {myia.hidden = ["area"]}

func.func private @Counter.init(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %c = myia.getattr %self "count"
  %a = myia.binary mul %c, %c
  %r = myia.setattr %self "area" = %a seen_by none
  return %r : !myia.any
}

// A witness is harmless if its type cannot hold the instance.
func.func private @f(%n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}]} {
  %class = myia.constant @Counter
  %c = myia.call %class(%n)
  %half = myia.constant 0.5 : f64
  %changed = myia.setattr %c "count" = %half seen_by witnesses(%n)
  return %changed : !myia.any
}
myia.instantiate @main = @f(i64)

// CHECK:       func.func @main(%{{.*}}: i64) -> !myia.record<@Counter ["count", "area"] of !myia.static<5.000000e-01 : f64>, i64>
// CHECK-LABEL: func.func private @f.0
// CHECK:         call @Counter.init.1
// CHECK-LABEL: func.func private @Counter.init.1
// CHECK:         arith.muli
