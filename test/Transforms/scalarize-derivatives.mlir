// RUN: myia-opt %s -myia-scalarize | FileCheck %s

!t = !myia.tuple<f64, i64, f64>
!dt = !myia.tuple<f64, !myia.static<unit>, f64>

func.func private @f(%n: i64, %t: !t) -> f64 {
  %x, %m, %y = myia.unpack %t : (!t) -> (f64, i64, f64)
  return %x : f64
}

// CHECK-LABEL: func.func private @leaves(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64, %[[M:.+]]: i64, %[[Y:.+]]: f64)
func.func private @leaves(%n: i64, %t: !t) -> !dt {
  // CHECK: %[[R:.+]]:3 = myia.value_and_grad @f(%[[N]], %[[X]], %[[M]], %[[Y]]) wrt [1, 3]
  // CHECK-SAME: (i64, f64, i64, f64) -> (f64, f64, f64)
  // CHECK: return %[[R]]#1, %[[R]]#2
  %r:2 = myia.value_and_grad @f(%n, %t) wrt [1] : (i64, !t) -> (f64, !dt)
  return %r#1 : !dt
}

// CHECK-LABEL: func.func private @nothing(
func.func private @nothing(%n: i64, %t: !t) -> (f64, !myia.static<unit>) {
  // CHECK: call @f({{.+}}) : (i64, f64, i64, f64) -> f64
  %r:2 = myia.value_and_grad @f(%n, %t) wrt [0]
      : (i64, !t) -> (f64, !myia.static<unit>)
  return %r#0, %r#1 : f64, !myia.static<unit>
}

// CHECK-LABEL: func.func private @accumulate(
// CHECK-SAME:    %[[X:.+]]: f64, %[[Y:.+]]: f64)
func.func private @accumulate(%a: !dt) -> !dt {
  // CHECK: %[[ZX:.+]] = myia.zero : f64
  // CHECK: %[[ZY:.+]] = myia.zero : f64
  // CHECK: myia.accumulate %[[ZX]], %[[X]] : f64
  // CHECK: myia.accumulate %[[ZY]], %[[Y]] : f64
  %z = myia.zero : !dt
  %r = myia.accumulate %z, %a : !dt
  return %r : !dt
}
