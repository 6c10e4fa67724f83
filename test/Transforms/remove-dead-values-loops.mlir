// RUN: myia-opt %s -myia-remove-dead-values -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @for(
func.func @for(%n: i64, %x: f64) -> f64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  // CHECK: scf.for {{.+}} iter_args(%[[A:.+]] = %{{.+}}) -> (f64)
  // CHECK-NEXT: arith.mulf %[[A]], %[[A]]
  // CHECK-NEXT: scf.yield
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %x)
      -> (f64, f64) : i64 {
    %p = arith.mulf %a, %a : f64
    %q = arith.mulf %a, %b : f64
    scf.yield %p, %q : f64, f64
  }
  return %r#0 : f64
}

// CHECK-LABEL: func.func @while(
func.func @while(%t: f64, %x: f64) -> f64 {
  // CHECK: scf.while (%[[A:.+]] = %{{.+}}) : (f64) -> f64
  // CHECK: ^bb0(%[[B:.+]]: f64):
  // CHECK-NEXT: arith.mulf %[[B]], %[[B]]
  // CHECK-NEXT: scf.yield
  %w:2 = scf.while (%a = %x, %b = %x) : (f64, f64) -> (f64, f64) {
    %c = arith.cmpf olt, %a, %t : f64
    scf.condition(%c) %a, %b : f64, f64
  } do {
  ^bb0(%a: f64, %b: f64):
    %p = arith.mulf %a, %a : f64
    %q = arith.mulf %a, %b : f64
    scf.yield %p, %q : f64, f64
  }
  return %w#0 : f64
}
