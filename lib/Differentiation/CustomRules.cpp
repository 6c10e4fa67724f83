//===- CustomRules.cpp - Functions with a derivative of their own ---------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A custom_vjp op becomes a call of a function that does nothing but call the
// callee; the derivative of that function is made of the two functions that the
// op names, instead of its body.
//
//===----------------------------------------------------------------------===//

#include "CustomRules.h"
#include "Adjoint.h"
#include "Derivative.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Support/Errors.h"

using namespace mlir;
using namespace mlir::myia;

/// A private function without a body after `before`.
static func::FuncOp declareAfter(Operation *before, const Twine &name,
                                 FunctionType type, SymbolTable &symbols) {
  auto function = func::FuncOp::create(before->getLoc(), name.str(), type);
  function.setPrivate();
  symbols.insert(function, std::next(Block::iterator(before)));
  return function;
}

CustomRules::CustomRules(ModuleOp module, SymbolTable &symbols) {
  SmallVector<CustomVJPOp> ops;
  module.walk([&](CustomVJPOp op) { ops.push_back(op); });
  for (CustomVJPOp op : ops) {
    auto key = std::make_tuple(op.getCallee().str(), op.getForward().str(),
                               op.getBackward().str(), op.getHeld());
    func::FuncOp &wrapper = wrappers[key];
    if (!wrapper) {
      auto callee = symbols.lookup<func::FuncOp>(op.getCallee());
      wrapper = declareAfter(callee, callee.getSymName() + ".custom",
                             callee.getFunctionType(), symbols);
      Block *body = wrapper.addEntryBlock();
      OpBuilder builder = OpBuilder::atBlockEnd(body);
      auto call = func::CallOp::create(builder, op.getLoc(), callee,
                                       body->getArguments());
      func::ReturnOp::create(builder, op.getLoc(), call.getResults());
      rules[wrapper] = {symbols.lookup<func::FuncOp>(op.getForward()),
                        symbols.lookup<func::FuncOp>(op.getBackward()),
                        int64_t(op.getHeld())};
    }
    OpBuilder builder(op);
    auto call =
        func::CallOp::create(builder, op.getLoc(), wrapper, op.getArgs());
    op.replaceAllUsesWith(call.getResults());
    op.erase();
  }
}

/// Whether the backward function needs a result to make a zero for it, or to
/// fill what is absent.
static bool needsPrimal(Type type) {
  auto array = dyn_cast<RankedTensorType>(type);
  return isa<ListType>(type) || (array && !array.hasStaticShape());
}

LogicalResult CustomRules::make(Derivative &derivative, SymbolTable &symbols,
                                Location loc) const {
  auto function = cast<func::FuncOp>(derivative.key.function);
  Rule rule = *find(function);
  const DerivativeKey &key = derivative.key;
  for (int64_t i = 0; i < rule.held; ++i)
    if (key.arguments[i])
      return myia::emitError(loc, 60)
             << "a function with a derivative of its own captures what is "
                "differentiated: pass it as an argument";

  loc = function.getLoc();
  // Forward: the results; then residuals, results and inputs.
  OpBuilder builder(function.getContext());
  derivative.forward = declareAfter(function, function.getSymName() + ".fwd",
                                    function.getFunctionType(), symbols);
  Block *body = derivative.forward.addEntryBlock();
  builder.setInsertionPointToEnd(body);
  auto forward =
      func::CallOp::create(builder, loc, rule.forward, body->getArguments());
  unsigned count = function.getNumResults();
  SmallVector<Value> returned(forward.getResults());
  unsigned numOwn = returned.size() - count;
  SmallVector<unsigned> differentiable;
  for (auto [i, type] : llvm::enumerate(function.getResultTypes()))
    if (isDifferentiable(type))
      differentiable.push_back(i);
  for (unsigned i : differentiable)
    if (needsPrimal(function.getResultTypes()[i]))
      returned.push_back(forward.getResult(i));
  unsigned numInputs =
      rule.backward.getNumArguments() - numOwn - differentiable.size();
  llvm::append_range(returned, body->getArguments().take_back(numInputs));
  func::ReturnOp::create(builder, loc, returned);
  SmallVector<Type> types(ValueRange(returned).getTypes());
  derivative.residuals =
      llvm::to_vector(ArrayRef<Type>(types).drop_front(count));
  derivative.forward.setFunctionType(
      builder.getFunctionType(function.getArgumentTypes(), types));

  // Backward: its arguments are residuals, cotangents and accumulators.
  SmallVector<Type> taken(derivative.residuals), given;
  for (auto [i, active] : llvm::enumerate(key.results))
    if (active)
      taken.push_back(getCotangentType(function.getResultTypes()[i]));
  for (auto [i, active] : llvm::enumerate(key.arguments))
    if (active)
      given.push_back(getCotangentType(function.getArgumentTypes()[i]));
  llvm::append_range(taken, given);
  derivative.backward =
      declareAfter(derivative.forward, function.getSymName() + ".bwd",
                   builder.getFunctionType(taken, given), symbols);
  body = derivative.backward.addEntryBlock();
  builder.setInsertionPointToEnd(body);
  ArrayRef<BlockArgument> left = body->getArguments();
  SmallVector<Value> operands(left.take_front(numOwn));
  left = left.drop_front(numOwn);
  llvm::DenseMap<unsigned, Value> primals;
  for (unsigned i : differentiable)
    if (needsPrimal(function.getResultTypes()[i]))
      primals[i] = left.consume_front();
  ArrayRef<BlockArgument> inputs = left.take_front(numInputs);
  left = left.drop_front(numInputs);
  for (unsigned i : differentiable) {
    Type type = function.getResultTypes()[i];
    Value primal = primals.lookup(i);
    Value cotangent;
    if (key.results[i])
      cotangent = left.consume_front();
    else if (primal)
      cotangent = createZero(builder, loc, primal);
    else
      cotangent = ZeroOp::create(builder, loc, type);
    if (isa<ListType>(type))
      cotangent =
          FillOp::create(builder, loc, type, cotangent, primal,
                         FunctionType::get(builder.getContext(), type, type));
    operands.push_back(cotangent);
  }
  llvm::append_range(operands, inputs);
  auto backward = func::CallOp::create(builder, loc, rule.backward, operands);
  SmallVector<Value> sums;
  unsigned at = 0;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    if (int64_t(i) < rule.held || !isDifferentiable(type))
      continue;
    if (i >= function.getNumArguments() - numInputs)
      break;
    Value cotangent = backward.getResult(at++);
    if (key.arguments[i])
      sums.push_back(
          AccumulateOp::create(builder, loc, left.consume_front(), cotangent));
  }
  func::ReturnOp::create(builder, loc, sums);
  return success();
}
