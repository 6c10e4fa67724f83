// RUN: myia-opt %s -myia-infer -split-input-file | FileCheck %s

// A loop-carried number is joined: `total = 0` then `total += x` is a float
// throughout.

func.func private @total(%n: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}, {name = "x"}]} {
  %zero = myia.constant 0 : i64
  %range = myia.constant #myia.prim<"builtins.range">
  %r = myia.call %range(%n)
  %it = myia.iter %r
  cf.br ^head(%it, %zero : !myia.any, !myia.any)
^head(%i: !myia.any, %sum: !myia.any):
  %more = myia.has_next %i
  cf.cond_br %more, ^body, ^exit
^body:
  %k, %rest = myia.next %i
  %next = myia.binary add %sum, %x
  cf.br ^head(%rest, %next : !myia.any, !myia.any)
^exit:
  return %sum : !myia.any
}
myia.instantiate @main = @total(i64, f64)

// CHECK-LABEL: func.func private @total.0(%{{.*}}: i64, %[[X:.*]]: f64) -> f64
// CHECK: cf.br ^[[HEAD:bb[0-9]+]]
// CHECK: ^[[HEAD]]({{.*}}, %[[SUM:.*]]: f64
// CHECK: arith.addf %[[SUM]]

// -----

// A loop over a tuple is unrolled: every element has its own type.

func.func private @sum(%xs: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "xs"}]} {
  %zero = myia.constant 0 : i64
  %it = myia.iter %xs
  cf.br ^head(%it, %zero : !myia.any, !myia.any)
^head(%i: !myia.any, %sum: !myia.any):
  %more = myia.has_next %i
  cf.cond_br %more, ^body, ^exit
^body:
  %x, %rest = myia.next %i
  %next = myia.binary add %sum, %x
  cf.br ^head(%rest, %next : !myia.any, !myia.any)
^exit:
  return %sum : !myia.any
}
myia.instantiate @main = @sum(!myia.tuple<i64, f64, tensor<3xf32>>)

// CHECK-LABEL: func.func private @sum.0
// CHECK-SAME: -> tensor<3xf32>
// CHECK-NOT: cf.cond_br
// CHECK: arith.addf {{.*}} : f64
// CHECK-NOT: cf.cond_br
// CHECK: arith.addf {{.*}} : tensor<3xf32>
