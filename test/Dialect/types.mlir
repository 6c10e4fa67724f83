// RUN: %round-trip | FileCheck %s

// CHECK: @static(!myia.static<unit>, !myia.static<2 : i64>, !myia.static<"name">,
// CHECK-SAME: !myia.static<#myia.prim<"numpy.exp">>, !myia.static<f32>)
func.func private @static(
    !myia.static<unit>, !myia.static<2 : i64>, !myia.static<"name">,
    !myia.static<#myia.prim<"numpy.exp">>, !myia.static<f32>)

// CHECK: @object(!myia.static<#myia.object<"Color.RED" {name = "RED", value = 1 : i64}>>)
func.func private @object(
    !myia.static<#myia.object<"Color.RED" {name = "RED", value = 1 : i64}>>)

// CHECK: @tuple(!myia.tuple<>, !myia.tuple<i64, !myia.tuple<tensor<3xf64>>>)
func.func private @tuple(
    !myia.tuple<>, !myia.tuple<i64, !myia.tuple<tensor<3xf64>>>)

// CHECK: @record(!myia.record<@Layer ["weights", "bias"] of tensor<2x3xf32>, f32>,
// CHECK-SAME: !myia.record<@Empty []>)
func.func private @record(
    !myia.record<@Layer ["weights", "bias"] of tensor<2x3xf32>, f32>,
    !myia.record<@Empty []>)

// CHECK: @closure(!myia.closure<@f>, !myia.closure<@f of f64, i1>)
func.func private @closure(!myia.closure<@f>, !myia.closure<@f of f64, i1>)

// CHECK: @derivative(!myia.derivative<!myia.closure<@f> wrt [0] single = true value = false aux = false>)
func.func private @derivative(
    !myia.derivative<!myia.closure<@f> wrt [0] single = true value = false aux = false>)

// CHECK: @iterator(!myia.iterator<"range" of i64, i64, i64>, !myia.iterator<"empty">)
func.func private @iterator(
    !myia.iterator<"range" of i64, i64, i64>, !myia.iterator<"empty">)

// CHECK: @containers(!myia.stack, !myia.box<@node>)
func.func private @containers(!myia.stack, !myia.box<@node>)

// CHECK: @complex(!myia.complex<f64, f64>, !myia.complex<!myia.static<0.000000e+00 : f64>, f64>,
// CHECK-SAME: !myia.complex<tensor<2x?xf32>, tensor<2x?xf32>>)
func.func private @complex(
    !myia.complex<f64, f64>, !myia.complex<!myia.static<0.0 : f64>, f64>,
    !myia.complex<tensor<2x?xf32>, tensor<2x?xf32>>)
