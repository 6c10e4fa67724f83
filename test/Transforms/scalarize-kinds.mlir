// RUN: myia-opt %s -myia-scalarize | FileCheck %s

// Every kind of aggregate is its elements.

// CHECK: func.func private @record(f32, tensor<3xf32>)
func.func private @record(
    !myia.record<@Layer ["scale", "weights"] of tensor<f32>, tensor<3xf32>>)
// CHECK: func.func private @closure(f64)
func.func private @closure(!myia.closure<@f of f64>)
// CHECK: func.func private @derivative(f64)
func.func private @derivative(
    !myia.derivative<!myia.closure<@f of f64> wrt [0] single = true value = false aux = false>)
// CHECK: func.func private @iterator(i64, i64)
func.func private @iterator(!myia.iterator<"range" of i64, i64>)
// CHECK: func.func private @static()
func.func private @static(!myia.static<"text">, !myia.static<2 : i64>)
