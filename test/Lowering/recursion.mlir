// RUN: myia-opt %s -myia-lower-errors | FileCheck %s

// A recursive function checks the stack; a function that calls
// it is marked, one that does not is left alone.

// CHECK-LABEL: func.func @caller
// CHECK-SAME: myia.recursive
// CHECK-NOT: llvm.alloca
// CHECK: call @down
func.func @caller(%n: i64) -> i64 {
  %r = func.call @down(%n) : (i64) -> i64
  return %r : i64
}

// CHECK-LABEL: func.func private @down
// CHECK-SAME: myia.recursive
// CHECK: %[[FRAME:.*]] = llvm.alloca
// CHECK: %[[ADDRESS:.*]] = llvm.ptrtoint %[[FRAME]]
// CHECK: %[[LEFT:.*]] = llvm.and %[[ADDRESS]]
// CHECK: %[[GUARD:.*]] = llvm.load volatile
// CHECK: %[[LOW:.*]] = llvm.icmp "ult" %[[LEFT]], %[[GUARD]]
// CHECK: scf.if %[[LOW]]
// CHECK: llvm.call @myia_check_stack
// CHECK-NOT: myia.poll
func.func private @down(%n: i64) -> i64 {
  myia.poll
  %r = func.call @down(%n) : (i64) -> i64
  return %r : i64
}

// CHECK-LABEL: func.func @leaf
// CHECK-NOT: myia.recursive
// CHECK: return
func.func @leaf(%n: i64) -> i64 {
  return %n : i64
}

// What ends the recursion is not held up: the check stands before the calls.

// CHECK-LABEL: func.func private @tree
// CHECK: %[[FRAME:.*]] = llvm.alloca
// CHECK-NEXT: scf.if
// CHECK-NEXT: scf.yield
// CHECK-NEXT: } else {
// CHECK: llvm.ptrtoint %[[FRAME]]
// CHECK: llvm.call @myia_check_stack
// CHECK: call @tree
// CHECK: call @tree
func.func private @tree(%c: i1, %n: i64) -> i64 {
  %r = scf.if %c -> i64 {
    scf.yield %n : i64
  } else {
    %a = func.call @tree(%c, %n) : (i1, i64) -> i64
    %b = func.call @tree(%c, %a) : (i1, i64) -> i64
    scf.yield %b : i64
  }
  return %r : i64
}
