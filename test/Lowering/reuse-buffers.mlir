// RUN: myia-opt %s -myia-reuse-buffers | FileCheck %s

#id = affine_map<(d0) -> (d0)>
#zero = affine_map<(d0) -> (0)>

func.func private @negate(%a: memref<3xf32>, %out: memref<3xf32>) attributes {myia.kernel} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : memref<3xf32>) outs(%out : memref<3xf32>) {
  ^bb0(%x: f32, %y: f32):
    %0 = arith.negf %x : f32
    linalg.yield %0 : f32
  }
  return
}

func.func private @first(%a: memref<3xf32>, %out: memref<3xf32>) attributes {myia.kernel} {
  linalg.generic {indexing_maps = [#zero, #id], iterator_types = ["parallel"]}
      ins(%a : memref<3xf32>) outs(%out : memref<3xf32>) {
  ^bb0(%x: f32, %y: f32):
    linalg.yield %x : f32
  }
  return
}

// The second negation happens in the memory of the first, which dies.

// CHECK-LABEL: func.func @twice
// CHECK-SAME: (%[[A:.*]]: tensor<3xf32>)
// CHECK: %[[B:.*]] = myia.launch @negate(%[[A]])
// CHECK-NEXT: %[[C:.*]] = myia.launch @[[VARIANT:.*]]() into(%[[B]] : tensor<3xf32>)
// CHECK-NEXT: return %[[C]]
func.func @twice(%a: tensor<3xf32>) -> tensor<3xf32> {
  %b = myia.launch @negate(%a) : (tensor<3xf32>) -> tensor<3xf32>
  %c = myia.launch @negate(%b) : (tensor<3xf32>) -> tensor<3xf32>
  myia.release %b : tensor<3xf32>
  return %c : tensor<3xf32>
}

// What is read elsewhere than it is written has to stay.

// CHECK-LABEL: func.func @elsewhere
// CHECK-NOT: into
// CHECK: return
func.func @elsewhere(%a: tensor<3xf32>) -> tensor<3xf32> {
  %b = myia.launch @negate(%a) : (tensor<3xf32>) -> tensor<3xf32>
  %c = myia.launch @first(%b) : (tensor<3xf32>) -> tensor<3xf32>
  myia.release %b : tensor<3xf32>
  return %c : tensor<3xf32>
}

// CHECK: func.func private @[[VARIANT]](%[[OUT:.*]]: memref<3xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[OUT]] : memref<3xf32>) outs(%[[OUT]] : memref<3xf32>)
