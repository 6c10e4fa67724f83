// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// CHECK: func.func @f(%{{.+}}: f64, %{{.+}}: f32) -> (f64, f32)
// CHECK-SAME: myia.argument_types = [!myia.tuple<f64, tensor<f32>>]
// CHECK-SAME: myia.entry
// CHECK-SAME: myia.result_types = [!myia.tuple<f64, tensor<f32>>]
func.func @f(%t: !myia.tuple<f64, tensor<f32>>) -> !myia.tuple<f64, tensor<f32>>
    attributes {myia.entry} {
  return %t : !myia.tuple<f64, tensor<f32>>
}
