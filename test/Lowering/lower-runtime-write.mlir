// RUN: myia-opt %s -myia-lower-runtime | FileCheck %s

// Values lie in slots of the frame; types that are equal share a number.

// CHECK: module attributes {myia.written_types = [!myia.tuple<i1, tensor<3xf64>>, !myia.tuple<f64>]}
// CHECK-LABEL: func.func @write
// CHECK: %[[SLOT:.+]] = llvm.alloca %{{.+}} x i64
// CHECK: %[[BITS:.+]] = arith.extui %{{.+}} : i1 to i64
// CHECK: llvm.store %[[BITS]], %
// CHECK: llvm.call @myia_write(
// CHECK: llvm.call @myia_write(
// CHECK: llvm.call @myia_write(
func.func @write(%c: i1, %a: tensor<3xf64>, %x: f64) {
  myia.write "print" !myia.tuple<i1, tensor<3xf64>>(%c, %a) : i1, tensor<3xf64>
  myia.write "print" !myia.tuple<f64>(%x) : f64
  myia.write "error" !myia.tuple<f64>(%x) : f64
  return
}
