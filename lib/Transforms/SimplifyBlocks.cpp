//===- SimplifyBlocks.cpp - Clean a CFG up before it is lifted ------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inference hands every live value from block to block. This pass removes the
// arguments that carry nothing new, dead code, and branches that only raise.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Matchers.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/PostOrderIterator.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIASIMPLIFYBLOCKS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Branches that only raise
//===----------------------------------------------------------------------===//

/// The raise that `block` always ends in after nothing but pure ops, none of
/// which its message needs.
static RaiseIfOp getUnconditionalRaise(Block &block) {
  for (Operation &op : block.without_terminator()) {
    if (auto raise = dyn_cast<RaiseIfOp>(op)) {
      bool always = matchPattern(raise.getCondition(), m_One());
      bool local = llvm::any_of(raise.getValues(), [&](Value value) {
        return value.getParentBlock() == &block;
      });
      return always && !local ? raise : RaiseIfOp();
    }
    if (!isMemoryEffectFree(&op))
      return {};
  }
  return {};
}

/// Raises in a block that does nothing but go on to one that always raises.
/// Returns whether it now always raises itself.
static bool raiseEarlier(Block &block, RaiseIfOp raise) {
  auto branch = dyn_cast<cf::BranchOp>(block.getTerminator());
  if (!branch || !llvm::all_of(block.without_terminator(), [](Operation &op) {
        return isMemoryEffectFree(&op);
      }))
    return false;
  OpBuilder builder(branch);
  Value always =
      arith::ConstantIntOp::create(builder, raise.getLoc(), 1, /*width=*/1);
  RaiseIfOp::create(builder, raise.getLoc(), always, raise.getExceptionAttr(),
                    raise.getMessageAttr(), raise.getValues());
  return true;
}

/// A conditional branch to a block that always raises becomes a conditional
/// raise, which leaves no control flow behind.
static void hoistRaises(Region &region) {
  SmallVector<Block *> worklist;
  for (Block &block : llvm::reverse(region))
    worklist.push_back(&block);
  while (!worklist.empty()) {
    Block &block = *worklist.pop_back_val();
    RaiseIfOp raise = getUnconditionalRaise(block);
    if (!raise)
      continue;
    for (Block *predecessor : llvm::to_vector(block.getPredecessors())) {
      if (raiseEarlier(*predecessor, raise))
        worklist.push_back(predecessor);
      auto branch = dyn_cast<cf::CondBranchOp>(predecessor->getTerminator());
      if (!branch || branch.getTrueDest() == branch.getFalseDest())
        continue;
      OpBuilder builder(branch);
      Location loc = raise.getLoc();
      bool whenTrue = branch.getTrueDest() == &block;
      Value condition = branch.getCondition();
      if (!whenTrue)
        condition = arith::XOrIOp::create(
            builder, loc, condition,
            arith::ConstantIntOp::create(builder, loc, 1, 1));
      RaiseIfOp::create(builder, loc, condition, raise.getExceptionAttr(),
                        raise.getMessageAttr(), raise.getValues());
      cf::BranchOp::create(builder, branch.getLoc(),
                           whenTrue ? branch.getFalseDest()
                                    : branch.getTrueDest(),
                           whenTrue ? branch.getFalseDestOperands()
                                    : branch.getTrueDestOperands());
      branch.erase();
    }
  }
}

//===----------------------------------------------------------------------===//
// Arguments that are copies
//===----------------------------------------------------------------------===//

namespace {

/// Finds the value that each block argument always equals: optimistically, so
/// that copies which only feed each other around loops are found as well. An
/// argument that merges two values equals itself.
class CopyAnalysis {
public:
  explicit CopyAnalysis(Region &region) {
    for (Block *block :
         llvm::ReversePostOrderTraversal<Block *>(&region.front()))
      if (!block->isEntryBlock())
        llvm::append_range(worklist, block->getArguments());
    std::reverse(worklist.begin(), worklist.end());
    while (!worklist.empty())
      visit(worklist.pop_back_val());
  }

  Value getOriginal(BlockArgument argument) const {
    return originals.lookup(argument);
  }

private:
  /// What `value` is known to equal, or nothing before it was visited.
  Value resolve(Value value) const {
    auto argument = dyn_cast<BlockArgument>(value);
    if (!argument || argument.getOwner()->isEntryBlock())
      return value;
    return originals.lookup(argument);
  }

  void visit(BlockArgument argument) {
    Value &known = originals[argument];
    if (known == argument)
      return;
    Value merged = merge(argument);
    if (!merged || merged == known)
      return;
    known = merged;
    for (OpOperand &use : argument.getUses())
      if (auto branch = dyn_cast<BranchOpInterface>(use.getOwner()))
        if (auto successor =
                branch.getSuccessorBlockArgument(use.getOperandNumber()))
          worklist.push_back(*successor);
  }

  Value merge(BlockArgument argument) const {
    Value merged;
    Block *block = argument.getOwner();
    for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      Value incoming = branch.getSuccessorOperands(
          it.getSuccessorIndex())[argument.getArgNumber()];
      Value original = resolve(incoming);
      if (!original || original == merged)
        continue;
      if (merged)
        return argument;
      merged = original;
    }
    return merged;
  }

  llvm::DenseMap<BlockArgument, Value> originals;
  SmallVector<BlockArgument> worklist;
};

} // namespace

static void eraseArguments(Block &block, const llvm::BitVector &dead) {
  for (auto it = block.pred_begin(), e = block.pred_end(); it != e; ++it) {
    auto branch = cast<BranchOpInterface>((*it)->getTerminator());
    SuccessorOperands operands =
        branch.getSuccessorOperands(it.getSuccessorIndex());
    for (int i = dead.find_last(); i != -1; i = dead.find_prev(i))
      operands.erase(i);
  }
  block.eraseArguments(dead);
}

static void forwardCopies(Region &region) {
  CopyAnalysis copies(region);
  for (Block &block : llvm::drop_begin(region)) {
    llvm::BitVector dead(block.getNumArguments());
    for (BlockArgument argument : block.getArguments()) {
      Value original = copies.getOriginal(argument);
      if (!original || original == argument)
        continue;
      argument.replaceAllUsesWith(original);
      dead.set(argument.getArgNumber());
    }
    eraseArguments(block, dead);
  }
}

//===----------------------------------------------------------------------===//
// Dead code
//===----------------------------------------------------------------------===//

namespace {

/// The values that an effect or a branch condition depends on, through block
/// arguments. Cyclic dead code is dead.
class LivenessAnalysis {
public:
  explicit LivenessAnalysis(Region &region) {
    for (Block &block : region)
      for (Operation &op : block)
        if (!isRemovable(op))
          visitUsers(op);
    while (!worklist.empty())
      visit(worklist.pop_back_val());
  }

  static bool isRemovable(Operation &op) {
    return !op.hasTrait<OpTrait::IsTerminator>() && wouldOpBeTriviallyDead(&op);
  }
  bool isLive(Value value) const { return live.contains(value); }

private:
  /// Everything that `op` and its regions use; a branch's forwarded operands
  /// wait for the arguments that they go to.
  void visitUsers(Operation &op) {
    op.walk([&](Operation *inner) {
      auto branch = dyn_cast<BranchOpInterface>(inner);
      for (OpOperand &operand : inner->getOpOperands())
        if (!branch ||
            !branch.getSuccessorBlockArgument(operand.getOperandNumber()))
          mark(operand.get());
    });
  }

  void mark(Value value) {
    if (live.insert(value).second)
      worklist.push_back(value);
  }

  void visit(Value value) {
    if (Operation *op = value.getDefiningOp()) {
      visitUsers(*op);
      return;
    }
    auto argument = cast<BlockArgument>(value);
    Block *block = argument.getOwner();
    for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      mark(branch.getSuccessorOperands(
          it.getSuccessorIndex())[argument.getArgNumber()]);
    }
  }

  llvm::DenseSet<Value> live;
  SmallVector<Value> worklist;
};

} // namespace

static void eraseDeadCode(Region &region) {
  LivenessAnalysis liveness(region);
  auto isDead = [&](Value value) { return !liveness.isLive(value); };
  for (Block &block : llvm::drop_begin(region)) {
    llvm::BitVector dead(block.getNumArguments());
    for (BlockArgument argument : block.getArguments())
      dead[argument.getArgNumber()] = isDead(argument);
    for (int i : dead.set_bits())
      block.getArgument(i).dropAllUses();
    eraseArguments(block, dead);
  }
  for (Block &block : region)
    for (Operation &op : llvm::make_early_inc_range(block))
      if (LivenessAnalysis::isRemovable(op) &&
          llvm::all_of(op.getResults(), isDead)) {
        op.dropAllUses();
        op.erase();
      }
}

//===----------------------------------------------------------------------===//
// Chains of blocks
//===----------------------------------------------------------------------===//

static void mergeChains(Region &region) {
  for (Block &block : region) {
    while (auto branch = dyn_cast<cf::BranchOp>(block.getTerminator())) {
      Block *next = branch.getDest();
      if (next == &block || next->getSinglePredecessor() != &block)
        break;
      for (auto [argument, value] :
           llvm::zip(next->getArguments(), branch.getDestOperands()))
        argument.replaceAllUsesWith(value);
      branch.erase();
      block.getOperations().splice(block.end(), next->getOperations());
      next->erase();
    }
  }
}

namespace {
struct MyiaSimplifyBlocks
    : myia::impl::MyiaSimplifyBlocksBase<MyiaSimplifyBlocks> {
  using Base::Base;
  void runOnOperation() override {
    Region &body = getOperation().getBody();
    if (body.empty())
      return;
    hoistRaises(body);
    IRRewriter rewriter(&getContext());
    (void)eraseUnreachableBlocks(rewriter, body);
    forwardCopies(body);
    eraseDeadCode(body);
    mergeChains(body);
  }
};
} // namespace
