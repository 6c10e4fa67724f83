// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @write(
// CHECK-SAME:    %[[X:.+]]: f64)
func.func @write(%x: f64) {
  // CHECK: myia.write "error" !myia.tuple<f64, !myia.static<"x">>(%[[X]]) : f64
  myia.write "error" !myia.tuple<f64, !myia.static<"x">>(%x) : f64
  // CHECK: myia.write "error" !myia.tuple<!myia.static<"x">>(){{$}}
  myia.write "error" !myia.tuple<!myia.static<"x">>()
  return
}
