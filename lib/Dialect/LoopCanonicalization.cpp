//===- LoopCanonicalization.cpp - What upstream's loop patterns need ------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream moves an scf.if from the first region of a loop into the second, and
// there replaces only one of the values that are the same result of the scf.if:
// the others become what its other branch gives. So no loop may hand on the
// same value twice when that pattern comes.
//
//===----------------------------------------------------------------------===//

#include "Canonicalization.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

using namespace mlir;

namespace {

/// while { condition(c) v, v } do (a, b) hands on v once; b is a.
struct HandOnOnce : OpRewritePattern<scf::WhileOp> {
  HandOnOnce(MLIRContext *context)
      : OpRewritePattern(context, /*benefit=*/100) {}

  LogicalResult matchAndRewrite(scf::WhileOp loop,
                                PatternRewriter &rewriter) const override {
    scf::ConditionOp condition = loop.getConditionOp();
    DenseMap<Value, unsigned> first;
    bool changed = false;
    for (auto [i, value] : llvm::enumerate(condition.getArgs())) {
      auto [known, isNew] = first.try_emplace(value, i);
      if (isNew || !value.getDefiningOp<scf::IfOp>())
        continue;
      rewriter.replaceAllUsesWith(loop.getResult(i),
                                  loop.getResult(known->second));
      rewriter.replaceAllUsesWith(loop.getAfterArguments()[i],
                                  loop.getAfterArguments()[known->second]);
      rewriter.setInsertionPoint(loop);
      Value unused =
          ub::PoisonOp::create(rewriter, loop.getLoc(), value.getType());
      OpOperand &operand = condition.getArgsMutable()[i];
      rewriter.modifyOpInPlace(condition, [&] { operand.set(unused); });
      changed = true;
    }
    return success(changed);
  }
};

} // namespace

void myia::populateLoopCanonicalization(RewritePatternSet &patterns) {
  patterns.add<HandOnOnce>(patterns.getContext());
}
