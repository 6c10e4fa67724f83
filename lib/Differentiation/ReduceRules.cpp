//===- ReduceRules.cpp - Derivatives of reductions -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum hands its cotangent to every element; ties of an extremum share it
// equally; a product hands each element the product of the others, which is
// right for zeros too.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "myia/Support/Errors.h"

using namespace mlir;
using namespace mlir::myia;

/// `value`, of the reduction's result type, for every element of the operand.
static Value expand(Adjoint &adjoint, ReduceOp op, Value value) {
  RankedTensorType type = op.getOperand().getType();
  if (!isa<RankedTensorType>(value.getType()))
    return createSplat(adjoint.builder, adjoint.loc, value, op.getOperand());
  OpBuilder &builder = adjoint.builder;
  SmallVector<int64_t> kept(type.getShape());
  for (int64_t axis : op.getAxes())
    kept[axis] = 1;
  value = ReshapeOp::create(builder, adjoint.loc,
                            RankedTensorType::get(kept, type.getElementType()),
                            value, getPrimalSizes(adjoint.loc, op.getResult()));
  return BroadcastOp::create(builder, adjoint.loc, type, value,
                             getPrimalSizes(adjoint.loc, op.getOperand()));
}

static void differentiateExtremum(Adjoint &adjoint, ReduceOp op) {
  OpBuilder &builder = adjoint.builder;
  Location loc = adjoint.loc;
  Value chosen = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ,
                                       op.getOperand(),
                                       expand(adjoint, op, op.getResult()));
  // The extremum of what holds NaN is NaN, and comes from there.
  Value unordered =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO,
                            op.getOperand(), op.getOperand());
  chosen = arith::OrIOp::create(builder, loc, chosen, unordered);
  Value zero = createConstant(builder, loc, 0.0, op.getOperand());
  Value one = createConstant(builder, loc, 1.0, op.getOperand());
  Value ones = arith::SelectOp::create(builder, loc, chosen, one, zero);
  Value ties = ReduceOp::create(builder, loc, op.getResult().getType(),
                                ReduceKind::sum, ones, op.getAxes());
  Value share = arith::DivFOp::create(builder, loc, adjoint.cotangent(), ties);
  adjoint.add(0, arith::SelectOp::create(builder, loc, chosen,
                                         expand(adjoint, op, share), zero));
}

/// The products of all elements of each row of `matrix` but one: a sweep up
/// multiplies what is before an element, a sweep down what is after it.
static Value createExclusiveProducts(OpBuilder &builder, Location loc,
                                     Value matrix) {
  auto type = cast<RankedTensorType>(matrix.getType());
  int64_t rows = type.getDimSize(0), columns = type.getDimSize(1);
  auto columnType = RankedTensorType::get({rows, 1}, type.getElementType());
  Value ones = createConstant(builder, loc, 1.0, matrix);
  Value none = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(columnType,
                             builder.getFloatAttr(type.getElementType(), 1.0)));
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value count = arith::ConstantIndexOp::create(builder, loc, columns);
  Value last = arith::ConstantIndexOp::create(builder, loc, columns - 1);

  SmallVector<OpFoldResult> sizes = {builder.getIndexAttr(rows),
                                     builder.getIndexAttr(1)};
  SmallVector<OpFoldResult> strides(2, builder.getIndexAttr(1));
  auto column = [&](OpBuilder &b, Value array, Value k) -> Value {
    SmallVector<OpFoldResult> offsets = {b.getIndexAttr(0), k};
    return tensor::ExtractSliceOp::create(b, loc, columnType, array, offsets,
                                          sizes, strides);
  };
  auto sweep = [&](Value products, bool down) -> Value {
    auto loop = scf::ForOp::create(
        builder, loc, zero, count, one, ValueRange{products, none},
        [&](OpBuilder &b, Location, Value k, ValueRange carried) {
          if (down)
            k = arith::SubIOp::create(b, loc, last, k);
          Value seen = arith::MulFOp::create(b, loc, column(b, carried[0], k),
                                             carried[1]);
          SmallVector<OpFoldResult> offsets = {b.getIndexAttr(0), k};
          Value updated = tensor::InsertSliceOp::create(
              b, loc, seen, carried[0], offsets, sizes, strides);
          Value running =
              arith::MulFOp::create(b, loc, carried[1], column(b, matrix, k));
          scf::YieldOp::create(b, loc, ValueRange{updated, running});
        });
    return loop.getResult(0);
  };
  return sweep(sweep(ones, /*down=*/false), /*down=*/true);
}

/// Brings the reduced axes to the end and makes a matrix, one row per result.
static LogicalResult differentiateProduct(Adjoint &adjoint, ReduceOp op) {
  OpBuilder &builder = adjoint.builder;
  Location loc = adjoint.loc;
  RankedTensorType type = op.getOperand().getType();
  if (!type.hasStaticShape())
    return myia::emitError(op.getLoc(), 60)
           << "the derivative of a product needs to know the shape of " << type;
  SmallVector<int64_t> permutation, shape;
  for (int64_t axis = 0; axis < type.getRank(); ++axis)
    if (!llvm::is_contained(op.getAxes(), axis))
      permutation.push_back(axis);
  llvm::append_range(permutation, op.getAxes());
  SmallVector<int64_t> inverse(permutation.size());
  int64_t columns = 1;
  for (auto [i, axis] : llvm::enumerate(permutation)) {
    inverse[axis] = i;
    shape.push_back(type.getDimSize(axis));
  }
  for (int64_t axis : op.getAxes())
    columns *= type.getDimSize(axis);
  if (type.getNumElements() == 0)
    return success();

  Type element = type.getElementType();
  auto moved = RankedTensorType::get(shape, element);
  auto matrix = RankedTensorType::get(
      {type.getNumElements() / columns, columns}, element);
  Value rows =
      TransposeOp::create(builder, loc, moved, op.getOperand(), permutation);
  rows = ReshapeOp::create(builder, loc, matrix, rows);
  Value others = createExclusiveProducts(builder, loc, rows);
  others = ReshapeOp::create(builder, loc, moved, others);
  others = TransposeOp::create(builder, loc, type, others, inverse);
  adjoint.add(0, arith::MulFOp::create(builder, loc,
                                       expand(adjoint, op, adjoint.cotangent()),
                                       others));
  return success();
}

LogicalResult myia::differentiateReduce(Adjoint &adjoint) {
  auto op = cast<ReduceOp>(adjoint.op);
  switch (op.getKind()) {
  case ReduceKind::sum:
    adjoint.add(0, expand(adjoint, op, adjoint.cotangent()));
    return success();
  case ReduceKind::max:
  case ReduceKind::min:
    differentiateExtremum(adjoint, op);
    return success();
  case ReduceKind::prod:
    return differentiateProduct(adjoint, op);
  default:
    return success();
  }
}
