//===- LowerIndexing.cpp - Indexing by arrays as loops -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The patterns of -myia-lower-arrays for reversal, gather and scatter. What
// only moves elements reads them in the body of a linalg op, so that it fuses
// with its users; a scatter writes in order and is a loop.
//
//===----------------------------------------------------------------------===//

#include "LowerIndexing.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

/// The elements of a result, each read where `position` says from the indices
/// of the loops.
static Value
createRead(OpBuilder &builder, Location loc, RankedTensorType type,
           ValueRange sizes, Value source,
           function_ref<SmallVector<Value>(OpBuilder &, Location, ValueRange)>
               position) {
  Value init = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                       type.getElementType(), sizes);
  SmallVector<utils::IteratorType> loops(type.getRank(),
                                         utils::IteratorType::parallel);
  auto body = [&](OpBuilder &b, Location loc, ValueRange) {
    SmallVector<Value> indices;
    for (int64_t i = 0; i < type.getRank(); ++i)
      indices.push_back(linalg::IndexOp::create(b, loc, i));
    Value element =
        tensor::ExtractOp::create(b, loc, source, position(b, loc, indices));
    linalg::YieldOp::create(b, loc, element);
  };
  return linalg::GenericOp::create(
             builder, loc, type, ValueRange(), init,
             builder.getMultiDimIdentityMap(type.getRank()), loops, body)
      .getResult(0);
}

static LogicalResult lowerReverse(ReverseOp op, PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  Value one = arith::ConstantIndexOp::create(rewriter, loc, 1);
  SmallVector<Value> last(op.getType().getRank());
  for (int64_t axis : op.getAxes()) {
    Value size = getValueOrCreateConstantIndexOp(
        rewriter, loc, getSize(rewriter, loc, op.getOperand(), axis));
    last[axis] = rewriter.createOrFold<arith::SubIOp>(loc, size, one);
  }
  auto mirror = [&](OpBuilder &b, Location loc, ValueRange indices) {
    SmallVector<Value> mirrored(indices);
    for (int64_t axis : op.getAxes()) {
      mirrored[axis] = arith::SubIOp::create(b, loc, last[axis], indices[axis]);
    }
    return mirrored;
  };
  rewriter.replaceOp(op,
                     createRead(rewriter, loc, op.getType(),
                                getUnknownSizes(rewriter, loc, op.getOperand()),
                                op.getOperand(), mirror));
  return success();
}

static LogicalResult lowerGather(GatherOp op, PatternRewriter &rewriter) {
  int64_t rank = op.getIndices().getType().getRank();
  auto look = [&](OpBuilder &b, Location loc, ValueRange indices) {
    Value row = tensor::ExtractOp::create(b, loc, op.getIndices(),
                                          indices.take_front(rank));
    SmallVector<Value> position{
        arith::IndexCastOp::create(b, loc, b.getIndexType(), row)};
    llvm::append_range(position, indices.drop_front(rank));
    return position;
  };
  rewriter.replaceOp(
      op, createRead(rewriter, op.getLoc(), op.getType(),
                     getUnknownSizes(rewriter, op.getLoc(), op.getResult()),
                     op.getOperand(), look));
  return success();
}

/// The number of elements along some axes.
static Value countAlong(OpBuilder &builder, Value array, int64_t first,
                        int64_t last) {
  Location loc = array.getLoc();
  Value count = arith::ConstantIndexOp::create(builder, loc, 1);
  for (int64_t axis = first; axis < last; ++axis) {
    Value size = getValueOrCreateConstantIndexOp(
        builder, loc, getSize(builder, loc, array, axis));
    count = builder.createOrFold<arith::MulIOp>(loc, count, size);
  }
  return count;
}

static Value reshape(OpBuilder &builder, Value value, ArrayRef<Value> sizes) {
  SmallVector<int64_t> shape;
  SmallVector<Value> unknown;
  for (Value size : sizes) {
    std::optional<int64_t> known = getConstantIntValue(size);
    shape.push_back(known.value_or(ShapedType::kDynamic));
    if (!known)
      unknown.push_back(size);
  }
  auto type = cast<RankedTensorType>(value.getType()).clone(shape);
  return builder.createOrFold<ReshapeOp>(value.getLoc(), type, value, unknown);
}

/// One loop over the rows, one over their elements.
static LogicalResult lowerScatter(ScatterOp op, PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  int64_t rank = op.getIndices().getType().getRank();
  Value rowCount = countAlong(rewriter, op.getIndices(), 0, rank);
  Value rows = countAlong(rewriter, op.getDestination(), 0, 1);
  Value columnCount =
      countAlong(rewriter, op.getDestination(), 1, type.getRank());
  auto isZero = [](Value count) { return getConstantIntValue(count) == 0; };
  if (isZero(rowCount) || isZero(rows) || isZero(columnCount)) {
    rewriter.replaceOp(op, op.getDestination());
    return success();
  }
  bool isSingle = getConstantIntValue(columnCount) == 1;
  Value updates = reshape(rewriter, op.getUpdates(), {rowCount, columnCount});
  Value indices = reshape(rewriter, op.getIndices(), {rowCount});
  Value array = reshape(rewriter, op.getDestination(), {rows, columnCount});
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value one = arith::ConstantIndexOp::create(rewriter, loc, 1);
  auto write = [&](OpBuilder &b, Value array, Value from, Value row,
                   Value column) -> Value {
    Value value =
        tensor::ExtractOp::create(b, loc, updates, ValueRange{from, column});
    if (op.getKind() == ScatterKind::add) {
      Value old =
          tensor::ExtractOp::create(b, loc, array, ValueRange{row, column});
      value = isa<FloatType>(value.getType())
                  ? arith::AddFOp::create(b, loc, old, value).getResult()
                  : arith::AddIOp::create(b, loc, old, value).getResult();
    }
    return tensor::InsertOp::create(b, loc, value, array,
                                    ValueRange{row, column});
  };
  auto overRows = scf::ForOp::create(
      rewriter, loc, zero, rowCount, one, array,
      [&](OpBuilder &b, Location, Value from, ValueRange carried) {
        Value row = arith::IndexCastOp::create(
            b, loc, b.getIndexType(),
            tensor::ExtractOp::create(b, loc, indices, from));
        if (isSingle) {
          scf::YieldOp::create(b, loc, write(b, carried[0], from, row, zero));
          return;
        }
        auto overColumns = scf::ForOp::create(
            b, loc, zero, columnCount, one, carried,
            [&](OpBuilder &b, Location, Value column, ValueRange carried) {
              scf::YieldOp::create(b, loc,
                                   write(b, carried[0], from, row, column));
            });
        scf::YieldOp::create(b, loc, overColumns.getResults());
      });
  Value result = rewriter.createOrFold<ReshapeOp>(
      loc, type, overRows.getResult(0),
      getUnknownSizes(rewriter, loc, op.getDestination()));
  rewriter.replaceOp(op, result);
  return success();
}

void myia::populateIndexingPatterns(RewritePatternSet &patterns) {
  patterns.add(lowerReverse);
  patterns.add(lowerGather);
  patterns.add(lowerScatter);
}
