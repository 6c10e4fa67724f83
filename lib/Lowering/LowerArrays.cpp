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

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALOWERARRAYS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

using Body = function_ref<void(OpBuilder &, Location, ValueRange)>;
using Loop = utils::IteratorType;

/// An array computed element by element from `inputs`, read through `maps`.
static linalg::GenericOp createMap(OpBuilder &builder, Location loc,
                                   RankedTensorType type, ValueRange inputs,
                                   ArrayRef<AffineMap> maps, Body body) {
  Value init = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                       type.getElementType());
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

static Value createSplat(OpBuilder &builder, Location loc,
                         RankedTensorType type, Value scalar) {
  auto yieldScalar = [&](OpBuilder &b, Location loc, ValueRange) {
    linalg::YieldOp::create(b, loc, scalar);
  };
  return createMap(builder, loc, type, {}, {}, yieldScalar).getResult(0);
}

static LogicalResult lowerSplat(SplatOp op, PatternRewriter &rewriter) {
  rewriter.replaceOp(
      op, createSplat(rewriter, op.getLoc(), op.getType(), op.getValue()));
  return success();
}

static LogicalResult lowerTensorSplat(tensor::SplatOp op,
                                      PatternRewriter &rewriter) {
  rewriter.replaceOp(
      op, createSplat(rewriter, op.getLoc(), op.getType(), op.getInput()));
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
  rewriter.replaceOp(op, createSplat(rewriter, op.getLoc(), type, scalar));
  return success();
}

/// An array of equal elements is made in the other shape.
static LogicalResult lowerReshapedSplat(ReshapeOp op,
                                        PatternRewriter &rewriter) {
  DenseElementsAttr elements;
  if (!matchPattern(op.getOperand(), m_Constant(&elements)) ||
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
      op, createMap(rewriter, op.getLoc(), op.getType(), {}, {}, yieldIndex));
  return success();
}

/// Where element `indices` of a reshaped array lies in the array before, if the
/// reshape only adds dimensions of size 1.
static std::optional<SmallVector<AffineExpr>>
dropUnitDims(ReshapeOp op, ArrayRef<AffineExpr> indices) {
  ArrayRef<int64_t> from = op.getOperand().getType().getShape();
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
  rewriter.replaceOp(
      op, createMap(rewriter, op.getLoc(), to, source, map, yieldFirst));
  return success();
}

static LogicalResult lowerTranspose(TransposeOp op, PatternRewriter &rewriter) {
  auto map = AffineMap::getPermutationMap(op.getPermutation(), op.getContext());
  rewriter.replaceOp(op, createMap(rewriter, op.getLoc(), op.getType(),
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
  rewriter.replaceOp(op, createMap(rewriter, loc, op.getType(), {}, {}, read));
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
// Reductions
//===----------------------------------------------------------------------===//

static TypedAttr getSmallest(Builder &builder, Type type, bool negated) {
  if (auto real = dyn_cast<FloatType>(type))
    return builder.getFloatAttr(
        real, APFloat::getInf(real.getFloatSemantics(), /*Negative=*/!negated));
  unsigned width = type.getIntOrFloatBitWidth();
  return builder.getIntegerAttr(type, negated
                                          ? APInt::getSignedMaxValue(width)
                                          : APInt::getSignedMinValue(width));
}

/// The value that changes nothing.
static TypedAttr getNeutral(Builder &builder, ReduceKind kind, Type type) {
  bool isBool = type.isInteger(1);
  switch (kind) {
  case ReduceKind::sum:
  case ReduceKind::any:
    return builder.getZeroAttr(type);
  case ReduceKind::prod:
  case ReduceKind::all:
    return builder.getOneAttr(type);
  case ReduceKind::max:
    return isBool ? builder.getZeroAttr(type)
                  : getSmallest(builder, type, /*negated=*/false);
  case ReduceKind::min:
    return isBool ? builder.getOneAttr(type)
                  : getSmallest(builder, type, /*negated=*/true);
  }
  llvm_unreachable("unknown reduction");
}

/// Sums and products of floats may be reassociated: reductions vectorise.
static Value combine(OpBuilder &b, Location loc, ReduceKind kind, Value lhs,
                     Value rhs) {
  Type type = lhs.getType();
  bool isFloat = isa<FloatType>(type), isBool = type.isInteger(1);
  auto anyOrder = arith::FastMathFlags::reassoc;
  switch (kind) {
  case ReduceKind::sum:
    return isFloat
               ? arith::AddFOp::create(b, loc, lhs, rhs, anyOrder).getResult()
               : arith::AddIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::prod:
    return isFloat
               ? arith::MulFOp::create(b, loc, lhs, rhs, anyOrder).getResult()
               : arith::MulIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::max:
    if (isFloat)
      return arith::MaximumFOp::create(b, loc, lhs, rhs);
    return isBool ? arith::OrIOp::create(b, loc, lhs, rhs).getResult()
                  : arith::MaxSIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::min:
    if (isFloat)
      return arith::MinimumFOp::create(b, loc, lhs, rhs);
    return isBool ? arith::AndIOp::create(b, loc, lhs, rhs).getResult()
                  : arith::MinSIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::all:
    return arith::AndIOp::create(b, loc, lhs, rhs);
  case ReduceKind::any:
    return arith::OrIOp::create(b, loc, lhs, rhs);
  }
  llvm_unreachable("unknown reduction");
}

/// An array of `shape` that holds `value` everywhere.
static Value createFilled(OpBuilder &builder, Location loc,
                          ArrayRef<int64_t> shape, TypedAttr value) {
  Value scalar = arith::ConstantOp::create(builder, loc, value);
  Value empty = tensor::EmptyOp::create(builder, loc, shape, value.getType());
  return linalg::FillOp::create(builder, loc, scalar, empty).getResult(0);
}

/// Reduces `operand` over `axes` into `inits`. The loops run in the operand's
/// order, so that memory is read in sequence.
static linalg::GenericOp createReduction(OpBuilder &builder, Location loc,
                                         Value operand, ArrayRef<int64_t> axes,
                                         ValueRange inits, Body body) {
  int64_t rank = cast<RankedTensorType>(operand.getType()).getRank();
  SmallVector<Loop> iterators(rank, Loop::parallel);
  for (int64_t axis : axes)
    iterators[axis] = Loop::reduction;
  SmallVector<AffineExpr> kept;
  for (int64_t i = 0; i < rank; ++i)
    if (iterators[i] == Loop::parallel)
      kept.push_back(builder.getAffineDimExpr(i));
  SmallVector<AffineMap> maps(
      inits.size() + 1, AffineMap::get(rank, 0, kept, builder.getContext()));
  maps.front() = builder.getMultiDimIdentityMap(rank);
  return linalg::GenericOp::create(builder, loc, inits.getTypes(), operand,
                                   inits, maps, iterators, body);
}

/// A reduction's result is a scalar when no dimension is left.
static void replaceReduction(PatternRewriter &rewriter, Operation *op,
                             Value array) {
  if (isa<RankedTensorType>(op->getResult(0).getType()))
    rewriter.replaceOp(op, array);
  else
    rewriter.replaceOpWithNewOp<tensor::ExtractOp>(op, array, ValueRange());
}

static SmallVector<int64_t> keptShape(RankedTensorType type,
                                      ArrayRef<int64_t> axes) {
  SmallVector<int64_t> shape;
  for (auto [i, size] : llvm::enumerate(type.getShape()))
    if (!llvm::is_contained(axes, (int64_t)i))
      shape.push_back(size);
  return shape;
}

static LogicalResult lowerReduce(ReduceOp op, PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getOperand().getType();
  Value init =
      createFilled(rewriter, loc, keptShape(type, op.getAxes()),
                   getNeutral(rewriter, op.getKind(), type.getElementType()));
  auto body = [&](OpBuilder &b, Location loc, ValueRange values) {
    linalg::YieldOp::create(
        b, loc, combine(b, loc, op.getKind(), values[1], values[0]));
  };
  auto reduction =
      createReduction(rewriter, loc, op.getOperand(), op.getAxes(), init, body);
  replaceReduction(rewriter, op, reduction.getResult(0));
  return success();
}

/// Carries the best element and its index; the first NaN beats everything.
static LogicalResult lowerArgReduce(ArgReduceOp op, PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getOperand().getType();
  int64_t axis = op.getAxis();
  Type element = type.getElementType();
  bool isMax = op.getKind() == ReduceKind::max,
       isFloat = isa<FloatType>(element);
  bool isBool = element.isInteger(1);
  SmallVector<int64_t> shape = keptShape(type, axis);
  Value inits[] = {
      createFilled(rewriter, loc, shape,
                   getNeutral(rewriter, op.getKind(), element)),
      createFilled(rewriter, loc, shape, rewriter.getI64IntegerAttr(0))};
  auto body = [&](OpBuilder &b, Location loc, ValueRange values) {
    Value value = values[0], best = values[1], bestIndex = values[2], better;
    if (isFloat) {
      using arith::CmpFPredicate;
      Value beats = arith::CmpFOp::create(
          b, loc, isMax ? CmpFPredicate::OGT : CmpFPredicate::OLT, value, best);
      Value isNaN =
          arith::CmpFOp::create(b, loc, CmpFPredicate::UNO, value, value);
      Value noneYet =
          arith::CmpFOp::create(b, loc, CmpFPredicate::ORD, best, best);
      Value firstNaN = arith::AndIOp::create(b, loc, isNaN, noneYet);
      better = arith::OrIOp::create(b, loc, beats, firstNaN);
    } else {
      using arith::CmpIPredicate;
      auto predicate = isBool
                           ? (isMax ? CmpIPredicate::ugt : CmpIPredicate::ult)
                           : (isMax ? CmpIPredicate::sgt : CmpIPredicate::slt);
      better = arith::CmpIOp::create(b, loc, predicate, value, best);
    }
    Value index = arith::IndexCastOp::create(
        b, loc, b.getI64Type(), linalg::IndexOp::create(b, loc, axis));
    Value newBest = arith::SelectOp::create(b, loc, better, value, best);
    Value newIndex = arith::SelectOp::create(b, loc, better, index, bestIndex);
    linalg::YieldOp::create(b, loc, ValueRange{newBest, newIndex});
  };
  auto reduction =
      createReduction(rewriter, loc, op.getOperand(), axis, inits, body);
  replaceReduction(rewriter, op, reduction.getResult(1));
  return success();
}

/// Products of integers and small floats; the others are library calls.
static LogicalResult lowerMatmul(MatmulOp op, PatternRewriter &rewriter) {
  RankedTensorType type = op.getType();
  Type element = type.getElementType();
  if (element.isF32() || element.isF64())
    return rewriter.notifyMatchFailure(op, "is a call of the runtime");
  AffineExpr m, k, n;
  bindDims(op.getContext(), m, k, n);
  auto map = [&](AffineExpr row, AffineExpr column, bool transpose) {
    if (transpose)
      std::swap(row, column);
    return AffineMap::get(3, 0, {row, column}, op.getContext());
  };
  AffineMap maps[] = {map(m, k, op.getTransposeLhs()),
                      map(k, n, op.getTransposeRhs()), map(m, n, false)};
  Loop iterators[] = {Loop::parallel, Loop::reduction, Loop::parallel};
  auto body = [&](OpBuilder &b, Location loc, ValueRange values) {
    Value product = combine(b, loc, ReduceKind::prod, values[0], values[1]);
    linalg::YieldOp::create(
        b, loc, combine(b, loc, ReduceKind::sum, values[2], product));
  };
  Value init = createFilled(rewriter, op.getLoc(), type.getShape(),
                            rewriter.getZeroAttr(element));
  rewriter.replaceOpWithNewOp<linalg::GenericOp>(
      op, type, ValueRange{op.getLhs(), op.getRhs()}, init, maps, iterators,
      body);
  return success();
}

//===----------------------------------------------------------------------===//
// Cotangents
//===----------------------------------------------------------------------===//

static LogicalResult lowerZero(ZeroOp op, PatternRewriter &rewriter) {
  Type type = op.getResult().getType();
  if (isa<StackType, BoxType>(type))
    return rewriter.notifyMatchFailure(op, "is an object");
  Type element = getElementTypeOrSelf(type);
  Value scalar = arith::ConstantOp::create(rewriter, op.getLoc(),
                                           rewriter.getZeroAttr(element));
  if (auto array = dyn_cast<RankedTensorType>(type))
    rewriter.replaceOpWithNewOp<SplatOp>(op, array, scalar);
  else
    rewriter.replaceOp(op, scalar);
  return success();
}

/// Adds into the accumulator's memory.
static LogicalResult lowerAccumulate(AccumulateOp op,
                                     PatternRewriter &rewriter) {
  Type type = op.getType();
  if (isa<FloatType>(type)) {
    rewriter.replaceOpWithNewOp<arith::AddFOp>(op, op.getLhs(), op.getRhs());
    return success();
  }
  auto array = dyn_cast<RankedTensorType>(type);
  if (!array)
    return rewriter.notifyMatchFailure(op, "is not a number or an array");
  AffineMap identity = rewriter.getMultiDimIdentityMap(array.getRank());
  SmallVector<Loop> iterators(array.getRank(), Loop::parallel);
  auto body = [](OpBuilder &b, Location loc, ValueRange values) {
    Value sum = arith::AddFOp::create(b, loc, values[1], values[0]);
    linalg::YieldOp::create(b, loc, sum);
  };
  rewriter.replaceOpWithNewOp<linalg::GenericOp>(
      op, array, op.getRhs(), op.getLhs(), ArrayRef{identity, identity},
      iterators, body);
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

static LogicalResult checkShapes(func::FuncOp function) {
  WalkResult result = function.walk([](Operation *op) {
    for (Type type : op->getResultTypes())
      if (auto array = dyn_cast<RankedTensorType>(type))
        if (!array.hasStaticShape()) {
          op->emitError("arrays need a static shape here [got ") << type << "]";
          return WalkResult::interrupt();
        }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// Containers of cotangents are only ever added to nothing.
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
    patterns.add(lowerReduce);
    patterns.add(lowerArgReduce);
    patterns.add(lowerMatmul);
    patterns.add(lowerZero);
    patterns.add(lowerAccumulate);
    patterns.add(dropStopGradient);
    linalg::populateElementwiseToLinalgConversionPatterns(patterns);
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    (void)applyPatternsGreedily(function, std::move(patterns), config);
  }
};
} // namespace
