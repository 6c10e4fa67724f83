// RUN: myia-opt %s -myia-count-references | FileCheck %s

func.func private @k(%a: memref<3xf32>, %out: memref<3xf32>) attributes {myia.kernel}
func.func private @use(%a: tensor<3xf32>)

// A fresh value dies after its last use; an argument is borrowed.

// CHECK-LABEL: func.func @fresh
// CHECK-SAME: (%[[A:.*]]: tensor<3xf32>)
// CHECK-NEXT: %[[B:.*]] = myia.launch @k(%[[A]])
// CHECK-NEXT: call @use(%[[B]])
// CHECK-NEXT: myia.release %[[B]]
// CHECK-NEXT: call @use(%[[A]])
// CHECK-NEXT: return
func.func @fresh(%a: tensor<3xf32>) {
  %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
  call @use(%b) : (tensor<3xf32>) -> ()
  call @use(%a) : (tensor<3xf32>) -> ()
  return
}

// Returning consumes: a borrowed argument is retained, a value that is returned
// twice as well.

// CHECK-LABEL: func.func @twice
// CHECK-SAME: (%[[A:.*]]: tensor<3xf32>)
// CHECK-NEXT: %[[B:.*]] = myia.launch @k(%[[A]])
// CHECK-DAG: myia.retain %[[A]]
// CHECK-DAG: myia.retain %[[B]]
// CHECK: return %[[A]], %[[B]], %[[B]]
func.func @twice(%a: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
  return %a, %b, %b : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// Each branch ends the life of a value that one of them consumes.

// CHECK-LABEL: func.func @branch
// CHECK-SAME: (%[[C:.*]]: i1, %[[A:.*]]: tensor<3xf32>
// CHECK: %[[B:.*]] = myia.launch @k(%[[A]])
// CHECK: scf.if %[[C]]
// CHECK-NEXT: myia.release %[[A]]
// CHECK-NEXT: scf.yield %[[B]]
// CHECK: else
// CHECK-NEXT: myia.release %[[B]]
// CHECK-NEXT: scf.yield %[[A]]
func.func @branch(%c: i1, %a: tensor<3xf32>) -> tensor<3xf32> {
  %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
  %r = scf.if %c -> tensor<3xf32> {
    scf.yield %b : tensor<3xf32>
  } else {
    scf.yield %a : tensor<3xf32>
  }
  return %r : tensor<3xf32>
}

// A loop's body borrows what it captures.

// CHECK-LABEL: func.func @captured
// CHECK: %[[B:.*]] = myia.launch @k
// CHECK: scf.for
// CHECK: myia.retain %[[B]]
// CHECK: myia.push %{{.*}}, %[[B]]
// CHECK: scf.yield
// CHECK-NEXT: }
// CHECK-NEXT: myia.release %[[B]]
func.func @captured(%a: tensor<3xf32>, %n: index) -> !myia.stack {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
  %s = myia.stack
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%t = %s) -> !myia.stack {
    %u = myia.push %t, %b : tensor<3xf32>
    scf.yield %u : !myia.stack
  }
  return %r : !myia.stack
}
