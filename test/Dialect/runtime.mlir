// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @references(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[S:.+]]: !myia.stack)
func.func @references(%a: tensor<3xf32>, %s: !myia.stack) {
  // CHECK: myia.retain %[[A]] : tensor<3xf32>
  myia.retain %a : tensor<3xf32>
  // CHECK: myia.release %[[S]] : !myia.stack
  myia.release %s : !myia.stack
  return
}
