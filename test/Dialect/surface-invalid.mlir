// RUN: myia-opt %s --verify-diagnostics -split-input-file

// C1
// expected-error @+1 {{requires functions as methods [got 1 : i64]}}
myia.class @Layer fields ["weights"] methods {apply = 1}

// -----

// C2
// expected-error @+1 {{requires a method for the getter "size"}}
myia.class @Layer fields ["weights"] getters ["size"]

// -----

func.func private @keywords(%f: !myia.any) {
  // C1
  // expected-error @+1 {{requires an argument for each of 1 keywords [got 0]}}
  %0 = myia.call %f() keywords ["axis"]
  return
}

// -----

func.func private @keyword_twice(%f: !myia.any) {
  // C1
  // expected-error @+1 {{requires distinct keywords [got "axis" twice]}}
  %0 = myia.call %f(%f, %f) keywords ["axis", "axis"]
  return
}

// -----

func.func private @wrt(%f: !myia.any) {
  // C1
  // expected-error @+1 {{requires positions or names of parameters [got f32]}}
  %0 = myia.grad %f wrt [f32]
  return
}

// -----

func.func private @single(%f: !myia.any) {
  // C2
  // expected-error @+1 {{requires one entry for a single gradient [got 2]}}
  %0 = myia.grad %f wrt [0 : i64, "y"] single
  return
}

// -----

// A typed op takes no value of the surface level.
func.func private @levels(%x: !myia.any) {
  // expected-error @+1 {{operand #0 must be typed value, but got '!myia.any'}}
  %0 = myia.stop_gradient %x : !myia.any
  return
}

// -----

func.func private @starred_keyword(%f: !myia.any) {
  // C2
  // expected-error @+1 {{requires increasing positions of positional arguments as `starred` [got 1]}}
  %0 = myia.call %f(%f, %f) keywords ["axis"] starred [1]
  return
}

// -----

func.func private @starred_result(%xs: !myia.any) {
  // C1
  // expected-error @+1 {{requires the position of a result as `starred` [got 2]}}
  %0:2 = myia.unpack_sequence %xs : 2 {starred = 2 : i64}
  return
}

// -----

func.func private @unpacked(%d: !myia.any) {
  // C1
  // expected-error @+1 {{requires increasing positions of operands in 'unpacked' [got 0]}}
  %0 = myia.build_dict(%d, %d) unpacked [1, 0]
  return
}

// -----

func.func private @no_value(%d: !myia.any) {
  // C2
  // expected-error @+1 {{requires a value after each key}}
  %0 = myia.build_dict(%d, %d, %d)
  return
}

// -----

func.func private @no_value_in_between(%d: !myia.any) {
  // C2
  // expected-error @+1 {{requires a value after each key}}
  %0 = myia.build_dict(%d, %d, %d) unpacked [1]
  return
}

// -----

func.func private @unseen(%xs: !myia.any, %w: !myia.any) {
  // C1
  // expected-error @+1 {{requires no witnesses of an object that is not seen by witnesses [got 1]}}
  %0 = myia.setitem %xs[%w] = %w seen_by none(%w)
  return
}

// -----

// Who sees an update has to be said.
func.func private @unsaid(%xs: !myia.any) {
  // expected-error @+1 {{requires attribute 'seen_by'}}
  %0 = "myia.setitem"(%xs, %xs, %xs) : (!myia.any, !myia.any, !myia.any) -> !myia.any
  return
}
