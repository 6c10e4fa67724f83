//===- Complex.cpp - Complex numbers ----------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Making complex numbers and taking them apart; operators and subscripts.
//
//===----------------------------------------------------------------------===//

#include "Complex.h"
#include "Arithmetic.h"
#include "Engine.h"
#include "Handlers.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <cmath>

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

RankedTensorType myia::getComplexArray(Type type) {
  auto number = dyn_cast<myia::ComplexType>(type);
  return number ? getArray(number.getRe()) : RankedTensorType();
}

RankedTensorType myia::getAnyArray(Type type) {
  auto array = getArray(type);
  return array ? array : getComplexArray(type);
}

bool myia::isPythonComplex(Type type) {
  return isComplex(type) && !getComplexArray(type);
}

bool myia::holdsComplex(Type type) {
  return type.walk([](myia::ComplexType) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

/// The type of the parts of complex numbers that hold elements of a type; null
/// if NumPy has none.
static Type getPartType(Emitter &e, Type element) {
  if (element.isBF16())
    return {};
  Type part = getFloatFor(element);
  return part.isF16() ? e.builder.getF32Type() : part;
}

static Ref makePair(Emitter &e, Ref re, Ref im) {
  return e.engine.make({myia::ComplexType::get(e.context(), re->type, im->type),
                        {},
                        e.engine.copy(ArrayRef<Ref>{re, im})});
}

Ref myia::makeComplex(Emitter &e, Ref re, Ref im) {
  for (Ref part : {re, im})
    if (!isNumeric(part->type))
      return badArgument(e, "builtins.complex", part);
  Type f64 = e.builder.getF64Type();
  if (getPythonNumber(re->type) && getPythonNumber(im->type))
    return makePair(e, e.wrap(e.scalar(re, f64)), e.wrap(e.scalar(im, f64)));
  Type element = getPartType(e, promote(re->type, im->type));
  if (!element)
    return badArgument(e, "builtins.complex", re);
  auto shape = e.broadcast(e.shapeOf(re), e.shapeOf(im));
  if (!shape)
    return e.error(30, "the parts of a complex array need shapes that "
                       "broadcast together [got " +
                           describe(re->type) + " and " + describe(im->type) +
                           "]");
  return makePair(e, e.wrap(e.array(re, element, *shape)),
                  e.wrap(e.array(im, element, *shape)));
}

Ref myia::asComplex(Emitter &e, Ref number) {
  if (!isNumeric(number->type))
    return number;
  if (getPythonNumber(number->type))
    return makeComplex(e, number, e.known(e.builder.getF64FloatAttr(0)));
  Type element = getPartType(e, getElementType(number->type));
  if (!element)
    return badArgument(e, "builtins.complex", number);
  Ref re = e.wrap(e.cast(number->value, element));
  return makePair(e, re, e.wrap(zeroLike(e, re->value)));
}

Ref myia::asComplexArray(Emitter &e, Ref number) {
  if (!isPythonComplex(number->type))
    return number;
  return mapParts(e, number, [&](Ref part) { return asArray(e, part); });
}

Ref myia::realPart(Emitter &e, Ref number) { return e.elements(number)[0]; }

Ref myia::imaginaryPart(Emitter &e, Ref number) {
  return e.elements(number)[1];
}

Ref myia::mapParts(Emitter &e, Ref number, function_ref<Ref(Ref)> function) {
  Ref re = function(realPart(e, number));
  Ref im = re ? function(imaginaryPart(e, number)) : nullptr;
  return im ? makePair(e, re, im) : nullptr;
}

Ref myia::callComplexFunction(Emitter &e, StringRef name,
                              const CallArguments &arguments) {
  std::string symbol = ("complex." + name).str();
  if (!e.engine.lookupFunction(symbol))
    return e.error(41, "a complex dtype that is given by its name as a text is "
                       "not supported here: write np.complex64, np.complex128 "
                       "or complex");
  Ref function = e.closure(FlatSymbolRefAttr::get(e.context(), symbol), {});
  return call(e, function, arguments);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

static Ref multiply(Emitter &e, Ref a, Ref b) {
  auto times = [&](Ref x, Ref y) { return binary(e, BinaryKind::mul, x, y); };
  ArrayRef<Ref> x = e.elements(a), y = e.elements(b);
  Ref re = binary(e, BinaryKind::sub, times(x[0], y[0]), times(x[1], y[1]));
  Ref im = binary(e, BinaryKind::add, times(x[0], y[1]), times(x[1], y[0]));
  return makeComplex(e, re, im);
}

/// CPython reports powers that are infinite.
static bool raiseIfOverflow(Emitter &e, Ref power) {
  Type f64 = e.builder.getF64Type();
  Value re = e.emit<math::IsInfOp>(e.scalar(realPart(e, power), f64));
  Value im = e.emit<math::IsInfOp>(e.scalar(imaginaryPart(e, power), f64));
  return e.raiseIf(e.emit<arith::OrIOp>(re, im), "OverflowError",
                   "complex exponentiation");
}

/// A power by repeated squaring, in the order in which CPython and NumPy
/// multiply. CPython begins with 1, which makes NaN of infinities.
static Ref wholePower(Emitter &e, Ref base, int64_t exponent, bool isPython) {
  Type type = widen(realPart(e, base)->type, /*floatsOnly=*/false);
  Ref zero = e.wrap(zeroLike(e, e.convert(realPart(e, base), type)));
  Ref one =
      makeComplex(e, binary(e, BinaryKind::add, zero, e.integer(1)), zero);
  Ref result = isPython ? one : nullptr, power = base;
  for (int64_t left = std::abs(exponent); left; left >>= 1) {
    if (left & 1)
      result = result ? multiply(e, result, power) : power;
    if (left > 1)
      power = multiply(e, power, power);
  }
  if (isPython)
    return raiseIfOverflow(e, result) ? result : nullptr;
  if (exponent > 0)
    return result;
  return result ? complexBinary(e, BinaryKind::truediv, one, result) : one;
}

/// An exponent that is known to be a small whole number.
static std::optional<int64_t> findWhole(Ref exponent) {
  std::optional<int64_t> whole = getStaticInt(exponent->type);
  if (auto known = dyn_cast_or_null<FloatAttr>(getStatic(exponent->type)))
    if (known.getValueAsDouble() == std::floor(known.getValueAsDouble()) &&
        std::abs(known.getValueAsDouble()) < 100)
      whole = (int64_t)known.getValueAsDouble();
  return whole && std::abs(*whole) < 100 ? whole : std::nullopt;
}

/// Brings two operands, not both of Python, to one dtype.
static void unify(Emitter &e, Ref &a, Ref &b) {
  Type element = promote(realPart(e, a)->type, realPart(e, b)->type);
  for (Ref *operand : {&a, &b})
    *operand = mapParts(e, *operand, [&](Ref part) {
      return e.wrap(e.array(part, element, e.shapeOf(part)));
    });
}

Ref myia::complexBinary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  bool isPython = true;
  for (Ref operand : {lhs, rhs})
    isPython &=
        isPythonComplex(operand->type) || (bool)getPythonNumber(operand->type);
  if (kind == BinaryKind::matmul)
    return callPrimitive(e, "numpy.matmul", {{lhs, rhs}, {}});
  auto exponent =
      kind == BinaryKind::pow ? findWhole(rhs) : std::optional<int64_t>();
  // Beside a Python number, NumPy's integers count as float64.
  for (auto [own, other] : {std::pair(&lhs, rhs), std::pair(&rhs, lhs)})
    if (auto array = getArray((*own)->type);
        array && isPythonComplex(other->type) &&
        !isa<FloatType>(array.getElementType()))
      *own = e.wrap(e.cast((*own)->value, e.builder.getF64Type()));
  Ref a = asComplex(e, lhs), b = a ? asComplex(e, rhs) : nullptr;
  if (!b)
    return nullptr;
  if (!isComplex(a->type) || !isComplex(b->type))
    return unsupported(e, kind, lhs, rhs);
  if (!e.broadcast(e.shapeOf(realPart(e, a)), e.shapeOf(realPart(e, b))))
    return e.error(30, "operands need shapes that broadcast together [got " +
                           describe(lhs->type) + " and " + describe(rhs->type) +
                           "]");
  auto onParts = [&](BinaryKind each) {
    return std::pair(binary(e, each, realPart(e, a), realPart(e, b)),
                     binary(e, each, imaginaryPart(e, a), imaginaryPart(e, b)));
  };
  switch (kind) {
  case BinaryKind::add:
  case BinaryKind::sub: {
    auto [re, im] = onParts(kind);
    return re && im ? makeComplex(e, re, im) : nullptr;
  }
  case BinaryKind::eq:
  case BinaryKind::ne: {
    auto [re, im] = onParts(kind);
    bool isEqual = kind == BinaryKind::eq;
    return re && im
               ? binary(e, isEqual ? BinaryKind::and_ : BinaryKind::or_, re, im)
               : nullptr;
  }
  case BinaryKind::mul:
    return multiply(e, a, b);
  case BinaryKind::truediv:
    if (isPython)
      return callComplexFunction(e, "__quotient__", {{a, b}, {}});
    unify(e, a, b);
    return callComplexFunction(e, "__truediv__", {{a, b}, {}});
  case BinaryKind::pow:
    if (exponent && (*exponent >= 0 || !isPython))
      return wholePower(e, a, *exponent, isPython);
    if (isPython)
      return callComplexFunction(e, "__power__", {{a, b}, {}});
    unify(e, a, b);
    return callComplexFunction(e, "__pow__", {{a, b}, {}});
  default:
    return unsupported(e, kind, lhs, rhs);
  }
}

Ref myia::complexUnary(Emitter &e, UnaryKind kind, Ref operand) {
  if (kind == UnaryKind::invert)
    return e.error(20,
                   "bad operand type for unary ~: " + describe(operand->type));
  return mapParts(e, operand, [&](Ref part) { return unary(e, kind, part); });
}

Ref myia::complexTruth(Emitter &e, Ref operand) {
  Ref differs =
      complexBinary(e, BinaryKind::ne, operand, asComplex(e, e.integer(0)));
  return differs ? truth(e, differs) : nullptr;
}

//===----------------------------------------------------------------------===//
// Items
//===----------------------------------------------------------------------===//

Ref myia::getComplexItem(Emitter &e, Ref array, Ref index) {
  if (!getComplexArray(array->type))
    return e.error(20, describe(array->type) + " is not subscriptable");
  return mapParts(e, array, [&](Ref part) { return getItem(e, part, index); });
}

Ref myia::setComplexItem(Emitter &e, Ref array, Ref index, Ref value) {
  value = asComplex(e, value);
  if (!value)
    return nullptr;
  if (!isComplex(value->type))
    return e.error(20,
                   "an item of an array must be a number or an array [got " +
                       describe(value->type) + "]");
  Ref re = setItem(e, realPart(e, array), index, realPart(e, value));
  Ref im =
      re ? setItem(e, imaginaryPart(e, array), index, imaginaryPart(e, value))
         : nullptr;
  return im ? makePair(e, re, im) : nullptr;
}
