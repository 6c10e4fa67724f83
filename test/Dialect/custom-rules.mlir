// RUN: %round-trip | FileCheck %s

func.func private @f(i64, f64) -> f64
func.func private @f_forward(i64, f64) -> (f64, f64)
func.func private @f_backward(f64, f64) -> f64

// CHECK-LABEL: func.func @main
// CHECK: %{{.*}} = myia.custom_vjp @f forward @f_forward backward @f_backward(%{{.*}}, %{{.*}}) held 1 : (i64, f64) -> f64
func.func @main(%k: i64, %x: f64) -> f64 {
  %0 = myia.custom_vjp @f forward @f_forward backward @f_backward(%k, %x)
      held 1 : (i64, f64) -> f64
  return %0 : f64
}
