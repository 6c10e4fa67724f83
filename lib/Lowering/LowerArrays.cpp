//===- LowerArrays.cpp - Array ops as linalg ops -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-lower-arrays: see Passes.td. -myia-fuse-arrays follows it.
//
//===----------------------------------------------------------------------===//

#include "LowerIndexing.h"
#include "LowerReductions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "myia/Dialect/Myia.h"
#include "myia/Runtime/Runtime.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALOWERARRAYS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

using Body = function_ref<void(OpBuilder &, Location, ValueRange)>;
using Loop = utils::IteratorType;

/// The array `like` computed element by element from `inputs`, read through
/// `maps`.
static linalg::GenericOp createMap(OpBuilder &builder, Location loc, Value like,
                                   ValueRange inputs, ArrayRef<AffineMap> maps,
                                   Body body) {
  auto type = cast<RankedTensorType>(like.getType());
  Value init = tensor::EmptyOp::create(builder, loc, type,
                                       getUnknownSizes(builder, loc, like));
  SmallVector<AffineMap> allMaps(maps);
  allMaps.push_back(builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<Loop> iterators(type.getRank(), Loop::parallel);
  return linalg::GenericOp::create(builder, loc, type, inputs, init, allMaps,
                                   iterators, body);
}

static void yieldFirst(OpBuilder &builder, Location loc, ValueRange values) {
  linalg::YieldOp::create(builder, loc, values.front());
}

//===----------------------------------------------------------------------===//
// Filling, indexing, moving
//===----------------------------------------------------------------------===//

static Value createSplat(OpBuilder &builder, Location loc, Value like,
                         Value scalar) {
  auto yieldScalar = [&](OpBuilder &b, Location loc, ValueRange) {
    linalg::YieldOp::create(b, loc, scalar);
  };
  return createMap(builder, loc, like, {}, {}, yieldScalar).getResult(0);
}

static LogicalResult lowerSplat(SplatOp op, PatternRewriter &rewriter) {
  rewriter.replaceOp(
      op, createSplat(rewriter, op.getLoc(), op.getResult(), op.getValue()));
  return success();
}

static LogicalResult lowerTensorSplat(tensor::SplatOp op,
                                      PatternRewriter &rewriter) {
  rewriter.replaceOp(
      op, createSplat(rewriter, op.getLoc(), op.getResult(), op.getInput()));
  return success();
}

/// An array of equal constants is a scalar in the ops that read it.
static LogicalResult lowerSplatConstant(arith::ConstantOp op,
                                        PatternRewriter &rewriter) {
  auto type = dyn_cast<RankedTensorType>(op.getType());
  auto elements = dyn_cast<DenseElementsAttr>(op.getValue());
  if (!type || !elements || !elements.isSplat())
    return failure();
  Value scalar = arith::ConstantOp::create(rewriter, op.getLoc(),
                                           elements.getSplatValue<TypedAttr>());
  rewriter.replaceOp(
      op, createSplat(rewriter, op.getLoc(), op.getResult(), scalar));
  return success();
}

/// An array of equal elements is made in the other shape.
static LogicalResult lowerReshapedSplat(ReshapeOp op,
                                        PatternRewriter &rewriter) {
  DenseElementsAttr elements;
  if (!op.getType().hasStaticShape() ||
      !matchPattern(op.getOperand(), m_Constant(&elements)) ||
      !elements.isSplat())
    return failure();
  rewriter.replaceOpWithNewOp<arith::ConstantOp>(
      op, elements.resizeSplat(op.getType()));
  return success();
}

static LogicalResult lowerIota(IotaOp op, PatternRewriter &rewriter) {
  Type element = op.getType().getElementType();
  auto yieldIndex = [&](OpBuilder &b, Location loc, ValueRange) {
    Value index = linalg::IndexOp::create(b, loc, 0);
    Type i64 = b.getI64Type();
    Value value = arith::IndexCastOp::create(
        b, loc, isa<FloatType>(element) ? i64 : element, index);
    if (isa<FloatType>(element))
      value = arith::SIToFPOp::create(b, loc, element, value);
    linalg::YieldOp::create(b, loc, value);
  };
  rewriter.replaceOp(
      op, createMap(rewriter, op.getLoc(), op.getResult(), {}, {}, yieldIndex));
  return success();
}

/// Where element `indices` of a reshaped array lies in the array before, if the
/// reshape only adds dimensions of size 1.
static std::optional<SmallVector<AffineExpr>>
dropUnitDims(ReshapeOp op, ArrayRef<AffineExpr> indices) {
  ArrayRef<int64_t> from = op.getOperand().getType().getShape();
  if (op.getSizes().size() > 1)
    return std::nullopt; // which is which
  SmallVector<AffineExpr> kept;
  for (auto [size, index] : llvm::zip_equal(op.getType().getShape(), indices))
    if (kept.size() < from.size() && from[kept.size()] == size)
      kept.push_back(index);
    else if (size != 1)
      return std::nullopt;
  if (kept.size() != from.size())
    return std::nullopt;
  return kept;
}

/// Dimensions that are stretched are read at 0.
static LogicalResult lowerBroadcast(BroadcastOp op, PatternRewriter &rewriter) {
  Value source = op.getOperand();
  RankedTensorType from = op.getOperand().getType(), to = op.getType();
  int64_t added = to.getRank() - from.getRank();
  SmallVector<AffineExpr> indices;
  for (int64_t i = 0; i < from.getRank(); ++i)
    indices.push_back(from.getDimSize(i) == to.getDimSize(i + added)
                          ? rewriter.getAffineDimExpr(i + added)
                          : rewriter.getAffineConstantExpr(0));
  if (auto reshape = source.getDefiningOp<ReshapeOp>())
    if (auto kept = dropUnitDims(reshape, indices)) {
      indices = *kept;
      source = reshape.getOperand();
    }
  auto map = AffineMap::get(to.getRank(), 0, indices, op.getContext());
  rewriter.replaceOp(op, createMap(rewriter, op.getLoc(), op.getResult(),
                                   source, map, yieldFirst));
  return success();
}

static LogicalResult lowerTranspose(TransposeOp op, PatternRewriter &rewriter) {
  auto map = AffineMap::getPermutationMap(op.getPermutation(), op.getContext());
  rewriter.replaceOp(op, createMap(rewriter, op.getLoc(), op.getResult(),
                                   op.getOperand(), inversePermutation(map),
                                   yieldFirst));
  return success();
}

/// Element i of a slice is element offset + stride * i; dropped dimensions are
/// read at their offset. Reading inside the body lets users fuse with it.
static LogicalResult lowerExtractSlice(tensor::ExtractSliceOp op,
                                       PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  llvm::SmallBitVector dropped = op.getDroppedDims();
  SmallVector<OpFoldResult> offsets = op.getMixedOffsets(),
                            strides = op.getMixedStrides();
  auto read = [&](OpBuilder &b, Location loc, ValueRange) {
    SmallVector<Value> indices;
    int64_t dimension = 0;
    for (auto [i, offset] : llvm::enumerate(offsets)) {
      Value position = getValueOrCreateConstantIndexOp(b, loc, offset);
      if (!dropped.test(i)) {
        Value step = linalg::IndexOp::create(b, loc, dimension++);
        Value stride = getValueOrCreateConstantIndexOp(b, loc, strides[i]);
        if (!isConstantIntValue(strides[i], 1))
          step = arith::MulIOp::create(b, loc, step, stride);
        position = arith::AddIOp::create(b, loc, position, step);
      }
      indices.push_back(position);
    }
    Value element = tensor::ExtractOp::create(b, loc, op.getSource(), indices);
    linalg::YieldOp::create(b, loc, element);
  };
  rewriter.replaceOp(op,
                     createMap(rewriter, loc, op.getResult(), {}, {}, read));
  return success();
}

static LogicalResult lowerFromElements(tensor::FromElementsOp op,
                                       PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  Value array = tensor::EmptyOp::create(rewriter, loc, type.getShape(),
                                        type.getElementType());
  SmallVector<int64_t> strides = computeStrides(type.getShape());
  for (auto [i, element] : llvm::enumerate(op.getElements())) {
    SmallVector<Value> indices;
    for (int64_t position : delinearize(i, strides))
      indices.push_back(
          arith::ConstantIndexOp::create(rewriter, loc, position));
    array = tensor::InsertOp::create(rewriter, loc, element, array, indices);
  }
  rewriter.replaceOp(op, array);
  return success();
}

//===----------------------------------------------------------------------===//
// Cotangents
//===----------------------------------------------------------------------===//

/// -myia-expand-accumulate has replaced what is a number.
static LogicalResult lowerZero(ZeroOp op, PatternRewriter &rewriter) {
  auto array = dyn_cast<RankedTensorType>(op.getResult().getType());
  if (!array)
    return rewriter.notifyMatchFailure(op, "is an object");
  Value scalar = arith::ConstantOp::create(
      rewriter, op.getLoc(), rewriter.getZeroAttr(array.getElementType()));
  rewriter.replaceOpWithNewOp<SplatOp>(op, array, scalar);
  return success();
}

static LogicalResult dropStopGradient(StopGradientOp op,
                                      PatternRewriter &rewriter) {
  rewriter.replaceOp(op, op.getOperand());
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// A header has room for so many sizes, and the zero of an array says none.
static LogicalResult checkShapes(func::FuncOp function) {
  WalkResult result = function.walk([](Operation *op) {
    for (Type type : op->getResultTypes()) {
      auto array = dyn_cast<RankedTensorType>(type);
      if (!array || array.hasStaticShape())
        continue;
      if (array.getRank() <= MYIA_MAX_SIZES && !isa<ZeroOp>(op))
        continue;
      op->emitError("arrays need a static shape here [got ") << type << "]";
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// -myia-expand-accumulate has replaced the sums of numbers and arrays, and
/// containers of cotangents are only ever added to nothing.
static LogicalResult checkAccumulation(func::FuncOp function) {
  WalkResult result = function.walk([](AccumulateOp op) {
    op.emitOpError("cannot add values of type ") << op.getType();
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

namespace {
struct MyiaLowerArrays
    : public myia::impl::MyiaLowerArraysBase<MyiaLowerArrays> {
  using Base::Base;

  void runOnOperation() final {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    if (failed(checkShapes(function)))
      return signalPassFailure();
    lowerToLinalg(function);
    if (failed(checkAccumulation(function)))
      return signalPassFailure();
  }

  void lowerToLinalg(func::FuncOp function) {
    RewritePatternSet patterns(&getContext());
    patterns.add(lowerSplat);
    patterns.add(lowerTensorSplat);
    patterns.add(lowerSplatConstant);
    patterns.add(lowerReshapedSplat);
    patterns.add(lowerIota);
    patterns.add(lowerBroadcast);
    patterns.add(lowerTranspose);
    patterns.add(lowerExtractSlice);
    patterns.add(lowerFromElements);
    populateReductionPatterns(patterns);
    populateIndexingPatterns(patterns);
    patterns.add(lowerZero);
    patterns.add(dropStopGradient);
    linalg::populateElementwiseToLinalgConversionPatterns(patterns);
    populateSizePatterns(patterns);
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    (void)applyPatternsGreedily(function, std::move(patterns), config);
  }
};
} // namespace
