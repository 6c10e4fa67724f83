// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// What is read of a list adds to a part of its cotangent; what is stored has
// the part for its cotangent, which the list before it has not.

func.func private @read(%xs: !myia.list<f64, i64>, %i: i64) -> f64 {
  %x, %n = myia.list_get %xs[%i] : (!myia.list<f64, i64>) -> (f64, i64)
  %y = arith.mulf %x, %x : f64
  return %y : f64
}

// CHECK-LABEL: func.func private @read.bwd(
// CHECK-SAME: %[[X:[^:]*]]: f64, %[[I:[^:]*]]: i64, %[[CT:[^:]*]]: f64, %[[DXS:[^:]*]]: !myia.list<f64>)
// CHECK: %[[DX:.*]] = myia.accumulate
// CHECK: %[[R:.*]] = myia.list_add %[[DXS]][%[[I]]] plus %[[DX]] : <f64>, f64
// CHECK: return %[[R]]

func.func private @store(%xs: !myia.list<f64>, %i: i64, %x: f64) -> f64 {
  %0 = myia.list_set %xs[%i] = %x : !myia.list<f64>, f64
  %1 = myia.list_append %0, %x : !myia.list<f64>, f64
  %2, %y = myia.list_pop %1 : (!myia.list<f64>) -> (!myia.list<f64>, f64)
  %3, %z = myia.list_take %2[%i] : (!myia.list<f64>) -> (!myia.list<f64>, f64)
  %4 = arith.mulf %y, %z : f64
  return %4 : f64
}

// CHECK-LABEL: func.func private @store.fwd(
// CHECK: myia.list_set
// CHECK-NEXT: myia.list_length
// CHECK: %[[REST:.*]], %{{.*}} = myia.list_pop
// CHECK-NEXT: myia.list_length %[[REST]]

// CHECK-LABEL: func.func private @store.bwd(
// CHECK: %[[ZERO:.*]] = myia.zero : !myia.list<f64>
// CHECK: %[[TAKEN:.*]] = myia.list_add %[[ZERO]][%[[I:.*]]] plus %{{.*}} : <f64>, f64
// CHECK: %[[POPPED:.*]] = myia.list_add %[[TAKEN]][%[[LAST:.*]]] plus %{{.*}} : <f64>, f64
// CHECK: myia.list_part %[[POPPED]][%[[N:.*]]] : (!myia.list<f64>) -> f64
// CHECK: %[[APPENDED:.*]] = myia.list_clear %[[POPPED]][%[[N]]] : <f64>
// CHECK: myia.list_part %[[APPENDED]][%[[I]]] : (!myia.list<f64>) -> f64
// CHECK: myia.list_clear %[[APPENDED]][%[[I]]] : <f64>

// The unknown sizes are those of the array that was stored.
func.func private @make(%a: tensor<?xf64>) -> tensor<f64> {
  %zero = arith.constant 0 : i64
  %0 = myia.make_list 1(%a) : (tensor<?xf64>) -> !myia.list<tensor<?xf64>>
  %1 = myia.list_copy %0 : !myia.list<tensor<?xf64>>
  %2 = myia.unshared %1 : !myia.list<tensor<?xf64>>
  %3, %4 = myia.list_renew %2 : !myia.list<tensor<?xf64>> -> !myia.list<tensor<?xf32>>
  %5 = myia.list_get %3[%zero] : (!myia.list<tensor<?xf64>>) -> tensor<?xf64>
  %6 = myia.reduce sum %5 axes [0] : tensor<?xf64> -> tensor<f64>
  return %6 : tensor<f64>
}

// CHECK-LABEL: func.func private @make.bwd(
// CHECK: %[[SUM:.*]] = myia.list_add
// CHECK: myia.list_part %[[SUM]][%{{.*}}] sizes(%{{.*}}) : (!myia.list<tensor<?xf64>>) -> tensor<?xf64>

// CHECK-LABEL: func.func @main(
// CHECK: call @read.bwd(
func.func @main(%xs: !myia.list<f64, i64>, %ys: !myia.list<f64>, %i: i64,
                %x: f64, %a: tensor<?xf64>) -> (!myia.list<f64>, f64, tensor<?xf64>) {
  %0:2 = myia.value_and_grad @read(%xs, %i) wrt [0] sparse : (!myia.list<f64, i64>, i64) -> (f64, !myia.list<f64>)
  %1:3 = myia.value_and_grad @store(%ys, %i, %x) wrt [0, 2] sparse : (!myia.list<f64>, i64, f64) -> (f64, !myia.list<f64>, f64)
  %2:2 = myia.value_and_grad @make(%a) wrt [0] : (tensor<?xf64>) -> (tensor<f64>, tensor<?xf64>)
  return %0#1, %1#2, %2#1 : !myia.list<f64>, f64, tensor<?xf64>
}
