//===- FuseArrays.cpp - Computing elements where they are used -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-fuse-arrays: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAFUSEARRAYS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;

static bool isCostly(linalg::GenericOp op) {
  return llvm::any_of(op.getBody()->getOperations(), [](Operation &inner) {
    return isa<math::MathDialect>(inner.getDialect()) ||
           isa<arith::DivFOp, arith::RemFOp>(inner);
  });
}

/// Whether `op` moves or makes elements without computing on them.
static bool isMovement(linalg::GenericOp op) {
  return llvm::all_of(op.getBody()->getOperations(), [](Operation &inner) {
    return !isa<arith::ArithDialect, math::MathDialect>(inner.getDialect()) ||
           isa<arith::ConstantOp, arith::IndexCastOp>(inner) ||
           isa<IndexType>(inner.getResult(0).getType());
  });
}

/// Whether an array that `op` reads is updated somewhere. The update happens in
/// place unless `op` reads the old elements later.
static bool readsUpdatedArray(linalg::GenericOp op) {
  auto isUpdated = [](Value array) {
    return llvm::any_of(array.getUses(), [](OpOperand &use) {
      auto destination = dyn_cast<DestinationStyleOpInterface>(use.getOwner());
      return destination && destination.isDpsInit(&use);
    });
  };
  if (llvm::any_of(op.getInputs(), isUpdated))
    return true;
  return op.getBody()
      ->walk([&](tensor::ExtractOp extract) {
        return isUpdated(extract.getTensor()) ? WalkResult::interrupt()
                                              : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether `op` adds to an array in place.
static bool updatesArray(linalg::GenericOp op) {
  return llvm::any_of(op.getDpsInitsMutable(), [&](OpOperand &init) {
    return op.payloadUsesValueFromOperand(&init);
  });
}

/// Whether `consumer` has more iterations than `producer`, as far as is known.
static bool repeats(linalg::GenericOp consumer, linalg::GenericOp producer) {
  int64_t more = 1, fewer = 1, unknown = 0;
  for (int64_t size : consumer.getStaticLoopRanges())
    ShapedType::isDynamic(size) ? ++unknown : more *= size;
  for (int64_t size : producer.getStaticLoopRanges())
    ShapedType::isDynamic(size) ? --unknown : fewer *= size;
  return unknown > 0 || (unknown == 0 && more > fewer);
}

/// Computes an element where it is used, rather than storing it, when that
/// costs no more: it has one user, in the same block, which does not read it
/// many times over.
static bool isWorthFusing(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  if (!producer || !consumer || updatesArray(producer) ||
      readsUpdatedArray(producer))
    return false;
  if (isMovement(producer))
    return true;
  if (producer->getBlock() != consumer->getBlock() ||
      !llvm::all_of(producer->getUsers(),
                    [&](Operation *user) { return user == consumer; }))
    return false;
  // An operand that occurs twice would be computed twice, and so would all that
  // is fused into it later: equal ones become one first.
  if (llvm::count(consumer->getOperands(), operand->get()) > 1)
    return false;
  return !isCostly(producer) || !repeats(consumer, producer);
}

namespace {
struct MyiaFuseArrays : public myia::impl::MyiaFuseArraysBase<MyiaFuseArrays> {
  using Base::Base;

  void runOnOperation() final {
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, isWorthFusing);
    linalg::GenericOp::getCanonicalizationPatterns(patterns, &getContext());
    myia::populateSizePatterns(patterns);
    affine::AffineApplyOp::getCanonicalizationPatterns(patterns, &getContext());
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    (void)applyPatternsGreedily(getOperation(), std::move(patterns), config);
  }
};
} // namespace
