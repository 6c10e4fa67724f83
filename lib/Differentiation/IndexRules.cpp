//===- IndexRules.cpp - Derivatives of indexing by arrays -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A gather and an adding scatter are each other's adjoints.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

LogicalResult myia::differentiateReverse(Adjoint &adjoint) {
  auto op = cast<ReverseOp>(adjoint.op);
  adjoint.add(0, ReverseOp::create(adjoint.builder, adjoint.loc, op.getType(),
                                   adjoint.cotangent(), op.getAxes()));
  return success();
}

/// Adds the rows into what is known of the array's cotangent.
LogicalResult myia::differentiateGather(Adjoint &adjoint) {
  auto op = cast<GatherOp>(adjoint.op);
  OpBuilder &builder = adjoint.builder;
  Value rows = adjoint.cotangent();
  Value array = adjoint.cotangents.get(builder, adjoint.loc, op.getOperand());
  adjoint.cotangents.set(op.getOperand(),
                         ScatterOp::create(builder, adjoint.loc,
                                           array.getType(), ScatterKind::add,
                                           rows, array, op.getIndices()));
  return success();
}

/// Which rows of the updates stay in the result of a scatter, as an array of
/// conditions of the shape of the updates: the last of those with one index.
static Value createLastWrites(Adjoint &adjoint, ScatterOp op) {
  OpBuilder &builder = adjoint.builder;
  Location loc = adjoint.loc;
  RankedTensorType indices = op.getIndices().getType();
  Type i64 = builder.getI64Type();
  SmallVector<Value> sizes = getPrimalSizes(loc, op.getIndices());
  int64_t known = 1;
  for (int64_t size : indices.getShape())
    known *= ShapedType::isDynamic(size) ? 1 : size;
  Value count = arith::ConstantIndexOp::create(builder, loc, known);
  for (Value size : sizes)
    count = arith::MulIOp::create(builder, loc, count, size);
  bool isKnown = sizes.empty();
  auto flat =
      RankedTensorType::get({isKnown ? known : ShapedType::kDynamic}, i64);
  Value numbers = IotaOp::create(builder, loc, flat,
                                 isKnown ? ValueRange() : ValueRange(count));
  numbers = ReshapeOp::create(builder, loc, indices, numbers, sizes);
  int64_t rows = op.getType().getDimSize(0);
  auto rowType = RankedTensorType::get({rows}, i64);
  SmallVector<Value> rowSizes;
  if (ShapedType::isDynamic(rows))
    rowSizes.push_back(getPrimalSizes(loc, op.getDestination()).front());
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(0));
  Value writers = SplatOp::create(builder, loc, rowType, zero, rowSizes);
  writers = ScatterOp::create(builder, loc, rowType, ScatterKind::set, numbers,
                              writers, op.getIndices());
  Value last =
      GatherOp::create(builder, loc, indices, writers, op.getIndices());
  Value stays = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                      last, numbers);
  RankedTensorType updates = op.getUpdates().getType();
  SmallVector<int64_t> shape(indices.getShape());
  shape.resize(updates.getRank(), 1);
  stays = ReshapeOp::create(builder, loc,
                            RankedTensorType::get(shape, builder.getI1Type()),
                            stays, sizes);
  return BroadcastOp::create(builder, loc, updates.clone(builder.getI1Type()),
                             stays, getPrimalSizes(loc, op.getUpdates()));
}

LogicalResult myia::differentiateScatter(Adjoint &adjoint) {
  auto op = cast<ScatterOp>(adjoint.op);
  OpBuilder &builder = adjoint.builder;
  Location loc = adjoint.loc;
  Value ct = adjoint.cotangent();
  bool isSet = op.getKind() == ScatterKind::set;
  if (adjoint.wants(0)) {
    Value rows = GatherOp::create(builder, loc, op.getUpdates().getType(), ct,
                                  op.getIndices());
    if (isSet)
      rows = arith::SelectOp::create(
          builder, loc, createLastWrites(adjoint, op), rows,
          createConstant(builder, loc, 0.0, op.getUpdates()));
    adjoint.add(0, rows);
  }
  if (adjoint.wants(1)) {
    if (isSet) {
      Value zero = createConstant(builder, loc, 0.0, op.getUpdates());
      ct = ScatterOp::create(builder, loc, ct.getType(), ScatterKind::set, zero,
                             ct, op.getIndices());
    }
    adjoint.add(1, ct);
  }
  return success();
}
