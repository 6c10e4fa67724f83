//===- Operators.cpp - Python's operators -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operators on Python numbers (with Python's meaning of division, remainder and
// power, and its errors) and on arrays (with NumPy's).
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "Classes.h"
#include "Comparisons.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "Ranges.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;
using IntCompare = arith::CmpIPredicate;
using FloatCompare = arith::CmpFPredicate;

static StringRef symbolOf(BinaryKind kind) {
  static constexpr const char *symbols[] = {
      "+",  "-", "*",  "/",  "//",     "%",  "**",    "@",
      "&",  "|", "^",  "<<", ">>",     "==", "!=",    "<",
      "<=", ">", ">=", "is", "is not", "in", "not in"};
  static_assert(std::size(symbols) == getMaxEnumValForBinaryKind() + 1);
  return symbols[(unsigned)kind];
}

Ref myia::unsupported(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  return e.error(20, "unsupported operand types for " + symbolOf(kind) + ": " +
                         describe(lhs->type) + " and " + describe(rhs->type));
}

//===----------------------------------------------------------------------===//
// Python numbers
//===----------------------------------------------------------------------===//

/// A power of finite numbers that is infinite raises, as in CPython.
static bool raiseIfOverflow(Emitter &e, Value power, Value finite) {
  Value infinite = e.emit<math::IsInfOp>(power);
  return e.raiseIf(e.emit<arith::AndIOp>(infinite, finite), "OverflowError",
                   "(34, 'Numerical result out of range')");
}

static Ref pythonPower(Emitter &e, Ref lhs, Ref rhs, bool isFloat) {
  std::optional<int64_t> exponent = getStaticInt(rhs->type);
  if (auto known = dyn_cast_or_null<FloatAttr>(getStatic(rhs->type)))
    if (known.getValueAsDouble() == (int64_t)known.getValueAsDouble())
      exponent = (int64_t)known.getValueAsDouble();
  Type f64 = e.builder.getF64Type(), i64 = e.builder.getI64Type();
  if (!isFloat && exponent && *exponent < 0)
    isFloat = true; // 2 ** -1 is 0.5
  if (!isFloat) {
    Value base = e.scalar(lhs, i64), power = e.scalar(rhs, i64);
    if (exponent && *exponent <= 16)
      return e.wrap(powSmall(e, base, *exponent));
    Value negative =
        e.emit<arith::CmpIOp>(IntCompare::slt, power, e.integerConstant(0));
    Value isZero =
        e.emit<arith::CmpIOp>(IntCompare::eq, base, e.integerConstant(0));
    if (!e.raiseIf(e.emit<arith::AndIOp>(negative, isZero), "ZeroDivisionError",
                   "0.0 cannot be raised to a negative power"))
      return nullptr;
    if (!e.raiseIf(
            negative, "ValueError",
            "an int to a negative power that is not known when compiling: "
            "write float(x) ** n"))
      return nullptr;
    return e.wrap(e.emit<math::IPowIOp>(base, power));
  }
  Value base = e.scalar(lhs, f64), power = e.scalar(rhs, f64);
  Value zero = e.floatConstant(0);
  if (exponent && *exponent >= 0 && *exponent <= 3) {
    Value product = powSmall(e, base, *exponent);
    if (!raiseIfOverflow(e, product, e.emit<math::IsFiniteOp>(base)))
      return nullptr;
    return e.wrap(product);
  }
  Value baseZero = e.emit<arith::CmpFOp>(FloatCompare::OEQ, base, zero);
  Value negative = e.emit<arith::CmpFOp>(FloatCompare::OLT, power, zero);
  if (!e.raiseIf(e.emit<arith::AndIOp>(baseZero, negative), "ZeroDivisionError",
                 "0.0 cannot be raised to a negative power"))
    return nullptr;
  if (!exponent) {
    Value whole = e.emit<arith::CmpFOp>(FloatCompare::OEQ,
                                        e.emit<math::FloorOp>(power), power);
    Value fraction = e.emit<arith::XOrIOp>(
        whole, arith::ConstantOp::create(e.builder, e.loc,
                                         e.builder.getBoolAttr(true)));
    Value baseNegative = e.emit<arith::CmpFOp>(FloatCompare::OLT, base, zero);
    if (!e.raiseIf(e.emit<arith::AndIOp>(baseNegative, fraction), "ValueError",
                   "a negative number to a fractional power is complex"))
      return nullptr;
  }
  Value result = e.emit<math::PowFOp>(base, power);
  Value finite = e.emit<arith::AndIOp>(e.emit<math::IsFiniteOp>(base),
                                       e.emit<math::IsFiniteOp>(power));
  if (!raiseIfOverflow(e, result, finite))
    return nullptr;
  return e.wrap(result);
}

static bool raiseDivisionByZero(Emitter &e, BinaryKind kind, Value divisor) {
  bool isFloat = divisor.getType().isF64();
  Value isZero = isFloat ? e.emit<arith::CmpFOp>(FloatCompare::OEQ, divisor,
                                                 e.floatConstant(0))
                         : e.emit<arith::CmpIOp>(IntCompare::eq, divisor,
                                                 e.integerConstant(0));
  StringRef message = "division by zero";
  if (kind == BinaryKind::truediv)
    message = isFloat ? "float division by zero" : message;
  else if (kind == BinaryKind::floordiv)
    message = isFloat ? "float floor division by zero"
                      : "integer division or modulo by zero";
  else
    message = isFloat ? "float modulo" : "integer modulo by zero";
  return e.raiseIf(isZero, "ZeroDivisionError", message);
}

static Ref pythonBinary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  Type common = promote(lhs->type, rhs->type);
  bool isFloat = common.isF64();
  Type i64 = e.builder.getI64Type(), f64 = e.builder.getF64Type();
  if (isComparison(kind))
    return e.wrap(
        compare(e, kind, e.scalar(lhs, common), e.scalar(rhs, common)));
  if (isBitwise(kind)) {
    if (isFloat)
      return unsupported(e, kind, lhs, rhs);
    bool shift = kind == BinaryKind::lshift || kind == BinaryKind::rshift;
    Type type = shift ? i64 : common;
    Value a = e.scalar(lhs, type), b = e.scalar(rhs, type);
    if (shift) {
      Value negative =
          e.emit<arith::CmpIOp>(IntCompare::slt, b, e.integerConstant(0));
      if (!e.raiseIf(negative, "ValueError", "negative shift count"))
        return nullptr;
    }
    return e.wrap(arithmetic(e, kind, a, b));
  }
  if (kind == BinaryKind::pow)
    return pythonPower(e, lhs, rhs, isFloat);
  bool divides = kind == BinaryKind::truediv || kind == BinaryKind::floordiv ||
                 kind == BinaryKind::mod;
  Type type = isFloat ? f64 : i64;
  Value divisor = e.scalar(rhs, type);
  if (divides && !raiseDivisionByZero(e, kind, divisor))
    return nullptr;
  if (kind == BinaryKind::truediv)
    type = f64;
  return e.wrap(arithmetic(e, kind, e.scalar(lhs, type), e.scalar(rhs, type)));
}

Ref myia::pythonExtremum(Emitter &e, bool isMax, Ref lhs, Ref rhs) {
  // max keeps the first of equals: a if not b > a.
  Type common = promote(lhs->type, rhs->type);
  Value a = e.scalar(lhs, common), b = e.scalar(rhs, common);
  Value better = compare(e, isMax ? BinaryKind::gt : BinaryKind::lt, b, a);
  return e.wrap(e.emit<arith::SelectOp>(better, b, a));
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

/// The largest exponent for which repeated multiplication is as exact as pow.
static bool isSmallExponent(int64_t exponent, bool isFloat) {
  return exponent >= 0 && exponent <= (isFloat ? 3 : 16);
}

static Ref integerPower(Emitter &e, Value base, Value exponent) {
  Type element = getElementTypeOrSelf(base);
  Value zero = zeroLike(e, e.withoutSign(exponent));
  Value negative =
      e.emit<arith::CmpIOp>(IntCompare::slt, e.withoutSign(exponent), zero);
  if (!element.isUnsignedInteger() || element.isInteger(64)) {
    Value any = e.any(negative);
    StringRef message =
        element.isUnsignedInteger()
            ? "an exponent of 2**63 or more is not supported"
            : "Integers to negative integer powers are not allowed.";
    if (!e.raiseIf(any, "ValueError", message))
      return nullptr;
  }
  // Modulo 2**64 is right modulo any smaller power of 2, too.
  Type i64 = e.builder.getI64Type();
  Value power = e.emit<math::IPowIOp>(e.withoutSign(e.cast(base, i64)),
                                      e.withoutSign(e.cast(exponent, i64)));
  return e.wrap(e.cast(power, element));
}

/// The type in which NumPy computes a power of booleans. An array of them by a
/// Python int of 2 is a square, and thus of int8; null after an error.
static Type getBooleanPower(Emitter &e, Ref lhs, Ref rhs, Type common) {
  Type base = getElementType(lhs->type), number = getPythonNumber(rhs->type);
  bool maySquare = base && base.isInteger(1) && number &&
                   number.isInteger(64) && e.shapeOf(lhs).rank() > 0;
  std::optional<int64_t> exponent = getStaticInt(rhs->type);
  if (maySquare && !exponent) {
    e.error(26, "a power of a bool array needs an exponent that is known when "
                "compiling, since the square is of int8 and the others are of "
                "int64: write x.astype(np.int64) ** n");
    return nullptr;
  }
  return common.isInteger(1) || (maySquare && *exponent == 2)
             ? e.builder.getIntegerType(8)
             : common;
}

static Ref arrayPower(Emitter &e, Ref lhs, Ref rhs, Type element,
                      const Shape &shape) {
  std::optional<int64_t> exponent = getStaticInt(rhs->type);
  bool isFloat = isa<FloatType>(element);
  if (auto known = dyn_cast_or_null<FloatAttr>(getStatic(rhs->type));
      known && isFloat) {
    double value = known.getValueAsDouble();
    if (value == 0.5)
      return e.wrap(e.emit<math::SqrtOp>(e.array(lhs, element, shape)));
    if (value >= 0 && value <= 3 && value == (int64_t)value)
      exponent = (int64_t)value;
  }
  Value base = e.array(lhs, element, shape);
  if (exponent && isSmallExponent(*exponent, isFloat))
    return e.wrap(powSmall(e, base, *exponent));
  Value power = e.array(rhs, element, shape);
  if (!isFloat)
    return integerPower(e, base, power);
  return e.wrap(e.emit<math::PowFOp>(base, power));
}

/// Whether two element types are uint64 and a signed integer type.
static bool isMixedSign(Type a, Type b) {
  if (a.isUnsignedInteger(64))
    return b.isSignlessInteger() && !b.isInteger(1);
  return b.isUnsignedInteger(64) && isMixedSign(b, a);
}

/// Compares uint64 with signed integers by value: a negative one is smaller.
static Value compareMixedSign(Emitter &e, BinaryKind kind, Value lhs,
                              Value rhs) {
  bool isFirst = getElementTypeOrSelf(lhs).isUnsignedInteger();
  Type ui64 = getElementTypeOrSelf(isFirst ? lhs : rhs);
  Value number = isFirst ? rhs : lhs;
  Value negative =
      e.emit<arith::CmpIOp>(IntCompare::slt, number, zeroLike(e, number));
  bool ifNegative = kind == BinaryKind::ne;
  if (kind == BinaryKind::gt || kind == BinaryKind::ge)
    ifNegative = isFirst;
  if (kind == BinaryKind::lt || kind == BinaryKind::le)
    ifNegative = !isFirst;
  Value result = compare(e, kind, e.cast(lhs, ui64), e.cast(rhs, ui64));
  Value outcome = integerLike(e, APInt(1, ifNegative), negative);
  return e.emit<arith::SelectOp>(negative, outcome, result);
}

/// NumPy compares integers by value, also with a Python int of any size.
static Ref compareArrays(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs,
                         const Shape &shape) {
  Type element = promote(lhs->type, rhs->type);
  Type a = getElementType(lhs->type), b = getElementType(rhs->type);
  Type i64 = e.builder.getI64Type();
  bool weakInt =
      !a || !b ? element.isInteger() && !element.isInteger(1) : false;
  if (weakInt && !element.isUnsignedInteger(64)) // both fit in 64 bits
    element = i64;
  if (!a)
    a = i64;
  if (!b)
    b = i64;
  if (!isMixedSign(a, b))
    return e.wrap(compare(e, kind, e.array(lhs, element, shape),
                          e.array(rhs, element, shape)));
  return e.wrap(compareMixedSign(e, kind, e.array(lhs, a, shape),
                                 e.array(rhs, b, shape)));
}

static Ref arrayBinary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  Type element = promote(lhs->type, rhs->type);
  auto shape = e.broadcast(e.shapeOf(lhs), e.shapeOf(rhs));
  if (!shape)
    return e.error(30, "operands of " + symbolOf(kind) +
                           " need shapes that broadcast together [got " +
                           describe(lhs->type) + " and " + describe(rhs->type) +
                           "]");
  if (isComparison(kind))
    return compareArrays(e, kind, lhs, rhs, *shape);
  if (kind == BinaryKind::truediv && !isa<FloatType>(element))
    element = e.builder.getF64Type();
  if (!e.fits(lhs, element) || !e.fits(rhs, element))
    return nullptr;
  bool isFloat = isa<FloatType>(element), isBool = element.isInteger(1);
  bool isShift = kind == BinaryKind::lshift || kind == BinaryKind::rshift;
  if (isBitwise(kind) && isFloat)
    return unsupported(e, kind, lhs, rhs);
  if (isBool && kind == BinaryKind::sub)
    return e.error(20, "numpy boolean subtract, the `-` operator, is not "
                       "supported: use the `^` operator");
  if (isBool &&
      (isShift || kind == BinaryKind::floordiv || kind == BinaryKind::mod))
    element = e.builder.getIntegerType(8);
  if (kind == BinaryKind::pow) {
    element = getBooleanPower(e, lhs, rhs, element);
    return element ? arrayPower(e, lhs, rhs, element, *shape) : nullptr;
  }
  Value a = e.array(lhs, element, *shape), b = e.array(rhs, element, *shape);
  if (isBool && kind == BinaryKind::add) // logical, as NumPy has it
    return e.wrap(e.emit<arith::OrIOp>(a, b));
  if (isBool && kind == BinaryKind::mul)
    return e.wrap(e.emit<arith::AndIOp>(a, b));
  return e.wrap(arithmetic(e, kind, a, b));
}

//===----------------------------------------------------------------------===//
// Other values
//===----------------------------------------------------------------------===//

Ref myia::inPlace(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  StringRef stem = stringifyBinaryKind(kind);
  stem.consume_back("_");
  return callMethod(e, lhs, ("__i" + stem + "__").str(), {rhs});
}

/// NamedTuples as what they are for an operator that their class does not
/// define.
static std::pair<Ref, Ref> asTuples(Emitter &e, BinaryKind kind, Ref lhs,
                                    Ref rhs) {
  StringRef stem = stringifyBinaryKind(kind);
  stem.consume_back("_");
  std::string method = ("__" + stem + "__").str();
  auto plain = [&](Ref operand) {
    return defines(e, operand, method) ? operand : asTuple(e, operand);
  };
  return {plain(lhs), kind == BinaryKind::add ? asTuple(e, rhs) : plain(rhs)};
}

Ref myia::binary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (kind == BinaryKind::is || kind == BinaryKind::is_not)
    return identity(e, kind, lhs, rhs);
  if (kind == BinaryKind::in || kind == BinaryKind::not_in)
    return contains(e, kind, lhs, rhs);
  if (isNumeric(lhs->type) && isNumeric(rhs->type)) {
    if (kind == BinaryKind::matmul)
      return callPrimitive(e, "numpy.matmul", {{lhs, rhs}, {}});
    if (getPythonNumber(lhs->type) && getPythonNumber(rhs->type))
      return pythonBinary(e, kind, lhs, rhs);
    return arrayBinary(e, kind, lhs, rhs);
  }
  if ((isComplex(lhs->type) || isNumeric(lhs->type)) &&
      (isComplex(rhs->type) || isNumeric(rhs->type)))
    return complexBinary(e, kind, lhs, rhs);
  if (isList(lhs->type) || isList(rhs->type)) {
    Ref result = listBinary(e, kind, lhs, rhs);
    return result || e.outcome != Outcome::Normal
               ? result
               : unsupported(e, kind, lhs, rhs);
  }
  if (isDict(lhs->type) && isDict(rhs->type)) {
    Ref result = dictBinary(e, kind, lhs, rhs);
    return result || e.outcome != Outcome::Normal
               ? result
               : unsupported(e, kind, lhs, rhs);
  }
  if (getClass(e, lhs->type) || getClass(e, rhs->type)) {
    Ref result = overloaded(e, kind, lhs, rhs);
    if (result || e.outcome != Outcome::Normal)
      return result;
    std::tie(lhs, rhs) = asTuples(e, kind, lhs, rhs);
  }
  if (isa<myia::TupleType>(lhs->type) && isa<myia::TupleType>(rhs->type)) {
    if (kind == BinaryKind::add) {
      SmallVector<Ref> all(e.elements(lhs));
      llvm::append_range(all, e.elements(rhs));
      return e.tuple(all);
    }
    if (kind == BinaryKind::eq || kind == BinaryKind::ne)
      return tupleEquality(e, kind, lhs, rhs);
    if (isComparison(kind))
      return tupleOrder(e, kind, lhs, rhs);
  }
  if (isa<myia::TupleType>(lhs->type) && kind == BinaryKind::mul)
    if (auto count = getStaticInt(rhs->type)) {
      SmallVector<Ref> all;
      for (int64_t i = 0; i < *count; ++i)
        llvm::append_range(all, e.elements(lhs));
      return e.tuple(all);
    }
  if (Ref result = stringBinary(e, kind, lhs, rhs);
      result || e.outcome != Outcome::Normal)
    return result;
  if (kind == BinaryKind::eq || kind == BinaryKind::ne) {
    Ref equal = equality(e, lhs, rhs);
    if (equal && kind == BinaryKind::ne)
      return unary(e, UnaryKind::not_, equal);
    if (equal || e.outcome != Outcome::Normal)
      return equal;
  }
  return unsupported(e, kind, lhs, rhs);
}

//===----------------------------------------------------------------------===//
// Unary operators and truth
//===----------------------------------------------------------------------===//

Ref myia::unary(Emitter &e, UnaryKind kind, Ref operand) {
  if (kind == UnaryKind::not_) {
    Ref value = truth(e, operand);
    return value ? e.wrap(complement(e, e.scalar(value, e.builder.getI1Type())))
                 : nullptr;
  }
  if (isComplex(operand->type))
    return complexUnary(e, kind, operand);
  static constexpr const char *methods[] = {"__neg__", "__pos__", "__invert__"};
  static_assert(std::size(methods) == (unsigned)UnaryKind::not_,
                "`not` is the last and has no method");
  if (getClass(e, operand->type)) {
    Ref result = callMethod(e, operand, methods[(unsigned)kind]);
    if (result || e.outcome != Outcome::Normal)
      return result;
  }
  Type number = getPythonNumber(operand->type);
  Type element = number ? number : getElementType(operand->type);
  bool isFloat = isa_and_nonnull<FloatType>(element);
  if (!element || (isFloat && kind == UnaryKind::invert) ||
      (!number && element.isInteger(1) && kind != UnaryKind::invert))
    return e.error(20, "bad operand type for unary " +
                           StringRef("-+~").substr((unsigned)kind, 1) + ": " +
                           describe(operand->type));
  Value value;
  if (number)
    value = e.scalar(operand, isFloat ? number : Type(e.builder.getI64Type()));
  else
    value = operand->value;
  if (kind == UnaryKind::pos)
    return e.wrap(value);
  if (kind == UnaryKind::invert)
    return e.wrap(complement(e, value));
  if (isFloat)
    return e.wrap(e.emit<arith::NegFOp>(value));
  Value bits = e.withoutSign(value);
  return e.wrap(e.withSign(e.emit<arith::SubIOp>(zeroLike(e, bits), bits),
                           getElementTypeOrSelf(value)));
}

Ref myia::truth(Emitter &e, Ref operand) {
  Type i1 = e.builder.getI1Type();
  if (isNone(operand->type))
    return e.boolean(false);
  if (getPythonNumber(operand->type))
    return e.wrap(e.scalar(operand, i1));
  if (isComplex(operand->type))
    return complexTruth(e, operand);
  if (auto string = getStaticString(operand->type))
    return e.boolean(!string->empty());
  if (auto array = getArray(operand->type)) {
    Ref only = getOnlyElement(
        e, operand,
        "The truth value of an array with more than one element is "
        "ambiguous. Use a.any() or a.all()");
    return only ? e.wrap(e.scalar(only, i1)) : nullptr;
  }
  if (auto tuple = dyn_cast<myia::TupleType>(operand->type))
    return e.boolean(!tuple.getElements().empty());
  if (auto elements = dictElements(e, operand))
    return e.boolean(!elements->empty());
  if (auto iterator = dyn_cast<IteratorType>(operand->type)) {
    if (isRange(iterator))
      return hasNext(e, operand);
    if (llvm::is_contained({"slice", "zip", "enumerate"},
                           iterator.getKind().getValue()))
      return e.boolean(true);
  }
  if (isList(operand->type))
    return binary(e, BinaryKind::ne, listLength(e, operand), e.integer(0));
  for (StringRef method : {"__bool__", "__len__"}) {
    Ref result = callMethod(e, operand, method);
    if (e.outcome != Outcome::Normal)
      return nullptr;
    if (result)
      return truth(e, result);
  }
  if (getNamedTuple(e, operand->type))
    return e.boolean(!e.elements(operand).empty());
  // An instance without either of them, a function, class or dtype.
  Attribute known = getStatic(operand->type);
  if (isa<RecordType, BoxType, ClosureType, DerivativeType>(operand->type) ||
      isa_and_nonnull<PrimAttr, FlatSymbolRefAttr, TypeAttr>(known))
    return e.boolean(true);
  return e.error(20, "compiled code does not know whether " +
                         describe(operand->type) + " is true");
}
