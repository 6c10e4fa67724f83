// RUN: myia-opt %s --verify-diagnostics -split-input-file

func.func @no_kernel(%a: tensor<3xf32>) {
  // expected-error @+1 {{requires a kernel [got add]}}
  %0 = myia.launch @add(%a) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func private @add(memref<3xf32>, memref<3xf32>)
func.func @type(%a: tensor<3xf32>) {
  // C1
  // expected-error @+1 {{requires a kernel of type '(memref<3xf32>) -> f32' [got '(memref<3xf32>, memref<3xf32>) -> ()']}}
  %0 = myia.launch @add(%a) : (tensor<3xf32>) -> f32
  return
}

// -----

func.func private @add(memref<3xf32>, memref<3xf32>)
func.func @destinations(%a: tensor<3xf32>, %b: tensor<4xf32>) {
  // C2
  // expected-error @+1 {{requires destinations of types ('tensor<3xf32>') [got ('tensor<4xf32>')]}}
  %0 = myia.launch @add(%a) into (%b : tensor<4xf32>) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func private @fill(f32, memref<?xf32>)
func.func @sizes(%x: f32) {
  // C3
  // expected-error @+1 {{requires 1 sizes [got 0]}}
  %0 = myia.launch @fill(%x) : (f32) -> tensor<?xf32>
  return
}
