// RUN: myia-opt %s -myia-infer | FileCheck %s

// What is known folds into the literal parts; a value stays one.

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  %text = myia.constant #myia.prim<"myia.text">
  %field = myia.constant #myia.prim<"myia.field">
  %plain = myia.constant ""
  %n = myia.constant 3 : i64
  %n_text = myia.call %field(%n, %plain, %plain)
  %spec = myia.constant ".3f"
  %x_text = myia.call %field(%x, %plain, %spec)
  %before = myia.constant "n = "
  %between = myia.constant ", x = "
  %all = myia.call %text(%before, %n_text, %between, %x_text)
  return %all : !myia.any
}
myia.instantiate @main = @f(f64)

// CHECK: !myia.iterator<"text" of !myia.static<"n = 3, x = ">, !myia.iterator<"field" of !myia.static<"">, !myia.static<".3f">, f64>>
