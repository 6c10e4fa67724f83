// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// Gathered rows are added back; of rows that were written twice the last counts.

func.func private @f(%x: tensor<8xf64>, %u: tensor<3xf64>, %i: tensor<3xi64>) -> f64 {
  %c1 = arith.constant 1 : index
  %0 = myia.scatter set %u into %x[%i] : tensor<3xf64>, tensor<8xf64>, tensor<3xi64>
  %1 = myia.gather %0[%i] : tensor<8xf64>, tensor<3xi64> -> tensor<3xf64>
  %2 = myia.reverse %1 axes [0] : tensor<3xf64>
  %3 = tensor.extract %2[%c1] : tensor<3xf64>
  return %3 : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK: %[[ROWS:.*]] = myia.reverse %{{.*}} axes [0]
// CHECK: %[[ZERO:.*]] = myia.zero : tensor<8xf64>
// CHECK: %[[CT:.*]] = myia.scatter add %[[ROWS]] into %[[ZERO]][%[[I:.*]]]
// CHECK: %[[READ:.*]] = myia.gather %[[CT]][%[[I]]]
// CHECK: %[[NUMBERS:.*]] = myia.iota : tensor<3xi64>
// CHECK: %[[WRITERS:.*]] = myia.scatter set
// CHECK: %[[LAST:.*]] = myia.gather %[[WRITERS]]
// CHECK: arith.cmpi eq, %[[LAST]]
// CHECK: arith.select %{{.*}}, %[[READ]]
// CHECK: myia.scatter set %{{.*}} into %[[CT]][%[[I]]]
func.func @main(%x: tensor<8xf64>, %u: tensor<3xf64>, %i: tensor<3xi64>)
    -> (tensor<8xf64>, tensor<3xf64>) {
  %v, %dx, %du = myia.value_and_grad @f(%x, %u, %i) wrt [0, 1]
      : (tensor<8xf64>, tensor<3xf64>, tensor<3xi64>) -> (f64, tensor<8xf64>, tensor<3xf64>)
  return %dx, %du : tensor<8xf64>, tensor<3xf64>
}
