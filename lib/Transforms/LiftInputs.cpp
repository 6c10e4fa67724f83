//===- LiftInputs.cpp - Parameters for what is read beside arguments ------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every function gets what it reads, and what the functions that it calls read,
// as further parameters.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/SymbolTable.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"

#include <map>

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALIFTINPUTS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {

/// Per function: the types of its inputs by index, and the operations in which
/// others refer to it.
struct Inputs {
  std::map<int64_t, Type> types;
  SmallVector<Operation *> calls;
};

struct MyiaLiftInputs : myia::impl::MyiaLiftInputsBase<MyiaLiftInputs> {
  using Base::Base;

  void runOnOperation() override {
    llvm::MapVector<func::FuncOp, Inputs> functions = collect();
    propagate(functions, SymbolTable(getOperation()));
    for (auto &[function, inputs] : functions)
      if (!inputs.types.empty())
        addParameters(function, inputs);
    for (auto &[function, inputs] : functions)
      for (Operation *call : inputs.calls)
        if (getCallees(call).front().getAttr() == function.getSymNameAttr())
          addOperands(call, inputs, functions);
    for (auto &[function, inputs] : functions)
      replaceInputs(function, inputs);
  }

private:
  /// The functions that an operation calls, all with the same inputs.
  static SmallVector<FlatSymbolRefAttr> getCallees(Operation *op) {
    if (auto call = dyn_cast<func::CallOp>(op))
      return {call.getCalleeAttr()};
    if (auto request = dyn_cast<ValueAndGradOp>(op))
      return {request.getCalleeAttr()};
    if (auto custom = dyn_cast<CustomVJPOp>(op))
      return {custom.getCalleeAttr(), custom.getForwardAttr(),
              custom.getBackwardAttr()};
    return {};
  }

  llvm::MapVector<func::FuncOp, Inputs> collect() {
    SymbolTable symbols(getOperation());
    llvm::MapVector<func::FuncOp, Inputs> functions;
    for (auto function : getOperation().getOps<func::FuncOp>())
      functions[function];
    getOperation().walk([&](Operation *op) {
      if (auto input = dyn_cast<InputOp>(op)) {
        auto function = input->getParentOfType<func::FuncOp>();
        functions[function].types[input.getIndex()] = input.getType();
      }
      for (FlatSymbolRefAttr callee : getCallees(op))
        if (auto target = symbols.lookup<func::FuncOp>(callee.getAttr()))
          functions[target].calls.push_back(op);
    });
    return functions;
  }

  /// Who calls a function needs its inputs; so does what is called with it.
  static void propagate(llvm::MapVector<func::FuncOp, Inputs> &functions,
                        const SymbolTable &symbols) {
    SmallVector<func::FuncOp> worklist;
    for (auto &[function, inputs] : functions)
      if (!inputs.types.empty())
        worklist.push_back(function);
    while (!worklist.empty()) {
      Inputs inputs = functions[worklist.pop_back_val()];
      auto give = [&](func::FuncOp function) {
        auto &types = functions[function].types;
        size_t before = types.size();
        types.insert(inputs.types.begin(), inputs.types.end());
        if (types.size() != before)
          worklist.push_back(function);
      };
      for (Operation *call : inputs.calls) {
        give(call->getParentOfType<func::FuncOp>());
        for (FlatSymbolRefAttr callee : getCallees(call))
          give(symbols.lookup<func::FuncOp>(callee.getAttr()));
      }
    }
  }

  static void addParameters(func::FuncOp function, const Inputs &inputs) {
    SmallVector<Type> types(function.getArgumentTypes());
    SmallVector<int64_t> indices;
    for (auto [index, type] : inputs.types) {
      types.push_back(type);
      indices.push_back(index);
      if (!function.isDeclaration())
        function.front().addArgument(type, function.getLoc());
    }
    function.setFunctionType(FunctionType::get(function.getContext(), types,
                                               function.getResultTypes()));
    if (function->hasAttr("myia.entry"))
      function->setAttr("myia.inputs",
                        DenseI64ArrayAttr::get(function.getContext(), indices));
  }

  /// The parameter of `function` for the input `index`.
  static Value getParameter(func::FuncOp function, const Inputs &inputs,
                            int64_t index) {
    auto found = inputs.types.find(index);
    unsigned fromEnd = std::distance(found, inputs.types.end());
    return function.getArgument(function.getNumArguments() - fromEnd);
  }

  static void addOperands(Operation *call, const Inputs &needed,
                          llvm::MapVector<func::FuncOp, Inputs> &functions) {
    auto caller = call->getParentOfType<func::FuncOp>();
    SmallVector<Value> operands(call->getOperands());
    for (auto [index, type] : needed.types)
      operands.push_back(getParameter(caller, functions[caller], index));
    call->setOperands(operands);
  }

  static void replaceInputs(func::FuncOp function, const Inputs &inputs) {
    function.walk([&](InputOp input) {
      input.replaceAllUsesWith(
          getParameter(function, inputs, input.getIndex()));
      input.erase();
    });
  }
};

} // namespace
