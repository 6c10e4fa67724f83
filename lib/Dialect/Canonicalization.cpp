//===- Canonicalization.cpp - Patterns across ops -------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What differentiation leaves behind: arrays of one repeated value, reductions
// of them, records that are taken off a stack as soon as they were pushed.
//
//===----------------------------------------------------------------------===//

#include "Canonicalization.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

/// Whether every element of `value` is the same by construction.
static bool isUniform(Value value) {
  return value.getDefiningOp<SplatOp>() ||
         matchPattern(value, m_Constant<SplatElementsAttr>(nullptr));
}

/// The element that the uniform array `value` repeats.
static Value getUniformElement(OpBuilder &builder, Value value) {
  if (auto splat = value.getDefiningOp<SplatOp>())
    return splat.getValue();
  SplatElementsAttr elements;
  matchPattern(value, m_Constant(&elements));
  return arith::ConstantOp::create(builder, value.getLoc(),
                                   elements.getSplatValue<TypedAttr>());
}

/// `value` in place of the elements of `op`.
static void replaceByUniform(PatternRewriter &rewriter, Operation *op,
                             Value value) {
  if (isa<RankedTensorType>(op->getResult(0).getType()))
    rewriter.replaceOpWithNewOp<SplatOp>(op, op->getResult(0).getType(), value);
  else
    rewriter.replaceOp(op, value);
}

namespace {

/// A uniform array in another shape is one as well.
template <typename OpTy> struct ReshapeUniform : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;
  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    auto type = op.getResult().getType();
    SplatElementsAttr elements;
    if (type.hasStaticShape() &&
        op.getOperand().template getDefiningOp<ZeroOp>())
      rewriter.replaceOpWithNewOp<ZeroOp>(op, type);
    else if (auto splat = op.getOperand().template getDefiningOp<SplatOp>())
      rewriter.replaceOpWithNewOp<SplatOp>(
          op, type, splat.getValue(),
          getUnknownSizes(rewriter, op.getLoc(), op.getResult()));
    else if (type.hasStaticShape() &&
             matchPattern(op.getOperand(), m_Constant(&elements)))
      rewriter.replaceOpWithNewOp<arith::ConstantOp>(
          op, elements.resizeSplat(type));
    else
      return rewriter.notifyMatchFailure(op, "the operand is not uniform");
    return success();
  }
};

/// Two broadcasts are one.
struct ComposeBroadcasts : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getOperand().getDefiningOp<BroadcastOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "the operand is no broadcast");
    rewriter.modifyOpInPlace(
        op, [&] { op.getOperandMutable().assign(inner.getOperand()); });
    return success();
  }
};

/// The sum of n times x is n * x; the other reductions but the product of x are
/// x itself.
struct ReduceUniform : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getOperand().getType();
    if (!type.hasStaticShape() || !isUniform(op.getOperand()))
      return rewriter.notifyMatchFailure(op, "the operand is not uniform");
    int64_t count = 1;
    for (int64_t axis : op.getAxes())
      count *= type.getDimSize(axis);
    if (count == 0 || op.getKind() == ReduceKind::prod)
      return rewriter.notifyMatchFailure(op, "the reduction has no short form");
    Value value = getUniformElement(rewriter, op.getOperand());
    if (op.getKind() == ReduceKind::sum)
      value = multiply(rewriter, op.getLoc(), value, count);
    replaceByUniform(rewriter, op, value);
    return success();
  }

private:
  static Value multiply(OpBuilder &builder, Location loc, Value value,
                        int64_t count) {
    if (count == 1)
      return value;
    if (isa<FloatType>(value.getType())) {
      Value factor = arith::ConstantOp::create(
          builder, loc, builder.getFloatAttr(value.getType(), count));
      return arith::MulFOp::create(builder, loc, value, factor);
    }
    Value factor = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(value.getType(), count));
    return arith::MulIOp::create(builder, loc, value, factor);
  }
};

/// A reduction over axes of length 1 reorders nothing.
struct ReduceUnitAxes : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getOperand().getType();
    for (int64_t axis : op.getAxes())
      if (type.getDimSize(axis) != 1)
        return rewriter.notifyMatchFailure(op, "an axis is longer than 1");
    if (isa<RankedTensorType>(op.getResult().getType())) {
      rewriter.replaceOpWithNewOp<ReshapeOp>(
          op, op.getResult().getType(), op.getOperand(),
          getUnknownSizes(rewriter, op.getLoc(), op.getResult()));
      return success();
    }
    Value zero = arith::ConstantIndexOp::create(rewriter, op.getLoc(), 0);
    SmallVector<Value> indices(type.getRank(), zero);
    rewriter.replaceOpWithNewOp<tensor::ExtractOp>(op, op.getOperand(),
                                                   indices);
    return success();
  }
};

/// An element of a uniform array.
struct ExtractUniform : OpRewritePattern<tensor::ExtractOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::ExtractOp op,
                                PatternRewriter &rewriter) const override {
    auto splat = op.getTensor().getDefiningOp<SplatOp>();
    if (!splat)
      return rewriter.notifyMatchFailure(op, "the array is no splat");
    rewriter.replaceOp(op, splat.getValue());
    return success();
  }
};

/// An elementwise op on uniform arrays works on their elements.
struct ElementwiseUniform : OpTraitRewritePattern<OpTrait::Elementwise> {
  using OpTraitRewritePattern::OpTraitRewritePattern;
  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    auto isArray = [](Value value) {
      return isa<RankedTensorType>(value.getType());
    };
    auto hasSplat = [](Value value) {
      return !!value.getDefiningOp<SplatOp>();
    };
    if (op->getNumResults() != 1 || !isArray(op->getResult(0)) ||
        llvm::none_of(op->getOperands(), hasSplat) ||
        !llvm::all_of(op->getOperands(), [&](Value value) {
          return !isArray(value) || isUniform(value);
        }))
      return rewriter.notifyMatchFailure(op, "some operand is not uniform");
    SmallVector<Value> elements;
    for (Value operand : op->getOperands())
      elements.push_back(isArray(operand) ? getUniformElement(rewriter, operand)
                                          : operand);
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    Operation *scalar =
        rewriter.create(op->getLoc(), op->getName().getIdentifier(), elements,
                        type.getElementType(), op->getAttrs());
    rewriter.replaceOpWithNewOp<SplatOp>(
        op, type, scalar->getResult(0),
        getUnknownSizes(rewriter, op->getLoc(), op->getResult(0)));
    return success();
  }
};

/// What was pushed last is popped first.
struct PopOfPush : OpRewritePattern<PopOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(PopOp op,
                                PatternRewriter &rewriter) const override {
    auto push = op.getStack().getDefiningOp<PushOp>();
    if (!push || push.getValues().getTypes() != op.getValues().getTypes())
      return rewriter.notifyMatchFailure(op, "no matching push");
    SmallVector<Value> values{push.getStack()};
    llvm::append_range(values, push.getValues());
    rewriter.replaceOp(op, values);
    return success();
  }
};

} // namespace

void MyiaDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  populateLoopCanonicalization(patterns);
  patterns.add<ReshapeUniform<BroadcastOp>, ReshapeUniform<ReshapeOp>,
               ReshapeUniform<TransposeOp>, ComposeBroadcasts, ReduceUniform,
               ReduceUnitAxes, ExtractUniform, ElementwiseUniform, PopOfPush>(
      getContext());
  populateSizePatterns(patterns);
}
