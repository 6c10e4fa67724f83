// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The mirrored loop recomputes the induction variable of the iteration that it
// reverses, and accumulates at one index.

func.func private @f(%x: tensor<8xf64>, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %zero) -> f64 {
    %1 = tensor.extract %x[%i] : tensor<8xf64>
    %2 = arith.addf %s, %1 : f64
    scf.yield %2 : f64
  }
  return %0 : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[N:.*]]: index, %[[CT:.*]]: f64, %[[DX:[^:]*]]: tensor<8xf64>)
// CHECK-NOT: myia.pop
// CHECK: scf.for %[[J:.*]] = %[[L:.*]] to %[[N]] {{.*}} iter_args(%[[C:.*]] = %[[CT]], %[[A:.*]] = %[[DX]])
// CHECK:   %[[S0:.*]] = arith.subi %[[N]], %[[L]]
// CHECK:   %[[S1:.*]] = arith.subi %[[S0]], %{{.*}}
// CHECK:   %[[LAST:.*]] = arith.addi %[[L]], %[[S1]]
// CHECK:   %[[SUM:.*]] = arith.addi %[[LAST]], %[[L]]
// CHECK:   %[[I:.*]] = arith.subi %[[SUM]], %[[J]]
// CHECK:   %[[OLD:.*]] = tensor.extract %[[A]][%[[I]]]
// CHECK:   %[[NEW:.*]] = myia.accumulate %[[OLD]], %[[C]] : f64
// CHECK:   %[[U:.*]] = tensor.insert %[[NEW]] into %[[A]][%[[I]]]
// CHECK:   scf.yield %[[C]], %[[U]]
func.func @main(%x: tensor<8xf64>, %n: index) -> tensor<8xf64> {
  %v, %d = myia.value_and_grad @f(%x, %n) wrt [0]
      : (tensor<8xf64>, index) -> (f64, tensor<8xf64>)
  return %d : tensor<8xf64>
}
