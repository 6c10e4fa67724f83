// RUN: myia-opt %s -myia-scalarize | FileCheck %s

!pair = !myia.tuple<i64, !myia.tuple<f64, !myia.static<unit>>>

// CHECK-LABEL: func.func private @swap(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64) -> (f64, i64)
func.func private @swap(%t: !pair) -> !myia.tuple<f64, i64> {
  %n, %inner = myia.unpack %t : (!pair) -> (i64, !myia.tuple<f64, !myia.static<unit>>)
  %x, %none = myia.unpack %inner : (!myia.tuple<f64, !myia.static<unit>>) -> (f64, !myia.static<unit>)
  %s = myia.pack %x, %n : (f64, i64) -> !myia.tuple<f64, i64>
  // CHECK-NEXT: return %[[X]], %[[N]]
  return %s : !myia.tuple<f64, i64>
}

// CHECK-LABEL: func.func private @calls(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f64)
func.func private @calls(%t: !pair) -> !myia.tuple<f64, i64> {
  // CHECK: call @swap(%[[N]], %[[X]]) : (i64, f64) -> (f64, i64)
  %0 = call @swap(%t) : (!pair) -> !myia.tuple<f64, i64>
  return %0 : !myia.tuple<f64, i64>
}

// CHECK-LABEL: func.func private @branches(
// CHECK-SAME:    %[[C:.+]]: i1, %[[N:.+]]: i64, %[[X:.+]]: f64)
func.func private @branches(%c: i1, %t: !pair) -> !pair {
  // CHECK: cf.cond_br %[[C]], ^[[A:.+]](%[[N]], %[[X]] : i64, f64), ^[[B:.+]]
  cf.cond_br %c, ^a(%t : !pair), ^b
^b:
  // CHECK: %[[PN:.+]] = ub.poison : i64
  // CHECK: %[[PX:.+]] = ub.poison : f64
  %poison = ub.poison : !pair
  // CHECK: %[[SN:.+]] = arith.select %[[C]], %[[PN]], %[[N]] : i64
  // CHECK: %[[SX:.+]] = arith.select %[[C]], %[[PX]], %[[X]] : f64
  %s = arith.select %c, %poison, %t : !pair
  // CHECK: cf.br ^[[A]](%[[SN]], %[[SX]] : i64, f64)
  cf.br ^a(%s : !pair)
^a(%r: !pair):
  return %r : !pair
}

// CHECK-LABEL: func.func private @structured(
func.func private @structured(%c: i1, %t: !pair) -> !pair {
  // CHECK: scf.if %{{.+}} -> (i64, f64)
  %r = scf.if %c -> !pair {
    scf.yield %t : !pair
  } else {
    %u = scf.while (%v = %t) : (!pair) -> !pair {
      // CHECK: scf.condition(%{{.+}}) %{{.+}}, %{{.+}} : i64, f64
      scf.condition(%c) %v : !pair
    } do {
    ^bb0(%v: !pair):
      scf.yield %v : !pair
    }
    scf.yield %u : !pair
  }
  return %r : !pair
}
