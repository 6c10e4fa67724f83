//===- ExpandAccumulate.cpp - Cotangent sums become arithmetic -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum of arrays fuses with what is around it, and writes into the accumulator
// where that dies: no lowering has to know cotangents.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"
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
    rewriter.setInsertionPoint(op);
    auto sum = dyn_cast<AccumulateOp>(op);
    auto zero = dyn_cast<ZeroOp>(op);
    if (sum && isa<FloatType>(getElementTypeOrSelf(sum.getType())))
      rewriter.replaceOpWithNewOp<arith::AddFOp>(op, sum.getLhs(),
                                                 sum.getRhs());
    else if (zero && isa<FloatType>(zero.getType()))
      rewriter.replaceOpWithNewOp<arith::ConstantOp>(
          op, rewriter.getFloatAttr(zero.getResult().getType(), 0.0));
  });
}
