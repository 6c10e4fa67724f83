// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// Each branch hands its residuals over as results; the other one yields poison.

func.func private @f(%x: f64, %c: i1) -> f64 {
  %0 = scf.if %c -> f64 {
    %1 = math.exp %x : f64
    scf.yield %1 : f64
  } else {
    scf.yield %x : f64
  }
  return %0 : f64
}

// CHECK-LABEL: func.func private @f.fwd(
// CHECK-SAME: %[[X:.*]]: f64, %[[C:.*]]: i1)
// CHECK: %[[R:.*]]:2 = scf.if %[[C]] -> (f64, f64) {
// CHECK:   %[[E:.*]] = math.exp %[[X]]
// CHECK:   scf.yield %[[E]], %[[E]]
// CHECK: } else {
// CHECK:   %[[P:.*]] = ub.poison : f64
// CHECK:   scf.yield %[[X]], %[[P]]
// CHECK: return %[[R]]#0, %[[C]], %[[R]]#1

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[C:.*]]: i1, %[[E:.*]]: f64, %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[R:.*]] = scf.if %[[C]] -> (f64) {
// CHECK:   %[[T:.*]] = arith.mulf %[[CT]], %[[E]]
// CHECK:   %[[A:.*]] = myia.accumulate %[[DX]], %[[T]]
// CHECK:   scf.yield %[[A]]
// CHECK: } else {
// CHECK:   %[[A:.*]] = myia.accumulate %[[DX]], %[[CT]]
// CHECK:   scf.yield %[[A]]
// CHECK: return %[[R]]
func.func @main(%x: f64, %c: i1) -> f64 {
  %v, %d = myia.value_and_grad @f(%x, %c) wrt [0] : (f64, i1) -> (f64, f64)
  return %d : f64
}
