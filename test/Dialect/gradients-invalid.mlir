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
  // expected-error @+1 {{requires types that '(!myia.list<f64>) -> !myia.list<f64>' stands for [got '!myia.list<f64>' and '!myia.list<f64, f64>']}}
  %0 = myia.fill like %xs of (!myia.list<f64>) -> !myia.list<f64> : (!myia.list<f64>) -> !myia.list<f64, f64>
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

// -----

func.func @box(%t: !myia.box<@T>) {
  // C4
  // expected-error @+1 {{requires a myia.type named @T}}
  %0 = myia.fill like %t of (!myia.box<@T>) -> !myia.box<@T> : (!myia.box<@T>) -> !myia.box<@T>
  return
}

// -----

func.func @number(%x: f64) {
  // expected-error @+1 {{operand #0 must be box, list or union, but got 'f64'}}
  %0 = myia.fill like %x of (f64) -> f64 : (f64) -> f64
  return
}

// -----

// C1 of myia.type
// expected-error @+1 {{requires a type for each leaf of 'myia.field_types' [got 1 for 2]}}
myia.type @T(f64) {myia.class = @T, myia.field_types = [f64, !myia.tuple<f64>]}
