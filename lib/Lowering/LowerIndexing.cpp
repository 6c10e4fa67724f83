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
  rewriter.replaceOp(op, createRead(rewriter, op.getLoc(), op.getType(), {},
                                    op.getOperand(), look));
  return success();
}

static Value reshape(OpBuilder &builder, Value value, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType()).clone(shape);
  return builder.createOrFold<ReshapeOp>(value.getLoc(), type, value);
}

/// One loop over the rows, one over their elements.
static LogicalResult lowerScatter(ScatterOp op, PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  int64_t count = op.getIndices().getType().getNumElements();
  int64_t rows = type.getDimSize(0);
  if (count == 0 || type.getNumElements() == 0) {
    rewriter.replaceOp(op, op.getDestination());
    return success();
  }
  int64_t width = type.getNumElements() / rows;
  Value updates = reshape(rewriter, op.getUpdates(), {count, width});
  Value indices = reshape(rewriter, op.getIndices(), {count});
  Value array = reshape(rewriter, op.getDestination(), {rows, width});
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value one = arith::ConstantIndexOp::create(rewriter, loc, 1);
  Value rowCount = arith::ConstantIndexOp::create(rewriter, loc, count);
  Value columnCount = arith::ConstantIndexOp::create(rewriter, loc, width);
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
        if (width == 1) {
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
  rewriter.replaceOp(op,
                     reshape(rewriter, overRows.getResult(0), type.getShape()));
  return success();
}

void myia::populateIndexingPatterns(RewritePatternSet &patterns) {
  patterns.add(lowerReverse);
  patterns.add(lowerGather);
  patterns.add(lowerScatter);
}
