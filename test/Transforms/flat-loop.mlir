// RUN: myia-opt %s -myia-to-flat | FileCheck %s

// A loop over a range, as inference writes it, is an scf.for over i64.

!range = !myia.iterator<"range" of i64, i64>

// CHECK-LABEL: func.func @total(
// CHECK-SAME:    %[[N:.+]]: i64, %[[X:.+]]: f32) -> f32
func.func @total(%n: i64, %x: tensor<f32>) -> tensor<f32>
    attributes {myia.entry} {
  // CHECK: scf.for %{{.+}} = %{{.+}} to %[[N]] step %{{.+}} iter_args(%[[A:.+]] = %[[X]]) -> (f32) : i64 {
  // CHECK-NEXT: arith.addf %[[A]], %[[X]] : f32
  // CHECK-NEXT: scf.yield
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %it0 = myia.pack %c0, %n : (i64, i64) -> !range
  cf.br ^header(%it0, %x, %x : !range, tensor<f32>, tensor<f32>)
^header(%it: !range, %a: tensor<f32>, %y: tensor<f32>):
  %i, %m = myia.unpack %it : (!range) -> (i64, i64)
  %more = arith.cmpi slt, %i, %m : i64
  cf.cond_br %more, ^body, ^exit
^body:
  %i2 = arith.addi %i, %c1 : i64
  %it2 = myia.pack %i2, %m : (i64, i64) -> !range
  %b = arith.addf %a, %y : tensor<f32>
  cf.br ^header(%it2, %b, %y : !range, tensor<f32>, tensor<f32>)
^exit:
  return %a : tensor<f32>
}
