//===- Arithmetic.cpp - Operators on values of one type -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Python's and NumPy's division, remainder, shifts and comparison, elementwise.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;
using IntCompare = arith::CmpIPredicate;
using FloatCompare = arith::CmpFPredicate;

Value myia::zeroLike(Emitter &e, Value value) {
  return e.constantLike(value, 0);
}

Value myia::oneLike(Emitter &e, Value value) {
  return e.constantLike(value, 1);
}

Value myia::integerLike(Emitter &e, const APInt &value, Value like) {
  TypedAttr number =
      e.builder.getIntegerAttr(getElementTypeOrSelf(like), value);
  auto array = dyn_cast<RankedTensorType>(like.getType());
  if (array && array.hasStaticShape())
    number = DenseElementsAttr::get(array, Attribute(number));
  Value constant = arith::ConstantOp::create(e.builder, e.loc, number);
  return array && !array.hasStaticShape()
             ? SplatOp::create(e.builder, e.loc, array, constant,
                               getUnknownSizes(e.builder, e.loc, like))
                   .getResult()
             : constant;
}

static unsigned widthOf(Value value) {
  return getElementTypeOrSelf(value).getIntOrFloatBitWidth();
}

static bool isUnsigned(Value value) {
  return getElementTypeOrSelf(value).isUnsignedInteger();
}

static Value flipSign(Emitter &e, Value value) {
  APInt sign = APInt::getSignMask(widthOf(value));
  return e.emit<arith::XOrIOp>(value, integerLike(e, sign, value));
}

Value myia::toSignedOrder(Emitter &e, Value value) {
  return isUnsigned(value) ? flipSign(e, e.withoutSign(value)) : value;
}

Value myia::fromSignedOrder(Emitter &e, Value value, Type element) {
  return element.isUnsignedInteger() ? e.withSign(flipSign(e, value), element)
                                     : value;
}

//===----------------------------------------------------------------------===//
// Division, elementwise, on scalars or arrays of one type
//===----------------------------------------------------------------------===//

/// A divisor without -1 and 0, for which the machine's division is undefined,
/// and whether it was -1.
static std::pair<Value, Value> safeDivisor(Emitter &e, Value rhs) {
  Value one = oneLike(e, rhs);
  Value minusOne = e.emit<arith::SubIOp>(zeroLike(e, rhs), one);
  Value isMinusOne = e.emit<arith::CmpIOp>(IntCompare::eq, rhs, minusOne);
  Value isZero = e.emit<arith::CmpIOp>(IntCompare::eq, rhs, zeroLike(e, rhs));
  Value unsafe = e.emit<arith::OrIOp>(isMinusOne, isZero);
  return {e.emit<arith::SelectOp>(unsafe, one, rhs), isMinusOne};
}

/// Integer remainder with the sign of the divisor. 0 where the divisor is 0.
static Value modInt(Emitter &e, Value lhs, Value rhs) {
  Value divisor = safeDivisor(e, rhs).first;
  Value rest = e.emit<arith::RemSIOp>(lhs, divisor);
  Value zero = zeroLike(e, rest);
  Value isRest = e.emit<arith::CmpIOp>(IntCompare::ne, rest, zero);
  Value mixed = e.emit<arith::XOrIOp>(rest, divisor);
  Value otherSign = e.emit<arith::CmpIOp>(IntCompare::slt, mixed, zero);
  Value adjust = e.emit<arith::AndIOp>(isRest, otherSign);
  Value moved = e.emit<arith::AddIOp>(rest, divisor);
  return e.emit<arith::SelectOp>(adjust, moved, rest);
}

/// Integer division rounded down; wraps at the smallest integer. 0 where the
/// divisor is 0, as NumPy has it.
static Value floorDivInt(Emitter &e, Value lhs, Value rhs) {
  auto [divisor, isMinusOne] = safeDivisor(e, rhs);
  Value quotient = e.emit<arith::FloorDivSIOp>(lhs, divisor);
  Value zero = zeroLike(e, lhs);
  Value negated = e.emit<arith::SubIOp>(zero, lhs);
  quotient = e.emit<arith::SelectOp>(isMinusOne, negated, quotient);
  Value isZero = e.emit<arith::CmpIOp>(IntCompare::eq, rhs, zero);
  return e.emit<arith::SelectOp>(isZero, zero, quotient);
}

/// A divisor with 1 in the place of 0.
static Value nonZeroDivisor(Emitter &e, Value rhs) {
  Value isZero = e.emit<arith::CmpIOp>(IntCompare::eq, rhs, zeroLike(e, rhs));
  return e.emit<arith::SelectOp>(isZero, oneLike(e, rhs), rhs);
}

/// Unsigned division and remainder: 0 where the divisor is 0.
static Value divideUnsigned(Emitter &e, BinaryKind kind, Value lhs, Value rhs) {
  Value divisor = nonZeroDivisor(e, rhs);
  if (kind == BinaryKind::mod)
    return e.emit<arith::RemUIOp>(lhs, divisor);
  Value zero = zeroLike(e, rhs);
  Value isZero = e.emit<arith::CmpIOp>(IntCompare::eq, rhs, zero);
  return e.emit<arith::SelectOp>(isZero, zero,
                                 e.emit<arith::DivUIOp>(lhs, divisor));
}

/// Floating-point remainder with the sign of the divisor, as CPython's
/// float_rem and NumPy's npy_remainder compute it.
static Value modFloat(Emitter &e, Value lhs, Value rhs) {
  Value rest = e.emit<arith::RemFOp>(lhs, rhs);
  Value zero = zeroLike(e, rest);
  Value isRest = e.emit<arith::CmpFOp>(FloatCompare::UNE, rest, zero);
  Value restNegative = e.emit<arith::CmpFOp>(FloatCompare::OLT, rest, zero);
  Value divisorNegative = e.emit<arith::CmpFOp>(FloatCompare::OLT, rhs, zero);
  Value otherSign = e.emit<arith::XOrIOp>(restNegative, divisorNegative);
  Value moved = e.emit<arith::AddFOp>(rest, rhs);
  Value nonZero = e.emit<arith::SelectOp>(otherSign, moved, rest);
  // The zero with the divisor's sign, of which the remainder's slope is left.
  Value positive = e.emit<arith::AddFOp>(rest, zero);
  Value negative =
      e.emit<arith::NegFOp>(Value(e.emit<arith::SubFOp>(zero, rest)));
  Value signedZero =
      e.emit<arith::SelectOp>(divisorNegative, negative, positive);
  return e.emit<arith::SelectOp>(isRest, nonZero, signedZero);
}

/// Floating-point division rounded down, as CPython and NumPy compute it: from
/// the exact remainder, one less where the signs differ.
static Value floorDivFloat(Emitter &e, Value lhs, Value rhs) {
  Value rest = e.emit<arith::RemFOp>(lhs, rhs);
  Value zero = zeroLike(e, rest);
  Value difference = e.emit<arith::SubFOp>(lhs, rest);
  Value quotient = e.emit<arith::DivFOp>(difference, rhs);
  Value isRest = e.emit<arith::CmpFOp>(FloatCompare::UNE, rest, zero);
  Value restNegative = e.emit<arith::CmpFOp>(FloatCompare::OLT, rest, zero);
  Value divisorNegative = e.emit<arith::CmpFOp>(FloatCompare::OLT, rhs, zero);
  Value otherSign = e.emit<arith::AndIOp>(
      isRest, e.emit<arith::XOrIOp>(restNegative, divisorNegative));
  Value less = e.emit<arith::SubFOp>(quotient, oneLike(e, quotient));
  quotient = e.emit<arith::SelectOp>(otherSign, less, quotient);
  Value rounded = e.emit<math::RoundEvenOp>(quotient);
  Value plain = e.emit<arith::DivFOp>(lhs, rhs);
  Value signedZero = e.emit<math::CopySignOp>(zero, plain);
  Value isZero = e.emit<arith::CmpFOp>(FloatCompare::OEQ, quotient, zero);
  Value result = e.emit<arith::SelectOp>(isZero, signedZero, rounded);
  // Division by zero: what the plain division gives.
  Value byZero = e.emit<arith::CmpFOp>(FloatCompare::OEQ, rhs, zero);
  return e.emit<arith::SelectOp>(byZero, plain, result);
}

Value myia::powSmall(Emitter &e, Value base, int64_t exponent) {
  Type element = getElementTypeOrSelf(base);
  base = e.withoutSign(base);
  auto multiply = [&](Value a, Value b) {
    return isa<FloatType>(element) ? e.emit<arith::MulFOp>(a, b)
                                   : e.emit<arith::MulIOp>(a, b);
  };
  Value result;
  for (Value square = base; exponent; exponent >>= 1) {
    if (exponent & 1)
      result = result ? multiply(result, square) : square;
    if (exponent > 1)
      square = multiply(square, square);
  }
  return e.withSign(result ? result : oneLike(e, base), element);
}

//===----------------------------------------------------------------------===//
// Arithmetic on operands of one type
//===----------------------------------------------------------------------===//

/// Shifts by the width or more, which machines do not agree on, give what an
/// endless shift would.
static Value shift(Emitter &e, BinaryKind kind, Value lhs, Value rhs,
                   bool isUnsigned) {
  unsigned width = widthOf(lhs);
  Value limit = integerLike(e, APInt(width, width - 1), lhs);
  Value amount = e.emit<arith::MinUIOp>(rhs, limit);
  if (kind == BinaryKind::rshift && !isUnsigned)
    return e.emit<arith::ShRSIOp>(lhs, amount);
  Value shifted = kind == BinaryKind::rshift
                      ? e.emit<arith::ShRUIOp>(lhs, amount)
                      : e.emit<arith::ShLIOp>(lhs, amount);
  Value tooFar = e.emit<arith::CmpIOp>(IntCompare::ugt, rhs, limit);
  return e.emit<arith::SelectOp>(tooFar, zeroLike(e, lhs), shifted);
}

/// Arithmetic on floats or on signless integers.
static Value arithmeticOn(Emitter &e, BinaryKind kind, Value lhs, Value rhs,
                          bool isUnsigned) {
  bool isFloat = isa<FloatType>(getElementTypeOrSelf(lhs.getType()));
  bool divides = kind == BinaryKind::floordiv || kind == BinaryKind::mod;
  if (isUnsigned && divides)
    return divideUnsigned(e, kind, lhs, rhs);
  switch (kind) {
  case BinaryKind::add:
    return isFloat ? e.emit<arith::AddFOp>(lhs, rhs)
                   : e.emit<arith::AddIOp>(lhs, rhs);
  case BinaryKind::sub:
    return isFloat ? e.emit<arith::SubFOp>(lhs, rhs)
                   : e.emit<arith::SubIOp>(lhs, rhs);
  case BinaryKind::mul:
    return isFloat ? e.emit<arith::MulFOp>(lhs, rhs)
                   : e.emit<arith::MulIOp>(lhs, rhs);
  case BinaryKind::truediv:
    return e.emit<arith::DivFOp>(lhs, rhs);
  case BinaryKind::floordiv:
    return isFloat ? floorDivFloat(e, lhs, rhs) : floorDivInt(e, lhs, rhs);
  case BinaryKind::mod:
    return isFloat ? modFloat(e, lhs, rhs) : modInt(e, lhs, rhs);
  case BinaryKind::and_:
    return e.emit<arith::AndIOp>(lhs, rhs);
  case BinaryKind::or_:
    return e.emit<arith::OrIOp>(lhs, rhs);
  case BinaryKind::xor_:
    return e.emit<arith::XOrIOp>(lhs, rhs);
  case BinaryKind::lshift:
  case BinaryKind::rshift:
    return shift(e, kind, lhs, rhs, isUnsigned);
  default:
    llvm_unreachable("not an arithmetic operator");
  }
}

Value myia::arithmetic(Emitter &e, BinaryKind kind, Value lhs, Value rhs) {
  Type element = getElementTypeOrSelf(lhs);
  // Not as arguments: C++ does not say in which order those are emitted.
  lhs = e.withoutSign(lhs);
  rhs = e.withoutSign(rhs);
  Value result = arithmeticOn(e, kind, lhs, rhs, element.isUnsignedInteger());
  return e.withSign(result, element);
}

Value myia::compare(Emitter &e, BinaryKind kind, Value lhs, Value rhs) {
  constexpr unsigned count =
      (unsigned)BinaryKind::ge - (unsigned)BinaryKind::eq + 1;
  Type element = getElementTypeOrSelf(lhs.getType());
  if (isa<FloatType>(element)) {
    static constexpr FloatCompare predicates[] = {
        FloatCompare::OEQ, FloatCompare::UNE, FloatCompare::OLT,
        FloatCompare::OLE, FloatCompare::OGT, FloatCompare::OGE};
    static_assert(std::size(predicates) == count);
    return e.emit<arith::CmpFOp>(
        predicates[(unsigned)kind - (unsigned)BinaryKind::eq], lhs, rhs);
  }
  static constexpr IntCompare predicates[][2] = {
      {IntCompare::eq, IntCompare::eq},   {IntCompare::ne, IntCompare::ne},
      {IntCompare::slt, IntCompare::ult}, {IntCompare::sle, IntCompare::ule},
      {IntCompare::sgt, IntCompare::ugt}, {IntCompare::sge, IntCompare::uge}};
  static_assert(std::size(predicates) == count);
  bool noSign = element.isInteger(1) || element.isUnsignedInteger();
  lhs = e.withoutSign(lhs);
  rhs = e.withoutSign(rhs);
  return e.emit<arith::CmpIOp>(
      predicates[(unsigned)kind - (unsigned)BinaryKind::eq][noSign], lhs, rhs);
}

bool myia::isComparison(BinaryKind kind) {
  return kind >= BinaryKind::eq && kind <= BinaryKind::ge;
}

bool myia::isBitwise(BinaryKind kind) {
  return kind >= BinaryKind::and_ && kind <= BinaryKind::rshift;
}

Value myia::extremum(Emitter &e, bool isMax, Value lhs, Value rhs) {
  Type element = getElementTypeOrSelf(lhs);
  if (isa<FloatType>(element))
    return isMax ? e.emit<arith::MaximumFOp>(lhs, rhs)
                 : e.emit<arith::MinimumFOp>(lhs, rhs);
  if (element.isInteger(1))
    return isMax ? e.emit<arith::OrIOp>(lhs, rhs)
                 : e.emit<arith::AndIOp>(lhs, rhs);
  Value a = e.withoutSign(lhs), b = e.withoutSign(rhs);
  if (element.isUnsignedInteger())
    return e.withSign(isMax ? e.emit<arith::MaxUIOp>(a, b)
                            : e.emit<arith::MinUIOp>(a, b),
                      element);
  return isMax ? e.emit<arith::MaxSIOp>(a, b) : e.emit<arith::MinSIOp>(a, b);
}

Value myia::complement(Emitter &e, Value value) {
  Value bits = e.withoutSign(value);
  Value ones = integerLike(e, APInt::getAllOnes(widthOf(value)), bits);
  return e.withSign(e.emit<arith::XOrIOp>(bits, ones),
                    getElementTypeOrSelf(value));
}
