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
