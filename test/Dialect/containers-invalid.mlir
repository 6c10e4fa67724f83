// RUN: myia-opt %s --verify-diagnostics -split-input-file

myia.type @node(f64)
func.func @box(%x: i64) {
  // C1
  // expected-error @+1 {{requires the types ('f64') of @node [got ('i64')]}}
  %0 = myia.box %x : (i64) -> !myia.box<@node>
  return
}

// -----

myia.type @node(f64)
func.func @unbox(%b: !myia.box<@node>) {
  // C1
  // expected-error @+1 {{requires the types ('f64') of @node [got ('f64', 'f64')]}}
  %0:2 = myia.unbox %b : (!myia.box<@node>) -> (f64, f64)
  return
}

// -----

func.func @no_type(%x: i64) {
  // expected-error @+1 {{requires a myia.type named @node}}
  %0 = myia.box %x : (i64) -> !myia.box<@node>
  return
}
