// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The logarithm is only used where x > 0. Elsewhere its cotangent is 0, and 0/x
// must not become NaN at x = 0. What is finite stays as it is, for the derivative
// by the cotangent. What is used everywhere needs no such care.

func.func private @f(%x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %0 = math.log %x : f64
  %positive = arith.cmpf ogt, %x, %zero : f64
  %1 = arith.select %positive, %0, %zero : f64
  %2 = math.exp %1 : f64
  return %2 : f64
}

// CHECK-LABEL: func.func private @f.bwd(
// CHECK-SAME: %[[E:.*]]: f64, %[[X:.*]]: f64, %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[C1:.*]] = arith.mulf %[[CT]], %[[E]]
// CHECK-NOT: arith.cmpf une
// CHECK: %[[C0:.*]] = arith.select %{{.*}}, %[[C1]], %{{.*}}
// CHECK: %[[T:.*]] = arith.divf %[[C0]], %[[X]]
// CHECK: %[[U:.*]] = arith.cmpf une, %[[C0]], %{{.*}} : f64
// CHECK: %[[A:.*]] = math.absf %[[T]]
// CHECK: %[[F:.*]] = arith.cmpf olt, %[[A]], %{{.*}} : f64
// CHECK: %[[O:.*]] = arith.ori %[[U]], %[[F]]
// CHECK: %[[Z:.*]] = arith.constant 0.000000e+00 : f64
// CHECK: %[[G:.*]] = arith.select %[[O]], %[[T]], %[[Z]]
// CHECK: myia.accumulate %[[DX]], %[[G]]
func.func @main(%x: f64) -> f64 {
  %v, %d = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
  return %d : f64
}
