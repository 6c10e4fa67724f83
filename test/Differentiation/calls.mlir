// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// A value that is passed twice has one accumulator; the call whose result does
// not depend on what is differentiated stays as it is.

func.func private @g(%a: f64, %b: f64) -> f64 {
  %0 = arith.mulf %a, %b : f64
  return %0 : f64
}

func.func private @f(%x: f64, %y: f64) -> f64 {
  %0 = call @g(%x, %x) : (f64, f64) -> f64
  %1 = call @g(%y, %y) : (f64, f64) -> f64
  %2 = arith.addf %0, %1 : f64
  return %2 : f64
}

// CHECK-LABEL: func.func private @f.fwd(
// CHECK-SAME: %[[X:.*]]: f64, %[[Y:.*]]: f64)
// CHECK: %[[G:.*]]:3 = call @g.fwd(%[[X]], %[[X]])
// CHECK: call @g(%[[Y]], %[[Y]])
// CHECK: return %{{.*}}, %[[G]]#1, %[[G]]#2

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[R0:.*]]: f64, %[[R1:.*]]: f64, %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[Z:.*]] = myia.zero
// CHECK: %[[D:.*]]:2 = call @g.bwd(%[[R0]], %[[R1]], %[[CT]], %[[DX]], %[[Z]])
// CHECK: %[[R:.*]] = myia.accumulate %[[D]]#0, %[[D]]#1
// CHECK: return %[[R]]
func.func @main(%x: f64, %y: f64) -> f64 {
  %v, %d = myia.value_and_grad @f(%x, %y) wrt [0] : (f64, f64) -> (f64, f64)
  return %d : f64
}
