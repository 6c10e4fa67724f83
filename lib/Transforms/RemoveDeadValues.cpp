//===- RemoveDeadValues.cpp - Dead fields across functions and loops ------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the values of a structured module that nothing observable depends on,
// and removes the arguments and results of private functions that carry them.
//
//===----------------------------------------------------------------------===//

#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAREMOVEDEADVALUES
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {

/// A private function and every use of it, when all are calls: its signature is
/// ours to change.
struct Callee {
  func::FuncOp function;
  SmallVector<func::CallOp> calls;
};

/// The functions of a module whose callers are all known.
class CalleeTable {
public:
  explicit CalleeTable(ModuleOp module) {
    for (auto function : module.getOps<func::FuncOp>())
      if (function.isPrivate() && function.getBody().hasOneBlock())
        callees[function.getNameAttr()].function = function;
    auto uses = SymbolTable::getSymbolUses(&module.getBodyRegion());
    if (!uses) {
      callees.clear();
      return;
    }
    for (SymbolTable::SymbolUse use : *uses) {
      StringAttr name = use.getSymbolRef().getLeafReference();
      auto call = dyn_cast<func::CallOp>(use.getUser());
      if (!call)
        callees.erase(name);
      else if (auto it = callees.find(name); it != callees.end())
        it->second.calls.push_back(call);
    }
  }

  Callee *find(StringAttr name) {
    auto it = callees.find(name);
    return it == callees.end() ? nullptr : &it->second;
  }
  auto begin() { return callees.begin(); }
  auto end() { return callees.end(); }

private:
  llvm::MapVector<StringAttr, Callee> callees;
};

/// The functions whose calls have an effect: those with an effect of their own,
/// and their callers.
llvm::DenseSet<StringAttr> findEffectful(ModuleOp module) {
  llvm::DenseMap<StringAttr, SmallVector<StringAttr>> callers;
  llvm::DenseSet<StringAttr> effectful;
  SmallVector<StringAttr> worklist;
  auto add = [&](StringAttr name) {
    if (effectful.insert(name).second)
      worklist.push_back(name);
  };
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isExternal())
      add(function.getNameAttr());
    function.walk([&](Operation *op) {
      if (auto call = dyn_cast<func::CallOp>(op))
        callers[call.getCalleeAttr().getAttr()].push_back(
            function.getNameAttr());
      else if (op->getNumRegions() == 0 && !isMemoryEffectFree(op))
        add(function.getNameAttr());
    });
  }
  while (!worklist.empty())
    for (StringAttr caller : callers.lookup(worklist.pop_back_val()))
      add(caller);
  return effectful;
}

/// Marks every value that something observable depends on: a worklist from the
/// effects and the results of entries backwards, through loops and calls.
class Liveness {
public:
  Liveness(ModuleOp module, CalleeTable &callees)
      : callees(callees), effectful(findEffectful(module)) {
    for (auto function : module.getOps<func::FuncOp>()) {
      bool structured = llvm::hasNItemsOrLess(function.getBody(), 1);
      function.getBody().walk([&](Operation *op) {
        if (!structured || isObservable(op))
          run(op);
      });
    }
    while (!worklist.empty())
      visit(worklist.pop_back_val());
  }

  bool isLive(Value value) const { return live.contains(value); }
  bool isResultLive(func::FuncOp function, unsigned i) const {
    return liveResults.contains({function, i});
  }
  bool runs(Operation *op) const { return running.contains(op); }

private:
  bool isObservable(Operation *op) {
    if (auto call = dyn_cast<func::CallOp>(op))
      return effectful.contains(call.getCalleeAttr().getAttr());
    if (auto end = dyn_cast<func::ReturnOp>(op))
      return !callees.find(
          cast<func::FuncOp>(end->getParentOp()).getNameAttr());
    return op->getNumRegions() == 0 && !op->hasTrait<OpTrait::IsTerminator>() &&
           !isMemoryEffectFree(op);
  }

  void mark(Value value) {
    if (live.insert(value).second)
      worklist.push_back(value);
  }

  /// `op` stays, and so does the control flow around it.
  void run(Operation *op) {
    for (; op && running.insert(op).second; op = op->getParentOp())
      markControl(op);
  }

  /// What `op` needs whichever of its results are used.
  void markControl(Operation *op) {
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      mark(loop.getLowerBound());
      mark(loop.getUpperBound());
      mark(loop.getStep());
    } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      mark(loop.getConditionOp().getCondition());
    } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
      mark(branch.getCondition());
    } else if (Callee *callee = getCallee(op)) {
      for (BlockArgument argument : callee->function.getArguments())
        if (isLive(argument))
          mark(op->getOperand(argument.getArgNumber()));
    } else if (!isa<func::FuncOp, ModuleOp>(op)) {
      llvm::for_each(op->getOperands(), [&](Value value) { mark(value); });
      for (Region &region : op->getRegions())
        for (Block &block : region)
          run(block.getTerminator());
    }
  }

  Callee *getCallee(Operation *op) {
    auto call = dyn_cast<func::CallOp>(op);
    return call ? callees.find(call.getCalleeAttr().getAttr()) : nullptr;
  }

  void visit(Value value) {
    if (auto result = dyn_cast<OpResult>(value))
      visitResult(result.getOwner(), result.getResultNumber());
    else
      visitArgument(cast<BlockArgument>(value));
  }

  void visitResult(Operation *op, unsigned i) {
    run(op);
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      mark(loop.getInitArgs()[i]);
      mark(loop.getYieldedValues()[i]);
    } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      mark(loop.getConditionOp().getArgs()[i]);
    } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
      mark(branch.thenYield().getOperand(i));
      mark(branch.elseYield().getOperand(i));
    } else if (Callee *callee = getCallee(op)) {
      liveResults.insert({callee->function, i});
      mark(callee->function.front().getTerminator()->getOperand(i));
    }
  }

  void visitArgument(BlockArgument argument) {
    Operation *op = argument.getOwner()->getParentOp();
    unsigned i = argument.getArgNumber();
    run(op);
    if (auto function = dyn_cast<func::FuncOp>(op)) {
      if (Callee *callee = callees.find(function.getNameAttr()))
        for (func::CallOp call : callee->calls)
          if (runs(call))
            mark(call.getOperand(i));
    } else if (auto loop = dyn_cast<scf::ForOp>(op)) {
      if (i > 0)
        mark(loop.getResult(i - 1));
    } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      if (argument.getOwner() == loop.getAfterBody())
        return mark(loop.getResult(i));
      mark(loop.getInits()[i]);
      mark(loop.getYieldOp().getOperand(i));
    }
  }

  CalleeTable &callees;
  llvm::DenseSet<StringAttr> effectful;
  llvm::DenseSet<Value> live;
  llvm::DenseSet<std::pair<Operation *, unsigned>> liveResults;
  llvm::DenseSet<Operation *> running;
  SmallVector<Value> worklist;
};

/// Removes what the analysis found dead. Results of structured ops get poison
/// instead: upstream's canonicalisation then drops them.
class Sweep {
public:
  Sweep(const Liveness &liveness) : liveness(liveness) {}

  void forget(Operation *op) {
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      forgetSlots(loop.getInitArgsMutable(), loop.getResults());
      forgetSlots(*loop.getYieldedValuesMutable(), loop.getResults());
    } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      forgetSlots(loop.getInitsMutable(), loop.getBeforeArguments());
      forgetSlots(loop.getYieldOp().getResultsMutable(),
                  loop.getBeforeArguments());
      forgetSlots(loop.getConditionOp().getArgsMutable(), loop.getResults());
    } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
      if (branch.getNumResults() == 0)
        return;
      forgetSlots(branch.thenYield().getResultsMutable(), branch.getResults());
      forgetSlots(branch.elseYield().getResultsMutable(), branch.getResults());
    }
  }

  /// Drops the dead part of the signature of a function and of its calls.
  void shrink(Callee &callee) {
    func::FuncOp function = callee.function;
    Operation *end = function.front().getTerminator();
    llvm::BitVector arguments(function.getNumArguments());
    llvm::BitVector results(function.getNumResults());
    for (BlockArgument argument : function.getArguments())
      arguments[argument.getArgNumber()] = !liveness.isLive(argument);
    for (unsigned i = 0; i < results.size(); ++i)
      results[i] = !liveness.isResultLive(function, i);
    for (int i : arguments.set_bits()) {
      BlockArgument argument = function.getArgument(i);
      argument.replaceAllUsesWith(getPoison(end, argument.getType()));
    }
    end->eraseOperands(results);
    (void)function.eraseArguments(arguments);
    (void)function.eraseResults(results);
    for (func::CallOp call : callee.calls)
      shrinkCall(call, arguments, results);
  }

private:
  void forgetSlots(MutableArrayRef<OpOperand> operands, ValueRange slots) {
    for (auto [operand, slot] : llvm::zip_equal(operands, slots))
      if (!liveness.isLive(slot))
        operand.set(getPoison(operand.getOwner(), slot.getType()));
  }

  void shrinkCall(func::CallOp call, const llvm::BitVector &arguments,
                  const llvm::BitVector &results) {
    SmallVector<Value> replacements(call.getNumResults());
    if (liveness.runs(call)) {
      call->eraseOperands(arguments);
      OpBuilder builder(call);
      auto shrunk = func::CallOp::create(
          builder, call.getLoc(), call.getCallee(),
          getKept(call.getResultTypes(), results), call.getOperands());
      for (unsigned i = 0, next = 0; i < results.size(); ++i)
        if (!results[i])
          replacements[i] = shrunk.getResult(next++);
    }
    for (auto [result, replacement] :
         llvm::zip(call.getResults(), replacements))
      if (!result.use_empty())
        result.replaceAllUsesWith(
            replacement ? replacement : getPoison(call, result.getType()));
    call->erase();
  }

  static SmallVector<Type> getKept(TypeRange types,
                                   const llvm::BitVector &dead) {
    SmallVector<Type> kept;
    for (auto [i, type] : llvm::enumerate(types))
      if (!dead[i])
        kept.push_back(type);
    return kept;
  }

  /// One poison per type and function.
  Value getPoison(Operation *op, Type type) {
    auto function = op->getParentOfType<func::FuncOp>();
    Value &poison = poisons[{function, type}];
    if (!poison) {
      auto builder = OpBuilder::atBlockBegin(&function.front());
      poison = ub::PoisonOp::create(builder, function.getLoc(), type);
    }
    return poison;
  }

  const Liveness &liveness;
  llvm::DenseMap<std::pair<Operation *, Type>, Value> poisons;
};

struct MyiaRemoveDeadValues
    : myia::impl::MyiaRemoveDeadValuesBase<MyiaRemoveDeadValues> {
  using Base::Base;
  void runOnOperation() override {
    CalleeTable callees(getOperation());
    Liveness liveness(getOperation(), callees);
    Sweep sweep(liveness);
    getOperation().walk([&](Operation *op) { sweep.forget(op); });
    for (auto &[name, callee] : callees)
      sweep.shrink(callee);
  }
};

} // namespace
