// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// `held` counts leaves; a leaf that is known when compiling is none.

!pair = !myia.tuple<f64, !myia.static<"name">>
func.func private @f(!pair, f64) -> !pair
func.func private @forward(!pair, f64) -> !myia.tuple<!pair, !myia.tuple<f64, i64>>
func.func private @backward(!myia.tuple<f64, i64>, !myia.tuple<f64, !myia.static<unit>>) -> f64

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[K:.*]]: f64, %[[X:.*]]: f64)
// CHECK: myia.custom_vjp @f forward @forward backward @backward(%[[K]], %[[X]]) held 1 : (f64, f64) -> f64
func.func @main(%k: !pair, %x: f64) -> !pair {
  %0 = myia.custom_vjp @f forward @forward backward @backward(%k, %x)
      held 1 : (!pair, f64) -> !pair
  return %0 : !pair
}
