//===- ReverseSweep.cpp - Walk a function backwards -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Emits the code that turns the cotangents of a block's results into those of
// what they were computed from: an op's rule for straight-line code, the
// mirrored op for calls and control flow.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "Derivative.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "myia/Support/Errors.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::myia;

namespace {

/// A region with one block, not yet part of an op. Dropping it is safe.
struct NewRegion {
  NewRegion() : region(std::make_unique<Region>()) {
    region->push_back(new Block);
  }
  Block *block() { return &region->front(); }
  std::unique_ptr<Region> region;
};

class ReverseSweep {
public:
  ReverseSweep(Derivative &derivative, ReversedBlocks &blocks)
      : derivative(derivative), activity(*derivative.activity), blocks(blocks) {
  }

  LogicalResult run();

private:
  LogicalResult reverse(Cotangents &cotangents);
  LogicalResult reverse(Operation *op, Cotangents &outer);
  LogicalResult reverseIf(scf::IfOp op, Cotangents &outer);
  LogicalResult reverseFor(scf::ForOp op, Cotangents &outer);
  LogicalResult reverseWhile(scf::WhileOp op, Cotangents &outer);
  void reverseCall(func::CallOp op, Cotangents &outer);

  /// A builder at the end of a block that may not be part of an op yet.
  OpBuilder endOf(Block *block) {
    OpBuilder builder(derivative.forward.getContext());
    builder.setInsertionPointToEnd(block);
    return builder;
  }
  /// Derivative code keeps the primal op's location, tagged.
  Location tag(Operation *op) {
    return NameLoc::get(StringAttr::get(op->getContext(), "backward"),
                        op->getLoc());
  }
  /// The positions of `values` that have cotangents in some iteration.
  SmallVector<unsigned> activeSlots(ValueRange values, ValueRange others);
  Value countIterations(scf::WhileOp op);

  Derivative &derivative;
  const Activity &activity;
  ReversedBlocks &blocks;
  /// Ops of the forward function that were replaced. They stay until the end so
  /// that their results remain valid keys.
  SmallVector<Operation *> replaced;
};

} // namespace

/// Adds blocks arguments for the cotangents of the values at `slots`.
static void addArguments(Block *block, ArrayRef<unsigned> slots,
                         ValueRange values) {
  for (unsigned slot : slots)
    block->addArgument(getCotangentType(values[slot].getType()),
                       values[slot].getLoc());
}

static Operation *createRegionOp(OpBuilder &builder, Location loc,
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

SmallVector<unsigned> ReverseSweep::activeSlots(ValueRange values,
                                                ValueRange others) {
  SmallVector<unsigned> slots;
  for (auto [i, value, other] : llvm::enumerate(values, others))
    if (activity.isActive(value) || activity.isActive(other))
      slots.push_back(i);
  return slots;
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
      Value seed =
          entry->addArgument(getCotangentType(result.getType()), loc);
      if (activity.isActive(result))
        seeds.push_back({result, seed});
    }
  SmallVector<Value> wanted;
  for (auto [i, argument] : llvm::enumerate(primal->getArguments()))
    if (derivative.key.arguments[i]) {
      wanted.push_back(argument);
      if (!isContainer(argument.getType()))
        cotangents.set(argument, entry->addArgument(argument.getType(), loc));
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
  bool reached = isa<PopOp, UnboxOp>(op) ||
                 llvm::any_of(op->getResults(),
                              [&](Value v) { return outer.lookup(v); });
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
  auto forward =
      func::CallOp::create(primalBuilder, op.getLoc(),
                           callee.forward.getSymName(), types, op.getOperands());

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
  auto backward =
      func::CallOp::create(builder, loc, callee.backward.getSymName(),
                           cotangentTypes, operands);
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
  Operation *mirrored = createRegionOp(builder, loc, "scf.if",
                                       op.getCondition(), types, regions);
  for (auto [value, cotangent] : llvm::zip(captured, mirrored->getResults()))
    outer.set(value, cotangent);
  blocks.groups.push_back(std::move(pairs));
  return success();
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The cotangents with which a mirrored loop starts: those of what the loop
/// returned, and those of the outer values that its body uses.
static SmallVector<Value> getInits(OpBuilder &builder, Location loc,
                                   Cotangents &outer, ArrayRef<unsigned> slots,
                                   ValueRange results, ArrayRef<Value> captured) {
  SmallVector<Value> inits;
  for (unsigned slot : slots)
    inits.push_back(outer.get(builder, loc, results[slot]));
  for (Value value : captured)
    inits.push_back(outer.get(builder, loc, value));
  return inits;
}

/// The cotangents that one iteration of a mirrored loop hands to the next.
static SmallVector<Value> getYields(OpBuilder &builder, Location loc,
                                    Cotangents &inner, ArrayRef<unsigned> slots,
                                    ValueRange arguments,
                                    ArrayRef<Value> captured) {
  return getInits(builder, loc, inner, slots, arguments, captured);
}

LogicalResult ReverseSweep::reverseFor(scf::ForOp op, Cotangents &outer) {
  Location loc = tag(op);
  SmallVector<unsigned> slots =
      activeSlots(op.getResults(), op.getRegionIterArgs());
  NewRegion region;
  Block *block = region.block();
  block->addArgument(op.getInductionVar().getType(), loc);
  addArguments(block, slots, op.getResults());
  Cotangents inner(op.getBody(), block, &outer, /*loop=*/true);
  OpBuilder body = endOf(block);
  for (auto [i, slot] : llvm::enumerate(slots))
    if (Value yielded = op.getYieldedValues()[slot]; activity.isActive(yielded))
      inner.add(body, loc, yielded, block->getArgument(i + 1));
  if (failed(reverse(inner)))
    return failure();

  SmallVector<Value> captured = inner.getCaptured();
  body.setInsertionPointToEnd(block);
  scf::YieldOp::create(body, loc,
                       getYields(body, loc, inner, slots,
                                 op.getRegionIterArgs(), captured));
  OpBuilder builder = endOf(outer.reverse);
  SmallVector<Value> inits =
      getInits(builder, loc, outer, slots, op.getResults(), captured);
  SmallVector<Value> operands = {op.getLowerBound(), op.getUpperBound(),
                                 op.getStep()};
  llvm::append_range(operands, inits);
  Operation *mirrored = createRegionOp(builder, loc, "scf.for", operands,
                                       ValueRange(inits).getTypes(), region);
  if (op.getUnsignedCmp())
    cast<scf::ForOp>(mirrored).setUnsignedCmp(true);
  ValueRange results = mirrored->getResults();
  for (auto [value, cotangent] :
       llvm::zip(captured, results.drop_front(slots.size())))
    outer.set(value, cotangent);
  for (auto [slot, cotangent] : llvm::zip(slots, results))
    if (Value init = op.getInitArgs()[slot]; activity.isActive(init))
      outer.add(builder, loc, init, cotangent);
  blocks.groups.push_back({{op.getBody(), block}});
  return success();
}

/// Makes the loop count how often its second region runs.
Value ReverseSweep::countIterations(scf::WhileOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value zero = arith::ConstantIntOp::create(builder, loc, 0, 64);
  Operation *counting = extendRegionOp(op, zero, zero.getType());
  replaced.push_back(op);
  auto loop = cast<scf::WhileOp>(counting);
  Value before = loop.getBeforeBody()->addArgument(zero.getType(), loc);
  Value after = loop.getAfterBody()->addArgument(zero.getType(), loc);
  Operation *condition = loop.getConditionOp(), *yield = loop.getYieldOp();
  condition->insertOperands(condition->getNumOperands(), before);
  builder.setInsertionPoint(yield);
  Value one = arith::ConstantIntOp::create(builder, loc, 1, 64);
  Value next = arith::AddIOp::create(builder, loc, after, one);
  yield->insertOperands(yield->getNumOperands(), next);
  return counting->getResults().back();
}

/// before and after run alternately, n + 1 and n times. So do their mirrors,
/// each of which hands the other the cotangents of what its primal was handed.
LogicalResult ReverseSweep::reverseWhile(scf::WhileOp op, Cotangents &outer) {
  Location loc = tag(op);
  SmallVector<unsigned> afterSlots =
      activeSlots(op.getResults(), op.getAfterArguments());
  SmallVector<unsigned> beforeSlots =
      activeSlots(op.getBeforeArguments(), op.getBeforeArguments());
  NewRegion regions[2];
  auto seed = [&](Cotangents &inner, ArrayRef<unsigned> slots,
                  ValueRange values) {
    OpBuilder builder = endOf(inner.reverse);
    for (auto [i, slot] : llvm::enumerate(slots))
      if (activity.isActive(values[slot]))
        inner.add(builder, loc, values[slot], inner.reverse->getArgument(i));
  };

  Cotangents before(op.getBeforeBody(), regions[0].block(), &outer, true);
  addArguments(before.reverse, afterSlots, op.getResults());
  seed(before, afterSlots, op.getConditionOp().getArgs());
  if (failed(reverse(before)))
    return failure();
  // Both mirrors carry the same outer cotangents, in the same order.
  Cotangents after(op.getAfterBody(), regions[1].block(), &outer, true);
  addArguments(after.reverse, beforeSlots, op.getBeforeArguments());
  for (Value value : before.getCaptured())
    after.carry(value);
  seed(after, beforeSlots, op.getYieldedValues());
  if (failed(reverse(after)))
    return failure();
  SmallVector<Value> captured = after.getCaptured();
  for (Value value : captured)
    before.carry(value);

  OpBuilder builder = endOf(outer.reverse);
  SmallVector<Value> operands =
      getInits(builder, loc, outer, afterSlots, op.getResults(), captured);
  Type counterType = builder.getI64Type();
  Value left = before.reverse->addArgument(counterType, loc);
  OpBuilder beforeBuilder = endOf(before.reverse);
  Value zero = arith::ConstantIntOp::create(beforeBuilder, loc, 0, 64);
  Value more = arith::CmpIOp::create(beforeBuilder, loc,
                                     arith::CmpIPredicate::sgt, left, zero);
  SmallVector<Value> forwarded = getYields(
      beforeBuilder, loc, before, beforeSlots, op.getBeforeArguments(), captured);
  forwarded.push_back(left);
  scf::ConditionOp::create(beforeBuilder, loc, more, forwarded);

  left = after.reverse->addArgument(counterType, loc);
  OpBuilder afterBuilder = endOf(after.reverse);
  SmallVector<Value> yields = getYields(afterBuilder, loc, after, afterSlots,
                                        op.getAfterArguments(), captured);
  Value one = arith::ConstantIntOp::create(afterBuilder, loc, 1, 64);
  yields.push_back(arith::SubIOp::create(afterBuilder, loc, left, one));
  scf::YieldOp::create(afterBuilder, loc, yields);

  SmallVector<Value> inits(op.getInits());
  Block *primalBefore = op.getBeforeBody(), *primalAfter = op.getAfterBody();
  operands.push_back(countIterations(op));
  Operation *mirrored =
      createRegionOp(builder, loc, "scf.while", operands,
                     ValueRange(forwarded).getTypes(), regions);
  ValueRange results = mirrored->getResults();
  for (auto [value, cotangent] :
       llvm::zip(captured, results.drop_front(beforeSlots.size())))
    outer.set(value, cotangent);
  for (auto [slot, cotangent] : llvm::zip(beforeSlots, results))
    if (activity.isActive(inits[slot]))
      outer.add(builder, loc, inits[slot], cotangent);
  blocks.groups.push_back({{primalBefore, before.reverse}});
  blocks.groups.push_back({{primalAfter, after.reverse}});
  return success();
}

LogicalResult myia::reverseFunction(Derivative &derivative,
                                    ReversedBlocks &blocks) {
  return ReverseSweep(derivative, blocks).run();
}
