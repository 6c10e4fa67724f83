//===- Scalarize.cpp - Aggregates to leaves, rank-0 arrays to scalars -----===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A one-to-many dialect conversion: every aggregate becomes one value per leaf.
// The ops that only rank-0 arrays concern are in ScalarizeArrays.cpp.
//
//===----------------------------------------------------------------------===//

#include "ScalarizePatterns.h"
#include "mlir/Dialect/ControlFlow/Transforms/StructuralTypeConversions.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIASCALARIZE
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {

/// All operands of an op, each replaced by its leaves.
SmallVector<Value> flatten(ArrayRef<ValueRange> operands) {
  SmallVector<Value> flat;
  for (ValueRange operand : operands)
    llvm::append_range(flat, operand);
  return flat;
}

/// Cuts `values` into one piece per type of `types`.
SmallVector<ValueRange> regroup(ValueRange values, TypeRange types) {
  SmallVector<ValueRange> groups;
  for (Type type : types) {
    SmallVector<Type> leaves;
    appendLeaves(type, leaves);
    groups.push_back(values.take_front(leaves.size()));
    values = values.drop_front(leaves.size());
  }
  return groups;
}

/// pack and unpack only regroup leaves.
template <typename OpTy> struct RegroupPattern : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;
  LogicalResult
  matchAndRewrite(OpTy op,
                  typename OpConversionPattern<OpTy>::OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> flat = flatten(adaptor.getOperands());
    rewriter.replaceOpWithMultiple(op, regroup(flat, op->getResultTypes()));
    return success();
  }
};

/// The tag, then every alternative.
struct InjectPattern : OpConversionPattern<InjectOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(InjectOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> leaves(adaptor.getTag());
    for (auto [i, type] : llvm::enumerate(op.getType().getAlternatives())) {
      auto *given = llvm::find(op.getAlternatives(), (int64_t)i);
      if (given != op.getAlternatives().end()) {
        size_t position = given - op.getAlternatives().begin();
        llvm::append_range(leaves, adaptor.getValues()[position]);
        continue;
      }
      SmallVector<Type> missing;
      appendLeaves(type, missing);
      for (Type leaf : missing)
        leaves.push_back(ub::PoisonOp::create(rewriter, op.getLoc(), leaf));
    }
    rewriter.replaceOpWithMultiple(op, {leaves});
    return success();
  }
};

struct TagPattern : OpConversionPattern<TagOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(TagOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, adaptor.getOperand().front());
    return success();
  }
};

struct ProjectPattern : OpConversionPattern<ProjectOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(ProjectOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    ArrayRef<Type> types = op.getOperand().getType().getAlternatives();
    auto groups = regroup(adaptor.getOperand().drop_front(), types);
    rewriter.replaceOpWithMultiple(op, {groups[op.getAlternative()]});
    return success();
  }
};

/// Containers hold leaves in place of aggregates.
template <typename OpTy> struct ContainerPattern : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;
  LogicalResult
  matchAndRewrite(OpTy op,
                  typename OpConversionPattern<OpTy>::OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> types;
    for (Type type : op->getResultTypes())
      appendLeaves(type, types);
    auto flat = OpTy::create(rewriter, op.getLoc(), types,
                             flatten(adaptor.getOperands()), op->getAttrs());
    rewriter.replaceOpWithMultiple(
        op, regroup(flat->getResults(), op->getResultTypes()));
    return success();
  }
};

/// An op that means the same on every leaf is repeated for each: elementwise
/// ops, select, poison and the arithmetic of cotangents.
struct LeafwisePattern : ConversionPattern {
  LeafwisePattern(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/0,
                          context) {}

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<ValueRange> operands,
                  ConversionPatternRewriter &rewriter) const override {
    bool leafwise = OpTrait::hasElementwiseMappableTraits(op) ||
                    isa<arith::SelectOp, ub::PoisonOp, ZeroOp, AccumulateOp,
                        StopGradientOp>(op);
    if (!leafwise || op->getNumResults() != 1)
      return rewriter.notifyMatchFailure(op, "not defined leaf by leaf");
    Type type = op->getResult(0).getType();
    SmallVector<Type> leaves;
    appendLeaves(type, leaves);
    SmallVector<Value> results;
    for (auto [i, leaf] : llvm::enumerate(leaves)) {
      SmallVector<Value> values;
      for (auto [operand, flat] : llvm::zip(op->getOperands(), operands))
        values.push_back(operand.getType() == type ? flat[i] : flat.front());
      Operation *copy =
          rewriter.create(op->getLoc(), op->getName().getIdentifier(), values,
                          leaf, op->getAttrs());
      results.push_back(copy->getResult(0));
    }
    rewriter.replaceOpWithMultiple(op, {results});
    return success();
  }
};

/// The record type behind a box.
struct TypeOpPattern : OpConversionPattern<TypeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(TypeOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> leaves;
    for (Type type : op.getTypes().getAsValueRange<TypeAttr>())
      appendLeaves(type, leaves);
    rewriter.modifyOpInPlace(
        op, [&] { op.setTypesAttr(rewriter.getTypeArrayAttr(leaves)); });
    return success();
  }
};

/// Values for Python; what they were is kept as the op's type.
struct WritePattern : OpConversionPattern<WriteOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(WriteOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<WriteOp>(op, op.getPurposeAttr(),
                                         op.getTypeAttr(),
                                         flatten(adaptor.getValues()));
    return success();
  }
};

/// `wrt` becomes the positions of the differentiable leaves; from their
/// cotangents the gradients are made. A derivative with respect to nothing is a
/// call.
struct ValueAndGradPattern : OpConversionPattern<ValueAndGradOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(ValueAndGradOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<int64_t> offsets{0};
    for (ValueRange leaves : adaptor.getArgs())
      offsets.push_back(offsets.back() + leaves.size());
    SmallVector<Value> arguments = flatten(adaptor.getArgs());
    SmallVector<Type> types;
    TypeRange gradients = op.getResultTypes();
    for (Type type : gradients.drop_back(op.getWrt().size()))
      appendLeaves(type, types);
    size_t numResults = types.size();
    SmallVector<int64_t> wrt, counts;
    for (int64_t position : op.getWrt()) {
      size_t before = wrt.size();
      for (int64_t leaf = offsets[position]; leaf < offsets[position + 1];
           ++leaf)
        if (isDifferentiable(arguments[leaf].getType())) {
          wrt.push_back(leaf);
          types.push_back(getCotangentType(arguments[leaf].getType()));
        }
      counts.push_back(wrt.size() - before);
    }
    Operation *flat;
    if (wrt.empty())
      flat = func::CallOp::create(rewriter, op.getLoc(), op.getCallee(), types,
                                  arguments);
    else
      flat = ValueAndGradOp::create(
          rewriter, op.getLoc(), types, op.getCalleeAttr(), arguments,
          rewriter.getDenseI64ArrayAttr(wrt), rewriter.getUnitAttr());
    SmallVector<Value> results(flat->getResults().take_front(numResults));
    ValueRange cotangents = flat->getResults().drop_front(numResults);
    gradients = gradients.take_back(op.getWrt().size());
    for (auto [position, count, gradient] :
         llvm::zip(op.getWrt(), counts, gradients)) {
      llvm::append_range(results,
                         createGradient(rewriter, op.getLoc(),
                                        op.getArgs()[position].getType(),
                                        gradient, adaptor.getArgs()[position],
                                        cotangents.take_front(count)));
      cotangents = cotangents.drop_front(count);
    }
    rewriter.replaceOpWithMultiple(op, regroup(results, op.getResultTypes()));
    return success();
  }
};

/// The gradient of a constant.
struct FillPattern : OpConversionPattern<FillOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(FillOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getCotangent())
      return rewriter.notifyMatchFailure(op, "has a cotangent, so is flat");
    rewriter.replaceOpWithMultiple(
        op, {createGradient(rewriter, op.getLoc(), op.getLike().getType(),
                            op.getType(), adaptor.getLike(), std::nullopt)});
    return success();
  }
};

/// `held` becomes the number of leaves.
struct CustomVJPPattern : OpConversionPattern<CustomVJPOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(CustomVJPOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    ArrayRef<ValueRange> leaves = adaptor.getArgs();
    SmallVector<Type> types;
    for (Type type : op.getResultTypes())
      appendLeaves(type, types);
    auto flat =
        CustomVJPOp::create(rewriter, op.getLoc(), types, op.getCallee(),
                            op.getForward(), op.getBackward(), flatten(leaves),
                            flatten(leaves.take_front(op.getHeld())).size());
    rewriter.replaceOpWithMultiple(
        op, regroup(flat->getResults(), op.getResultTypes()));
    return success();
  }
};

/// The pattern that MLIR has for it takes the operands of all cases together
/// for one of each.
struct SwitchPattern : OpConversionPattern<cf::SwitchOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult
  matchAndRewrite(cf::SwitchOp op, OneToNOpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    // The other edges to a block follow when it is converted.
    for (unsigned i = 0; i < op->getNumSuccessors(); ++i) {
      Block *block = op->getSuccessor(i);
      if (getTypeConverter()->isLegal(block->getArgumentTypes()))
        continue;
      auto signature = getTypeConverter()->convertBlockSignature(block);
      if (!signature)
        return failure();
      rewriter.applySignatureConversion(block, *signature, getTypeConverter());
    }
    SmallVector<SmallVector<Value>> cases;
    for (auto operands : adaptor.getCaseOperands())
      cases.push_back(flatten(operands));
    SmallVector<ValueRange> ranges(cases.begin(), cases.end());
    rewriter.replaceOpWithNewOp<cf::SwitchOp>(
        op, llvm::getSingleElement(adaptor.getFlag()),
        op.getDefaultDestination(), flatten(adaptor.getDefaultOperands()),
        op.getCaseValuesAttr(), op.getCaseDestinations(), ranges);
    return success();
  }
};

struct MyiaScalarize : myia::impl::MyiaScalarizeBase<MyiaScalarize> {
  using Base::Base;

  void runOnOperation() override {
    recordEntryTypes();
    TypeConverter converter;
    converter.addConversion(
        [](Type type,
           SmallVectorImpl<Type> &leaves) -> std::optional<LogicalResult> {
          appendLeaves(type, leaves);
          return success();
        });
    RewritePatternSet patterns(&getContext());
    populatePatterns(converter, patterns);
    ConversionTarget target(getContext());
    markLegal(converter, target);
    ConversionConfig config;
    config.foldingMode = DialectConversionFoldingMode::Never;
    if (failed(applyFullConversion(getOperation(), target, std::move(patterns),
                                   config)))
      signalPassFailure();
  }

private:
  /// Keeps the types that Python sees at every entry, and in every box.
  void recordEntryTypes() {
    Builder builder(&getContext());
    for (auto type : getOperation().getOps<TypeOp>())
      if (type->hasAttr("myia.class") && !type->hasAttr("myia.field_types"))
        type->setAttr("myia.field_types", type.getTypes());
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function->hasAttr("myia.entry") ||
          function->hasAttr("myia.argument_types"))
        continue;
      FunctionType type = function.getFunctionType();
      function->setAttr("myia.argument_types",
                        builder.getTypeArrayAttr(type.getInputs()));
      function->setAttr("myia.result_types",
                        builder.getTypeArrayAttr(type.getResults()));
    }
  }

  void populatePatterns(const TypeConverter &converter,
                        RewritePatternSet &patterns) {
    populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                   converter);
    populateCallOpTypeConversionPattern(patterns, converter);
    populateReturnOpTypeConversionPattern(patterns, converter);
    cf::populateCFStructuralTypeConversions(converter, patterns);
    scf::populateSCFStructuralTypeConversions(converter, patterns);
    populateScalarizeArrayPatterns(converter, patterns);
    patterns
        .add<RegroupPattern<PackOp>, RegroupPattern<UnpackOp>, InjectPattern,
             TagPattern, ProjectPattern, ContainerPattern<PushOp>,
             ContainerPattern<PopOp>, ContainerPattern<BoxOp>,
             ContainerPattern<UnboxOp>, ContainerPattern<MakeListOp>,
             ContainerPattern<ListCopyOp>, ContainerPattern<ListLengthOp>,
             ContainerPattern<ListGetOp>, ContainerPattern<ListSetOp>,
             ContainerPattern<ListAppendOp>, ContainerPattern<ListPopOp>,
             ContainerPattern<ListTakeOp>, ContainerPattern<ListRenewOp>,
             ContainerPattern<UnsharedOp>, CustomVJPPattern, FillPattern,
             LeafwisePattern, TypeOpPattern, ValueAndGradPattern, WritePattern>(
            converter, patterns.getContext());
    patterns.add<SwitchPattern>(converter, patterns.getContext(),
                                /*benefit=*/2);
  }

  void markLegal(const TypeConverter &converter, ConversionTarget &target) {
    target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp function) {
      return converter.isSignatureLegal(function.getFunctionType());
    });
    target.addDynamicallyLegalOp<TypeOp>([&](TypeOp op) {
      return llvm::all_of(op.getTypes().getAsValueRange<TypeAttr>(),
                          [&](Type type) { return converter.isLegal(type); });
    });
    target.markUnknownOpDynamicallyLegal([&](Operation *op) {
      auto gradient = dyn_cast<ValueAndGradOp>(op);
      return converter.isLegal(op) && (!gradient || gradient.getSparse()) &&
             llvm::all_of(op->getRegions(), [&](Region &region) {
               return isa<ModuleOp>(op) || converter.isLegal(&region);
             });
    });
  }
};

} // namespace
