// RUN: myia-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @unpack_of_pack(
// CHECK-SAME:    %[[A:.+]]: i64, %[[B:.+]]: f64)
func.func @unpack_of_pack(%a: i64, %b: f64) -> (f64, i64) {
  %t = myia.pack %a, %b : (i64, f64) -> !myia.tuple<i64, f64>
  %0:2 = myia.unpack %t : (!myia.tuple<i64, f64>) -> (i64, f64)
  // CHECK-NEXT: return %[[B]], %[[A]]
  return %0#1, %0#0 : f64, i64
}

// CHECK-LABEL: func.func @pack_of_unpack(
// CHECK-SAME:    %[[T:.+]]: !myia.tuple<i64, f64>)
func.func @pack_of_unpack(%t: !myia.tuple<i64, f64>) -> !myia.tuple<i64, f64> {
  %0:2 = myia.unpack %t : (!myia.tuple<i64, f64>) -> (i64, f64)
  %1 = myia.pack %0#0, %0#1 : (i64, f64) -> !myia.tuple<i64, f64>
  // CHECK-NEXT: return %[[T]]
  return %1 : !myia.tuple<i64, f64>
}

// A swap is not the tuple itself.
// CHECK-LABEL: func.func @swap(
func.func @swap(%t: !myia.tuple<f64, f64>) -> !myia.tuple<f64, f64> {
  // CHECK: myia.pack
  %0:2 = myia.unpack %t : (!myia.tuple<f64, f64>) -> (f64, f64)
  %1 = myia.pack %0#1, %0#0 : (f64, f64) -> !myia.tuple<f64, f64>
  return %1 : !myia.tuple<f64, f64>
}
