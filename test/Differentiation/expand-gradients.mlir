// RUN: myia-opt %s -myia-expand-cotangents | FileCheck %s

// One function for each type, one more for what nobody looked at.

myia.type @T(f64, i64, !myia.box<@T>)
    {myia.class = @T, myia.field_types = [f64, !myia.union<!myia.static<unit>, !myia.box<@T>>]}
myia.type @T$ct(f64, !myia.box<@T$ct>)

// CHECK-LABEL: func.func @main(
// CHECK: call @T.fill(%{{.*}}, %{{.*}}) : (!myia.box<@T$ct>, !myia.box<@T>) -> !myia.box<@T>
func.func @main(%d: !myia.box<@T$ct>, %t: !myia.box<@T>) -> !myia.box<@T> {
  %0 = myia.fill %d like %t of (!myia.box<@T>) -> !myia.box<@T>
      : (!myia.box<@T$ct>, !myia.box<@T>) -> !myia.box<@T>
  return %0 : !myia.box<@T>
}

// CHECK-LABEL: func.func private @T.fill(
// CHECK-SAME: %[[D:.+]]: !myia.box<@T$ct>, %[[T:.+]]: !myia.box<@T>)
// CHECK: myia.is_null %[[T]]
// CHECK: ub.poison
// CHECK: myia.is_null %[[D]]
// CHECK: call @T.zeros(%[[T]])
// CHECK: %[[V:.+]]:3 = myia.unbox %[[T]]
// CHECK: %[[P:.+]]:2 = myia.unbox %[[D]]
// CHECK: %[[NEXT:.+]] = func.call @T.fill(%[[P]]#1, %[[V]]#2)
// CHECK: myia.box %[[P]]#0, %[[V]]#1, %[[NEXT]]

// CHECK-LABEL: func.func private @T.zeros(
// CHECK-SAME: %[[T:.+]]: !myia.box<@T>)
// CHECK: myia.is_null %[[T]]
// CHECK: %[[V:.+]]:3 = myia.unbox %[[T]]
// CHECK: %[[ZERO:.+]] = myia.zero : f64
// CHECK: %[[NEXT:.+]] = func.call @T.zeros(%[[V]]#2)
// CHECK: myia.box %[[ZERO]], %[[V]]#1, %[[NEXT]]
