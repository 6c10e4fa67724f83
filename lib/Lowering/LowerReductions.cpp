//===- LowerReductions.cpp - Reductions as linalg ops -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The patterns of -myia-lower-arrays for reductions and matrix products.
//
//===----------------------------------------------------------------------===//

#include "LowerReductions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

using Body = function_ref<void(OpBuilder &, Location, ValueRange)>;
using Loop = utils::IteratorType;

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

/// An array of the shape of `like`, an array or scalar, that holds `value`
/// everywhere.
static Value createFilled(OpBuilder &builder, Location loc, Value like,
                          TypedAttr value) {
  Value scalar = arith::ConstantOp::create(builder, loc, value);
  SmallVector<int64_t> shape;
  SmallVector<Value> sizes;
  if (auto type = dyn_cast<RankedTensorType>(like.getType())) {
    llvm::append_range(shape, type.getShape());
    sizes = getUnknownSizes(builder, loc, like);
  }
  Value empty =
      tensor::EmptyOp::create(builder, loc, shape, value.getType(), sizes);
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

static LogicalResult lowerReduce(ReduceOp op, PatternRewriter &rewriter) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getOperand().getType();
  Value init =
      createFilled(rewriter, loc, op.getResult(),
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
  Value inits[] = {createFilled(rewriter, loc, op.getResult(),
                                getNeutral(rewriter, op.getKind(), element)),
                   createFilled(rewriter, loc, op.getResult(),
                                rewriter.getI64IntegerAttr(0))};
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
  Value init = createFilled(rewriter, op.getLoc(), op.getResult(),
                            rewriter.getZeroAttr(element));
  rewriter.replaceOpWithNewOp<linalg::GenericOp>(
      op, type, ValueRange{op.getLhs(), op.getRhs()}, init, maps, iterators,
      body);
  return success();
}

void myia::populateReductionPatterns(RewritePatternSet &patterns) {
  patterns.add(lowerReduce);
  patterns.add(lowerArgReduce);
  patterns.add(lowerMatmul);
}
