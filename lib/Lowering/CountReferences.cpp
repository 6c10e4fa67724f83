//===- CountReferences.cpp - Retain, release, update in place -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-count-references: see Passes.td and docs/rationale.md,
// "Memory".
//
// Every array, stack and box is an object with a reference count. A value owns
// one reference from its definition to its last use: an operation that consumes
// its operand takes it over, one that borrows leaves it alone. What an operand
// does is said in Ownership.cpp; all else follows from it.
//
//===----------------------------------------------------------------------===//

#include "Ownership.h"
#include "mlir/IR/SymbolTable.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIACOUNTREFERENCES
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Which parameters are owned
//===----------------------------------------------------------------------===//

/// Marks the parameters that their function consumes with `myia.owned`: those
/// that are updated, stored or carried by a loop. A parameter that is only
/// returned is borrowed and retained. Grows from nothing to the least fixpoint
/// over calls.
static void inferOwnedParameters(ModuleOp module) {
  SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
  SymbolTable symbols(module);
  DenseMap<func::FuncOp, SetVector<func::FuncOp>> callers;
  module.walk([&](func::CallOp call) {
    auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
    callers[callee].insert(call->getParentOfType<func::FuncOp>());
  });

  Ownership ownership(symbols);
  SetVector<func::FuncOp> worklist(functions.begin(), functions.end());
  while (!worklist.empty()) {
    func::FuncOp function = worklist.pop_back_val();
    if (function.isExternal() || function->hasAttr("myia.kernel"))
      continue;
    bool changed = false;
    for (BlockArgument argument : function.getArguments()) {
      unsigned index = argument.getArgNumber();
      if (!isCounted(argument.getType()) ||
          function.getArgAttr(index, kOwnedAttr))
        continue;
      bool consumed = llvm::any_of(argument.getUses(), [&](OpOperand &use) {
        return ownership.consumes(use) && !isa<func::ReturnOp>(use.getOwner());
      });
      if (!consumed)
        continue;
      function.setArgAttr(index, kOwnedAttr,
                          UnitAttr::get(module.getContext()));
      changed = true;
    }
    if (changed)
      worklist.insert_range(callers[function]);
  }
}

//===----------------------------------------------------------------------===//
// Retain and release
//===----------------------------------------------------------------------===//

namespace {
/// Balances the references of one function.
class ReferenceCounter {
public:
  explicit ReferenceCounter(Ownership &ownership) : ownership(ownership) {}

  void run(func::FuncOp function);

private:
  /// `value` owns a reference where `block` defines it, or begins.
  void own(Value value, Block *block);
  /// Someone else keeps `value` alive: each consuming use needs a reference.
  void borrow(Value value);
  void retainIfConsumed(OpOperand &use) {
    if (ownership.consumes(use))
      retain(use.getOwner(), use.get());
  }
  void retain(Operation *before, Value value) {
    OpBuilder builder(before);
    RetainOp::create(builder, before->getLoc(), value);
  }
  void releaseAt(OpBuilder builder, Value value) {
    ReleaseOp::create(builder, value.getLoc(), value);
  }
  void balanceLastUse(Value value, Operation *last, ArrayRef<OpOperand *> uses);

  Ownership &ownership;
  SmallVector<std::pair<Value, Block *>> worklist;
};
} // namespace

void ReferenceCounter::borrow(Value value) {
  for (OpOperand &use : llvm::make_early_inc_range(value.getUses()))
    retainIfConsumed(use);
}

void ReferenceCounter::own(Value value, Block *block) {
  // The uses in this block, each under the operation of the block that holds
  // it. Other branches have a reference of their own.
  SmallVector<std::pair<Operation *, OpOperand *>> uses;
  Operation *last = nullptr;
  for (OpOperand &use : value.getUses()) {
    Operation *holder = block->findAncestorOpInBlock(*use.getOwner());
    if (!holder)
      continue;
    uses.emplace_back(holder, &use);
    if (!last || last->isBeforeInBlock(holder))
      last = holder;
  }
  if (!last) {
    OpBuilder builder = OpBuilder::atBlockBegin(block);
    if (Operation *definition = value.getDefiningOp();
        definition && definition->getBlock() == block)
      builder.setInsertionPointAfter(definition);
    releaseAt(builder, value);
    return;
  }
  SmallVector<OpOperand *> lastUses;
  for (auto [holder, use] : uses) {
    if (holder == last)
      lastUses.push_back(use);
    else
      retainIfConsumed(*use);
  }
  balanceLastUse(value, last, lastUses);
}

void ReferenceCounter::balanceLastUse(Value value, Operation *last,
                                      ArrayRef<OpOperand *> uses) {
  // Each branch ends the value's life by itself.
  if (auto branch = dyn_cast<scf::IfOp>(last)) {
    if (branch.getElseRegion().empty()) {
      OpBuilder builder(last->getContext());
      builder.createBlock(&branch.getElseRegion());
      scf::YieldOp::create(builder, last->getLoc());
    }
    for (Region *region : branch.getRegions())
      worklist.emplace_back(value, &region->front());
    return;
  }
  // Bodies of loops run many times: they borrow.
  bool borrowed = false;
  unsigned consumed = 0;
  for (OpOperand *use : uses) {
    if (use->getOwner() != last)
      retainIfConsumed(*use);
    if (use->getOwner() == last && ownership.consumes(*use))
      ++consumed;
    else
      borrowed = true;
  }
  // The value's own reference goes to the one that consumes, unless it is
  // still needed beside it.
  for (unsigned i = borrowed ? 0 : 1; i < consumed; ++i)
    retain(last, value);
  if (borrowed) {
    OpBuilder builder(last->getContext());
    builder.setInsertionPointAfter(last);
    releaseAt(builder, value);
  }
}

void ReferenceCounter::run(func::FuncOp function) {
  for (BlockArgument argument : function.getArguments()) {
    if (!isCounted(argument.getType()))
      continue;
    if (function.getArgAttr(argument.getArgNumber(), kOwnedAttr))
      worklist.emplace_back(argument, &function.front());
    else
      borrow(argument);
  }
  function.walk([&](Operation *op) {
    for (Value result : op->getResults())
      if (isCounted(result.getType()))
        worklist.emplace_back(result, op->getBlock());
    if (op == function)
      return;
    for (Region &region : op->getRegions())
      for (Value argument : region.getArguments())
        if (isCounted(argument.getType()))
          worklist.emplace_back(argument, &region.front());
  });
  while (!worklist.empty()) {
    auto [value, block] = worklist.pop_back_val();
    own(value, block);
  }
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// A choice between two objects by a scalar is control flow: only one of them
/// is used.
static void branchOnSelect(arith::SelectOp op) {
  if (!isCounted(op.getType()))
    return;
  OpBuilder builder(op);
  auto branch = scf::IfOp::create(
      builder, op.getLoc(), op.getCondition(),
      [&](OpBuilder &b, Location loc) {
        scf::YieldOp::create(b, loc, op.getTrueValue());
      },
      [&](OpBuilder &b, Location loc) {
        scf::YieldOp::create(b, loc, op.getFalseValue());
      });
  op.replaceAllUsesWith(branch);
  op.erase();
}

/// Reads the size of an array where the array is made: it is not kept for that.
static void readSizesFirst(ModuleOp module) {
  SmallVector<tensor::DimOp> sizes;
  module.walk([&](tensor::DimOp op) { sizes.push_back(op); });
  for (tensor::DimOp op : sizes) {
    OpBuilder builder(op.getContext());
    builder.setInsertionPointAfterValue(op.getSource());
    op.replaceAllUsesWith(tensor::DimOp::create(builder, op.getLoc(),
                                                op.getSource(),
                                                *op.getConstantIndex())
                              .getResult());
    op.erase();
  }
}

/// Lifetimes are found by nesting: control flow has to be structured.
static LogicalResult checkStructure(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal() && !function.getBody().hasOneBlock())
      return function.emitOpError("requires structured control flow");
  return success();
}

/// An operation that nothing is said of would be taken to keep no reference.
static LogicalResult checkUses(func::FuncOp function, Ownership &ownership) {
  WalkResult result = function.walk([&](Operation *op) {
    for (OpOperand &use : op->getOpOperands())
      if (!ownership.isKnown(use))
        return op->emitOpError("takes an object, and Ownership.cpp does not "
                               "say whether it keeps it"),
               WalkResult::interrupt();
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

namespace {
struct MyiaCountReferences
    : public myia::impl::MyiaCountReferencesBase<MyiaCountReferences> {
  using Base::Base;

  void runOnOperation() final {
    ModuleOp module = getOperation();
    if (failed(checkStructure(module)))
      return signalPassFailure();
    module.walk(branchOnSelect);
    readSizesFirst(module);
    inferOwnedParameters(module);
    SymbolTable symbols(module);
    Ownership ownership(symbols);
    for (auto function : module.getOps<func::FuncOp>()) {
      if (function.isExternal() || function->hasAttr("myia.kernel"))
        continue;
      if (failed(checkUses(function, ownership)))
        return signalPassFailure();
      ReferenceCounter(ownership).run(function);
      makeUnshared(function, ownership);
    }
  }
};
} // namespace
