// RUN: myia-opt %s -myia-infer | FileCheck %s

// Python numbers are promoted; a weak number takes the dtype of an array.

func.func private @add(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  %r = myia.binary add %x, %y
  return %r : !myia.any
}

// CHECK-LABEL: func.func @ints
// CHECK-SAME: ({{.*}}: i64, {{.*}}: i64) -> i64
// CHECK: func.func @mixed
// CHECK-SAME: ({{.*}}: i64, {{.*}}: f64) -> f64
// CHECK: func.func @bools
// CHECK-SAME: ({{.*}}: i1, {{.*}}: i1) -> i64
// CHECK: func.func @weak
// CHECK-SAME: ({{.*}}: tensor<2xf32>, {{.*}}: f64) -> tensor<2xf32>
// CHECK: func.func @strong
// CHECK-SAME: ({{.*}}) -> tensor<2xf64>
// CHECK: func.func @broadcast
// CHECK-SAME: ({{.*}}) -> tensor<2x3xf64>
myia.instantiate @ints = @add(i64, i64)
myia.instantiate @mixed = @add(i64, f64)
myia.instantiate @bools = @add(i1, i1)
myia.instantiate @weak = @add(tensor<2xf32>, f64)
myia.instantiate @strong = @add(tensor<2xf32>, tensor<f64>)
myia.instantiate @broadcast = @add(tensor<2x1xf64>, tensor<3xi32>)

// CHECK: func.func private @add.1(%[[X:.*]]: i64, %[[Y:.*]]: f64)
// CHECK: %[[F:.*]] = arith.sitofp %[[X]]
// CHECK: arith.addf %[[F]], %[[Y]] : f64
// CHECK: func.func private @add.3
// CHECK: myia.splat {{.*}} : f32 -> tensor<2xf32>
// CHECK: arith.addf {{.*}} : tensor<2xf32>
// CHECK: func.func private @add.5
// CHECK: myia.broadcast {{.*}} : tensor<2x1xf64> -> tensor<2x3xf64>
