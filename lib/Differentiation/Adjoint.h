//===- Adjoint.h - What a derivative rule works with -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The cotangents of one block, and the view of one op that a rule gets.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIFFERENTIATION_ADJOINT_H
#define MYIA_DIFFERENTIATION_ADJOINT_H

#include "Activity.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::myia {

/// A 0 of the type of the cotangent of `primal`.
Value createZero(OpBuilder &builder, Location loc, Value primal);

/// The number `value`, of the type of `like` (a float or an array of floats).
Value createConstant(OpBuilder &builder, Location loc, double value,
                     Value like);

/// The unknown sizes of `like`, taken where it is made: so it is they, and not
/// the array, that the reverse sweep remembers.
llvm::SmallVector<Value> getPrimalSizes(Location loc, Value like);

/// `value` everywhere in an array of the shape of `like`.
Value createSplat(OpBuilder &builder, Location loc, Value value, Value like);

/// The cotangents that one block of the reverse sweep knows, by primal value.
/// No entry means 0. A value of an outer block starts with the cotangent that
/// it has there; in the body of a loop that cotangent is carried from iteration
/// to iteration, so a block argument is made for it on first sight.
class Cotangents {
public:
  Cotangents(Block *primal, Block *reverse, Cotangents *parent, bool loop)
      : primal(primal), reverse(reverse), parent(parent), loop(loop) {}

  /// The cotangent of `value` so far, or null.
  Value lookup(Value value);
  void set(Value value, Value cotangent) { known[value] = cotangent; }
  /// Adds `cotangent` to what is known.
  void add(OpBuilder &builder, Location loc, Value value, Value cotangent);
  /// The cotangent of `value`, a 0 that is made if need be.
  Value get(OpBuilder &builder, Location loc, Value value);
  /// Makes sure that the loop carries the cotangent of an outer value.
  void carry(Value value) { (void)lookup(value); }

  /// The outer values whose cotangents this block changes.
  SmallVector<Value> getCaptured() const;

  Block *const primal, *const reverse;
  Cotangents *const parent;

private:
  const bool loop;
  llvm::MapVector<Value, Value> known;
};

/// One op in the reverse sweep: what it computed, the cotangents of its
/// results, and where to put those of its operands.
class Adjoint {
public:
  Adjoint(Operation *op, const Activity &activity, Cotangents &cotangents,
          OpBuilder &builder, Location loc)
      : op(op), activity(activity), cotangents(cotangents), builder(builder),
        loc(loc) {}

  Value operand(unsigned i) const { return op->getOperand(i); }
  Value result(unsigned i = 0) const { return op->getResult(i); }
  /// The cotangent of a result; null stands for 0.
  Value cotangent(unsigned i = 0) { return cotangents.lookup(result(i)); }
  /// Whether an operand has a cotangent.
  bool wants(unsigned i) const { return activity.isActive(operand(i)); }
  /// Adds to the cotangent of an operand. With `guard`, a cotangent of 0 of a
  /// result that does not matter contributes 0 even where `value` is NaN.
  void add(unsigned i, Value value, bool guard = false);

  Operation *const op;
  const Activity &activity;
  Cotangents &cotangents;
  OpBuilder &builder;
  const Location loc;
};

/// `value`, or 0 where it is not finite and `condition` does not hold. What is
/// finite stays: it is linear in the cotangent where that is 0, too, which
/// second derivatives see. Its shape is that of `like`.
Value createMasked(OpBuilder &builder, Location loc, Value value,
                   Value condition, Value like);

/// Appends the cotangents of an op's operands.
using RuleFunction = LogicalResult (*)(Adjoint &adjoint);

/// The rule for `op`, or null.
RuleFunction lookupRule(Operation *op);
/// Whether the derivative of `op` is 0 wherever it exists.
bool isConstantRule(Operation *op);
/// Whether `op` may make cotangents of 0 for values that do not matter.
bool isMaskingRule(Operation *op);

/// The rules of Rules.td that are not formulas.
LogicalResult differentiateExtract(Adjoint &adjoint);
LogicalResult differentiateInsert(Adjoint &adjoint);
LogicalResult differentiateExtractSlice(Adjoint &adjoint);
LogicalResult differentiateInsertSlice(Adjoint &adjoint);
LogicalResult differentiateSplat(Adjoint &adjoint);
LogicalResult differentiateFromElements(Adjoint &adjoint);
LogicalResult differentiateCast(Adjoint &adjoint);
LogicalResult differentiateBroadcast(Adjoint &adjoint);
LogicalResult differentiateReduce(Adjoint &adjoint);
LogicalResult differentiateTranspose(Adjoint &adjoint);
LogicalResult differentiateReshape(Adjoint &adjoint);
LogicalResult differentiateMatmul(Adjoint &adjoint);
LogicalResult differentiateSolve(Adjoint &adjoint);
LogicalResult differentiateCholesky(Adjoint &adjoint);
LogicalResult differentiateDeterminant(Adjoint &adjoint);
LogicalResult differentiateReverse(Adjoint &adjoint);
LogicalResult differentiateGather(Adjoint &adjoint);
LogicalResult differentiateScatter(Adjoint &adjoint);
LogicalResult differentiatePush(Adjoint &adjoint);
LogicalResult differentiatePop(Adjoint &adjoint);
LogicalResult differentiateBox(Adjoint &adjoint);
LogicalResult differentiateUnbox(Adjoint &adjoint);
LogicalResult differentiateFill(Adjoint &adjoint);
LogicalResult differentiateMakeList(Adjoint &adjoint);
LogicalResult differentiateListGet(Adjoint &adjoint);
LogicalResult differentiateListSet(Adjoint &adjoint);
LogicalResult differentiateListAppend(Adjoint &adjoint);
LogicalResult differentiateListPop(Adjoint &adjoint);
LogicalResult differentiateListTake(Adjoint &adjoint);
LogicalResult differentiateListRenew(Adjoint &adjoint);
LogicalResult differentiateListPart(Adjoint &adjoint);
LogicalResult differentiateListAdd(Adjoint &adjoint);
LogicalResult differentiateListClear(Adjoint &adjoint);

} // namespace mlir::myia

#endif // MYIA_DIFFERENTIATION_ADJOINT_H
