//===- Cotangents.cpp - Cotangents by block -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Zeros, sums and scopes of cotangents.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include <limits>

using namespace mlir;
using namespace mlir::myia;

SmallVector<Value> myia::getPrimalSizes(Location loc, Value like) {
  OpBuilder builder(like.getContext());
  builder.setInsertionPointAfterValue(like);
  return getUnknownSizes(builder, loc, like);
}

Value myia::createSplat(OpBuilder &builder, Location loc, Value value,
                        Value like) {
  return SplatOp::create(builder, loc, like.getType(), value,
                         getPrimalSizes(loc, like));
}

Value myia::createConstant(OpBuilder &builder, Location loc, double value,
                           Value like) {
  assert(isa<FloatType>(getElementTypeOrSelf(like.getType())) &&
         "only floats have cotangents that are numbers");
  TypedAttr number =
      builder.getFloatAttr(getElementTypeOrSelf(like.getType()), value);
  auto type = dyn_cast<ShapedType>(like.getType());
  if (type && type.hasStaticShape())
    number = DenseElementsAttr::get(type, Attribute(number));
  Value constant = arith::ConstantOp::create(builder, loc, number);
  if (type && !type.hasStaticShape())
    return createSplat(builder, loc, constant, like);
  return constant;
}

Value myia::createZero(OpBuilder &builder, Location loc, Value primal) {
  auto type = dyn_cast<ShapedType>(primal.getType());
  if (type && !type.hasStaticShape())
    return createConstant(builder, loc, 0.0, primal);
  if (isa<StackType>(primal.getType()))
    return StackOp::create(builder, loc);
  return ZeroOp::create(builder, loc, getCotangentType(primal.getType()));
}

Value Cotangents::lookup(Value value) {
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  if (value.getParentBlock() == primal || !parent)
    return {};
  if (!loop)
    return parent->lookup(value);
  Value carried =
      reverse->addArgument(getCotangentType(value.getType()), value.getLoc());
  known[value] = carried;
  return carried;
}

void Cotangents::add(OpBuilder &builder, Location loc, Value value,
                     Value cotangent) {
  if (Value sum = lookup(value))
    cotangent = AccumulateOp::create(builder, loc, sum, cotangent);
  set(value, cotangent);
}

Value Cotangents::get(OpBuilder &builder, Location loc, Value value) {
  if (Value cotangent = lookup(value))
    return cotangent;
  return createZero(builder, loc, value);
}

SmallVector<Value> Cotangents::getCaptured() const {
  SmallVector<Value> captured;
  for (auto [value, cotangent] : known)
    if (value.getParentBlock() != primal)
      captured.push_back(value);
  return captured;
}

Value myia::createMasked(OpBuilder &builder, Location loc, Value value,
                         Value condition, Value like) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Value size = math::AbsFOp::create(builder, loc, value);
  Value finite =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, size,
                            createConstant(builder, loc, infinity, like));
  condition = arith::OrIOp::create(builder, loc, condition, finite);
  Value zero = createConstant(builder, loc, 0.0, like);
  return arith::SelectOp::create(builder, loc, condition, value, zero);
}

void Adjoint::add(unsigned i, Value value, bool guard) {
  if (guard && activity.isMasked(result())) {
    Value zero = createConstant(builder, loc, 0.0, cotangent());
    Value matters = arith::CmpFOp::create(
        builder, loc, arith::CmpFPredicate::UNE, cotangent(), zero);
    value = createMasked(builder, loc, value, matters, cotangent());
  }
  cotangents.add(builder, loc, operand(i), value);
}
