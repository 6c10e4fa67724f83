// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The derivative of @f is what @forward and @backward say; where nothing is
// differentiated, @f is called. %w is an input of the program, which all three
// take at the end.

func.func private @f(%k: i64, %x: f64, %w: f64) -> f64 {
  %0 = arith.mulf %x, %w : f64
  return %0 : f64
}
func.func private @forward(%k: i64, %x: f64, %w: f64) -> (f64, f64) {
  %0 = arith.mulf %x, %w : f64
  return %0, %x : f64, f64
}
func.func private @backward(%x: f64, %ct: f64, %w: f64) -> f64 {
  %0 = arith.mulf %ct, %w : f64
  return %0 : f64
}

// CHECK: func.func private @f.custom(%[[K:.*]]: i64, %[[X:.*]]: f64, %[[W:.*]]: f64) -> f64
// CHECK-NEXT: %[[R:.*]] = call @f(%[[K]], %[[X]], %[[W]])
// CHECK-NEXT: return %[[R]]

// CHECK: func.func private @f.custom.fwd(%[[K:.*]]: i64, %[[X:.*]]: f64, %[[W:.*]]: f64) -> (f64, f64, f64)
// CHECK-NEXT: %[[R:.*]]:2 = call @forward(%[[K]], %[[X]], %[[W]])
// CHECK-NEXT: return %[[R]]#0, %[[R]]#1, %[[W]]

// CHECK: func.func private @f.custom.bwd(%[[E:.*]]: f64, %[[W:.*]]: f64, %[[CT:.*]]: f64, %[[DX:.*]]: f64) -> f64
// CHECK-NEXT: %[[C:.*]] = call @backward(%[[E]], %[[CT]], %[[W]])
// CHECK-NEXT: %[[S:.*]] = myia.accumulate %[[DX]], %[[C]]
// CHECK-NEXT: return %[[S]]

func.func private @g(%k: i64, %x: f64, %w: f64) -> f64 {
  %0 = myia.custom_vjp @f forward @forward backward @backward(%k, %x, %w)
      held 1 : (i64, f64, f64) -> f64
  return %0 : f64
}

// CHECK-LABEL: func.func @main
// CHECK: call @g.fwd
// CHECK: call @f.custom(
func.func @main(%k: i64, %x: f64, %w: f64) -> (f64, f64) {
  %v, %d = myia.value_and_grad @g(%k, %x, %w) wrt [1] : (i64, f64, f64) -> (f64, f64)
  %0 = myia.custom_vjp @f forward @forward backward @backward(%k, %x, %w)
      held 1 : (i64, f64, f64) -> f64
  return %d, %0 : f64, f64
}
