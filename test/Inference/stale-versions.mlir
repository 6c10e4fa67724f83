// RUN: myia-opt %s -myia-infer | FileCheck %s

// A loop header that runs again takes its block arguments away from the versions
// below it: they must not run before the ones between have handed them new ones.

func.func private @f(%x: !myia.any, %n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "n"}]} {
  %zero = myia.constant 0 : i64
  %start = myia.constant 0.0 : f64
  cf.br ^head(%zero, %start : !myia.any, !myia.any)
^head(%i: !myia.any, %total: !myia.any):
  %less = myia.binary lt %i, %n
  %more = myia.truth %less
  cf.cond_br %more, ^body, ^exit
^exit:
  return %total : !myia.any
^body:
  %one = myia.constant 1 : i64
  %next = myia.binary add %i, %one
  %even = myia.binary mod %i, %n
  %t = myia.truth %even
  cf.cond_br %t, ^and, ^add
^and:
  %positive = myia.binary gt %x, %zero
  %p = myia.truth %positive
  cf.cond_br %p, ^skip, ^add
^skip:
  cf.br ^head(%next, %total : !myia.any, !myia.any)
^add:
  %term = myia.binary mul %x, %i
  %sum = myia.binary add %total, %term
  cf.br ^head(%next, %sum : !myia.any, !myia.any)
}
myia.instantiate @main = @f(f64, i64)

// CHECK-LABEL: func.func private @f.0
// CHECK: return %{{.*}} : f64
