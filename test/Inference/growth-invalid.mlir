// RUN: not myia-opt %s -myia-infer 2>&1 | FileCheck %s

// Structure that grows without end is an error, not a compiler that hangs.

func.func private @f(%n: !myia.any, %x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}, {name = "x"}]} {
  %f = myia.constant @f
  %t = myia.build_tuple(%x, %x)
  %r = myia.call %f(%n, %t)
  return %n : !myia.any
}
myia.instantiate @main = @f(i64, f64)

// CHECK: growth-invalid.mlir:8:8: error: [MYIA070] a value whose structure grows with every call or iteration
// CHECK: growth-invalid.mlir:9:8: note: in the call f(int, tuple[
