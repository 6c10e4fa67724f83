// RUN: myia-opt %s -myia-optimize | FileCheck %s

// Neither removed, nor merged, nor moved out of the loop; the loop stays for it.

// CHECK-LABEL: func.func @loop(
// CHECK-SAME:    %[[X:.+]]: f64)
func.func @loop(%x: f64) attributes {myia.entry} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  // CHECK: myia.write "print" !myia.tuple<f64>(%[[X]])
  // CHECK: myia.write "print" !myia.tuple<f64>(%[[X]])
  myia.write "print" !myia.tuple<f64>(%x) : f64
  myia.write "print" !myia.tuple<f64>(%x) : f64
  // CHECK: scf.for
  // CHECK-NEXT: myia.write "print" !myia.tuple<f64>(%[[X]])
  scf.for %i = %c0 to %c9 step %c1 {
    myia.write "print" !myia.tuple<f64>(%x) : f64
  }
  return
}
