// RUN: %round-trip | FileCheck %s

func.func private @add(memref<3xf32>, f32, memref<3xf32>) -> f32

// CHECK-LABEL: func.func @launch(
// CHECK-SAME:    %[[A:.+]]: tensor<3xf32>, %[[X:.+]]: f32)
func.func @launch(%a: tensor<3xf32>, %x: f32) -> tensor<3xf32> {
  // CHECK: %[[OWN:.+]] = myia.own %[[A]] : tensor<3xf32>
  %own = myia.own %a : tensor<3xf32>
  // CHECK: %[[FRESH:.+]]:2 = myia.launch @add(%[[OWN]], %[[X]]) : (tensor<3xf32>, f32) -> (tensor<3xf32>, f32)
  %0:2 = myia.launch @add(%own, %x) : (tensor<3xf32>, f32) -> (tensor<3xf32>, f32)
  // CHECK: myia.launch @add(%[[A]], %[[X]]) into(%[[FRESH]]#0 : tensor<3xf32>)
  %1:2 = myia.launch @add(%a, %x) into (%0#0 : tensor<3xf32>)
      : (tensor<3xf32>, f32) -> (tensor<3xf32>, f32)
  return %1#0 : tensor<3xf32>
}

func.func private @fill(f32, memref<?xf32>)

// CHECK-LABEL: func.func @sizes(
// CHECK-SAME:    %[[X:.+]]: f32, %[[N:.+]]: index)
func.func @sizes(%x: f32, %n: index) -> tensor<?xf32> {
  // CHECK: myia.launch @fill(%[[X]]) sizes(%[[N]]) : (f32) -> tensor<?xf32>
  %0 = myia.launch @fill(%x) sizes(%n) : (f32) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
