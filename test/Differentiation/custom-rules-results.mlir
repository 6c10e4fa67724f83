// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// @backward takes the cotangents of both results, of which one is not used: a
// zero stands for it. To make a zero of unknown size takes the result.

func.func private @f(%x: tensor<?xf64>) -> (f64, tensor<?xf64>)
func.func private @forward(%x: tensor<?xf64>) -> (f64, tensor<?xf64>, tensor<?xf64>)
func.func private @backward(%x: tensor<?xf64>, %c0: f64, %c1: tensor<?xf64>) -> tensor<?xf64>

// CHECK: func.func private @f.custom.fwd
// CHECK-NEXT: %[[R:.*]]:3 = call @forward
// CHECK-NEXT: return %[[R]]#0, %[[R]]#1, %[[R]]#2, %[[R]]#1

// CHECK: func.func private @f.custom.bwd(%[[X:.*]]: tensor<?xf64>, %[[Y:.*]]: tensor<?xf64>, %[[CT:.*]]: f64, %[[DX:.*]]: tensor<?xf64>)
// CHECK: tensor.dim %[[Y]]
// CHECK: %[[Z:.*]] = myia.splat
// CHECK: call @backward(%[[X]], %[[CT]], %[[Z]])

func.func private @g(%x: tensor<?xf64>) -> f64 {
  %0:2 = myia.custom_vjp @f forward @forward backward @backward(%x)
      held 0 : (tensor<?xf64>) -> (f64, tensor<?xf64>)
  return %0#0 : f64
}

func.func @main(%x: tensor<?xf64>) -> tensor<?xf64> {
  %v, %d = myia.value_and_grad @g(%x) wrt [0] : (tensor<?xf64>) -> (f64, tensor<?xf64>)
  return %d : tensor<?xf64>
}
