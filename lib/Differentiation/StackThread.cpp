//===- StackThread.cpp - One stack through a function -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pushes and pops are made wherever a loop needs them; afterwards the stack is
// run through the function, so that each of them takes what the one before
// left.
//
//===----------------------------------------------------------------------===//

#include "Derivative.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::myia;

Operation *myia::extendRegionOp(Operation *op, ValueRange operands,
                                TypeRange types) {
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(op->getOperands());
  state.addOperands(operands);
  state.addTypes(op->getResultTypes());
  state.addTypes(types);
  state.addAttributes(op->getDiscardableAttrDictionary().getValue());
  state.propertiesAttr = op->getPropertiesAsAttribute();
  for (Region &region : op->getRegions())
    state.addRegion()->takeBody(region);
  Operation *extended = OpBuilder(op).create(state);
  op->replaceAllUsesWith(
      extended->getResults().take_front(op->getNumResults()));
  return extended;
}

namespace {

/// Gives the pushes or the pops of one function the function's stack, which
/// then runs through every loop and branch around them.
class StackThread {
public:
  explicit StackThread(ArrayRef<Operation *> users) {
    for (Operation *op : users)
      for (; op && threaded.insert(op).second;)
        op = op->getParentOp();
  }

  /// Runs `stack` through `block`; the stack at its end.
  Value run(Block *block, Value stack) {
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      if (!threaded.contains(&op))
        continue;
      if (op.getNumRegions())
        stack = runThrough(&op, stack);
      else
        op.setOperand(0, stack), stack = op.getResult(0);
    }
    return stack;
  }

private:
  Value runThrough(Operation *op, Value stack) {
    bool isBranch = isa<scf::IfOp>(op);
    Operation *extended = extendRegionOp(
        op, isBranch ? ValueRange() : ValueRange(stack), stack.getType());
    op->erase();
    for (Region &region : extended->getRegions()) {
      Block *block = &region.front();
      Value start =
          isBranch ? stack
                   : block->addArgument(stack.getType(), extended->getLoc());
      Value end = run(block, start);
      Operation *terminator = block->getTerminator();
      terminator->insertOperands(terminator->getNumOperands(), end);
    }
    return extended->getResults().back();
  }

  llvm::DenseSet<Operation *> threaded;
};

} // namespace

Value myia::threadStack(ArrayRef<Operation *> users, Block *block,
                        Value stack) {
  return StackThread(users).run(block, stack);
}
