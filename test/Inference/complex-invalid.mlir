// RUN: myia-opt %s -myia-infer --verify-diagnostics -split-input-file

func.func private @less(%x: !myia.any) -> !myia.any {
  // expected-error @+1 {{unsupported operand types for <: complex and complex}}
  %r = myia.binary lt %x, %x
  return %r : !myia.any
}
myia.instantiate @main = @less(!myia.complex<f64, f64>)

// -----

func.func private @invert(%x: !myia.any) -> !myia.any {
  // expected-error @+1 {{bad operand type for unary ~: complex64[3]}}
  %r = myia.unary invert %x
  return %r : !myia.any
}
myia.instantiate @main = @invert(!myia.complex<tensor<3xf32>, tensor<3xf32>>)

// -----

func.func private @shapes(%x: !myia.any, %y: !myia.any) -> !myia.any {
  // expected-error @+1 {{operands need shapes that broadcast together [got complex64[3] and complex128[2]]}}
  %r = myia.binary mul %x, %y
  return %r : !myia.any
}
myia.instantiate @main = @shapes(!myia.complex<tensor<3xf32>, tensor<3xf32>>, !myia.complex<tensor<2xf64>, tensor<2xf64>>)

// -----

// A function that is not known to take complex numbers.

func.func private @unknown(%x: !myia.any) -> !myia.any {
  %f = myia.constant #myia.prim<"numpy.maximum">
  // expected-error @+1 {{numpy.maximum() does not take complex arrays}}
  %r = myia.call %f(%x, %x)
  return %r : !myia.any
}
myia.instantiate @main = @unknown(!myia.complex<tensor<3xf64>, tensor<3xf64>>)

// -----

func.func private @dtype(%x: !myia.any) -> !myia.any {
  %f = myia.constant #myia.prim<"numpy.asarray">
  %t = myia.constant f64
  // expected-error @+1 {{dtype float64 does not hold complex numbers: take the .real part first}}
  %r = myia.call %f(%x, %t)
  return %r : !myia.any
}
myia.instantiate @main = @dtype(!myia.complex<tensor<3xf64>, tensor<3xf64>>)
