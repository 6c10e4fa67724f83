//===- PropagateConstants.cpp - Sparse conditional constants --------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-propagate-constants: see Passes.td. The analysis is
// upstream's but for folders that give a value rather than a constant, see
// rationale.md.
//
//===----------------------------------------------------------------------===//

#include "mlir/Analysis/DataFlow/ConstantPropagationAnalysis.h"
#include "mlir/Analysis/DataFlow/DeadCodeAnalysis.h"
#include "mlir/Transforms/FoldUtils.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAPROPAGATECONSTANTS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::dataflow;

using Constant = Lattice<ConstantValue>;

namespace {
class Propagation : public SparseConstantPropagation {
public:
  using SparseConstantPropagation::SparseConstantPropagation;

  LogicalResult visitOperation(Operation *op,
                               ArrayRef<const Constant *> operands,
                               ArrayRef<Constant *> results) override;
};
} // namespace

/// What the operation folds to as far as its operands are known. A folder may
/// give any value that the operation is equal to, and that one may yet turn out
/// to vary: the result is asked for again then.
LogicalResult Propagation::visitOperation(Operation *op,
                                          ArrayRef<const Constant *> operands,
                                          ArrayRef<Constant *> results) {
  SmallVector<Attribute> known;
  for (const Constant *operand : operands) {
    if (operand->getValue().isUninitialized())
      return success();
    known.push_back(operand->getValue().getConstantValue());
  }
  if (op->getNumRegions()) {
    setAllToEntryStates(results);
    return success();
  }
  SmallVector<Value> before(op->getOperands());
  DictionaryAttr attributes = op->getAttrDictionary();
  SmallVector<OpFoldResult> folded;
  LogicalResult isFolded = op->fold(known, folded);
  if (succeeded(isFolded) && folded.empty()) { // changed in place
    op->setOperands(before);
    op->setAttrs(attributes);
  }
  if (failed(isFolded) || folded.empty()) {
    setAllToEntryStates(results);
    return success();
  }
  for (auto [result, fold] : llvm::zip_equal(results, folded)) {
    ConstantValue found;
    if (auto constant = dyn_cast<Attribute>(fold))
      found = ConstantValue(constant, op->getDialect());
    else
      found = getLatticeElementFor(getProgramPointAfter(op), cast<Value>(fold))
                  ->getValue();
    propagateIfChanged(result, result->join(found));
  }
  return success();
}

/// Replaces a number that is always the same.
static void replace(DataFlowSolver &solver, OperationFolder &folder,
                    Block *block, Value value) {
  const auto *state = solver.lookupState<Constant>(value);
  if (!state || state->getValue().isUninitialized() || value.use_empty() ||
      !value.getType().isIntOrIndexOrFloat())
    return;
  ConstantValue constant = state->getValue();
  auto number = dyn_cast_or_null<TypedAttr>(constant.getConstantValue());
  if (!number)
    return;
  if (Value known = folder.getOrCreateConstant(
          block, constant.getConstantDialect(), number, value.getType()))
    value.replaceAllUsesWith(known);
}

namespace {
struct MyiaPropagateConstants
    : myia::impl::MyiaPropagateConstantsBase<MyiaPropagateConstants> {
  using Base::Base;
  void runOnOperation() override {
    DataFlowSolver solver;
    solver.load<DeadCodeAnalysis>();
    solver.load<Propagation>();
    if (failed(solver.initializeAndRun(getOperation())))
      return signalPassFailure();
    OperationFolder folder(&getContext());
    SmallVector<Block *> blocks;
    getOperation()->walk([&](Block *block) { blocks.push_back(block); });
    for (Block *block : blocks) {
      for (BlockArgument argument : block->getArguments())
        replace(solver, folder, block, argument);
      for (Operation &op : llvm::make_early_inc_range(*block))
        for (Value result : op.getResults())
          if (!op.hasTrait<OpTrait::ConstantLike>())
            replace(solver, folder, block, result);
    }
  }
};
} // namespace
