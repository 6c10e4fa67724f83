//===- NormalizeLoops.cpp - One form for each kind of control flow --------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counting loops become scf.for, downward ones too; any other loop an scf.while
// whose first region only computes the condition; switches become chains of
// scf.if.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIANORMALIZELOOPS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// Moves the only block of `from` to the end of the empty region `to`.
static void moveBody(PatternRewriter &rewriter, Region &from, Region &to) {
  rewriter.inlineRegionBefore(from, to, to.end());
}

namespace {

/// switch: case a: A, case b: B, default: D  ->  if a: A else: if b: B else: D.
struct SwitchToIf : OpRewritePattern<scf::IndexSwitchOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(scf::IndexSwitchOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    if (op.getCases().empty()) {
      Block &body = op.getDefaultBlock();
      Operation *yield = body.getTerminator();
      rewriter.inlineBlockBefore(&body, op);
      rewriter.replaceOp(op, yield->getOperands());
      rewriter.eraseOp(yield);
      return success();
    }
    scf::IfOp outermost;
    for (auto [value, region] : llvm::zip(op.getCases(), op.getCaseRegions())) {
      Value number = arith::ConstantIndexOp::create(rewriter, loc, value);
      Value taken = arith::CmpIOp::create(
          rewriter, loc, arith::CmpIPredicate::eq, op.getArg(), number);
      auto branch = scf::IfOp::create(rewriter, loc, op.getResultTypes(), taken,
                                      /*addThenBlock=*/false,
                                      /*addElseBlock=*/false);
      if (!outermost)
        outermost = branch;
      else
        scf::YieldOp::create(rewriter, loc, branch.getResults());
      moveBody(rewriter, region, branch.getThenRegion());
      if (value == op.getCases().back())
        moveBody(rewriter, op.getDefaultRegion(), branch.getElseRegion());
      else
        rewriter.createBlock(&branch.getElseRegion());
    }
    rewriter.replaceOp(op, outermost);
    return success();
  }
};

/// Whether the last value of the counter at `slot` is used after the loop: an
/// scf.for does not give it.
bool isCounterUsedAfter(scf::WhileOp loop, unsigned slot) {
  BlockArgument counter = loop.getBeforeArguments()[slot];
  for (auto [value, result] :
       llvm::zip(loop.getConditionOp().getArgs(), loop.getResults()))
    if (value == counter && !result.use_empty())
      return true;
  return false;
}

/// Whether the loop runs while a counter, which grows by a positive constant,
/// is below a bound.
bool countsUp(scf::WhileOp loop) {
  auto condition = loop.getConditionOp();
  auto compare = condition.getCondition().getDefiningOp<arith::CmpIOp>();
  if (!compare)
    return false;
  bool less = compare.getPredicate() == arith::CmpIPredicate::slt;
  if (!less && compare.getPredicate() != arith::CmpIPredicate::sgt)
    return false;
  auto counter =
      dyn_cast<BlockArgument>(less ? compare.getLhs() : compare.getRhs());
  if (!counter || counter.getOwner() != loop.getBeforeBody())
    return false;
  auto next = loop.getYieldOp()
                  .getOperand(counter.getArgNumber())
                  .getDefiningOp<arith::AddIOp>();
  IntegerAttr step;
  return next && !isCounterUsedAfter(loop, counter.getArgNumber()) &&
         (matchPattern(next.getRhs(), m_Constant(&step)) ||
          matchPattern(next.getLhs(), m_Constant(&step))) &&
         step.getValue().isStrictlyPositive();
}

/// while i < n: ...; i += 3  ->  for.
struct CountingWhileToFor : OpRewritePattern<scf::WhileOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(scf::WhileOp loop,
                                PatternRewriter &rewriter) const override {
    if (!countsUp(loop))
      return rewriter.notifyMatchFailure(loop, "no upward counter");
    return scf::upliftWhileToForLoop(rewriter, loop);
  }
};

/// while i > n: ...; i -= 3  ->  while j < ~n: i = ~j; ...; j += 3, where ~ is
/// the bitwise complement: it turns the order round and cannot overflow.
struct FlipDownwardCounter : OpRewritePattern<scf::WhileOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(scf::WhileOp loop,
                                PatternRewriter &rewriter) const override {
    auto compare =
        loop.getConditionOp().getCondition().getDefiningOp<arith::CmpIOp>();
    if (!compare || compare.getPredicate() != arith::CmpIPredicate::sgt ||
        !llvm::hasNItems(*loop.getBeforeBody(), 2) ||
        compare.getRhs().getParentRegion() == &loop.getBefore())
      return rewriter.notifyMatchFailure(loop, "no comparison with a bound");
    auto counter = dyn_cast<BlockArgument>(compare.getLhs());
    if (!counter || counter.getOwner() != loop.getBeforeBody())
      return rewriter.notifyMatchFailure(loop, "no counter is compared");
    unsigned slot = counter.getArgNumber();
    if (isCounterUsedAfter(loop, slot))
      return rewriter.notifyMatchFailure(loop, "the counter is used later");
    auto next =
        loop.getYieldOp().getOperand(slot).getDefiningOp<arith::AddIOp>();
    IntegerAttr step;
    if (!next || !matchPattern(next.getRhs(), m_Constant(&step)) ||
        !step.getValue().isNegative() || step.getValue().isMinSignedValue())
      return rewriter.notifyMatchFailure(loop, "the counter does not fall");
    auto current = dyn_cast<BlockArgument>(next.getLhs());
    if (!current || current.getOwner() != loop.getAfterBody() ||
        loop.getConditionOp().getArgs()[current.getArgNumber()] != counter)
      return rewriter.notifyMatchFailure(loop, "not a step of the counter");
    flip(rewriter, loop, compare, current, step);
    return success();
  }

private:
  static Value complement(OpBuilder &builder, Location loc, Value value) {
    Value ones = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(value.getType(), -1));
    return arith::XOrIOp::create(builder, loc, value, ones);
  }

  static void flip(PatternRewriter &rewriter, scf::WhileOp loop,
                   arith::CmpIOp compare, BlockArgument current,
                   IntegerAttr step) {
    Location loc = loop.getLoc();
    auto counter = cast<BlockArgument>(compare.getLhs());
    unsigned slot = counter.getArgNumber();
    Value first = complement(rewriter, loc, loop.getInits()[slot]);
    Value bound = complement(rewriter, loc, compare.getRhs());
    Value upwards = arith::ConstantOp::create(
        rewriter, loc,
        rewriter.getIntegerAttr(step.getType(), -step.getValue()));
    rewriter.setInsertionPoint(compare);
    rewriter.replaceOpWithNewOp<arith::CmpIOp>(
        compare, arith::CmpIPredicate::slt, counter, bound);
    for (auto [i, value] : llvm::enumerate(loop.getConditionOp().getArgs())) {
      if (value != counter)
        continue;
      rewriter.setInsertionPointToStart(loop.getAfterBody());
      replaceByComplement(rewriter, loc, loop.getAfterArguments()[i]);
    }
    rewriter.setInsertionPoint(loop.getYieldOp());
    Value next = arith::AddIOp::create(rewriter, loc, current, upwards);
    rewriter.modifyOpInPlace(loop.getYieldOp(),
                             [&] { loop.getYieldOp().setOperand(slot, next); });
    rewriter.modifyOpInPlace(loop,
                             [&] { loop.getInitsMutable()[slot].set(first); });
  }

  static void replaceByComplement(PatternRewriter &rewriter, Location loc,
                                  Value value) {
    Value flipped = complement(rewriter, loc, value);
    rewriter.replaceAllUsesExcept(value, flipped, flipped.getDefiningOp());
  }
};

/// Whether the first region only computes the condition, and hands on nothing
/// that it computed. It may still hold a poll.
bool isNormalButForPoll(scf::WhileOp loop) {
  Block *before = loop.getBeforeBody();
  for (Operation &op : before->without_terminator())
    if (!isa<PollOp>(op) &&
        (op.getNumRegions() != 0 || !isMemoryEffectFree(&op)))
      return false;
  return llvm::none_of(loop.getConditionOp().getArgs(), [&](Value value) {
    return value.getDefiningOp() && value.getParentBlock() == before;
  });
}

/// Polls in the second region, so that the first one only computes.
struct MovePoll : OpRewritePattern<scf::WhileOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(scf::WhileOp loop,
                                PatternRewriter &rewriter) const override {
    auto polls = loop.getBeforeBody()->getOps<PollOp>();
    if (polls.empty() || !isNormalButForPoll(loop))
      return rewriter.notifyMatchFailure(loop, "no poll to be moved");
    rewriter.moveOpBefore(*polls.begin(), loop.getAfterBody(),
                          loop.getAfterBody()->begin());
    return success();
  }
};

/// Any other loop does all its work in the second region and remembers in a
/// flag whether to go on:
///
///   while (x = a) { B; condition(c) v } do (y) { A; yield w }
///
/// becomes
///
///   while (go = true, x = a, y' = poison) { condition(go) x, y' }
///   do { B; w' = if c { A[v]; w } else { poison }; yield c, w', v }
struct RotateWhile : OpRewritePattern<scf::WhileOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(scf::WhileOp loop,
                                PatternRewriter &rewriter) const override {
    if (isNormalButForPoll(loop))
      return rewriter.notifyMatchFailure(loop, "already normal");
    Location loc = loop.getLoc();
    unsigned numInits = loop.getInits().size();
    SmallVector<Value> inits{arith::ConstantIntOp::create(rewriter, loc, 1, 1)};
    llvm::append_range(inits, loop.getInits());
    llvm::append_range(inits, makePoison(rewriter, loc, loop.getResultTypes()));
    SmallVector<Type> types =
        llvm::map_to_vector(inits, [](Value value) { return value.getType(); });
    auto rotated = scf::WhileOp::create(
        rewriter, loc, TypeRange(types).drop_front(), inits,
        [&](OpBuilder &builder, Location, ValueRange arguments) {
          scf::ConditionOp::create(builder, loc, arguments.front(),
                                   arguments.drop_front());
        },
        [&](OpBuilder &, Location, ValueRange) {});
    buildBody(rewriter, loop, rotated, numInits);
    rewriter.replaceOp(loop, rotated.getResults().drop_front(numInits));
    return success();
  }

private:
  static SmallVector<Value> makePoison(OpBuilder &builder, Location loc,
                                       TypeRange types) {
    return llvm::map_to_vector(types, [&](Type type) -> Value {
      return ub::PoisonOp::create(builder, loc, type);
    });
  }

  static void buildBody(PatternRewriter &rewriter, scf::WhileOp loop,
                        scf::WhileOp rotated, unsigned numInits) {
    Location loc = loop.getLoc();
    Block *body = rotated.getAfterBody();
    auto condition = loop.getConditionOp();
    auto yield = loop.getYieldOp();
    rewriter.inlineBlockBefore(loop.getBeforeBody(), body, body->end(),
                               body->getArguments().take_front(numInits));
    Value goOn = condition.getCondition();
    SmallVector<Value> handedOn(condition.getArgs());
    rewriter.setInsertionPoint(condition);
    SmallVector<Value> yielded{goOn};
    if (llvm::hasSingleElement(*loop.getAfterBody())) {
      for (Value value : yield.getOperands()) {
        auto argument = dyn_cast<BlockArgument>(value);
        bool own = argument && argument.getOwner() == loop.getAfterBody();
        yielded.push_back(own ? handedOn[argument.getArgNumber()] : value);
      }
    } else {
      auto guard = scf::IfOp::create(rewriter, loc, loop.getInits().getTypes(),
                                     goOn, /*addThenBlock=*/true,
                                     /*addElseBlock=*/true);
      rewriter.inlineBlockBefore(loop.getAfterBody(), guard.thenBlock(),
                                 guard.thenBlock()->end(), handedOn);
      rewriter.setInsertionPointToEnd(guard.elseBlock());
      scf::YieldOp::create(
          rewriter, loc, makePoison(rewriter, loc, loop.getInits().getTypes()));
      llvm::append_range(yielded, guard.getResults());
    }
    llvm::append_range(yielded, handedOn);
    rewriter.setInsertionPoint(condition);
    scf::YieldOp::create(rewriter, loc, yielded);
    rewriter.eraseOp(condition);
  }
};

struct MyiaNormalizeLoops
    : myia::impl::MyiaNormalizeLoopsBase<MyiaNormalizeLoops> {
  using Base::Base;

  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet set(context);
    set.add<SwitchToIf, RotateWhile>(context);
    set.add<CountingWhileToFor, FlipDownwardCounter>(context, /*benefit=*/2);
    set.add<MovePoll>(context, /*benefit=*/3);
    patterns = std::move(set);
    return success();
  }

  void runOnOperation() override {
    GreedyRewriteConfig config;
    config.enableFolding(false).enableConstantCSE(false);
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    if (failed(applyPatternsGreedily(getOperation(), patterns, config)))
      return signalPassFailure();
    // A loop that counts ends.
    getOperation().walk([](scf::ForOp loop) {
      for (PollOp poll :
           llvm::make_early_inc_range(loop.getBody()->getOps<PollOp>()))
        poll.erase();
    });
  }

private:
  FrozenRewritePatternSet patterns;
};

} // namespace
