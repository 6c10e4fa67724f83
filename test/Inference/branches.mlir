// RUN: myia-opt %s -myia-infer | FileCheck %s

// A function chosen by a condition: the code after the branch is specialised for
// each choice, and every call is direct.

func.func private @double(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %r = myia.binary add %x, %x
  return %r : !myia.any
}

func.func private @square(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %r = myia.binary mul %x, %x
  return %r : !myia.any
}

func.func private @f(%c: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "c"}, {name = "x"}]} {
  %t = myia.truth %c
  %a = myia.constant @double
  %b = myia.constant @square
  cf.cond_br %t, ^then, ^else
^then:
  cf.br ^join(%a : !myia.any)
^else:
  cf.br ^join(%b : !myia.any)
^join(%g: !myia.any):
  %r = myia.call %g(%x)
  return %r : !myia.any
}
myia.instantiate @main = @f(i1, f64)

// CHECK-LABEL: func.func private @f.0
// CHECK: cf.cond_br
// CHECK-DAG: call @double.{{[0-9]+}}
// CHECK-DAG: call @square.{{[0-9]+}}
