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

/// Lets the code generator fuse the products of a reduction with its sum, as
/// libraries do, so that each is rounded once instead of twice. Nowhere else:
/// CPython and NumPy round products, and `b * b - 4 * a * c` is 0 by that only.
static void contractReductions(Operation *root) {
  auto allow = [](Operation *op, arith::FastMathFlags flags) {
    flags = flags | arith::FastMathFlags::contract;
    op->setAttr("fastmath",
                arith::FastMathFlagsAttr::get(op->getContext(), flags));
  };
  root->walk([&](arith::AddFOp sum) {
    if (!bitEnumContainsAll(sum.getFastmath(), arith::FastMathFlags::reassoc))
      return;
    allow(sum, sum.getFastmath());
    for (Value term : sum->getOperands())
      if (auto product = term.getDefiningOp<arith::MulFOp>())
        allow(product, product.getFastmath());
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
    contractReductions(getOperation());
  }
};
} // namespace
