//===- Rules.cpp - The derivative rules of Rules.td -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the formulas of Rules.td call, and the table of rules.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace mlir::myia;

namespace {

//===----------------------------------------------------------------------===//
// Nodes of formulas
//===----------------------------------------------------------------------===//

template <typename OpTy, typename... Values>
Value make(Adjoint &adjoint, Values... operands) {
  return OpTy::create(adjoint.builder, adjoint.loc, operands...);
}

Value constant(Adjoint &adjoint, double value) {
  return createConstant(adjoint.builder, adjoint.loc, value, adjoint.result());
}

Value zeroLike(Adjoint &adjoint) {
  if (isa<ListType>(adjoint.result().getType()))
    return createZero(adjoint.builder, adjoint.loc, adjoint.result());
  return constant(adjoint, 0.0);
}

Value identity(Adjoint &, Value value) { return value; }

Value equal(Adjoint &adjoint, Value x, Value y) {
  return arith::CmpFOp::create(adjoint.builder, adjoint.loc,
                               arith::CmpFPredicate::OEQ, x, y);
}

Value greater(Adjoint &adjoint, Value x, Value y) {
  return arith::CmpFOp::create(adjoint.builder, adjoint.loc,
                               arith::CmpFPredicate::OGT, x, y);
}

Value differ(Adjoint &adjoint, Value x, Value y) {
  return arith::CmpFOp::create(adjoint.builder, adjoint.loc,
                               arith::CmpFPredicate::UNE, x, y);
}

Value masked(Adjoint &adjoint, Value value, Value condition) {
  return createMasked(adjoint.builder, adjoint.loc, value, condition,
                      adjoint.result());
}

Value integerLike(Adjoint &adjoint, int64_t value, Value like) {
  TypedAttr number =
      adjoint.builder.getIntegerAttr(getElementTypeOrSelf(like), value);
  if (auto type = dyn_cast<ShapedType>(like.getType()))
    number = DenseElementsAttr::get(type, Attribute(number));
  return arith::ConstantOp::create(adjoint.builder, adjoint.loc, number);
}

Value isZeroInteger(Adjoint &adjoint, Value n) {
  return arith::CmpIOp::create(adjoint.builder, adjoint.loc,
                               arith::CmpIPredicate::eq, n,
                               integerLike(adjoint, 0, n));
}

Value toFloat(Adjoint &adjoint, Value n) {
  return arith::SIToFPOp::create(adjoint.builder, adjoint.loc,
                                 adjoint.result().getType(), n);
}

Value castLike(Adjoint &adjoint, Value value, Value like) {
  unsigned from = getElementTypeOrSelf(value).getIntOrFloatBitWidth();
  unsigned to = getElementTypeOrSelf(like).getIntOrFloatBitWidth();
  if (from < to)
    return arith::ExtFOp::create(adjoint.builder, adjoint.loc, like.getType(),
                                 value);
  return arith::TruncFOp::create(adjoint.builder, adjoint.loc, like.getType(),
                                 value);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

#define MYIA_RULE_FUNCTIONS
#include "myia/Differentiation/Rules.inc"
#undef MYIA_RULE_FUNCTIONS

struct Rule {
  /// Null when the derivative is 0.
  RuleFunction function;
  bool masks;
};

const Rule *findRule(Operation *op) {
  static const llvm::StringMap<Rule> rules = {
#define MYIA_RULE(name, function, masks) {name, Rule{function, masks}},
#include "myia/Differentiation/Rules.inc"
  };
  auto found = rules.find(op->getName().getStringRef());
  return found == rules.end() ? nullptr : &found->second;
}

} // namespace

RuleFunction myia::lookupRule(Operation *op) {
  const Rule *rule = findRule(op);
  return rule ? rule->function : nullptr;
}

bool myia::isConstantRule(Operation *op) {
  const Rule *rule = findRule(op);
  return rule && !rule->function;
}

bool myia::isMaskingRule(Operation *op) {
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return reduce.getKind() == ReduceKind::max ||
           reduce.getKind() == ReduceKind::min;
  const Rule *rule = findRule(op);
  return rule && rule->masks;
}
