// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The residuals of a recursive function hold those of its calls, in a box.

func.func private @f(%x: f64, %n: i64) -> f64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %done = arith.cmpi eq, %n, %c0 : i64
  %0 = scf.if %done -> f64 {
    scf.yield %x : f64
  } else {
    %m = arith.subi %n, %c1 : i64
    %1 = func.call @f(%x, %m) : (f64, i64) -> f64
    %2 = math.exp %1 : f64
    scf.yield %2 : f64
  }
  return %0 : f64
}

// CHECK: myia.type @f.fwd.residuals(i1, f64, !myia.box<@f.fwd.residuals>)
// CHECK-LABEL: func.func private @f.fwd(
// CHECK-SAME: -> (f64, !myia.box<@f.fwd.residuals>)
// CHECK: func.call @f.fwd
// CHECK: %[[B:.*]] = myia.box
// CHECK: return %{{.*}}, %[[B]]

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[B:.*]]: !myia.box<@f.fwd.residuals>, %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[R:.*]]:3 = myia.unbox %[[B]]
// CHECK: %[[D:.*]] = scf.if %[[R]]#0
// CHECK:   myia.accumulate %[[DX]], %[[CT]]
// CHECK: } else {
// CHECK:   %[[C:.*]] = arith.mulf %[[CT]], %[[R]]#1
// CHECK:   %[[A:.*]] = func.call @f.bwd(%[[R]]#2, %[[C]], %[[DX]])
// CHECK:   scf.yield %[[A]]
// CHECK: return %[[D]]
func.func @main(%x: f64, %n: i64) -> f64 {
  %v, %d = myia.value_and_grad @f(%x, %n) wrt [0] : (f64, i64) -> (f64, f64)
  return %d : f64
}
