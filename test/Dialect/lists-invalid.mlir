// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @make(%x: f64) {
  // C1
  // expected-error @+1 {{requires 2 elements of '!myia.list<f64>' [got ('f64')]}}
  %0 = myia.make_list 2(%x) : (f64) -> !myia.list<f64>
  return
}

// -----

func.func @get(%xs: !myia.list<f64>, %i: i64) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ('i64')]}}
  %0 = myia.list_get %xs[%i] : (!myia.list<f64>) -> i64
  return
}

// -----

func.func @set(%xs: !myia.list<f64>, %i: i64) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ('i64')]}}
  %0 = myia.list_set %xs[%i] = %i : !myia.list<f64>, i64
  return
}

// -----

func.func @append(%xs: !myia.list<f64>, %i: i64) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ('i64')]}}
  %0 = myia.list_append %xs, %i : !myia.list<f64>, i64
  return
}

// -----

func.func @pop(%xs: !myia.list<f64>) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ('i64')]}}
  %0, %1 = myia.list_pop %xs : (!myia.list<f64>) -> (!myia.list<f64>, i64)
  return
}

// -----

func.func @take(%xs: !myia.list<f64>, %i: i64) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ()]}}
  %0 = myia.list_take %xs[%i] : (!myia.list<f64>) -> !myia.list<f64>
  return
}

// -----

func.func @subscripts(%xs: !myia.any) {
  // C1
  // expected-error @+1 {{requires an operand for each of 1 subscripts and 0 keywords [got 0]}}
  %0, %1 = myia.mutate %xs ["[]"] "append"() seen_by none
  return
}

// -----

func.func @operator(%xs: !myia.any) {
  // C2
  // expected-error @+1 {{requires an operator for the method "=" alone [got "append"]}}
  %0, %1 = myia.mutate %xs [] "append" add (%xs) seen_by none
  return
}

// -----

func.func @part(%d: !myia.list<f64>, %i: i64) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ('f32')]}}
  %0 = myia.list_part %d[%i] : (!myia.list<f64>) -> f32
  return
}

// -----

func.func @sizes(%d: !myia.list<tensor<?xf64>>, %i: i64) {
  // C2
  // expected-error @+1 {{requires 1 sizes [got 0]}}
  %0 = myia.list_part %d[%i] : (!myia.list<tensor<?xf64>>) -> tensor<?xf64>
  return
}

// -----

func.func @add(%d: !myia.list<f64>, %i: i64, %x: f32) {
  // C1
  // expected-error @+1 {{requires the element types of '!myia.list<f64>' [got ('f32')]}}
  %0 = myia.list_add %d[%i] plus %x : !myia.list<f64>, f32
  return
}
