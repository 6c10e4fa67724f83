// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @types(%xs: !myia.list<i64, f64>) {
  // C1
  // expected-error @+1 {{requires a type and that of its gradient [got '(!myia.list<f64>) -> !myia.list<f32>']}}
  %0 = myia.fill like %xs of (!myia.list<f64>) -> !myia.list<f32> : (!myia.list<i64, f64>) -> !myia.list<f32>
  return
}

// -----

func.func @result(%xs: !myia.list<f64>) {
  // C2
  // expected-error @+1 {{requires a result of type '!myia.list<f64>' [got '!myia.list<f32>']}}
  %0 = myia.fill like %xs of (!myia.list<f64>) -> !myia.list<f64> : (!myia.list<f64>) -> !myia.list<f32>
  return
}

// -----

func.func @cotangent(%d: !myia.list<f64>, %xs: !myia.list<f32>) {
  // C3
  // expected-error @+1 {{requires the cotangent of '!myia.list<f32>', '!myia.list<f32>' [got '!myia.list<f64>']}}
  %0 = myia.fill %d like %xs of (!myia.list<f32>) -> !myia.list<f32> : (!myia.list<f64>, !myia.list<f32>) -> !myia.list<f32>
  return
}

// -----

func.func private @f(!myia.box<@T>) -> f64

func.func @sparse(%t: !myia.box<@T>) {
  // C3 of value_and_grad: without `sparse`, no cotangent.
  // expected-error @+1 {{requires results ('f64', '!myia.box<@T>') [got ('f64', '!myia.box<@T$ct>')]}}
  %0:2 = myia.value_and_grad @f(%t) wrt [0] : (!myia.box<@T>) -> (f64, !myia.box<@T$ct>)
  return
}
