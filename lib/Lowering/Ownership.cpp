//===- Ownership.cpp - Which operands are consumed -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ownership of operands, and the analysis of unshared objects.
//
//===----------------------------------------------------------------------===//

#include "Ownership.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Dialect/Myia.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::myia;

bool myia::isCounted(Type type) {
  return isa<RankedTensorType, StackType, BoxType, ListType>(type);
}

bool myia::updatesInPlace(OpOperand &use) {
  Operation *op = use.getOwner();
  if (auto insert = dyn_cast<tensor::InsertOp>(op))
    return &use == &insert.getDestMutable();
  if (auto launch = dyn_cast<LaunchOp>(op))
    return llvm::any_of(launch.getDestinationsMutable(),
                        [&](OpOperand &other) { return &other == &use; });
  if (isa<ListSetOp, ListAppendOp, PushOp>(op))
    return use.getOperandNumber() == 0;
  return isa<PopOp, ListPopOp, ListTakeOp>(op);
}

bool Ownership::consumes(OpOperand &use) const {
  if (!isCounted(use.get().getType()))
    return false;
  Operation *op = use.getOwner();
  if (updatesInPlace(use))
    return true;
  // What is stored, carried or returned moves there; a reshaped array is the
  // same object.
  if (isa<PushOp, BoxOp, MakeListOp, ListSetOp, ListAppendOp, ListRenewOp,
          ReshapeOp, tensor::CastOp, OwnOp, UnsharedOp, scf::ForOp,
          scf::WhileOp, scf::YieldOp, scf::ConditionOp, func::ReturnOp>(op))
    return true;
  if (auto call = dyn_cast<func::CallOp>(op)) {
    auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
    return callee.getArgAttr(use.getOperandNumber(), kOwnedAttr) != nullptr;
  }
  return false;
}

bool Ownership::isKnown(OpOperand &use) const {
  return !isCounted(use.get().getType()) || consumes(use) ||
         isa<func::CallOp, tensor::ExtractOp, tensor::DimOp, LaunchOp, MatmulOp,
             SolveOp, CholeskyOp, DeterminantOp, ListGetOp, ListLengthOp,
             ListCopyOp, UnboxOp, IsNullOp, WriteOp>(use.getOwner());
}

//===----------------------------------------------------------------------===//
// Unshared objects
//===----------------------------------------------------------------------===//

/// The values that hold the object of `use` afterwards, where the operation
/// only passes it on.
static SmallVector<Value, 2> getSuccessors(OpOperand &use) {
  Operation *op = use.getOwner();
  unsigned index = use.getOperandNumber();
  using Values = SmallVector<Value, 2>;
  return TypeSwitch<Operation *, Values>(op)
      .Case<ReshapeOp, tensor::CastOp>(
          [](auto op) { return Values{op.getResult()}; })
      .Case<ListRenewOp>([](ListRenewOp op) { return Values{op.getOld()}; })
      .Case<scf::ForOp>([&](scf::ForOp loop) {
        index -= loop.getNumControlOperands();
        return Values{loop.getRegionIterArg(index)};
      })
      .Case<scf::WhileOp>([&](scf::WhileOp loop) {
        return Values{loop.getBeforeArguments()[index]};
      })
      .Case<scf::ConditionOp>([&](scf::ConditionOp condition) {
        auto loop = cast<scf::WhileOp>(condition->getParentOp());
        return Values{loop.getAfterArguments()[index - 1],
                      loop.getResult(index - 1)};
      })
      .Case<scf::YieldOp>([&](scf::YieldOp yield) -> Values {
        Operation *parent = yield->getParentOp();
        if (auto loop = dyn_cast<scf::WhileOp>(parent))
          return {loop.getBeforeArguments()[index]};
        if (auto loop = dyn_cast<scf::ForOp>(parent))
          return {loop.getRegionIterArg(index), loop.getResult(index)};
        return {parent->getResult(index)};
      })
      .Default([](Operation *) { return Values(); });
}

/// Whether the first value of an object may have other references: it comes
/// from outside or out of a container. What an operation is known to make or
/// update is unshared, and what it only passes on is as shared as it was.
static bool mayStartShared(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return isa<func::FuncOp>(argument.getOwner()->getParentOp());
  Operation *definition = value.getDefiningOp();
  // What a container gives may still be in another one.
  if (isa<PopOp, ListPopOp, ListTakeOp>(definition))
    return value != definition->getResult(0);
  return !isa<LaunchOp, OwnOp, StackOp, PushOp, BoxOp, ZeroOp, tensor::EmptyOp,
              tensor::InsertOp, arith::ConstantOp, ub::PoisonOp, ReshapeOp,
              MakeListOp, ListCopyOp, ListSetOp, ListAppendOp, ListRenewOp,
              UnsharedOp, scf::IfOp, scf::ForOp, scf::WhileOp,
              scf::IndexSwitchOp>(definition);
}

SharingAnalysis::SharingAnalysis(func::FuncOp function) {
  findUpdated(function);
  findShared(function);
}

bool SharingAnalysis::entersUpdatingLoop(OpOperand &use) const {
  return isa<scf::ForOp, scf::WhileOp>(use.getOwner()) &&
         llvm::any_of(getSuccessors(use),
                      [&](Value value) { return isUpdated(value); });
}

/// Backwards, from updates to the values that the object was before.
void SharingAnalysis::findUpdated(func::FuncOp function) {
  DenseMap<Value, SmallVector<Value, 2>> predecessors;
  SmallVector<Value> worklist;
  function.walk([&](Operation *op) {
    for (OpOperand &use : op->getOpOperands()) {
      if (!isCounted(use.get().getType()))
        continue;
      if (updatesInPlace(use))
        worklist.push_back(use.get());
      for (Value successor : getSuccessors(use))
        predecessors[successor].push_back(use.get());
    }
  });
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (updated.insert(value).second)
      worklist.append(predecessors.lookup(value));
  }
}

/// Forwards, from values that are or were shared. Loops that update start from
/// an unshared object.
void SharingAnalysis::findShared(func::FuncOp function) {
  SmallVector<Value> worklist;
  function.walk([&](Operation *op) {
    if (auto retain = dyn_cast<RetainOp>(op))
      worklist.push_back(retain.getObject());
    for (Value result : op->getResults())
      if (isCounted(result.getType()) && mayStartShared(result))
        worklist.push_back(result);
  });
  for (Value argument : function.getArguments())
    if (isCounted(argument.getType()))
      worklist.push_back(argument);
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (!shared.insert(value).second)
      continue;
    for (OpOperand &use : value.getUses())
      if (!entersUpdatingLoop(use))
        llvm::append_range(worklist, getSuccessors(use));
  }
}

void myia::makeUnshared(func::FuncOp function, const Ownership &ownership) {
  SharingAnalysis analysis(function);
  SmallVector<OpOperand *> uses;
  function.walk([&](Operation *op) {
    for (OpOperand &use : op->getOpOperands()) {
      if (!isCounted(use.get().getType()) || !analysis.isShared(use.get()))
        continue;
      if (updatesInPlace(use) || analysis.entersUpdatingLoop(use))
        uses.push_back(&use);
    }
  });
  for (OpOperand *use : uses) {
    OpBuilder builder(use->getOwner());
    use->set(OwnOp::create(builder, use->getOwner()->getLoc(),
                           use->get().getType(), use->get()));
  }
}
