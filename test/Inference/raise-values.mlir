// RUN: myia-opt %s -myia-infer | FileCheck %s

// The arguments of an exception go to Python before it is raised.

func.func private @f(%x: !myia.any) -> !myia.any
    attributes {myia.params = [{name = "x"}]} {
  // CHECK: %[[T:.+]] = myia.pack %{{.+}} : (f64) -> !myia.tuple<f64>
  // CHECK: myia.write "error" !myia.tuple<f64>(%[[T]])
  // CHECK: myia.raise_if %{{.+}}, "ValueError"("")
  myia.raise "ValueError"("") with %x
}
myia.instantiate @main = @f(f64)
