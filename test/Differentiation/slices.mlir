// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// Reads accumulate into a part of the array's cotangent; writes cut it out.

func.func private @f(%x: tensor<8xf64>, %y: tensor<2xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %0 = tensor.insert_slice %y into %x[3] [2] [1] : tensor<2xf64> into tensor<8xf64>
  %1 = tensor.extract_slice %0[0] [4] [2] : tensor<8xf64> to tensor<4xf64>
  %2 = tensor.extract %1[%c1] : tensor<4xf64>
  return %2 : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[CT:.*]]: f64, %[[DX:.*]]: tensor<8xf64>, %[[DY:[^:]*]]: tensor<2xf64>)
// CHECK: %[[Z:.*]] = myia.zero : tensor<4xf64>
// CHECK: %[[C1:.*]] = tensor.insert %[[CT]] into %[[Z]][%{{.*}}]
// CHECK: %[[Z:.*]] = myia.zero : tensor<8xf64>
// CHECK: %[[C0:.*]] = tensor.insert_slice %[[C1]] into %[[Z]][0] [4] [2]
// CHECK: %[[PART:.*]] = tensor.extract_slice %[[C0]][3] [2] [1]
// CHECK: %[[RY:.*]] = myia.accumulate %[[DY]], %[[PART]]
// CHECK: %[[Z:.*]] = myia.zero : tensor<2xf64>
// CHECK: %[[CUT:.*]] = tensor.insert_slice %[[Z]] into %[[C0]][3] [2] [1]
// CHECK: %[[RX:.*]] = myia.accumulate %[[DX]], %[[CUT]]
// CHECK: return %[[RX]], %[[RY]]
func.func @main(%x: tensor<8xf64>, %y: tensor<2xf64>) -> (tensor<8xf64>, tensor<2xf64>) {
  %v, %dx, %dy = myia.value_and_grad @f(%x, %y) wrt [0, 1]
      : (tensor<8xf64>, tensor<2xf64>) -> (f64, tensor<8xf64>, tensor<2xf64>)
  return %dx, %dy : tensor<8xf64>, tensor<2xf64>
}
