// RUN: myia-opt %s -myia-infer | FileCheck %s

// What is known of a range folds; the rest is arithmetic on its bounds.

func.func private @known(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %range = myia.constant #myia.prim<"builtins.range">
  %len = myia.constant #myia.prim<"builtins.len">
  %a = myia.constant 1 : i64
  %b = myia.constant 9 : i64
  %c = myia.constant 3 : i64
  %r = myia.call %range(%a, %b, %c)
  %n = myia.call %len(%r)
  %in = myia.binary in %a, %r
  %last = myia.getitem %r[%a]
  %t = myia.build_tuple(%n, %in, %last)
  return %t : !myia.any
}
myia.instantiate @main = @known(f64)

// CHECK-LABEL: func.func private @known.0
// CHECK-SAME: !myia.tuple<!myia.static<3 : i64>, !myia.static<true>, !myia.static<4 : i64>>

func.func private @unknown(%n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}]} {
  %range = myia.constant #myia.prim<"builtins.range">
  %r = myia.call %range(%n)
  %last = myia.getitem %r[%n]
  return %last : !myia.any
}
myia.instantiate @item = @unknown(i64)

// CHECK-LABEL: func.func private @unknown.1
// CHECK: arith.cmpi uge
// CHECK-NEXT: myia.raise_if %{{.*}}, "IndexError"("range object index out of range")
