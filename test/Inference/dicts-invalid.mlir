// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics

func.func private @missing(%d: !myia.any) -> !myia.any attributes {myia.params = [{name = "d"}]} {
  %b = myia.constant "b"
  // expected-error @+1 {{[MYIA042] the dict has no key 'b' [its keys are a]}}
  %item = myia.getitem %d[%b]
  return %item : !myia.any
}
myia.instantiate @main = @missing(!myia.record<@dict ["a"] of i64>)

// -----

func.func private @unknown_key(%n: !myia.any) -> !myia.any attributes {myia.params = [{name = "n"}]} {
  // expected-error @+1 {{[MYIA026] the keys of a dict must be strings that are known when compiling [got int]}}
  %d = myia.build_dict(%n, %n)
  return %d : !myia.any
}
myia.instantiate @main = @unknown_key(i64)

// -----

func.func private @unpacked(%n: !myia.any) -> !myia.any attributes {myia.params = [{name = "n"}]} {
  // expected-error @+1 {{[MYIA020] what is unpacked into a dict must be a dict [got int]}}
  %d = myia.build_dict(%n) unpacked [0]
  return %d : !myia.any
}
myia.instantiate @main = @unpacked(i64)

// -----

func.func private @attribute(%d: !myia.any) -> !myia.any attributes {myia.params = [{name = "d"}]} {
  // expected-error @+1 {{[MYIA040] dicts have no attribute 'w' here}}
  %w = myia.getattr %d "w"
  return %w : !myia.any
}
myia.instantiate @main = @attribute(!myia.record<@dict ["w"] of i64>)

// -----

func.func private @dict.update.clear(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %empty = myia.build_dict()
  %none = myia.constant unit
  %pair = myia.build_tuple(%empty, %none)
  return %pair : !myia.any
}
func.func private @unnamed(%d: !myia.any) -> !myia.any attributes {myia.params = [{name = "d"}]} {
  // expected-error @+1 {{[MYIA002] 'clear' changes the dict, which must be a variable of this function, or a part of one: give it a name first}}
  %clear = myia.getattr %d "clear"
  return %clear : !myia.any
}
myia.instantiate @main = @unnamed(!myia.record<@dict ["w"] of i64>)

// -----

func.func private @no_method(%n: !myia.any) -> !myia.any attributes {myia.params = [{name = "n"}]} {
  %d = myia.build_dict()
  // expected-error @+1 {{[MYIA040] dicts have no attribute 'append' here}}
  %changed, %none = myia.mutate %d [] "append"(%n) seen_by none
  return %changed : !myia.any
}
myia.instantiate @main = @no_method(i64)

// -----

// Something else holds the dict, and is used later.
func.func private @seen(%n: !myia.any) -> !myia.any attributes {myia.params = [{name = "n"}]} {
  %a = myia.constant "a"
  %d = myia.build_dict(%a, %n)
  %holder = myia.build_tuple(%d)
  // expected-error @+1 {{[MYIA002] this dict may be visible elsewhere (under another name, as a part of something else, or in a loop that runs over it); copy it first}}
  %changed = myia.setitem %d[%a] = %n seen_by witnesses(%holder)
  return %holder : !myia.any
}
myia.instantiate @main = @seen(i64)

// -----

// A loop over the keys cannot go on when there are new ones.
func.func private @keys(%n: !myia.any) -> !myia.any attributes {myia.params = [{name = "n"}]} {
  %a = myia.constant "a"
  %b = myia.constant "b"
  %d = myia.build_dict(%a, %n)
  %keys = myia.iter %d
  // expected-error @+1 {{[MYIA002] this dict may be visible elsewhere (under another name, as a part of something else, or in a loop that runs over it); copy it first}}
  %changed = myia.setitem %d[%b] = %n seen_by witnesses(%keys)
  %key, %rest = myia.next %keys
  return %key : !myia.any
}
myia.instantiate @main = @keys(i64)

// -----

// Where it was made is not known.
func.func private @argument(%d: !myia.any) -> !myia.any attributes {myia.params = [{name = "d"}]} {
  %a = myia.constant "a"
  // expected-error @+1 {{[MYIA002] this dict may be visible elsewhere (an argument, a part of something else, or under another name); copy it first}}
  %changed = myia.setitem %d[%a] = %a seen_by unknown
  return %changed : !myia.any
}
myia.instantiate @main = @argument(!myia.record<@dict ["a"] of i64>)

// -----

func.func private @part(%n: !myia.any) -> !myia.any attributes {myia.params = [{name = "n"}]} {
  %a = myia.constant "a"
  %inner = myia.build_dict(%a, %n)
  %outer = myia.build_dict(%a, %inner)
  // expected-error @+1 {{[MYIA002] this dict is a part of something else, and may be visible elsewhere: build a new one, and store it}}
  %changed, %none = myia.mutate %outer ["[]"] "[]="(%a, %a, %n) seen_by none
  return %changed : !myia.any
}
myia.instantiate @main = @part(i64)

// -----

func.func private @augmented(%d: !myia.any) -> !myia.any attributes {myia.params = [{name = "d"}]} {
  // expected-error @+1 {{[MYIA002] an augmented assignment would update a dict that may be visible elsewhere: write d = d | ... instead}}
  %changed = myia.augment or %d, %d seen_by unknown
  return %changed : !myia.any
}
myia.instantiate @main = @augmented(!myia.record<@dict ["a"] of i64>)

// -----

// A method of a class gives a field, which is a dict.
func.func private @Box.copy(%self: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}]} {
  %x = myia.getattr %self "x"
  return %x : !myia.any
}
myia.class @Box fields ["x"] methods {copy = @Box.copy}
func.func private @f(%b: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "b"}]} {
  %copy = myia.getattr %b "copy"
  // expected-error @+1 {{[MYIA002] what this gives may be a dict that others see, which is updated in place: copy it first, with dict(x)}}
  %r = myia.call %copy() {myia.fresh_dict}
  return %r : !myia.any
}
myia.instantiate @main = @f(!myia.record<@Box ["x"] of !myia.record<@dict ["a"] of i64>>)
