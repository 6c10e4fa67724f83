// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func private @calls(
// CHECK-SAME:    %[[F:.+]]: !myia.any, %[[X:.+]]: !myia.any, %[[Y:.+]]: !myia.any)
func.func private @calls(%f: !myia.any, %x: !myia.any, %y: !myia.any) -> !myia.any {
  // CHECK: myia.call %[[F]]()
  %0 = myia.call %f()
  // CHECK: myia.call %[[F]](%[[X]], %[[Y]]) keywords ["axis"]
  %1 = myia.call %f(%x, %y) keywords ["axis"]
  // CHECK: myia.grad %[[F]] wrt [0] single value
  %2 = myia.grad %f wrt [0 : i64] single value
  // CHECK: myia.grad %[[F]] wrt ["x", 1] aux
  %3 = myia.grad %f wrt ["x", 1 : i64] aux
  return %1 : !myia.any
}
