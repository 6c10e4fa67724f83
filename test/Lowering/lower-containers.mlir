// RUN: myia-opt %s -myia-lower-containers | FileCheck %s

// A record of numbers is stored at the top, in slots of 8 bytes.

// CHECK-LABEL: func.func @numbers
// CHECK: %[[SIZE:.*]] = llvm.mlir.constant(16 : i64)
// CHECK: %[[FULL:.*]] = llvm.icmp "ult" %{{.*}}, %[[SIZE]]
// CHECK: scf.if %[[FULL]]
// CHECK: llvm.call @myia_stack_grow
// CHECK: llvm.store %{{.*}} : f64, !llvm.ptr
// CHECK: llvm.store %{{.*}} : i1, !llvm.ptr
func.func @numbers(%s: !myia.stack, %x: f64, %c: i1) -> !myia.stack {
  %0 = myia.push %s, %x, %c : f64, i1
  return %0 : !myia.stack
}

// One with references begins with its layout and a link.

// CHECK-LABEL: func.func @references
// CHECK: llvm.mlir.constant(32 : i64)
// CHECK: %[[LAYOUT:.*]] = llvm.mlir.addressof @myia_layout
// CHECK: llvm.store %[[LAYOUT]]
func.func @references(%s: !myia.stack, %x: f64, %a: tensor<3xf64>) -> !myia.stack {
  %0 = myia.push %s, %x, %a : f64, tensor<3xf64>
  return %0 : !myia.stack
}

myia.type @node(f64, !myia.box<@node>)

// What comes out of a box is one more reference.

// CHECK-LABEL: func.func @unboxed
// CHECK: %[[NEXT:.*]] = builtin.unrealized_conversion_cast %{{.*}} : !llvm.ptr to !myia.box<@node>
// CHECK: myia.retain %[[NEXT]]
func.func @unboxed(%b: !myia.box<@node>) -> (f64, !myia.box<@node>) {
  %x, %next = myia.unbox %b : (!myia.box<@node>) -> (f64, !myia.box<@node>)
  return %x, %next : f64, !myia.box<@node>
}
