// RUN: myia-opt %s --verify-diagnostics -split-input-file

// expected-error @+1 {{a record needs one element type per field [2 fields, 1 types]}}
func.func private @count(!myia.record<@Layer ["weights", "bias"] of f32>)

// -----

// expected-error @+1 {{field names must be strings}}
func.func private @names(!myia.record<@Layer [1] of f32>)

// -----

// expected-error @+1 {{the parts of a complex number must be two f64, or two arrays of one type, of f32 or f64 [got 'f64' and 'tensor<f64>']}}
func.func private @mixed(!myia.complex<f64, tensor<f64>>)

// -----

// expected-error @+1 {{the parts of a complex number must be two f64, or two arrays of one type, of f32 or f64 [got 'tensor<2xi64>' and 'tensor<2xi64>']}}
func.func private @integers(!myia.complex<tensor<2xi64>, tensor<2xi64>>)
