// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// list_part and list_add are each other's adjoints; list_clear is its own.

func.func private @f(%ct: !myia.list<f64>, %i: i64, %x: f64) -> f64 {
  %0 = myia.list_add %ct[%i] plus %x : !myia.list<f64>, f64
  %1 = myia.list_clear %0[%i] : !myia.list<f64>
  %2 = myia.list_part %1[%i] : (!myia.list<f64>) -> f64
  %3 = myia.fill %1 like %1 of (!myia.list<f64>) -> !myia.list<f64> : (!myia.list<f64>, !myia.list<f64>) -> !myia.list<f64>
  %4 = myia.list_get %3[%i] : (!myia.list<f64>) -> f64
  %5 = arith.addf %2, %4 : f64
  return %5 : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[I:[^:]*]]: i64, %[[CT:[^:]*]]: f64, %[[DCT:[^:]*]]: !myia.list<f64>, %[[DX:[^:]*]]: f64)
// CHECK: %[[G:.*]] = myia.list_add %{{.*}}[%[[I]]] plus %[[CT]]
// CHECK: %[[P:.*]] = myia.list_add %[[G]][%[[I]]] plus %[[CT]]
// CHECK: %[[C:.*]] = myia.list_clear %[[P]][%[[I]]]
// CHECK: %[[X:.*]] = myia.list_part %[[C]][%[[I]]]
// CHECK: myia.accumulate %[[DX]], %[[X]]
// CHECK: myia.accumulate %[[DCT]], %[[C]]

func.func @main(%ct: !myia.list<f64>, %i: i64, %x: f64) -> (!myia.list<f64>, f64) {
  %0:3 = myia.value_and_grad @f(%ct, %i, %x) wrt [0, 2] sparse : (!myia.list<f64>, i64, f64) -> (f64, !myia.list<f64>, f64)
  return %0#1, %0#2 : !myia.list<f64>, f64
}
