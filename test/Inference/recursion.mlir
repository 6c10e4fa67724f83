// RUN: myia-opt %s -myia-infer -split-input-file -verify-diagnostics | FileCheck %s

// The result of a recursive function is a fixpoint: int from one branch, float
// from the other.

func.func private @halves(%n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}]} {
  %zero = myia.constant 0 : i64
  %one = myia.constant 1 : i64
  %c = myia.binary le %n, %zero
  %t = myia.truth %c
  cf.cond_br %t, ^base, ^step
^base:
  return %zero : !myia.any
^step:
  %f = myia.constant @halves
  %m = myia.binary sub %n, %one
  %r = myia.call %f(%m)
  %half = myia.constant 0.5 : f64
  %s = myia.binary add %r, %half
  return %s : !myia.any
}
myia.instantiate @main = @halves(i64)

// CHECK-LABEL: func.func private @halves.0(%{{.*}}: i64) -> f64
// CHECK: %[[ZERO:.*]] = arith.constant 0.0
// CHECK: return %[[ZERO]] : f64
// CHECK: %[[R:.*]] = call @halves.0({{.*}}) : (i64) -> f64
// CHECK: arith.addf %[[R]]

// -----

// Without a base case there is no result.

func.func private @forever(%n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}]} {
  %f = myia.constant @forever
  %r = myia.call %f(%n)
  return %r : !myia.any
}
// expected-error @+1 {{[MYIA071] forever calls itself on every path and never returns}}
myia.instantiate @main = @forever(i64)

// -----

// Every path of the recursion ends in an exception: the calls are made.

func.func private @down(%n: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "n"}]} {
  %zero = myia.constant 0 : i64
  %done = myia.binary le %n, %zero
  %test = myia.truth %done
  cf.cond_br %test, ^raise, ^again
^raise:
  myia.raise "ValueError"("too low")
^again:
  %f = myia.constant @down
  %one = myia.constant 1 : i64
  %less = myia.binary sub %n, %one
  %r = myia.call %f(%less)
  return %r : !myia.any
}
myia.instantiate @raises = @down(i64)
// CHECK-LABEL: func.func private @down.0
// CHECK: myia.raise_if %{{.*}}, "ValueError"("too low")
// CHECK: call @down.0(
