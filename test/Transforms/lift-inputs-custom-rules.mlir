// RUN: myia-opt %s -myia-lift-inputs | FileCheck %s

// What one of the three functions reads, all of them take, and the operation
// has it once.

// CHECK: func.func private @f(%{{.*}}: f64, %{{.*}}: f64) -> f64
func.func private @f(%x: f64) -> f64 {
  return %x : f64
}
// CHECK: func.func private @forward(%{{.*}}: f64, %{{.*}}: f64) -> (f64, f64)
func.func private @forward(%x: f64) -> (f64, f64) {
  return %x, %x : f64, f64
}
// CHECK: func.func private @backward(%{{.*}}: f64, %[[CT:.*]]: f64, %[[W:.*]]: f64) -> f64
// CHECK: arith.mulf %[[CT]], %[[W]]
func.func private @backward(%x: f64, %ct: f64) -> f64 {
  %w = myia.input 0 : f64
  %0 = arith.mulf %ct, %w : f64
  return %0 : f64
}

// CHECK: func.func @main(%[[X:.*]]: f64, %[[W:.*]]: f64) -> f64
// CHECK: myia.custom_vjp @f forward @forward backward @backward(%[[X]], %[[W]]) held 0 : (f64, f64) -> f64
func.func @main(%x: f64) -> f64 {
  %0 = myia.custom_vjp @f forward @forward backward @backward(%x) held 0 : (f64) -> f64
  return %0 : f64
}
