// RUN: myia-opt %s --verify-diagnostics -split-input-file

// expected-error @+1 {{a union needs at least two alternatives [got 1]}}
func.func private @one(!myia.union<f64>)

// -----

// expected-error @+1 {{an alternative of a union cannot be a union}}
func.func private @nested(!myia.union<f64, !myia.union<i64, i1>>)

// -----

func.func @inject(%tag: i64, %x: i64) {
  // expected-error @+1 {{requires a value of alternative 1 of '!myia.union<!myia.static<unit>, f64>' [got 'i64']}}
  %u = myia.inject %tag, %x [1] : (i64) -> !myia.union<!myia.static<unit>, f64>
  return
}

// -----

func.func @positions(%tag: i64, %x: f64) {
  // expected-error @+1 {{requires a position for each value [got 2 for 1]}}
  %u = myia.inject %tag, %x [0, 1] : (f64) -> !myia.union<!myia.static<unit>, f64>
  return
}

// -----

func.func @project(%u: !myia.union<!myia.static<unit>, f64>) {
  // expected-error @+1 {{requires a value of alternative 2 of '!myia.union<!myia.static<unit>, f64>' [got 'f64']}}
  %x = myia.project %u[2] : !myia.union<!myia.static<unit>, f64> -> f64
  return
}
