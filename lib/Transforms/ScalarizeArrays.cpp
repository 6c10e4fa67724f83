//===- ScalarizeArrays.cpp - Array ops on rank-0 arrays -------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where an array op meets an array of rank 0 it becomes a copy of a scalar, an
// element access or a splat. Part of -myia-scalarize.
//
//===----------------------------------------------------------------------===//

#include "ScalarizePatterns.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

static bool isRankZero(Type type) {
  auto array = dyn_cast<RankedTensorType>(type);
  return array && array.getRank() == 0;
}

static SmallVector<Value> makeIndices(OpBuilder &builder, Location loc,
                                      ArrayRef<OpFoldResult> offsets) {
  return llvm::map_to_vector(offsets, [&](OpFoldResult offset) -> Value {
    if (auto value = dyn_cast<Value>(offset))
      return value;
    int64_t constant = cast<IntegerAttr>(cast<Attribute>(offset)).getInt();
    return arith::ConstantIndexOp::create(builder, loc, constant);
  });
}

namespace {

struct ConstantPattern : OpConversionPattern<arith::ConstantOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(arith::ConstantOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto elements = dyn_cast<DenseElementsAttr>(op.getValue());
    if (!elements)
      return rewriter.notifyMatchFailure(op, "elements are not at hand");
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(
        op, cast<TypedAttr>(*elements.value_begin<Attribute>()));
    return success();
  }
};

/// Between rank 0 and rank 0 these ops only hand a scalar on.
template <typename OpTy, unsigned operand = 0>
struct ForwardPattern : OpConversionPattern<OpTy> {
  ForwardPattern(const TypeConverter &converter, MLIRContext *context)
      : OpConversionPattern<OpTy>(converter, context, /*benefit=*/2) {}
  LogicalResult
  matchAndRewrite(OpTy op,
                  typename OpConversionPattern<OpTy>::OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value value = adaptor.getOperands()[operand];
    bool forwards = !isa<RankedTensorType>(value.getType()) &&
                    (isRankZero(op->getResult(0).getType()) ||
                     op->getResult(0).getType() == value.getType());
    if (!forwards)
      return rewriter.notifyMatchFailure(op, "an array of higher rank");
    rewriter.replaceOp(op, value);
    return success();
  }
};

/// A scalar that spreads over an array is a splat.
template <typename OpTy> struct SpreadPattern : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;
  LogicalResult
  matchAndRewrite(OpTy op,
                  typename OpConversionPattern<OpTy>::OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isRankZero(op.getOperand().getType()))
      return rewriter.notifyMatchFailure(op, "the operand is no scalar");
    rewriter.replaceOpWithNewOp<SplatOp>(op, op.getResult().getType(),
                                         adaptor.getOperand(), op.getSizes());
    return success();
  }
};

/// A reshape of one element to rank 0 reads it.
struct ReadPattern : OpConversionPattern<ReshapeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(ReshapeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isRankZero(op.getResult().getType()))
      return rewriter.notifyMatchFailure(op, "the result is no scalar");
    Value zero = arith::ConstantIndexOp::create(rewriter, op.getLoc(), 0);
    SmallVector<Value> indices(op.getOperand().getType().getRank(), zero);
    rewriter.replaceOpWithNewOp<tensor::ExtractOp>(op, adaptor.getOperand(),
                                                   indices);
    return success();
  }
};

/// A reduction to rank 0 gives the scalar.
template <typename OpTy> struct ReductionPattern : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;
  LogicalResult
  matchAndRewrite(OpTy op,
                  typename OpConversionPattern<OpTy>::OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type scalar =
        this->getTypeConverter()->convertType(op.getResult().getType());
    rewriter.replaceOpWithNewOp<OpTy>(op, TypeRange{scalar},
                                      adaptor.getOperands(), op->getAttrs());
    return success();
  }
};

/// A slice of rank 0 is an element.
struct ExtractSlicePattern : OpConversionPattern<tensor::ExtractSliceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tensor::ExtractSliceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> indices =
        makeIndices(rewriter, op.getLoc(), op.getMixedOffsets());
    if (indices.empty())
      rewriter.replaceOp(op, adaptor.getSource());
    else
      rewriter.replaceOpWithNewOp<tensor::ExtractOp>(op, adaptor.getSource(),
                                                     indices);
    return success();
  }
};

struct InsertSlicePattern : OpConversionPattern<tensor::InsertSliceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(tensor::InsertSliceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> indices =
        makeIndices(rewriter, op.getLoc(), op.getMixedOffsets());
    if (indices.empty())
      rewriter.replaceOp(op, adaptor.getSource());
    else
      rewriter.replaceOpWithNewOp<tensor::InsertOp>(op, adaptor.getSource(),
                                                    adaptor.getDest(), indices);
    return success();
  }
};

} // namespace

void myia::populateScalarizeArrayPatterns(const TypeConverter &converter,
                                          RewritePatternSet &patterns) {
  patterns.add<
      ConstantPattern, ForwardPattern<tensor::ExtractOp>,
      ForwardPattern<tensor::InsertOp>, ForwardPattern<tensor::FromElementsOp>,
      ForwardPattern<tensor::SplatOp>, ForwardPattern<SplatOp>,
      ForwardPattern<BroadcastOp>, ForwardPattern<ReshapeOp>,
      ForwardPattern<TransposeOp>, ForwardPattern<ReduceOp>,
      SpreadPattern<BroadcastOp>, SpreadPattern<ReshapeOp>, ReadPattern,
      ReductionPattern<ReduceOp>, ReductionPattern<ArgReduceOp>,
      ExtractSlicePattern, InsertSlicePattern>(converter,
                                               patterns.getContext());
}
