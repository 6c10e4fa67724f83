// RUN: myia-opt %s -myia-lower-math | FileCheck %s

// Double precision calls the C library where LLVM would lose accuracy.

// CHECK-LABEL: func.func @double
// CHECK: call @tanh
// CHECK: call @log1p
// CHECK: math.exp
func.func @double(%x: f64) -> f64 {
  %0 = math.tanh %x : f64
  %1 = math.log1p %0 : f64
  %2 = math.exp %1 : f64
  return %2 : f64
}

// Single precision is a polynomial that vectorises.

// CHECK-LABEL: func.func @single
// CHECK-NOT: math.tanh
// CHECK: arith.mulf
func.func @single(%x: f32) -> f32 {
  %0 = math.tanh %x : f32
  return %0 : f32
}

// The products of a reduction may be fused with its sum, no others.

// CHECK-LABEL: func.func @products
// CHECK: arith.mulf %{{.*}}, %{{.*}} : f64
// CHECK: arith.addf %{{.*}}, %{{.*}} : f64
// CHECK: arith.mulf %{{.*}} fastmath<contract> : f64
// CHECK: arith.addf %{{.*}} fastmath<reassoc,contract> : f64
func.func @products(%x: f64, %sum: f64) -> (f64, f64) {
  %0 = arith.mulf %x, %x : f64
  %1 = arith.addf %0, %sum : f64
  %2 = arith.mulf %x, %sum : f64
  %3 = arith.addf %sum, %2 fastmath<reassoc> : f64
  return %1, %3 : f64, f64
}

// CHECK-LABEL: func.func @infinite
// CHECK: %[[ABS:.*]] = math.absf
// CHECK: arith.cmpf oeq, %[[ABS]]
func.func @infinite(%x: f64) -> i1 {
  %0 = math.isinf %x : f64
  return %0 : i1
}
