// RUN: myia-opt %s -myia-infer | FileCheck %s

// A dict is a record of its keys: a display, items that are set, and what is
// unpacked. Of equal keys the first gives the place, the last the value.

func.func private @f(%x: !myia.any, %d: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "d"}]} {
  %a = myia.constant "a"
  %c = myia.constant "c"
  %made = myia.build_dict(%c, %x, %d, %a, %x) unpacked [2]
  %b = myia.constant "b"
  %more = myia.setitem %made[%b] = %x seen_by none
  %item = myia.getitem %more[%c]
  %pair = myia.build_tuple(%more, %item)
  return %pair : !myia.any
}
myia.instantiate @main = @f(f64, !myia.record<@dict ["a"] of i64>)

// CHECK: func.func @main({{.*}}) -> !myia.tuple<!myia.record<@dict ["c", "a", "b"] of f64, f64, f64>, f64>

// A loop over items is unrolled; methods are the prelude's.

func.func private @dict.get(%self: !myia.any, %key: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "self"}, {name = "key"}]} {
  %value = myia.getitem %self[%key]
  return %value : !myia.any
}

func.func private @g(%d: !myia.any) -> !myia.any attributes {myia.params = [{name = "d"}]} {
  %method = myia.getattr %d "items"
  %items = myia.call %method()
  %it = myia.iter %items
  %zero = myia.constant 0 : i64
  cf.br ^head(%it, %zero : !myia.any, !myia.any)
^head(%at: !myia.any, %sum: !myia.any):
  %more = myia.has_next %at
  cf.cond_br %more, ^body, ^end
^body:
  %pair, %rest = myia.next %at
  %key, %value = myia.unpack_sequence %pair : 2
  %get = myia.getattr %d "get"
  %again = myia.call %get(%key)
  %twice = myia.binary add %value, %again
  %next = myia.binary add %sum, %twice
  cf.br ^head(%rest, %next : !myia.any, !myia.any)
^end:
  return %sum : !myia.any
}
myia.instantiate @loop = @g(!myia.record<@dict ["a", "b"] of f64, f64>)

// CHECK-LABEL: func.func private @g.1
// CHECK: call @dict.get.3(%{{.*}}, %{{.*}}) : ({{.*}}, !myia.static<"a">) -> f64
// CHECK: call @dict.get.4(%{{.*}}, %{{.*}}) : ({{.*}}, !myia.static<"b">) -> f64
// CHECK: return

// What is used later may hold numbers, or the keys of the dict as long as they
// stay the same.

func.func private @h(%x: !myia.any) -> !myia.any attributes {myia.params = [{name = "x"}]} {
  %a = myia.constant "a"
  %d = myia.build_dict(%a, %x)
  %keys = myia.iter %d
  %one = myia.constant 1 : i64
  %changed = myia.setitem %d[%a] = %one seen_by witnesses(%x, %keys)
  %key, %rest = myia.next %keys
  %item = myia.getitem %changed[%key]
  return %item : !myia.any
}
myia.instantiate @update = @h(f64)

// CHECK-LABEL: func.func private @h.2
// CHECK: return %{{.*}} : !myia.static<1 : i64>
