//===- Activity.cpp - What a derivative has to visit -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Three worklists over one relation, "the value of this flows into that", which
// knows the structured control flow of typed IR.
//
//===----------------------------------------------------------------------===//

#include "Activity.h"
#include "Adjoint.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::myia;

/// Adds the values that the operand `use` flows into.
static void appendSuccessors(OpOperand &use, SmallVectorImpl<Value> &values) {
  Operation *op = use.getOwner();
  unsigned number = use.getOperandNumber();
  auto enterLoop = [&](scf::ForOp loop, unsigned slot) {
    values.push_back(loop.getRegionIterArg(slot));
    values.push_back(loop.getResult(slot));
  };
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    if (number >= loop.getNumControlOperands())
      enterLoop(loop, number - loop.getNumControlOperands());
  } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
    values.push_back(loop.getBeforeArguments()[number]);
  } else if (isa<scf::ConditionOp>(op)) {
    auto loop = cast<scf::WhileOp>(op->getParentOp());
    if (number == 0)
      return;
    values.push_back(loop.getAfterArguments()[number - 1]);
    values.push_back(loop.getResult(number - 1));
  } else if (isa<scf::YieldOp>(op)) {
    if (auto loop = dyn_cast<scf::ForOp>(op->getParentOp()))
      enterLoop(loop, number);
    else if (auto loop = dyn_cast<scf::WhileOp>(op->getParentOp()))
      values.push_back(loop.getBeforeArguments()[number]);
    else
      values.push_back(op->getParentOp()->getResult(number));
  } else if (op->hasTrait<OpTrait::IsTerminator>() &&
             !isa<func::FuncOp>(op->getParentOp())) {
    // Not known here how: the op has no rule and will be refused.
    llvm::append_range(values, op->getParentOp()->getResults());
  } else if (!isa<scf::IfOp>(op) && !isConstantRule(op)) {
    llvm::append_range(values, op->getResults());
  }
}

/// Adds the values that flow into `value`.
static void appendPredecessors(Value value, SmallVectorImpl<Value> &values) {
  Operation *op = value.getDefiningOp();
  unsigned number = 0;
  if (op) {
    number = cast<OpResult>(value).getResultNumber();
  } else {
    auto argument = cast<BlockArgument>(value);
    op = argument.getOwner()->getParentOp();
    number = argument.getArgNumber();
    if (isa<func::FuncOp>(op))
      return;
    if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      if (argument.getOwner() == loop.getBeforeBody()) {
        values.push_back(loop.getInits()[number]);
        values.push_back(loop.getYieldedValues()[number]);
      } else {
        values.push_back(loop.getConditionOp().getArgs()[number]);
      }
      return;
    }
    if (isa<scf::ForOp>(op)) {
      if (number == 0)
        return;
      --number;
    }
  }
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    values.push_back(loop.getInitArgs()[number]);
    values.push_back(loop.getYieldedValues()[number]);
  } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
    values.push_back(loop.getConditionOp().getArgs()[number]);
  } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
    values.push_back(branch.thenYield()->getOperand(number));
    values.push_back(branch.elseYield()->getOperand(number));
  } else {
    llvm::append_range(values, op->getOperands());
  }
}

Activity::Activity(func::FuncOp function, const DerivativeKey &key) {
  findVaried(function, key);
  findUseful(function, key);
  findMasked(key);
  findReversed(function);
}

void Activity::findVaried(func::FuncOp function, const DerivativeKey &key) {
  SmallVector<Value> worklist, successors;
  auto reach = [&](Value value) {
    if (isDifferentiable(value.getType()) && varied.insert(value).second)
      worklist.push_back(value);
  };
  for (auto [argument, active] :
       llvm::zip(function.getArguments(), key.arguments))
    if (active)
      reach(argument);
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    successors.clear();
    for (OpOperand &use : value.getUses()) {
      if (isContainer(value.getType()) &&
          isa<PopOp, UnboxOp, func::CallOp>(use.getOwner()))
        consumers.push_back(use.getOwner());
      appendSuccessors(use, successors);
    }
    llvm::for_each(successors, reach);
  }
}

void Activity::findUseful(func::FuncOp function, const DerivativeKey &key) {
  SmallVector<Value> worklist, predecessors;
  auto reach = [&](Value value) {
    if (varied.contains(value) && useful.insert(value).second)
      worklist.push_back(value);
  };
  Operation *end = function.front().getTerminator();
  for (auto [result, active] : llvm::zip(end->getOperands(), key.results))
    if (active)
      reach(result);
  for (Operation *consumer : consumers)
    for (Value operand : consumer->getOperands())
      if (isContainer(operand.getType()))
        reach(operand);
  while (!worklist.empty()) {
    predecessors.clear();
    appendPredecessors(worklist.pop_back_val(), predecessors);
    llvm::for_each(predecessors, reach);
  }
}

void Activity::findMasked(const DerivativeKey &key) {
  if (key.masked) {
    masked = useful;
    return;
  }
  SmallVector<Value> worklist, predecessors;
  auto reach = [&](Value value) {
    if (useful.contains(value) && masked.insert(value).second)
      worklist.push_back(value);
  };
  for (Value value : useful)
    if (Operation *op = value.getDefiningOp())
      if (isMaskingRule(op))
        llvm::for_each(op->getOperands(), reach);
  while (!worklist.empty()) {
    predecessors.clear();
    appendPredecessors(worklist.pop_back_val(), predecessors);
    llvm::for_each(predecessors, reach);
  }
}

void Activity::findReversed(func::FuncOp function) {
  auto mark = [&](Operation *op) {
    while (op != function && reversed.insert(op).second)
      op = op->getParentOp();
  };
  for (Value value : useful) {
    Operation *op = value.getDefiningOp();
    if (!op)
      op = cast<BlockArgument>(value).getOwner()->getParentOp();
    mark(op);
  }
  llvm::for_each(consumers, mark);
}
