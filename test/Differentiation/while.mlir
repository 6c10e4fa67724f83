// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// The forward loop counts its iterations. The mirrored loop runs the mirror of
// the first region once more often than that of the second.

func.func private @f(%x: f64, %limit: f64) -> f64 {
  %0 = scf.while (%y = %x) : (f64) -> f64 {
    %1 = math.sin %y : f64
    %2 = arith.cmpf olt, %1, %limit : f64
    scf.condition(%2) %1 : f64
  } do {
  ^bb0(%y: f64):
    %1 = math.exp %y : f64
    scf.yield %1 : f64
  }
  return %0 : f64
}

// CHECK-LABEL: func.func private @f.fwd(
// CHECK: scf.while (%[[Y:.*]] = %{{.*}}, %[[N:.*]] = %{{.*}}, %[[S:.*]] = %{{.*}})
// CHECK:   %[[P:.*]] = myia.push %[[S]], %[[Y]] : f64
// CHECK:   scf.condition(%{{.*}}) %{{.*}}, %[[N]], %[[P]]
// CHECK: ^bb0(%{{.*}}: f64, %[[N:.*]]: i64, %[[S:.*]]: !myia.stack):
// CHECK:   %[[E:.*]] = math.exp
// CHECK:   %[[NEXT:.*]] = arith.addi %[[N]]
// CHECK:   %[[P:.*]] = myia.push %[[S]], %[[E]] : f64
// CHECK:   scf.yield %[[E]], %[[NEXT]], %[[P]]

// CHECK-LABEL: func.func private @f.bwd(
// CHECK: scf.while (%[[C:.*]] = %{{.*}}, %[[K:.*]] = %{{.*}}, %[[S:.*]] = %{{.*}})
// CHECK:   %[[REST:.*]], %[[Y:.*]] = myia.pop %[[S]] : f64
// CHECK:   %[[COS:.*]] = math.cos %[[Y]]
// CHECK:   %[[CY:.*]] = arith.mulf %[[C]], %[[COS]]
// CHECK:   %[[MORE:.*]] = arith.cmpi sgt, %[[K]]
// CHECK:   scf.condition(%[[MORE]]) %[[CY]], %[[K]], %[[REST]]
// CHECK: ^bb0(%[[C:.*]]: f64, %[[K:.*]]: i64, %[[S:.*]]: !myia.stack):
// CHECK:   %[[REST:.*]], %[[E:.*]] = myia.pop %[[S]] : f64
// CHECK:   %[[CY:.*]] = arith.mulf %[[C]], %[[E]]
// CHECK:   %[[LEFT:.*]] = arith.subi %[[K]]
// CHECK:   scf.yield %[[CY]], %[[LEFT]], %[[REST]]
func.func @main(%x: f64, %limit: f64) -> f64 {
  %v, %d = myia.value_and_grad @f(%x, %limit) wrt [0] : (f64, f64) -> (f64, f64)
  return %d : f64
}
