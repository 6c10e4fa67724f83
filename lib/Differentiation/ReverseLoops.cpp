//===- ReverseLoops.cpp - Mirror the loops of a function -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mirrored loop runs as often as its primal and carries cotangents the other
// way: those of what an iteration handed on come in, those of what it was
// handed go out.
//
//===----------------------------------------------------------------------===//

#include "ReverseSweep.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

/// Adds block arguments for the cotangents of the values at `slots`.
static void addArguments(Block *block, ArrayRef<unsigned> slots,
                         ValueRange values) {
  for (unsigned slot : slots)
    block->addArgument(getCotangentType(values[slot].getType()),
                       values[slot].getLoc());
}

SmallVector<unsigned> ReverseSweep::activeSlots(ValueRange values,
                                                ValueRange others) {
  SmallVector<unsigned> slots;
  for (auto [i, value, other] : llvm::enumerate(values, others))
    if (activity.isActive(value) || activity.isActive(other))
      slots.push_back(i);
  return slots;
}

/// The cotangents with which a mirrored loop starts: those of what the loop
/// returned, and those of the outer values that its body uses.
static SmallVector<Value> getInits(OpBuilder &builder, Location loc,
                                   Cotangents &outer, ArrayRef<unsigned> slots,
                                   ValueRange results,
                                   ArrayRef<Value> captured) {
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
  scf::YieldOp::create(
      body, loc,
      getYields(body, loc, inner, slots, op.getRegionIterArgs(), captured));
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
  SmallVector<Value> forwarded =
      getYields(beforeBuilder, loc, before, beforeSlots,
                op.getBeforeArguments(), captured);
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
