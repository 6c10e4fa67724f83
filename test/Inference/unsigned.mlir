// RUN: myia-opt %s -myia-infer | FileCheck %s

// Unsigned integers keep their type, and are computed with as signless ones.

func.func private @f(%a: !myia.any, %n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "a"}, {name = "n"}]} {
  %q = myia.binary floordiv %a, %a
  %r = myia.binary add %q, %n
  return %r : !myia.any
}
myia.instantiate @main = @f(tensor<4xui8>, i64)

// CHECK-LABEL: func.func private @f.0
// CHECK-SAME: (%[[A:.*]]: tensor<4xui8>, %[[N:.*]]: i64) -> tensor<4xui8>
// CHECK: %[[X:.*]] = myia.sign_cast %[[A]] : tensor<4xui8> -> tensor<4xi8>
// CHECK: arith.divui %[[X]], %{{.*}} : tensor<4xi8>
// CHECK: myia.raise_if {{.*}}, "OverflowError"("Python integer out of bounds for uint8"
// CHECK: arith.addi {{.*}} : tensor<4xi8>
