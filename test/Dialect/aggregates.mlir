// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @pack(
// CHECK-SAME:    %[[A:.+]]: i64, %[[B:.+]]: f64)
func.func @pack(%a: i64, %b: f64) -> !myia.tuple<i64, f64> {
  // CHECK: %[[TUPLE:.+]] = myia.pack %[[A]], %[[B]] : (i64, f64) -> !myia.tuple<i64, f64>
  %t = myia.pack %a, %b : (i64, f64) -> !myia.tuple<i64, f64>
  // CHECK: myia.unpack %[[TUPLE]] : (!myia.tuple<i64, f64>) -> (i64, f64)
  %0:2 = myia.unpack %t : (!myia.tuple<i64, f64>) -> (i64, f64)
  // CHECK: return %[[TUPLE]]
  return %t : !myia.tuple<i64, f64>
}

// CHECK-LABEL: func.func @none(
func.func @none() -> !myia.static<unit> {
  // CHECK: myia.pack  : () -> !myia.static<unit>
  %0 = myia.pack : () -> !myia.static<unit>
  return %0 : !myia.static<unit>
}
