// RUN: myia-opt %s -myia-count-references | FileCheck %s

// A loop that updates what it carries checks once, before it begins.

// CHECK-LABEL: func.func @fill
// CHECK-SAME: (%[[A:.*]]: tensor<9xf64> {myia.owned}
// CHECK: %[[OWN:.*]] = myia.own %[[A]]
// CHECK: scf.for {{.*}} iter_args(%[[B:.*]] = %[[OWN]])
// CHECK-NEXT: %[[NEXT:.*]] = tensor.insert %{{.*}} into %[[B]]
// CHECK-NEXT: scf.yield %[[NEXT]]
func.func @fill(%a: tensor<9xf64>, %x: f64) -> tensor<9xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %r = scf.for %i = %c0 to %c9 step %c1 iter_args(%b = %a) -> tensor<9xf64> {
    %c = tensor.insert %x into %b[%i] : tensor<9xf64>
    scf.yield %c : tensor<9xf64>
  }
  return %r : tensor<9xf64>
}

// What the program itself just made needs no check.

// CHECK-LABEL: func.func @made
// CHECK-NOT: myia.own
// CHECK: return
func.func @made(%x: f64) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %a = tensor.empty() : tensor<2xf64>
  %b = tensor.insert %x into %a[%c0] : tensor<2xf64>
  return %b : tensor<2xf64>
}

// The old elements are still needed: the update gets a copy.

// CHECK-LABEL: func.func @both
// CHECK: %[[A:.*]] = tensor.empty
// CHECK: myia.retain %[[A]]
// CHECK: %[[COPY:.*]] = myia.own %[[A]]
// CHECK: %[[B:.*]] = tensor.insert %{{.*}} into %[[COPY]]
// CHECK: return %[[A]], %[[B]]
func.func @both(%x: f64) -> (tensor<2xf64>, tensor<2xf64>) {
  %c0 = arith.constant 0 : index
  %a = tensor.empty() : tensor<2xf64>
  %b = tensor.insert %x into %a[%c0] : tensor<2xf64>
  return %a, %b : tensor<2xf64>, tensor<2xf64>
}
