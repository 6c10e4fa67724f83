// RUN: %round-trip | FileCheck %s

// Constants of every kind, unbound variables, functions with captures.

// CHECK-LABEL: func.func private @constants(
func.func private @constants(%x: !myia.any) -> !myia.any {
  // CHECK: myia.constant 2.000000e+00 : f64
  %0 = myia.constant 2.0 : f64
  // CHECK: myia.constant 3 : i64
  %1 = myia.constant 3 : i64
  // CHECK: myia.constant true
  %2 = myia.constant true
  // CHECK: myia.constant "text"
  %3 = myia.constant "text"
  // CHECK: myia.constant unit
  %4 = myia.constant unit
  // CHECK: myia.constant @constants
  %5 = myia.constant @constants
  // CHECK: myia.constant #myia.prim<"numpy.exp">
  %6 = myia.constant #myia.prim<"numpy.exp">
  // CHECK: myia.constant f32
  %7 = myia.constant f32
  // CHECK: myia.read 0 : tensor<3xf64>
  %9 = myia.read 0 : tensor<3xf64>
  // CHECK: myia.unbound "total"
  %8 = myia.unbound "total"
  return %8 : !myia.any
}

// CHECK-LABEL: func.func private @closures(
// CHECK-SAME:    %[[A:.+]]: !myia.any, %[[B:.+]]: !myia.any)
func.func private @closures(%a: !myia.any, %b: !myia.any) -> !myia.any {
  // CHECK: myia.closure @constants()
  %0 = myia.closure @constants()
  // CHECK: %[[CLOSURE:.+]] = myia.closure @closures(%[[A]], %[[B]])
  %1 = myia.closure @closures(%a, %b)
  // CHECK: return %[[CLOSURE]]
  return %1 : !myia.any
}
