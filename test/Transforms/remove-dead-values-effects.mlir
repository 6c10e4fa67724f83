// RUN: myia-opt %s -myia-remove-dead-values | FileCheck %s

// A call that may raise stays, with the arguments that decide.

// CHECK-LABEL: func.func private @check(
// CHECK-SAME:    %[[C:.+]]: i1) {
func.func private @check(%c: i1, %x: f64) -> f64 {
  // CHECK: myia.raise_if %[[C]]
  myia.raise_if %c, "ValueError"("bad")
  return %x : f64
}

// CHECK-LABEL: func.func @main(
// CHECK-SAME:    %[[C:.+]]: i1, %[[X:.+]]: f64)
func.func @main(%c: i1, %x: f64) -> f64 {
  // CHECK: call @check(%[[C]]) : (i1) -> ()
  // CHECK: return %[[X]]
  %0 = call @check(%c, %x) : (i1, f64) -> f64
  return %x : f64
}

// A function that is differentiated keeps its signature.

// CHECK-LABEL: func.func private @f(%{{.+}}: f64, %{{.+}}: f64) -> f64
func.func private @f(%x: f64, %unused: f64) -> f64 {
  return %x : f64
}

func.func @derivative(%x: f64) -> f64 {
  %0:2 = myia.value_and_grad @f(%x, %x) wrt [0] : (f64, f64) -> (f64, f64)
  return %0#1 : f64
}
