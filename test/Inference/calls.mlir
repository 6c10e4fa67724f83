// RUN: myia-opt %s -myia-infer | FileCheck %s

// Keywords, defaults, closures over values, functions as arguments.

func.func private @scale(%x: !myia.any, %by: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "by", default = 3.0 : f64}]} {
  %r = myia.binary mul %x, %by
  return %r : !myia.any
}

func.func private @inner(%a: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}], myia.captures = 1 : i64} {
  %r = myia.binary sub %x, %a
  return %r : !myia.any
}

func.func private @apply(%f: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "f"}, {name = "x"}]} {
  %r = myia.call %f(%x)
  return %r : !myia.any
}

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %scale = myia.constant @scale
  %a = myia.call %scale(%x)
  %b = myia.call %scale(%x, %a) keywords ["by"]
  %closure = myia.closure @inner(%b)
  %apply = myia.constant @apply
  %c = myia.call %apply(%closure, %x)
  %d = myia.call %apply(%scale, %c)
  return %d : !myia.any
}
myia.instantiate @main = @f(f64)

// CHECK-LABEL: func.func private @f.0
// CHECK: call @scale.1({{.*}}) : (f64, f64) -> f64
// CHECK: call @scale.1({{.*}}) : (f64, f64) -> f64
// CHECK: call @apply.2({{.*}}) : (!myia.closure<@inner of f64>, f64) -> f64
// CHECK: call @apply.4({{.*}}) : (!myia.closure<@scale>, f64) -> f64
