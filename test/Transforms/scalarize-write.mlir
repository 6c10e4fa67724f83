// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// What Python gets is flat; what it was stays beside it.

// CHECK-LABEL: func.func @write(
// CHECK-SAME:    %[[N:.+]]: i64, %[[A:.+]]: tensor<3xf64>)
func.func @write(%t: !myia.tuple<i64, tensor<3xf64>>) {
  // CHECK: myia.write "print" !myia.tuple<i64, tensor<3xf64>>(%[[N]], %[[A]]) : i64, tensor<3xf64>
  myia.write "print" !myia.tuple<i64, tensor<3xf64>>(%t) : !myia.tuple<i64, tensor<3xf64>>
  return
}
