// RUN: myia-opt %s -myia-infer -split-input-file | filecheck %s

// The elements of a display that nothing has changed are known.

// CHECK-LABEL: func.func private @f.0
// CHECK: %[[ARRAY:.*]] = tensor.from_elements %{{.*}}, %{{.*}} : tensor<2xf64>
// CHECK: return %[[ARRAY]]
func.func private @f(%a: !myia.any, %b: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "a"}, {name = "b"}]} {
  %array = myia.constant #myia.prim<"numpy.array">
  %xs = myia.build_list(%a, %b)
  %x = myia.call %array(%xs)
  return %x : !myia.any
}
myia.instantiate @main = @f(f64, f64)

// -----

// One that was changed is not: its length is counted at run time.

// CHECK-LABEL: func.func private @f.0
// CHECK: myia.make_list 1
// CHECK: myia.list_append
// CHECK: myia.list_length
func.func private @f(%a: !myia.any) -> !myia.any attributes {myia.params = [{name = "a"}]} {
  %len = myia.constant #myia.prim<"builtins.len">
  %xs = myia.build_list(%a)
  %ys, %r = myia.mutate %xs [] "append"(%a) seen_by none
  %m = myia.call %len(%xs)
  %n = myia.call %len(%ys)
  %x = myia.build_tuple(%m, %n, %ys)
  return %x : !myia.any
}
myia.instantiate @main = @f(f64)
