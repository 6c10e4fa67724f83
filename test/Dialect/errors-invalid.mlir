// RUN: not myia-opt %s 2>&1 | FileCheck %s

// CHECK: requires a place {} in the message for each value [got 1 places and 2 values, at most 8]
func.func @places(%c: i1, %i: i64) {
  myia.raise_if %c, "IndexError"("index {}") of %i, %i
  return
}
