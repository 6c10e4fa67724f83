// RUN: myia-opt %s -myia-infer | FileCheck %s

// Operators on complex numbers work on their parts; Python's numbers are weak.

func.func private @add(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  %r = myia.binary add %x, %y
  return %r : !myia.any
}

// CHECK: func.func @python
// CHECK-SAME: -> !myia.complex<f64, f64>
// CHECK: func.func @weak
// CHECK-SAME: -> !myia.complex<tensor<2xf32>, tensor<2xf32>>
// CHECK: func.func @integers
// CHECK-SAME: -> !myia.complex<tensor<2xf64>, tensor<2xf64>>
// CHECK: func.func @strong
// CHECK-SAME: -> !myia.complex<tensor<2xf64>, tensor<2xf64>>
myia.instantiate @python = @add(i64, !myia.complex<f64, f64>)
myia.instantiate @weak = @add(tensor<2xf32>, !myia.complex<f64, f64>)
myia.instantiate @integers = @add(tensor<2xi8>, !myia.complex<f64, f64>)
myia.instantiate @strong = @add(tensor<2xf64>, !myia.complex<tensor<f32>, tensor<f32>>)

// CHECK: func.func private @add.0(%[[X:.*]]: i64, %[[Y:.*]]: !myia.complex<f64, f64>)
// CHECK: %[[PARTS:.*]]:2 = myia.unpack %[[Y]]
// CHECK: %[[RE:.*]] = arith.addf {{.*}}, %[[PARTS]]#0 : f64
// CHECK: myia.pack %[[RE]], {{.*}} : (f64, f64) -> !myia.complex<f64, f64>
