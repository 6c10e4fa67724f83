//===- LowerMath.cpp - Mathematical functions and rounding -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-lower-math: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALOWERMATH
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;

/// Upstream's polynomials are made for f32; these keep its accuracy over the
/// whole range.
static bool hasGoodApproximation(StringRef name) {
  return name == math::ExpOp::getOperationName() ||
         name == math::TanhOp::getOperationName() ||
         name == math::ErfOp::getOperationName() ||
         name == math::ExpM1Op::getOperationName();
}

static void approximateSingles(Operation *root) {
  SmallVector<Operation *> singles;
  root->walk([&](Operation *op) {
    if (hasGoodApproximation(op->getName().getStringRef()) &&
        op->getResult(0).getType().isF32())
      singles.push_back(op);
  });
  if (singles.empty())
    return;
  RewritePatternSet patterns(root->getContext());
  populateMathPolynomialApproximationPatterns(patterns, hasGoodApproximation);
  (void)applyOpPatternsGreedily(singles, std::move(patterns));
}

/// What has no LLVM intrinsic, or one that is expanded with a loss of accuracy,
/// is a call of the C library.
static LogicalResult callLibm(Operation *root) {
  MLIRContext *context = root->getContext();
  ConversionTarget target(*context);
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  target.addIllegalOp<math::AcosOp, math::AcoshOp, math::AsinOp, math::AsinhOp,
                      math::AtanOp, math::Atan2Op, math::AtanhOp, math::CbrtOp,
                      math::CoshOp, math::ErfOp, math::ErfcOp, math::ExpM1Op,
                      math::Log1pOp, math::SinhOp, math::TanOp, math::TanhOp>();
  RewritePatternSet patterns(context);
  populateMathToLibmConversionPatterns(patterns);
  return applyPartialConversion(root, target, std::move(patterns));
}

/// LLVM's conversion lacks this one.
static void expandIsInf(math::IsInfOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto type = cast<FloatType>(op.getOperand().getType());
  Value infinity = arith::ConstantOp::create(
      builder, loc,
      builder.getFloatAttr(type, APFloat::getInf(type.getFloatSemantics())));
  Value magnitude = math::AbsFOp::create(builder, loc, op.getOperand());
  op.replaceAllUsesWith(arith::CmpFOp::create(builder, loc,
                                              arith::CmpFPredicate::OEQ,
                                              magnitude, infinity)
                            .getResult());
  op.erase();
}

/// Lets the code generator fuse a product and a sum: the result is rounded once
/// instead of twice.
static void allowContraction(Operation *root) {
  root->walk([](arith::ArithFastMathInterface op) {
    // A conversion carries no flags unless it was given some.
    arith::FastMathFlagsAttr attr = op.getFastMathFlagsAttr();
    auto flags = attr ? attr.getValue() : arith::FastMathFlags::none;
    op->setAttr(op.getFastMathAttrName(),
                arith::FastMathFlagsAttr::get(
                    op.getContext(), flags | arith::FastMathFlags::contract));
  });
}

namespace {
struct MyiaLowerMath : public myia::impl::MyiaLowerMathBase<MyiaLowerMath> {
  using Base::Base;

  void runOnOperation() final {
    getOperation().walk(expandIsInf);
    approximateSingles(getOperation());
    if (failed(callLibm(getOperation())))
      return signalPassFailure();
    allowContraction(getOperation());
  }
};
} // namespace
