// RUN: myia-opt %s -myia-infer | FileCheck %s

// An empty list takes the type of what is appended; a number that meets another
// kind is promoted, and the list with it.

func.func private @f(%x: !myia.any, %y: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}, {name = "y"}]} {
  %0 = myia.build_list()
  %1, %none = myia.mutate %0 [] "append"(%x) seen_by none
  %2, %none2 = myia.mutate %1 [] "append"(%y) seen_by none
  return %2 : !myia.any
}
myia.instantiate @main = @f(i64, f64)

// CHECK-LABEL: func.func private @f.0
// CHECK: myia.list_append %{{.*}} : <i64>, i64
// CHECK: %[[OLD:.*]], %[[NEW:.*]] = myia.list_renew %{{.*}} : <i64> -> <f64>
// CHECK: %[[LOOP:.*]]:2 = scf.for
// CHECK: arith.sitofp
// CHECK: myia.list_append %[[LOOP]]#1, %{{.*}} : <f64>, f64

// A part of a list is taken out, checked, changed and put back.

func.func private @g(%i: !myia.any) -> !myia.any attributes {myia.params = [{name = "i"}]} {
  %row = myia.build_list(%i)
  %grid = myia.build_list(%row)
  %changed, %none = myia.mutate %grid ["[]"] "[]="(%i, %i, %i) seen_by none
  return %changed : !myia.any
}
myia.instantiate @nested = @g(i64)

// CHECK-LABEL: func.func private @g.1
// CHECK: myia.raise_if %{{.*}}, "IndexError"("list index out of range")
// CHECK: %[[REST:.*]], %[[ROW:.*]] = myia.list_take
// CHECK: %[[ALONE:.*]] = myia.unshared %[[ROW]]
// CHECK: myia.raise_if %{{.*}}, "IndexError"("list assignment index out of range")
// CHECK: %[[SET:.*]] = myia.list_set %[[ALONE]]
// CHECK: myia.list_set %[[REST]][%{{.*}}] = %[[SET]]
