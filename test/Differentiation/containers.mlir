// RUN: myia-opt %s -myia-differentiate | FileCheck %s

// push and pop are each other's adjoints, as are box and unbox. A record's
// members without derivative have no place in the record of cotangents.

myia.type @pair(f64, i64)

func.func private @stack(%x: f64, %n: i64) -> f64 {
  %0 = myia.stack
  %1 = myia.push %0, %x, %n : f64, i64
  %2, %y, %m = myia.pop %1 : f64, i64
  return %y : f64
}

// CHECK-LABEL: func.func private @stack.bwd(
// CHECK-SAME: %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[S:.*]] = myia.stack
// CHECK: %[[P:.*]] = myia.push %[[S]], %[[CT]] : f64
// CHECK: %{{.*}}, %[[C:.*]] = myia.pop %[[P]] : f64
// CHECK: myia.accumulate %[[DX]], %[[C]]

func.func private @box(%x: f64, %n: i64) -> f64 {
  %0 = myia.box %x, %n : (f64, i64) -> !myia.box<@pair>
  %1, %2 = myia.unbox %0 : (!myia.box<@pair>) -> (f64, i64)
  return %1 : f64
}

// CHECK-LABEL: func.func private @box.bwd(
// CHECK-SAME: %[[CT:.*]]: f64, %[[DX:[^:]*]]: f64)
// CHECK: %[[B:.*]] = myia.box %[[CT]] : (f64) -> !myia.box<@pair$ct>
// CHECK: %[[Z:.*]] = myia.is_null %[[B]]
// CHECK: %[[C:.*]] = scf.if %[[Z]]
// CHECK: myia.unbox %[[B]]
// CHECK: myia.accumulate %[[DX]], %[[C]]

func.func @main(%x: f64, %n: i64) -> (f64, f64) {
  %v, %d = myia.value_and_grad @stack(%x, %n) wrt [0] : (f64, i64) -> (f64, f64)
  %w, %e = myia.value_and_grad @box(%x, %n) wrt [0] : (f64, i64) -> (f64, f64)
  return %d, %e : f64, f64
}
