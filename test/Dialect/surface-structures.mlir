// RUN: %round-trip | FileCheck %s

// Attributes, items, tuples, slices, iteration.

// CHECK-LABEL: func.func private @items(
// CHECK-SAME:    %[[XS:.+]]: !myia.any, %[[I:.+]]: !myia.any, %[[V:.+]]: !myia.any)
func.func private @items(%xs: !myia.any, %i: !myia.any, %v: !myia.any) -> !myia.any {
  // CHECK: myia.getattr %[[XS]] "weights"
  %0 = myia.getattr %xs "weights"
  // CHECK: myia.build_slice %[[I]], %[[V]], %[[I]]
  %1 = myia.build_slice %i, %v, %i
  // CHECK: myia.build_tuple(%[[I]], %[[V]])
  %2 = myia.build_tuple(%i, %v)
  // CHECK: myia.build_tuple()
  %3 = myia.build_tuple()
  // CHECK: myia.getitem %[[XS]][%[[I]]]
  %4 = myia.getitem %xs[%i]
  // CHECK: myia.setitem %[[XS]][%[[I]]] = %[[V]] seen_by none
  %5 = myia.setitem %xs[%i] = %v seen_by none
  // CHECK: myia.setitem %[[XS]][%[[I]]] = %[[V]] seen_by witnesses(%[[I]], %[[V]])
  %seen = myia.setitem %xs[%i] = %v seen_by witnesses(%i, %v)
  // CHECK: %[[DICT:.+]] = myia.build_dict(%[[I]], %[[V]])
  %dict = myia.build_dict(%i, %v)
  // CHECK: myia.build_dict(%[[DICT]], %[[I]], %[[V]], %[[XS]]) unpacked [0, 3]
  %dicts = myia.build_dict(%dict, %i, %v, %xs) unpacked [0, 3]
  // CHECK: myia.setattr %[[XS]] "x" = %[[V]] seen_by witnesses
  %plain = myia.setattr %xs "x" = %v seen_by witnesses
  // CHECK: myia.setattr %[[XS]] "x" = %[[V]] seen_by witnesses(%[[I]], %[[V]]) forced
  %all = myia.setattr %xs "x" = %v seen_by witnesses(%i, %v) forced
  // CHECK: %{{.+}}:2 = myia.unpack_sequence %[[XS]] : 2
  %6:2 = myia.unpack_sequence %xs : 2
  // CHECK: %{{.+}}:2 = myia.unpack_sequence %[[XS]] : 2 {starred = 1 : i64}
  %star:2 = myia.unpack_sequence %xs : 2 {starred = 1 : i64}
  return %5 : !myia.any
}

// CHECK-LABEL: func.func private @iteration(
// CHECK-SAME:    %[[XS:.+]]: !myia.any)
func.func private @iteration(%xs: !myia.any) -> !myia.any {
  // CHECK: %[[ITERATOR:.+]] = myia.iter %[[XS]]
  %it = myia.iter %xs
  // CHECK: myia.has_next %[[ITERATOR]]
  %more = myia.has_next %it
  // CHECK: %[[ELEMENT:.+]], %{{.+}} = myia.next %[[ITERATOR]]
  %x, %rest = myia.next %it
  // CHECK: return %[[ELEMENT]]
  return %x : !myia.any
}
