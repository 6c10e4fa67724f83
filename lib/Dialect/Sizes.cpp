//===- Sizes.cpp - Sizes that are known at run time -----------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where an array has its sizes from: through the operations that keep a
// dimension, back to the one that made it. So equal sizes are one value, and
// nothing has to be asked about an array that need not exist.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "myia/Dialect/Myia.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::myia;

namespace {
/// A dimension of an array, and its size where that is at hand.
struct Dimension {
  Value array;
  int64_t axis;
  OpFoldResult size = {};
};
} // namespace

/// The operand axis that becomes `axis` of a reduction over `axes`.
static int64_t keptAxis(ArrayRef<int64_t> axes, int64_t axis) {
  for (int64_t reduced : axes)
    axis += reduced <= axis;
  return axis;
}

/// The dimension that `found`, of the result of an operation, is; nothing when
/// only the array itself knows.
static std::optional<Dimension> findSource(Dimension found) {
  Operation *op = found.array.getDefiningOp();
  if (!op)
    return std::nullopt;
  int64_t axis = found.axis;
  using Source = std::optional<Dimension>;
  auto given = [&](ValueRange sizes) -> Source {
    auto type = cast<RankedTensorType>(found.array.getType());
    return Dimension{{}, 0, sizes[type.getDynamicDimIndex(axis)]};
  };
  auto same = [&](Value operand) -> Source { return Dimension{operand, axis}; };
  auto sameAs = [&](Value operand, int64_t axis) -> Source {
    return Dimension{operand, axis};
  };
  return TypeSwitch<Operation *, Source>(op)
      .Case<SplatOp, BroadcastOp, ReshapeOp, IotaOp>(
          [&](auto op) { return given(op.getSizes()); })
      .Case<tensor::EmptyOp, tensor::SplatOp>(
          [&](auto op) { return given(op.getDynamicSizes()); })
      .Case<tensor::ExtractSliceOp>([&](auto op) -> Source {
        if (op.getDroppedDims().any())
          return std::nullopt;
        return Dimension{{}, 0, op.getMixedSizes()[axis]};
      })
      .Case<tensor::CastOp>([&](auto op) { return same(op.getSource()); })
      .Case<TransposeOp>([&](TransposeOp op) {
        return sameAs(op.getOperand(), op.getPermutation()[axis]);
      })
      .Case<ReduceOp>([&](ReduceOp op) {
        return sameAs(op.getOperand(), keptAxis(op.getAxes(), axis));
      })
      .Case<ArgReduceOp>([&](ArgReduceOp op) {
        return sameAs(op.getOperand(), keptAxis((int64_t)op.getAxis(), axis));
      })
      .Case<MatmulOp>([&](MatmulOp op) {
        return axis == 0 ? sameAs(op.getLhs(), op.getTransposeLhs())
                         : sameAs(op.getRhs(), !op.getTransposeRhs());
      })
      .Case<GatherOp>([&](GatherOp op) {
        int64_t rank = op.getIndices().getType().getRank();
        return axis < rank ? sameAs(op.getIndices(), axis)
                           : sameAs(op.getOperand(), axis - rank + 1);
      })
      .Case<ScatterOp>([&](ScatterOp op) { return same(op.getDestination()); })
      .Case<AccumulateOp>([&](AccumulateOp op) { return same(op.getLhs()); })
      .Case<StopGradientOp>(
          [&](StopGradientOp op) { return same(op.getOperand()); })
      .Case<tensor::InsertOp, tensor::InsertSliceOp>(
          [&](auto op) { return same(op.getDest()); })
      .Case<DestinationStyleOpInterface>([&](DestinationStyleOpInterface op) {
        return same(op.getTiedOpOperand(cast<OpResult>(found.array))->get());
      })
      .Default([&](Operation *op) -> Source {
        if (!OpTrait::hasElementwiseMappableTraits(op))
          return std::nullopt;
        for (Value operand : op->getOperands())
          if (isa<RankedTensorType>(operand.getType()))
            return same(operand);
        return std::nullopt;
      });
}

/// The dimension, as far back as it goes, and its size if that is at hand.
static Dimension trace(Builder &builder, Dimension dimension) {
  while (true) {
    auto type = cast<RankedTensorType>(dimension.array.getType());
    if (!type.isDynamicDim(dimension.axis)) {
      dimension.size = builder.getIndexAttr(type.getDimSize(dimension.axis));
      return dimension;
    }
    std::optional<Dimension> source = findSource(dimension);
    if (!source)
      return dimension;
    dimension = *source;
    if (dimension.size)
      return dimension;
  }
}

OpFoldResult myia::getSize(OpBuilder &builder, Location loc, Value array,
                           int64_t axis) {
  Dimension found = trace(builder, {array, axis});
  if (found.size)
    return found.size;
  return tensor::DimOp::create(builder, loc, found.array, found.axis)
      .getResult();
}

SmallVector<Value> myia::getUnknownSizes(OpBuilder &builder, Location loc,
                                         Value array) {
  SmallVector<Value> sizes;
  auto type = cast<RankedTensorType>(array.getType());
  for (int64_t axis = 0; axis < type.getRank(); ++axis)
    if (type.isDynamicDim(axis))
      sizes.push_back(getValueOrCreateConstantIndexOp(
          builder, loc, getSize(builder, loc, array, axis)));
  return sizes;
}

/// A size comes from where the array has it from.
static LogicalResult resolveSize(tensor::DimOp op, PatternRewriter &rewriter) {
  std::optional<int64_t> axis = op.getConstantIndex();
  if (!axis)
    return rewriter.notifyMatchFailure(op, "which dimension is not known");
  Dimension found = trace(rewriter, {op.getSource(), *axis});
  if (found.array == op.getSource())
    return rewriter.notifyMatchFailure(op, "only the array itself knows");
  if (found.size)
    rewriter.replaceOp(
        op, getValueOrCreateConstantIndexOp(rewriter, op.getLoc(), found.size));
  else
    rewriter.replaceOpWithNewOp<tensor::DimOp>(op, found.array, found.axis);
  return success();
}

void myia::populateSizePatterns(RewritePatternSet &patterns) {
  patterns.add(resolveSize);
}
