// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The forward function returns what the backward function cannot recompute
// cheaply.

func.func private @f(%x: f64, %y: f64) -> f64 {
  %0 = math.exp %x : f64
  %1 = arith.mulf %0, %y : f64
  return %1 : f64
}

// CHECK-LABEL: func.func private @f.fwd(
// CHECK-SAME: %[[X:.*]]: f64, %[[Y:.*]]: f64) -> (f64, f64, f64) {
// CHECK: %[[E:.*]] = math.exp %[[X]]
// CHECK: %[[R:.*]] = arith.mulf %[[E]], %[[Y]]
// CHECK: return %[[R]], %[[Y]], %[[E]]

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[Y:.*]]: f64, %[[E:.*]]: f64, %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64) -> f64 {
// CHECK: %[[CE:.*]] = arith.mulf %[[CT]], %[[Y]]
// CHECK: %[[T:.*]] = arith.mulf %[[CE]], %[[E]]
// CHECK: %[[R:.*]] = myia.accumulate %[[DX]], %[[T]]
// CHECK: return %[[R]]

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: f64, %[[Y:.*]]: f64)
// CHECK: %[[F:.*]]:3 = call @f.fwd(%[[X]], %[[Y]])
// CHECK: %[[ONE:.*]] = arith.constant 1.0
// CHECK: %[[ZERO:.*]] = myia.zero : f64
// CHECK: %[[D:.*]] = call @f.bwd(%[[F]]#1, %[[F]]#2, %[[ONE]], %[[ZERO]])
// CHECK: return %[[F]]#0, %[[D]]
func.func @main(%x: f64, %y: f64) -> (f64, f64) {
  %v, %d = myia.value_and_grad @f(%x, %y) wrt [0] : (f64, f64) -> (f64, f64)
  return %v, %d : f64, f64
}
