// RUN: myia-opt %s -myia-erase-signs | FileCheck %s

// CHECK-LABEL: func.func @f(
// CHECK-SAME:    %[[A:.+]]: tensor<3xi8>, %[[N:.+]]: i32) -> (tensor<3xi8>, i32)
func.func @f(%a: tensor<3xui8>, %n: ui32) -> (tensor<3xui8>, ui32) {
  // CHECK: %[[C:.+]] = arith.constant dense<[1, 2, -56]> : tensor<3xi8>
  %c = arith.constant dense<[1, 2, 200]> : tensor<3xui8>
  // CHECK-NEXT: %[[Q:.+]] = arith.divui %[[A]], %[[C]] : tensor<3xi8>
  %x = myia.sign_cast %a : tensor<3xui8> -> tensor<3xi8>
  %y = myia.sign_cast %c : tensor<3xui8> -> tensor<3xi8>
  %q = arith.divui %x, %y : tensor<3xi8>
  %r = myia.sign_cast %q : tensor<3xi8> -> tensor<3xui8>
  // CHECK-NEXT: return %[[Q]], %[[N]]
  return %r, %n : tensor<3xui8>, ui32
}

// Inside of a list, and of a list of lists.

// CHECK-LABEL: func.func @lists(
// CHECK-SAME:    %[[X:.+]]: i8) -> !myia.list<!myia.list<i8>>
// CHECK:         myia.make_list 1(%[[X]]) : (i8) -> !myia.list<i8>
func.func @lists(%x: ui8) -> !myia.list<!myia.list<ui8>> {
  %xs = myia.make_list 1 (%x) : (ui8) -> !myia.list<ui8>
  %rows = myia.make_list 1 (%xs) : (!myia.list<ui8>) -> !myia.list<!myia.list<ui8>>
  return %rows : !myia.list<!myia.list<ui8>>
}
