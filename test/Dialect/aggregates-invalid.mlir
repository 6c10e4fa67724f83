// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @pack(%a: i64) -> !myia.tuple<i64, f64> {
  // expected-error @+1 {{requires the element types of '!myia.tuple<i64, f64>' [got ('i64')]}}
  %t = myia.pack %a : (i64) -> !myia.tuple<i64, f64>
  return %t : !myia.tuple<i64, f64>
}

// -----

func.func @unpack(%t: !myia.tuple<i64, f64>) -> i64 {
  // expected-error @+1 {{requires the element types of '!myia.tuple<i64, f64>' [got ('i64', 'i64')]}}
  %0:2 = myia.unpack %t : (!myia.tuple<i64, f64>) -> (i64, i64)
  return %0#0 : i64
}
