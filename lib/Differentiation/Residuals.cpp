//===- Residuals.cpp - What the backward function remembers -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Closes the backward function over the forward values that it uses. From the
// inside out, a value that a block's mirror uses is recomputed there when that
// is cheap, and otherwise handed out of the block: by the results of a branch,
// by a record that each iteration of a loop pushes on the function's stack, by
// the results of the function.
//
//===----------------------------------------------------------------------===//

#include "Derivative.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::myia;

namespace {

class ResidualCloser {
public:
  ResidualCloser(Derivative &derivative, const ReversedBlocks &blocks)
      : derivative(derivative), blocks(blocks) {}

  void run() {
    collectUses();
    for (auto &group : blocks.groups) {
      Operation *op = group.front().primal->getParentOp();
      if (isa<scf::IfOp>(op))
        closeBranches(group[0], group[1]);
      else if (isa<func::FuncOp>(op))
        closeFunction(group[0]);
      else
        closeLoop(group[0]);
    }
  }

private:
  using Pair = ReversedBlocks::Pair;
  /// Forward values, each with its uses in the backward function.
  using Needed = llvm::MapVector<Value, SmallVector<OpOperand *>>;

  void collectUses();
  Needed takeNeeded(Block *primal);
  Needed recompute(Pair pair);
  void recomputeInductionVariable(Pair pair, Needed &needed);
  void closeBranches(Pair first, Pair second);
  void closeLoop(Pair pair);
  void closeFunction(Pair pair);
  /// Remembers a use of a forward value of a block that is closed later.
  void use(OpOperand &operand) {
    pending[operand.get().getParentBlock()].push_back(&operand);
  }
  /// The operand of pushes and pops before they are threaded.
  Value getUnthreadedStack();

  Derivative &derivative;
  const ReversedBlocks &blocks;
  llvm::DenseMap<Block *, SmallVector<OpOperand *>> pending;
  SmallVector<Operation *> pushes, pops;
  Value unthreadedStack;
};

} // namespace

void ResidualCloser::collectUses() {
  for (auto &group : blocks.groups)
    for (Pair pair : group)
      pending[pair.primal];
  derivative.backward.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      if (pending.contains(operand.get().getParentBlock()))
        use(operand);
  });
}

ResidualCloser::Needed ResidualCloser::takeNeeded(Block *primal) {
  Needed needed;
  for (OpOperand *operand : pending.lookup(primal))
    needed[operand->get()].push_back(operand);
  return needed;
}

//===----------------------------------------------------------------------===//
// Recomputation
//===----------------------------------------------------------------------===//

/// Whether the result of `op` is never worth remembering: it has no operands,
/// or it is larger than its only operand.
static bool isAlwaysRecomputed(Operation *op) {
  return op->hasTrait<OpTrait::ConstantLike>() ||
         isa<ZeroOp, ub::PoisonOp, SplatOp, BroadcastOp, tensor::SplatOp,
             arith::ExtFOp, arith::SIToFPOp, arith::ExtSIOp, arith::ExtUIOp,
             arith::IndexCastOp>(op);
}

/// Whether `op` costs about as much as loading its result.
static bool isCheap(Operation *op) {
  if (op->getNumResults() != 1 || op->getNumRegions() != 0 ||
      !op->getResult(0).getType().isIntOrIndexOrFloat() ||
      llvm::any_of(op->getOperandTypes(), llvm::IsaPred<ShapedType>))
    return false;
  if (isa<math::AbsFOp, math::CopySignOp>(op))
    return true;
  return isa<arith::ArithDialect>(op->getDialect()) &&
         !isa<arith::DivFOp, arith::DivSIOp, arith::DivUIOp, arith::RemFOp,
              arith::RemSIOp, arith::RemUIOp, arith::FloorDivSIOp,
              arith::CeilDivSIOp, arith::CeilDivUIOp>(op);
}

/// Recomputes in the mirror what is cheap there; the rest is to be handed over.
ResidualCloser::Needed ResidualCloser::recompute(Pair pair) {
  Needed needed = takeNeeded(pair.primal);
  llvm::SetVector<Operation *> recomputed;
  auto isLocal = [&](Value value) {
    return value.getParentBlock() == pair.primal;
  };
  for (size_t i = 0; i < needed.size(); ++i) {
    Operation *op = (needed.begin() + i)->first.getDefiningOp();
    if (!op || !isAlwaysRecomputed(op) || !recomputed.insert(op))
      continue;
    for (Value operand : op->getOperands())
      if (isLocal(operand))
        needed[operand];
  }
  auto isAtHand = [&](Value operand) {
    return !isLocal(operand) || needed.contains(operand) ||
           matchPattern(operand, m_Constant());
  };
  for (size_t i = 0; i < needed.size(); ++i) {
    Operation *op = (needed.begin() + i)->first.getDefiningOp();
    if (!op || !isCheap(op) || !llvm::all_of(op->getOperands(), isAtHand))
      continue;
    recomputed.insert(op);
    for (Value operand : op->getOperands())
      if (isLocal(operand) && matchPattern(operand, m_Constant())) {
        needed[operand];
        recomputed.insert(operand.getDefiningOp());
      }
  }

  SmallVector<Operation *> ops = recomputed.takeVector();
  llvm::sort(ops,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  OpBuilder builder = OpBuilder::atBlockBegin(pair.reverse);
  SmallVector<std::pair<Value, Value>> copies;
  for (Operation *op : ops) {
    Operation *copy = builder.clone(*op);
    copies.push_back({op->getResult(0), copy->getResult(0)});
    for (OpOperand &operand : copy->getOpOperands()) {
      if (isLocal(operand.get()))
        needed[operand.get()].push_back(&operand);
      else
        use(operand);
    }
  }
  for (auto [value, copy] : copies)
    for (OpOperand *operand : needed[value])
      operand->set(copy);
  llvm::DenseSet<Value> done;
  for (auto [value, copy] : copies)
    done.insert(value);
  needed.remove_if([&](auto &entry) { return done.contains(entry.first); });
  recomputeInductionVariable(pair, needed);
  return needed;
}

/// The mirror of iteration k of n is iteration n - 1 - k.
void ResidualCloser::recomputeInductionVariable(Pair pair, Needed &needed) {
  auto loop = dyn_cast<scf::ForOp>(pair.primal->getParentOp());
  if (!loop || !needed.contains(loop.getInductionVar()))
    return;
  OpBuilder builder = OpBuilder::atBlockBegin(pair.reverse);
  Location loc = loop.getLoc();
  Value lower = loop.getLowerBound(), upper = loop.getUpperBound(),
        step = loop.getStep();
  auto track = [&](Value value) {
    for (OpOperand &operand : value.getDefiningOp()->getOpOperands())
      if (pending.contains(operand.get().getParentBlock()))
        use(operand);
    return value;
  };
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(lower.getType(), value));
  };
  auto sub = [&](Value a, Value b) {
    return track(arith::SubIOp::create(builder, loc, a, b));
  };
  auto add = [&](Value a, Value b) {
    return track(arith::AddIOp::create(builder, loc, a, b));
  };
  Value distance = sub(sub(upper, lower), constant(1));
  if (!isConstantIntValue(loop.getStep(), 1)) {
    Value steps = track(arith::DivUIOp::create(builder, loc, distance, step));
    distance = track(arith::MulIOp::create(builder, loc, steps, step));
  }
  Value last = add(lower, distance);
  Value mirrored = sub(add(last, lower), pair.reverse->getArgument(0));
  for (OpOperand *operand : needed[loop.getInductionVar()])
    operand->set(mirrored);
  needed.erase(loop.getInductionVar());
}

//===----------------------------------------------------------------------===//
// Handing over
//===----------------------------------------------------------------------===//

/// The branch taken yields its values, the other one poison. The two branches
/// share results of equal type.
void ResidualCloser::closeBranches(Pair first, Pair second) {
  Needed needed[2] = {recompute(first), recompute(second)};
  SmallVector<std::pair<Value, Value>> slots;
  for (auto &[value, uses] : needed[0])
    slots.push_back({value, {}});
  llvm::DenseMap<Type, size_t> next;
  for (auto &[value, uses] : needed[1]) {
    size_t &slot = next[value.getType()];
    while (slot < needed[0].size() &&
           slots[slot].first.getType() != value.getType())
      ++slot;
    if (slot < needed[0].size())
      slots[slot++].second = value;
    else
      slots.push_back({{}, value});
  }
  if (slots.empty())
    return;

  Operation *branch = first.primal->getParentOp();
  SmallVector<Type> types;
  for (auto [a, b] : slots)
    types.push_back((a ? a : b).getType());
  Operation *extended = extendRegionOp(branch, {}, types);
  ValueRange results =
      extended->getResults().drop_front(branch->getNumResults());
  branch->erase();
  auto handOver = [&](Pair pair, Needed &uses, Value value, Value result) {
    Operation *yield = pair.primal->getTerminator();
    OpBuilder builder(yield);
    if (!value)
      value = ub::PoisonOp::create(builder, yield->getLoc(), result.getType());
    yield->insertOperands(yield->getNumOperands(), value);
    for (OpOperand *operand : uses[value]) {
      operand->set(result);
      use(*operand);
    }
  };
  for (auto [slot, result] : llvm::zip(slots, results)) {
    handOver(first, needed[0], slot.first, result);
    handOver(second, needed[1], slot.second, result);
  }
}

Value ResidualCloser::getUnthreadedStack() {
  if (!unthreadedStack) {
    OpBuilder builder = OpBuilder::atBlockBegin(&derivative.forward.front());
    unthreadedStack = StackOp::create(builder, derivative.forward.getLoc());
  }
  return unthreadedStack;
}

/// Each iteration pushes one record, which its mirror pops.
void ResidualCloser::closeLoop(Pair pair) {
  Needed needed = recompute(pair);
  if (needed.empty())
    return;
  SmallVector<Value> values;
  for (auto &[value, uses] : needed)
    values.push_back(value);
  Value stack = getUnthreadedStack();
  Operation *terminator = pair.primal->getTerminator();
  OpBuilder builder(terminator);
  auto push = PushOp::create(builder, terminator->getLoc(), stack.getType(),
                             stack, values);
  builder.setInsertionPointToStart(pair.reverse);
  auto pop = PopOp::create(builder, terminator->getLoc(), stack.getType(),
                           ValueRange(values).getTypes(), stack);
  pushes.push_back(push);
  pops.push_back(pop);
  for (auto [entry, popped] : llvm::zip(needed, pop.getValues()))
    for (OpOperand *operand : entry.second)
      operand->set(popped);
}

/// The forward function returns the residuals, the stack among them.
void ResidualCloser::closeFunction(Pair pair) {
  func::FuncOp forward = derivative.forward, backward = derivative.backward;
  Location loc = forward.getLoc();
  // Threading makes new ops, so it comes before any value is looked at.
  Value stack;
  if (unthreadedStack)
    stack = threadStack(pushes, pair.primal, unthreadedStack);
  Needed needed = recompute(pair);
  SmallVector<Value> residuals;
  for (auto &[value, uses] : needed)
    residuals.push_back(value);
  if (stack)
    residuals.push_back(stack);

  Operation *end = pair.primal->getTerminator();
  OpBuilder builder(end);
  SmallVector<Type> types(ValueRange(residuals).getTypes());
  SmallVector<Value> received;
  if (derivative.record) {
    Type boxType = derivative.residuals.front();
    Value box = BoxOp::create(builder, loc, boxType, residuals);
    end->insertOperands(end->getNumOperands(), box);
    Value argument = pair.reverse->insertArgument(0u, boxType, loc);
    builder.setInsertionPointToStart(pair.reverse);
    auto unbox = UnboxOp::create(builder, loc, types, argument);
    received.assign(unbox.getValues().begin(), unbox.getValues().end());
    derivative.recordTypes = types;
  } else {
    end->insertOperands(end->getNumOperands(), residuals);
    for (auto [i, type] : llvm::enumerate(types))
      received.push_back(pair.reverse->insertArgument(i, type, loc));
    derivative.residuals = types;
  }
  for (auto [entry, value] : llvm::zip(needed, received))
    for (OpOperand *operand : entry.second)
      operand->set(value);
  if (stack)
    threadStack(pops, pair.reverse, received.back());

  builder.setInsertionPoint(forward);
  forward.setFunctionType(builder.getFunctionType(forward.getArgumentTypes(),
                                                  end->getOperandTypes()));
  backward.setFunctionType(builder.getFunctionType(
      pair.reverse->getArgumentTypes(),
      pair.reverse->getTerminator()->getOperandTypes()));
}

void myia::closeOverResiduals(Derivative &derivative,
                              const ReversedBlocks &blocks) {
  ResidualCloser(derivative, blocks).run();
}
