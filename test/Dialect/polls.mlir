// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @poll(
func.func @poll(%c: i1) {
  scf.while : () -> () {
    scf.condition(%c)
  } do {
    // CHECK: myia.poll
    myia.poll
    scf.yield
  }
  return
}
