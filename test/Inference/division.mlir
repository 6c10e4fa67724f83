// RUN: myia-opt %s -myia-infer -split-input-file | FileCheck %s

// Division by a Python zero raises; by a NumPy zero it does not.

func.func private @div(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  %r = myia.binary truediv %x, %y
  return %r : !myia.any
}
myia.instantiate @python = @div(i64, i64)
myia.instantiate @numpy = @div(tensor<f64>, tensor<f64>)

// CHECK-LABEL: func.func private @div.0
// CHECK: %[[ZERO:.*]] = arith.cmpi eq
// CHECK: myia.raise_if %[[ZERO]], "ZeroDivisionError"("division by zero")
// CHECK: arith.divf {{.*}} : f64
// CHECK-LABEL: func.func private @div.1
// CHECK-NOT: raise_if
// CHECK: arith.divf {{.*}} : tensor<f64>

// -----

// A divisor that is known not to be zero needs no check, and constants fold.

func.func private @half(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %a = myia.constant -7 : i64
  %b = myia.constant 2 : i64
  %c = myia.binary floordiv %a, %b
  %r = myia.binary truediv %x, %c
  return %r : !myia.any
}
myia.instantiate @main = @half(f64)

// CHECK-LABEL: func.func private @half.0
// CHECK-NOT: raise_if
// CHECK: arith.constant -4.0
// CHECK: arith.divf
