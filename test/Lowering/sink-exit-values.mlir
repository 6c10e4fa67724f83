// RUN: myia-opt %s -pass-pipeline='builtin.module(func.func(myia-sink-exit-values))' -split-input-file | FileCheck %s

// The array that is updated is no exit value on the path that goes on.

// CHECK-LABEL: func.func @updated(
// CHECK:         do {
// CHECK:         ^bb0(%[[A:.*]]: tensor<4xf64>, %{{.*}}: tensor<4xf64>):
// CHECK:           %[[R:.*]]:2 = scf.if %[[C:.*]] -> (tensor<4xf64>, tensor<4xf64>) {
// CHECK:             %[[B:.*]] = tensor.insert %{{.*}} into %[[A]]
// CHECK:             %[[P:.*]] = ub.poison : tensor<4xf64>
// CHECK:             scf.yield %[[B]], %[[P]]
// CHECK:           } else {
// CHECK:             scf.yield %{{.*}}, %[[A]]
// CHECK:           scf.yield %[[C]], %[[R]]#0, %[[R]]#1
func.func @updated(%init: tensor<4xf64>, %x: f64) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f64
  %true = arith.constant true
  %poison = ub.poison : tensor<4xf64>
  %r:2 = scf.while (%go = %true, %a = %init, %last = %poison) : (i1, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
    scf.condition(%go) %a, %last : tensor<4xf64>, tensor<4xf64>
  } do {
  ^bb0(%a: tensor<4xf64>, %last: tensor<4xf64>):
    %e = tensor.extract %a[%c0] : tensor<4xf64>
    %c = arith.cmpf ogt, %e, %zero : f64
    %next = scf.if %c -> (tensor<4xf64>) {
      %b = tensor.insert %x into %a[%c0] : tensor<4xf64>
      scf.yield %b : tensor<4xf64>
    } else {
      scf.yield %poison : tensor<4xf64>
    }
    scf.yield %c, %next, %a : i1, tensor<4xf64>, tensor<4xf64>
  }
  return %r#1 : tensor<4xf64>
}

// -----

// Branches within branches, with flags that are computed and that are results.

// CHECK-LABEL: func.func @nested(
// CHECK:           %[[R:.*]]:3 = scf.if %[[C:.*]] -> (tensor<4xf64>, i1, tensor<4xf64>) {
// CHECK:             %[[I:.*]]:2 = scf.if %[[D:.*]] -> (tensor<4xf64>, tensor<4xf64>) {
// CHECK:               scf.yield %{{.*}}, %[[A:.*]] : tensor<4xf64>, tensor<4xf64>
// CHECK:             } else {
// CHECK:               %[[B:.*]] = tensor.insert %{{.*}} into %[[A]]
// CHECK:               %[[P:.*]] = ub.poison
// CHECK:               scf.yield %[[B]], %[[P]]
// CHECK:             scf.yield %[[I]]#0, %{{.*}}, %[[I]]#1
// CHECK:           } else {
// CHECK:             scf.yield %{{.*}}, %{{.*}}, %[[A]]
// CHECK:           scf.yield %[[R]]#1, %[[R]]#0, %[[R]]#2
func.func @nested(%init: tensor<4xf64>, %x: f64, %n: i64) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %i0 = arith.constant 0 : i64
  %zero = arith.constant 0.0 : f64
  %true = arith.constant true
  %false = arith.constant false
  %poison = ub.poison : tensor<4xf64>
  %r:2 = scf.while (%go = %true, %a = %init, %last = %poison) : (i1, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
    scf.condition(%go) %a, %last : tensor<4xf64>, tensor<4xf64>
  } do {
  ^bb0(%a: tensor<4xf64>, %last: tensor<4xf64>):
    %e = tensor.extract %a[%c0] : tensor<4xf64>
    %c = arith.cmpf ogt, %e, %zero : f64
    %next:2 = scf.if %c -> (tensor<4xf64>, i1) {
      %d = arith.cmpi sgt, %n, %i0 : i64
      %on = arith.cmpi sle, %n, %i0 : i64
      %inner = scf.if %d -> (tensor<4xf64>) {
        scf.yield %poison : tensor<4xf64>
      } else {
        %b = tensor.insert %x into %a[%c0] : tensor<4xf64>
        scf.yield %b : tensor<4xf64>
      }
      scf.yield %inner, %on : tensor<4xf64>, i1
    } else {
      scf.yield %poison, %false : tensor<4xf64>, i1
    }
    scf.yield %next#1, %next#0, %a : i1, tensor<4xf64>, tensor<4xf64>
  }
  return %r#1 : tensor<4xf64>
}

// -----

// A value that the next iteration needs stays.

// CHECK-LABEL: func.func @needed(
// CHECK-NOT:     ub.poison
// CHECK:         return
func.func @needed(%init: tensor<4xf64>, %x: f64, %c: i1) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %true = arith.constant true
  %r:2 = scf.while (%go = %true, %a = %init, %last = %init) : (i1, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
    scf.condition(%go) %a, %last : tensor<4xf64>, tensor<4xf64>
  } do {
  ^bb0(%a: tensor<4xf64>, %last: tensor<4xf64>):
    %next = scf.if %c -> (tensor<4xf64>) {
      %b = tensor.insert %x into %a[%c0] : tensor<4xf64>
      scf.yield %b : tensor<4xf64>
    } else {
      scf.yield %last : tensor<4xf64>
    }
    scf.yield %c, %next, %a : i1, tensor<4xf64>, tensor<4xf64>
  }
  return %r#1 : tensor<4xf64>
}
