//===- ExpandAccumulate.cpp - Cotangent sums become arithmetic -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Scalars only: the lowering of arrays decides whether an array is accumulated
// in place.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAEXPANDACCUMULATE
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
struct MyiaExpandAccumulate
    : myia::impl::MyiaExpandAccumulateBase<MyiaExpandAccumulate> {
  using Base::Base;
  void runOnOperation() override;
};
} // namespace

void MyiaExpandAccumulate::runOnOperation() {
  IRRewriter rewriter(&getContext());
  getOperation()->walk([&](Operation *op) {
    if (op->getNumResults() != 1 || !isa<FloatType>(op->getResult(0).getType()))
      return;
    rewriter.setInsertionPoint(op);
    if (auto sum = dyn_cast<AccumulateOp>(op))
      rewriter.replaceOpWithNewOp<arith::AddFOp>(op, sum.getLhs(),
                                                 sum.getRhs());
    else if (auto zero = dyn_cast<ZeroOp>(op))
      rewriter.replaceOpWithNewOp<arith::ConstantOp>(
          op, rewriter.getFloatAttr(zero.getResult().getType(), 0.0));
  });
}
