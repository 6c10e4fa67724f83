// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// What is printed is printed in the forward sweep alone.

// CHECK-LABEL: func.func private @f.fwd(
// CHECK-SAME:    %[[X:.+]]: f64)
// CHECK: myia.write "print" !myia.tuple<f64>(%[[X]])
// CHECK-LABEL: func.func private @f.bwd(
// CHECK-NOT: myia.write
func.func private @f(%x: f64) -> f64 {
  myia.write "print" !myia.tuple<f64>(%x) : f64
  %y = arith.mulf %x, %x : f64
  return %y : f64
}
// CHECK-LABEL: func.func @main
func.func @main(%x: f64) -> f64 attributes {myia.entry} {
  %0:2 = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %0#1 : f64
}
