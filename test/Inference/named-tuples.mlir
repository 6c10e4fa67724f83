// RUN: myia-opt %s -myia-infer | FileCheck %s

// An instance of a class that is a tuple is unpacked and indexed as one.

myia.class @P fields ["x", "y"] {myia.tuple}

func.func private @f(%p: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "p"}]} {
  %x, %y = myia.unpack_sequence %p : 2
  %one = myia.constant 1 : i64
  %second = myia.getitem %p[%one]
  %t = myia.build_tuple(%x, %second)
  %same = myia.binary eq %p, %t
  %class = myia.constant @P
  %q = myia.call %class(%y, %same)
  return %q : !myia.any
}
myia.instantiate @main = @f(!myia.record<@P ["x", "y"] of f64, i64>)

// CHECK: func.func @main({{.*}}) -> !myia.record<@P ["x", "y"] of i64, i1>
