// RUN: %round-trip | FileCheck %s

// CHECK: myia.class @Empty fields []
myia.class @Empty fields []

// CHECK: myia.class @Layer fields ["weights", "bias"] defaults {bias = 0.000000e+00 : f64}
// CHECK-SAME: methods {apply = @apply, size = @apply} getters ["size"]
myia.class @Layer fields ["weights", "bias"] defaults {bias = 0.0 : f64}
    methods {apply = @apply, size = @apply} getters ["size"]

func.func private @apply(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  return %self : !myia.any
}

// CHECK: myia.instantiate @main = @apply(!myia.static<unit>)
myia.instantiate @main = @apply(!myia.static<unit>)
// CHECK: myia.instantiate @nothing = @apply()
myia.instantiate @nothing = @apply()
