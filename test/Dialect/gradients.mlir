// RUN: %round-trip | FileCheck %s

myia.type @T(f64, i64, !myia.box<@T>)
myia.type @T$ct(f64, !myia.box<@T$ct>)
myia.type @T$grad(f64, !myia.box<@T$grad>)

// CHECK-LABEL: func.func @gradients(
// CHECK-SAME:    %[[XS:.+]]: !myia.list<i64, f64>, %[[D:.+]]: !myia.list<f64>, %[[T:.+]]: !myia.box<@T>)
func.func @gradients(%xs: !myia.list<i64, f64>, %d: !myia.list<f64>, %t: !myia.box<@T>)
    -> (!myia.list<f64>, !myia.box<@T$grad>) {
  // CHECK: myia.fill %[[D]] like %[[XS]] of (!myia.list<!myia.tuple<i64, f64>>) -> !myia.list<!myia.tuple<!myia.static<unit>, f64>> : (!myia.list<f64>, !myia.list<i64, f64>) -> !myia.list<f64>
  %0 = myia.fill %d like %xs of (!myia.list<!myia.tuple<i64, f64>>) -> !myia.list<!myia.tuple<!myia.static<unit>, f64>>
      : (!myia.list<f64>, !myia.list<i64, f64>) -> !myia.list<f64>
  // CHECK: myia.fill like %[[T]] of (!myia.box<@T>) -> !myia.box<@T$grad> : (!myia.box<@T>) -> !myia.box<@T$grad>
  %1 = myia.fill like %t of (!myia.box<@T>) -> !myia.box<@T$grad> : (!myia.box<@T>) -> !myia.box<@T$grad>
  return %0, %1 : !myia.list<f64>, !myia.box<@T$grad>
}

func.func private @f(!myia.box<@T>) -> f64

// What a gradient is made of: the cotangent, and what it belongs to.
// CHECK-LABEL: func.func @sparse(
func.func @sparse(%t: !myia.box<@T>) -> !myia.box<@T$grad> {
  // CHECK: %[[R:.+]]:2 = myia.value_and_grad @f(%{{.+}}) wrt [0] sparse : (!myia.box<@T>) -> (f64, !myia.box<@T$ct>)
  %0:2 = myia.value_and_grad @f(%t) wrt [0] sparse : (!myia.box<@T>) -> (f64, !myia.box<@T$ct>)
  // CHECK: myia.fill %[[R]]#1 like
  %1 = myia.fill %0#1 like %t of (!myia.box<@T>) -> !myia.box<@T$grad>
      : (!myia.box<@T$ct>, !myia.box<@T>) -> !myia.box<@T$grad>
  return %1 : !myia.box<@T$grad>
}
