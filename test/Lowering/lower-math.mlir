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

// Single precision is a polynomial that vectorises; products and sums may fuse.

// CHECK-LABEL: func.func @single
// CHECK-NOT: math.tanh
// CHECK: arith.mulf %{{.*}} fastmath<contract>
func.func @single(%x: f32) -> f32 {
  %0 = math.tanh %x : f32
  return %0 : f32
}

// A conversion that carries no flags gets them too.

// CHECK-LABEL: func.func @conversion
// CHECK: arith.extf %{{.*}} fastmath<contract>
func.func @conversion(%x: f32) -> f64 {
  %0 = arith.extf %x : f32 to f64
  return %0 : f64
}

// CHECK-LABEL: func.func @infinite
// CHECK: %[[ABS:.*]] = math.absf
// CHECK: arith.cmpf oeq, %[[ABS]]
func.func @infinite(%x: f64) -> i1 {
  %0 = math.isinf %x : f64
  return %0 : i1
}
