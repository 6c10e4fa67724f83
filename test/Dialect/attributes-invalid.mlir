// RUN: myia-opt %s --verify-diagnostics -split-input-file

// expected-error @+1 {{has the attribute 'myia.entri', which means nothing}}
func.func private @unknown() attributes {myia.entri}

// -----

func.func private @holder(%x: !myia.any) {
  // expected-error @+1 {{has the attribute 'myia.entry', which is for a function}}
  %0 = myia.unary neg %x {myia.entry}
  return
}

// -----

// expected-error @+1 {{requires 'unit' as 'myia.entry' [got 1 : i64]}}
func.func private @value() attributes {myia.entry = 1 : i64}

// -----

// expected-error @+1 {{requires an array of parameters, such as {name = "x"} as 'myia.params' [got [{kind = "odd", name = "x"}]]}}
func.func private @parameter(%x: !myia.any) attributes {myia.params = [{name = "x", kind = "odd"}]}

// -----

// expected-error @+1 {{requires an array<i64> of numbers that are not negative as 'myia.inputs' [got array<i64: -1>]}}
func.func private @positions() attributes {myia.inputs = array<i64: -1>}

// -----

// expected-error @+1 {{requires an array of symbols as 'myia.bases' [got ["B"]]}}
myia.class @C fields [] {myia.bases = ["B"]}

// -----

// expected-error @+1 {{requires a dictionary of strings as 'myia.binding' [got {m = @f}]}}
myia.class @C fields [] {myia.binding = {m = @f}}

// -----

// expected-error @+1 {{requires an argument for each of 1 captures and 1 parameters [got 1]}}
func.func private @missing(%x: !myia.any) attributes {myia.captures = 1 : i64, myia.params = [{name = "x"}]}

// -----

// expected-error @+1 {{requires a capture as the default of "x" [got 0 of 0]}}
func.func private @default(%x: !myia.any) attributes {myia.params = [{name = "x", capture = 0 : i64}]}

// -----

// expected-error @+1 {{has the attribute 'myia.entry' on argument 0, where only the unit 'myia.owned' may be}}
func.func private @argument(%x: i64 {myia.entry})

// -----

// expected-error @+1 {{has the attribute 'myia.owned' on result 0, where none may be}}
func.func private @result() -> (i64 {myia.owned})
