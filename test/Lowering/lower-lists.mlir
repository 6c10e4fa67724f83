// RUN: myia-opt %s -myia-lower-containers | FileCheck %s

// An element is appended where there is room, which is made first if need be.

// CHECK-LABEL: func.func @append
// CHECK: %[[FULL:.*]] = llvm.icmp "eq"
// CHECK: scf.if %[[FULL]]
// CHECK-NEXT: llvm.call @myia_list_grow
// CHECK: llvm.store %{{.*}} : f64, !llvm.ptr
// CHECK: llvm.add
func.func @append(%xs: !myia.list<f64>, %x: f64) -> !myia.list<f64> {
  %0 = myia.list_append %xs, %x : !myia.list<f64>, f64
  return %0 : !myia.list<f64>
}

// What is read out of a list is one more reference, what is replaced one less.

// CHECK-LABEL: func.func @replace
// CHECK: %[[ROW:.*]] = builtin.unrealized_conversion_cast %{{.*}} : !llvm.ptr to !myia.list<f64>
// CHECK: myia.retain %[[ROW]]
// CHECK: %[[OLD:.*]] = builtin.unrealized_conversion_cast %{{.*}} : !llvm.ptr to !myia.list<f64>
// CHECK: llvm.store
// CHECK: myia.release %[[OLD]]
func.func @replace(%xs: !myia.list<!myia.list<f64>>, %i: i64, %j: i64) -> !myia.list<!myia.list<f64>> {
  %0 = myia.list_get %xs[%i] : (!myia.list<!myia.list<f64>>) -> !myia.list<f64>
  %1 = myia.list_set %xs[%j] = %0 : !myia.list<!myia.list<f64>>, !myia.list<f64>
  return %1 : !myia.list<!myia.list<f64>>
}

// What is taken leaves null behind.

// CHECK-LABEL: func.func @take
// CHECK-NOT: myia.retain
// CHECK: %[[NULL:.*]] = llvm.mlir.zero
// CHECK: llvm.store %[[NULL]]
// CHECK: llvm.call @myia_check_unshared
func.func @take(%xs: !myia.list<!myia.list<f64>>, %i: i64) -> (!myia.list<!myia.list<f64>>, !myia.list<f64>) {
  %0, %1 = myia.list_take %xs[%i] : (!myia.list<!myia.list<f64>>) -> (!myia.list<!myia.list<f64>>, !myia.list<f64>)
  %2 = myia.unshared %1 : !myia.list<f64>
  return %0, %2 : !myia.list<!myia.list<f64>>, !myia.list<f64>
}
