// RUN: myia-opt %s -myia-lift-inputs | FileCheck %s

// Who calls a function that reads passes what it reads, also in recursion and
// in derivatives; the entry gets it last, in order.

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[X:.*]]: f64, %[[A:.*]]: tensor<2xf64>, %[[B:.*]]: f64)
// CHECK-SAME:    myia.inputs = array<i64: 0, 3>
// CHECK:         call @f(%[[X]], %[[A]], %[[B]]) : (f64, tensor<2xf64>, f64)
// CHECK:         call @none(%[[X]])
// CHECK:         myia.value_and_grad @g(%[[X]], %[[A]]) wrt [0]
func.func @main(%x: f64) -> (f64, f64, f64) attributes {myia.entry} {
  %y = func.call @f(%x) : (f64) -> f64
  %z = func.call @none(%x) : (f64) -> f64
  %v, %d = myia.value_and_grad @g(%x) wrt [0] : (f64) -> (f64, f64)
  return %y, %z, %d : f64, f64, f64
}

// CHECK-LABEL: func.func private @f(
// CHECK-SAME:    %[[X:.*]]: f64, %[[A:.*]]: tensor<2xf64>, %[[B:.*]]: f64)
// CHECK-NOT:     myia.input
// CHECK:         %[[S:.*]] = arith.addf %[[X]], %[[B]]
// CHECK:         call @f(%[[S]], %[[A]], %[[B]])
// CHECK:         call @g(%{{.*}}, %[[A]])
func.func private @f(%x: f64) -> f64 {
  %b = myia.input 3 : f64
  %s = arith.addf %x, %b : f64
  %r = func.call @f(%s) : (f64) -> f64
  %q = func.call @g(%r) : (f64) -> f64
  return %q : f64
}

// CHECK-LABEL: func.func private @g(
// CHECK-SAME:    %[[X:.*]]: f64, %[[A:.*]]: tensor<2xf64>)
// CHECK:         tensor.extract %[[A]]
func.func private @g(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %a = myia.input 0 : tensor<2xf64>
  %e = tensor.extract %a[%c0] : tensor<2xf64>
  %r = arith.mulf %x, %e : f64
  return %r : f64
}

// CHECK-LABEL: func.func private @none(
// CHECK-SAME:    %{{.*}}: f64) -> f64
func.func private @none(%x: f64) -> f64 {
  return %x : f64
}
