// RUN: myia-opt %s -myia-inline=max-size=4 | FileCheck %s

func.func private @small(%x: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  return %0 : f64
}

func.func private @once(%x: f64) -> f64 {
  %0 = math.exp %x : f64
  %1 = math.sin %0 : f64
  %2 = math.cos %1 : f64
  %3 = math.log %2 : f64
  return %3 : f64
}

// CHECK-LABEL: func.func private @recursive(
func.func private @recursive(%x: f64, %c: i1) -> f64 {
  %r = scf.if %c -> f64 {
    // CHECK: func.call @recursive
    %0 = func.call @recursive(%x, %c) : (f64, i1) -> f64
    scf.yield %0 : f64
  } else {
    scf.yield %x : f64
  }
  return %r : f64
}

// CHECK-LABEL: func.func @main(
func.func @main(%x: f64, %c: i1) -> f64 {
  // CHECK-NEXT: arith.mulf
  // CHECK-NEXT: arith.mulf
  // CHECK-NEXT: math.exp
  // CHECK-NEXT: math.sin
  // CHECK-NEXT: math.cos
  // CHECK-NEXT: math.log
  // CHECK-NEXT: call @recursive
  // CHECK-NEXT: return
  %0 = call @small(%x) : (f64) -> f64
  %1 = call @small(%0) : (f64) -> f64
  %2 = call @once(%1) : (f64) -> f64
  %3 = call @recursive(%2, %c) : (f64, i1) -> f64
  return %3 : f64
}
