// RUN: myia-opt %s --verify-diagnostics -split-input-file

// expected-error @+1 {{a record needs one element type per field [2 fields, 1 types]}}
func.func private @count(!myia.record<@Layer ["weights", "bias"] of f32>)

// -----

// expected-error @+1 {{field names must be strings}}
func.func private @names(!myia.record<@Layer [1] of f32>)
