// RUN: myia-opt %s -myia-wrap-entries | FileCheck %s

// One 64-bit slot per value: floats by their bits, integers zero-extended.

// CHECK-LABEL: func.func @myia_entry_f
// CHECK-SAME: (%[[ARGUMENTS:.*]]: !llvm.ptr, %[[RESULTS:.*]]: !llvm.ptr)
// CHECK: %[[X:.*]] = llvm.load %{{.*}} : !llvm.ptr -> f32
// CHECK: %[[BITS:.*]] = llvm.load %{{.*}} : !llvm.ptr -> i64
// CHECK: %[[C:.*]] = arith.trunci %[[BITS]] : i64 to i1
// CHECK: %[[R:.*]]:2 = call @f(%[[X]], %[[C]])
// CHECK: %[[SINGLE:.*]] = arith.bitcast %[[R]]#0 : f32 to i32
// CHECK: arith.extui %[[SINGLE]] : i32 to i64
// CHECK: arith.extui %[[R]]#1 : i1 to i64

// CHECK-LABEL: func.func private @f
// CHECK-SAME: llvm.linkage = #llvm.linkage<internal>
func.func @f(%x: f32, %c: i1) -> (f32, i1) attributes {myia.entry} {
  return %x, %c : f32, i1
}

// The caller lends its arguments: one that is consumed is retained.

// CHECK-LABEL: func.func @myia_entry_g
// CHECK: %[[OBJECT:.*]] = llvm.load %{{.*}} : !llvm.ptr -> !llvm.ptr
// CHECK: llvm.call @myia_retain(%[[OBJECT]])
// CHECK: call @g(%[[OBJECT]])
func.func @g(%a: !llvm.ptr {myia.owned}) -> !llvm.ptr attributes {myia.entry} {
  return %a : !llvm.ptr
}

// CHECK-LABEL: func.func private @myia_entry_h.body
// CHECK-LABEL: func.func @myia_entry_h(
// CHECK: constant @myia_entry_h.body
// CHECK: llvm.call @myia_on_large_stack
func.func @h() attributes {myia.entry, myia.recursive} {
  return
}

// The attributes of the levels above are gone: plain LLVM tools read the result.

// CHECK-LABEL: func.func private @last
// CHECK-NOT: myia.
func.func @last() attributes {myia.entry, myia.argument_types = [], myia.result_types = []} {
  return
}
