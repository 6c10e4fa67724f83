// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// Each iteration pushes one record; the mirrored loop pops it. The cotangent of
// a value from outside is carried along.

func.func private @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> f64 {
    %1 = math.sin %y : f64
    %2 = arith.addf %1, %x : f64
    scf.yield %2 : f64
  }
  return %0 : f64
}

// CHECK-LABEL: func.func private @f.fwd(
// CHECK-SAME: %[[X:.*]]: f64, %[[N:.*]]: index)
// CHECK: %[[S0:.*]] = myia.stack
// CHECK: %[[R:.*]]:2 = scf.for {{.*}} iter_args(%[[Y:.*]] = %[[X]], %[[S:.*]] = %[[S0]])
// CHECK:   %[[A:.*]] = arith.addf
// CHECK:   %[[P:.*]] = myia.push %[[S]], %[[Y]] : f64
// CHECK:   scf.yield %[[A]], %[[P]]
// CHECK: return %[[R]]#0, %[[N]], %[[R]]#1

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[N:.*]]: index, %[[S0:.*]]: !myia.stack, %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[R:.*]]:3 = scf.for %{{.*}} = %{{.*}} to %[[N]] {{.*}} iter_args(%[[CY:.*]] = %[[CT]], %[[A:.*]] = %[[DX]], %[[S:.*]] = %[[S0]])
// CHECK:   %[[REST:.*]], %[[Y:.*]] = myia.pop %[[S]] : f64
// CHECK:   %[[NEW:.*]] = myia.accumulate %[[A]], %[[CY]]
// CHECK:   %[[COS:.*]] = math.cos %[[Y]]
// CHECK:   %[[NEXT:.*]] = arith.mulf %[[CY]], %[[COS]]
// CHECK:   scf.yield %[[NEXT]], %[[NEW]], %[[REST]]
// CHECK: %[[D:.*]] = myia.accumulate %[[R]]#1, %[[R]]#0
// CHECK: return %[[D]]
func.func @main(%x: f64, %n: index) -> f64 {
  %v, %d = myia.value_and_grad @f(%x, %n) wrt [0] : (f64, index) -> (f64, f64)
  return %d : f64
}
