// RUN: %round-trip | FileCheck %s

// CHECK-LABEL: func.func @lists(
// CHECK-SAME:    %[[XS:.+]]: !myia.list<i64, f64>, %[[I:.+]]: i64, %[[X:.+]]: f64)
func.func @lists(%xs: !myia.list<i64, f64>, %i: i64, %x: f64) -> !myia.list<i64, f64> {
  // CHECK: %[[NEW:.+]] = myia.make_list 1(%[[I]], %[[X]]) : (i64, f64) -> !myia.list<i64, f64>
  %0 = myia.make_list 1(%i, %x) : (i64, f64) -> !myia.list<i64, f64>
  // CHECK: myia.make_list 0() : () -> !myia.list<>
  %1 = myia.make_list 0() : () -> !myia.list<>
  // CHECK: %[[COPY:.+]] = myia.list_copy %[[XS]] : <i64, f64>
  %2 = myia.list_copy %xs : !myia.list<i64, f64>
  // CHECK: %[[LENGTH:.+]] = myia.list_length %[[COPY]] : <i64, f64>
  %3 = myia.list_length %2 : !myia.list<i64, f64>
  // CHECK: %[[OLD:.+]]:2 = myia.list_get %[[COPY]][%[[LENGTH]]] : (!myia.list<i64, f64>) -> (i64, f64)
  %4:2 = myia.list_get %2[%3] : (!myia.list<i64, f64>) -> (i64, f64)
  // CHECK: %[[SET:.+]] = myia.list_set %[[COPY]][%[[I]]] = %[[OLD]]#0, %[[OLD]]#1 : <i64, f64>, i64, f64
  %5 = myia.list_set %2[%i] = %4#0, %4#1 : !myia.list<i64, f64>, i64, f64
  // CHECK: %[[LONGER:.+]] = myia.list_append %[[SET]], %[[I]], %[[X]] : <i64, f64>, i64, f64
  %6 = myia.list_append %5, %i, %x : !myia.list<i64, f64>, i64, f64
  // CHECK: %[[REST:.+]], %{{.+}}:2 = myia.list_pop %[[LONGER]] : (!myia.list<i64, f64>) -> (!myia.list<i64, f64>, i64, f64)
  %7, %8:2 = myia.list_pop %6 : (!myia.list<i64, f64>) -> (!myia.list<i64, f64>, i64, f64)
  // CHECK: myia.list_take %[[REST]][%[[I]]] : (!myia.list<i64, f64>) -> (!myia.list<i64, f64>, i64, f64)
  %9, %10:2 = myia.list_take %7[%i] : (!myia.list<i64, f64>) -> (!myia.list<i64, f64>, i64, f64)
  // CHECK: %{{.+}}, %[[RENEWED:.+]] = myia.list_renew %{{.+}} : <i64, f64> -> <f64, f64>
  %11, %12 = myia.list_renew %9 : !myia.list<i64, f64> -> !myia.list<f64, f64>
  // CHECK: %[[ALONE:.+]] = myia.unshared %[[NEW]] : !myia.list<i64, f64>
  %13 = myia.unshared %0 : !myia.list<i64, f64>
  // CHECK: return %[[ALONE]]
  return %13 : !myia.list<i64, f64>
}

// CHECK-LABEL: func.func @cotangents(
// CHECK-SAME:    %[[XS:.+]]: !myia.list<i64, tensor<?xf64>>, %[[D:.+]]: !myia.list<tensor<?xf64>>, %[[I:.+]]: i64, %[[N:.+]]: index)
func.func @cotangents(%xs: !myia.list<i64, tensor<?xf64>>, %d: !myia.list<tensor<?xf64>>, %i: i64, %n: index)
    -> !myia.list<tensor<?xf64>> {
  // CHECK: %[[P:.+]] = myia.list_part %[[D]][%[[I]]] sizes(%[[N]]) : (!myia.list<tensor<?xf64>>) -> tensor<?xf64>
  %0 = myia.list_part %d[%i] sizes(%n) : (!myia.list<tensor<?xf64>>) -> tensor<?xf64>
  // CHECK: %[[A:.+]] = myia.list_add %[[D]][%[[I]]] plus %[[P]] : <tensor<?xf64>>, tensor<?xf64>
  %1 = myia.list_add %d[%i] plus %0 : !myia.list<tensor<?xf64>>, tensor<?xf64>
  // CHECK: %[[C:.+]] = myia.list_clear %[[A]][%[[I]]] : <tensor<?xf64>>
  %2 = myia.list_clear %1[%i] : !myia.list<tensor<?xf64>>
  return %2 : !myia.list<tensor<?xf64>>
}

// CHECK-LABEL: func.func @surface(
// CHECK-SAME:    %[[A:.+]]: !myia.any, %[[B:.+]]: !myia.any)
func.func @surface(%a: !myia.any, %b: !myia.any) -> !myia.any {
  // CHECK: %[[XS:.+]] = myia.build_list(%[[A]], %[[B]])
  %xs = myia.build_list(%a, %b)
  // CHECK: %[[YS:.+]], %{{.+}} = myia.mutate %[[XS]] [] "append"(%[[A]]) seen_by none
  %ys, %0 = myia.mutate %xs [] "append"(%a) seen_by none
  // CHECK: %[[ZS:.+]], %{{.+}} = myia.mutate %[[YS]] ["[]", "items"] "="  add(%[[A]], %[[B]]) seen_by unknown
  %zs, %1 = myia.mutate %ys ["[]", "items"] "=" add (%a, %b) seen_by unknown
  // CHECK: myia.mutate %[[ZS]] [] "sort"(%[[A]]) keywords ["key"] seen_by witnesses(%[[B]])
  %seen, %3 = myia.mutate %zs [] "sort"(%a) keywords ["key"] seen_by witnesses(%b)
  // CHECK: myia.mutate %[[ZS]] [] "sort"(%[[A]]) keywords ["key"] seen_by others
  %us, %2 = myia.mutate %zs [] "sort"(%a) keywords ["key"] seen_by others
  return %us : !myia.any
}
