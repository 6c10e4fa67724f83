//===- ReverseSweep.cpp - Walk a function backwards -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Emits the code that turns the cotangents of a block's results into those of
// what they were computed from: an op's rule for straight-line code, the
// mirrored op for calls and branches. Loops are in ReverseLoops.cpp.
//
//===----------------------------------------------------------------------===//

#include "ReverseSweep.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "myia/Support/Errors.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::myia;

Operation *myia::createRegionOp(OpBuilder &builder, Location loc,
                                StringRef name, ValueRange operands,
                                TypeRange types,
                                MutableArrayRef<NewRegion> regions) {
  OperationState state(loc, name);
  state.addOperands(operands);
  state.addTypes(types);
  for (NewRegion &region : regions)
    state.addRegion(std::move(region.region));
  return builder.create(state);
}

//===----------------------------------------------------------------------===//
// Functions and straight-line code
//===----------------------------------------------------------------------===//

LogicalResult ReverseSweep::run() {
  func::FuncOp forward = derivative.forward;
  Block *primal = &forward.front();
  Block *entry = derivative.backward.addEntryBlock();
  OpBuilder builder = endOf(entry);
  Cotangents cotangents(primal, entry, nullptr, /*loop=*/false);

  Operation *end = primal->getTerminator();
  Location loc = tag(end);
  SmallVector<std::pair<Value, Value>> seeds;
  for (auto [i, result] : llvm::enumerate(end->getOperands()))
    if (derivative.key.results[i]) {
      Value seed = entry->addArgument(getCotangentType(result.getType()), loc);
      if (activity.isActive(result))
        seeds.push_back({result, seed});
    }
  SmallVector<Value> wanted;
  for (auto [i, argument] : llvm::enumerate(primal->getArguments()))
    if (derivative.key.arguments[i]) {
      wanted.push_back(argument);
      if (!isContainer(argument.getType()))
        cotangents.set(
            argument,
            entry->addArgument(getCotangentType(argument.getType()), loc));
    }
  for (auto [result, seed] : seeds)
    cotangents.add(builder, loc, result, seed);

  if (failed(reverse(cotangents)))
    return failure();
  builder.setInsertionPointToEnd(entry);
  SmallVector<Value> results;
  for (Value argument : wanted)
    results.push_back(cotangents.get(builder, loc, argument));
  func::ReturnOp::create(builder, loc, results);
  blocks.groups.push_back({{primal, entry}});
  for (Operation *op : replaced)
    op->erase();
  return success();
}

LogicalResult ReverseSweep::reverse(Cotangents &cotangents) {
  SmallVector<Operation *> ops;
  for (Operation &op : llvm::reverse(*cotangents.primal))
    if (activity.isReversed(&op))
      ops.push_back(&op);
  for (Operation *op : ops)
    if (failed(reverse(op, cotangents)))
      return failure();
  return success();
}

LogicalResult ReverseSweep::reverse(Operation *op, Cotangents &outer) {
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return reverseIf(branch, outer);
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return reverseFor(loop, outer);
  if (auto loop = dyn_cast<scf::WhileOp>(op))
    return reverseWhile(loop, outer);
  bool reached =
      isa<PopOp, UnboxOp>(op) ||
      llvm::any_of(op->getResults(), [&](Value v) { return outer.lookup(v); });
  if (auto call = dyn_cast<func::CallOp>(op)) {
    if (derivative.calls.contains(op))
      reverseCall(call, outer);
    return success();
  }
  if (!reached || isConstantRule(op))
    return success();
  RuleFunction rule = lookupRule(op);
  if (!rule)
    return myia::emitError(op->getLoc(), 60)
           << "the derivative of '" << op->getName() << "' is not known";
  OpBuilder builder = endOf(outer.reverse);
  Adjoint adjoint(op, activity, outer, builder, tag(op));
  return rule(adjoint);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void ReverseSweep::reverseCall(func::CallOp op, Cotangents &outer) {
  Derivative &callee = *derivative.calls.lookup(op);
  const DerivativeKey &key = callee.key;
  Location loc = tag(op);

  OpBuilder primalBuilder(op);
  SmallVector<Type> types(op.getResultTypes());
  llvm::append_range(types, callee.residuals);
  auto forward = func::CallOp::create(primalBuilder, op.getLoc(),
                                      callee.forward.getSymName(), types,
                                      op.getOperands());

  OpBuilder builder = endOf(outer.reverse);
  SmallVector<Value> operands(
      forward.getResults().drop_front(op.getNumResults()));
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    if (key.results[i])
      operands.push_back(outer.get(builder, loc, result));
  // An argument that is passed twice has one accumulator.
  SmallVector<Type> cotangentTypes;
  SmallVector<Value> wanted;
  SmallVector<bool> accumulated;
  llvm::DenseSet<Value> seen;
  for (auto [i, operand] : llvm::enumerate(op.getOperands())) {
    if (!key.arguments[i])
      continue;
    wanted.push_back(operand);
    cotangentTypes.push_back(getCotangentType(operand.getType()));
    bool first = !isContainer(operand.getType()) && seen.insert(operand).second;
    accumulated.push_back(first);
    if (first)
      operands.push_back(outer.get(builder, loc, operand));
    else if (!isContainer(operand.getType()))
      operands.push_back(createZero(builder, loc, operand));
  }
  auto backward = func::CallOp::create(
      builder, loc, callee.backward.getSymName(), cotangentTypes, operands);
  for (auto [value, first, cotangent] :
       llvm::zip(wanted, accumulated, backward.getResults()))
    if (first)
      outer.set(value, cotangent);
  for (auto [value, first, cotangent] :
       llvm::zip(wanted, accumulated, backward.getResults()))
    if (!first)
      outer.add(builder, loc, value, cotangent);

  op->replaceAllUsesWith(forward.getResults().take_front(op.getNumResults()));
  replaced.push_back(op);
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

LogicalResult ReverseSweep::reverseIf(scf::IfOp op, Cotangents &outer) {
  Location loc = tag(op);
  NewRegion regions[2];
  SmallVector<Cotangents, 2> inner;
  SmallVector<ReversedBlocks::Pair, 2> pairs;
  llvm::SetVector<Value> captured;
  if (op.getElseRegion().empty()) {
    op.getElseRegion().push_back(new Block);
    OpBuilder builder = OpBuilder::atBlockEnd(op.elseBlock());
    scf::YieldOp::create(builder, op.getLoc());
  }
  for (auto [region, fresh] : llvm::zip(op->getRegions(), regions)) {
    Block *primal = &region.front(), *block = fresh.block();
    inner.emplace_back(primal, block, &outer, /*loop=*/false);
    pairs.push_back({primal, block});
    OpBuilder builder = endOf(block);
    for (auto [result, yielded] :
         llvm::zip(op.getResults(), primal->getTerminator()->getOperands()))
      if (Value cotangent = outer.lookup(result))
        if (activity.isActive(yielded))
          inner.back().add(builder, loc, yielded, cotangent);
    if (failed(reverse(inner.back())))
      return failure();
    captured.insert_range(inner.back().getCaptured());
  }

  SmallVector<Type> types;
  for (Value value : captured)
    types.push_back(getCotangentType(value.getType()));
  for (Cotangents &cotangents : inner) {
    OpBuilder builder = endOf(cotangents.reverse);
    SmallVector<Value> results;
    for (Value value : captured)
      results.push_back(cotangents.get(builder, loc, value));
    scf::YieldOp::create(builder, loc, results);
  }
  OpBuilder builder = endOf(outer.reverse);
  Operation *mirrored =
      createRegionOp(builder, loc, "scf.if", op.getCondition(), types, regions);
  for (auto [value, cotangent] : llvm::zip(captured, mirrored->getResults()))
    outer.set(value, cotangent);
  blocks.groups.push_back(std::move(pairs));
  return success();
}

LogicalResult myia::reverseFunction(Derivative &derivative,
                                    ReversedBlocks &blocks) {
  return ReverseSweep(derivative, blocks).run();
}
