//===- Elementwise.cpp - Elementwise library functions -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's universal functions, and the functions of `math` on Python numbers
// with the errors that CPython raises.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "Classes.h"
#include "Handlers.h"
#include "IndexArrays.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;
using FloatCompare = arith::CmpFPredicate;

namespace {
/// Where CPython's math function raises ValueError.
enum class Domain {
  All,
  NonNegative,
  Positive,
  AboveMinusOne,
  AtLeastOne,
  Unit,
  OpenUnit
};
} // namespace

//===----------------------------------------------------------------------===//
// One operand, floating point
//===----------------------------------------------------------------------===//

using EmitUnary = Value (*)(Emitter &, Value);

template <typename OpTy> static Value emitUnary(Emitter &e, Value value) {
  return e.emit<OpTy>(value);
}

static Ref numpyFloat(Emitter &e, StringRef name, Ref argument,
                      EmitUnary emit) {
  if (!isNumeric(argument->type))
    return badArgument(e, name, argument);
  Ref array = asArray(e, argument);
  Type element = getFloatFor(getElementType(array->type));
  // 16 bits are too few for the steps in between.
  Type wide =
      element.isF16() || element.isBF16() ? e.builder.getF32Type() : element;
  Value result = emit(e, e.cast(array->value, wide));
  return e.wrap(e.cast(result, element));
}

static Value outside(Emitter &e, Value x, Domain domain) {
  Value zero = e.floatConstant(0);
  switch (domain) {
  case Domain::All:
    return e.emit<math::IsInfOp>(x);
  case Domain::NonNegative:
    return e.emit<arith::CmpFOp>(FloatCompare::OLT, x, zero);
  case Domain::Positive:
    return e.emit<arith::CmpFOp>(FloatCompare::OLE, x, zero);
  case Domain::AboveMinusOne:
    return e.emit<arith::CmpFOp>(FloatCompare::OLE, x, e.floatConstant(-1));
  case Domain::AtLeastOne:
    return e.emit<arith::CmpFOp>(FloatCompare::OLT, x, e.floatConstant(1));
  case Domain::OpenUnit:
    return e.emit<arith::CmpFOp>(FloatCompare::OGE, e.emit<math::AbsFOp>(x),
                                 e.floatConstant(1));
  case Domain::Unit:
    return e.emit<arith::CmpFOp>(FloatCompare::OGT, e.emit<math::AbsFOp>(x),
                                 e.floatConstant(1));
  }
  llvm_unreachable("every domain is handled");
}

/// A function of `math`: a Python float, or an error.
static Ref mathFloat(Emitter &e, StringRef name, Ref argument, EmitUnary emit,
                     std::optional<Domain> domain, bool overflows) {
  auto array = getArray(argument->type);
  if (!isNumeric(argument->type) || (array && array.getRank() > 0))
    return badArgument(e, name, argument);
  Value x = e.scalar(argument, e.builder.getF64Type());
  if (domain &&
      !e.raiseIf(outside(e, x, *domain), "ValueError", "math domain error"))
    return nullptr;
  Value result = emit(e, x);
  if (overflows) {
    Value infinite = e.emit<math::IsInfOp>(result);
    Value finite = e.emit<math::IsFiniteOp>(x);
    if (!e.raiseIf(e.emit<arith::AndIOp>(infinite, finite), "OverflowError",
                   "math range error"))
      return nullptr;
  }
  return e.wrap(result);
}

/// math.log(x) and math.log(x, base).
static Ref mathLog(Emitter &e, StringRef name, Arguments arguments) {
  Ref logarithms[2] = {};
  for (auto [logarithm, argument] : llvm::zip(logarithms, arguments)) {
    if (!argument)
      continue;
    logarithm = mathFloat(e, name, argument, emitUnary<math::LogOp>,
                          Domain::Positive, false);
    if (!logarithm)
      return nullptr;
  }
  return logarithms[1]
             ? binary(e, BinaryKind::truediv, logarithms[0], logarithms[1])
             : logarithms[0];
}

static void addFloat(PrimitiveTable &table, StringRef numpy, StringRef python,
                     EmitUnary emit, std::optional<Domain> domain = {},
                     bool overflows = false) {
  if (!numpy.empty())
    table[("numpy." + numpy).str()] = {
        "x /",
        [emit](Emitter &e, StringRef name, Arguments arguments) {
          return numpyFloat(e, name, arguments[0], emit);
        },
        /*fresh=*/true};
  if (!python.empty())
    table[("math." + python).str()] = {
        "x /",
        [=](Emitter &e, StringRef name, Arguments arguments) {
          return mathFloat(e, name, arguments[0], emit, domain, overflows);
        },
        /*fresh=*/true};
}

//===----------------------------------------------------------------------===//
// Rounding, sign
//===----------------------------------------------------------------------===//

/// floor, ceil and the like: integers stay what they are.
template <typename OpTy>
static Ref numpyRound(Emitter &e, StringRef name, Arguments arguments) {
  if (!isNumeric(arguments[0]->type))
    return badArgument(e, name, arguments[0]);
  Ref array = asArray(e, arguments[0]);
  if (!isa<FloatType>(getElementType(array->type)))
    return array;
  return e.wrap(e.emit<OpTy>(array->value));
}

/// math.floor and the like: a Python int.
template <typename OpTy>
static Ref mathRound(Emitter &e, StringRef name, Arguments arguments) {
  Ref argument = arguments[0];
  if (!isNumeric(argument->type) ||
      (getArray(argument->type) && getArray(argument->type).getRank() > 0))
    return badArgument(e, name, argument);
  Type number = getPythonNumber(argument->type);
  if (!isa<FloatType>(number ? number : getElementType(argument->type)))
    return callPrimitive(e, "builtins.int", {{argument}, {}});
  Value x = e.emit<OpTy>(e.scalar(argument, e.builder.getF64Type()));
  if (!e.raiseIf(e.emit<math::IsNaNOp>(x), "ValueError",
                 "cannot convert float NaN to integer") ||
      !e.raiseIf(e.emit<arith::CmpFOp>(FloatCompare::OGE,
                                       e.emit<math::AbsFOp>(x),
                                       e.floatConstant(9223372036854775808.0)),
                 "OverflowError", "cannot convert float to a 64-bit integer"))
    return nullptr;
  return e.wrap(e.cast(x, e.builder.getI64Type()));
}

static Ref absolute(Emitter &e, StringRef name, Arguments arguments) {
  if (name == "builtins.abs") {
    Ref own = callForNumber(e, arguments[0], "__abs__");
    if (own || e.outcome != Outcome::Normal)
      return own;
  }
  Ref argument = arguments[0];
  if (!isNumeric(argument->type))
    return badArgument(e, name, argument);
  bool python = name == "builtins.abs" && getPythonNumber(argument->type);
  Value value =
      python
          ? e.scalar(argument, promote(argument->type, e.builder.getI64Type()))
          : asArray(e, argument)->value;
  Type element = getElementTypeOrSelf(value.getType());
  if (element.isInteger(1) || element.isUnsignedInteger())
    return e.wrap(value);
  return e.wrap(isa<FloatType>(element) ? e.emit<math::AbsFOp>(value)
                                        : e.emit<math::AbsIOp>(value));
}

static Ref sign(Emitter &e, StringRef name, Arguments arguments) {
  if (!isNumeric(arguments[0]->type))
    return badArgument(e, name, arguments[0]);
  Ref x = asArray(e, arguments[0]);
  Type element = getElementType(x->type);
  if (element.isInteger(1))
    return badArgument(e, name, arguments[0]);
  Ref positive = binary(e, BinaryKind::gt, x, e.integer(0));
  Ref negative = binary(e, BinaryKind::lt, x, e.integer(0));
  if (!positive || !negative)
    return nullptr;
  if (element.isUnsignedInteger())
    return e.wrap(e.cast(positive->value, element));
  Value one = e.constantLike(x->value, 1), zero = e.constantLike(x->value, 0);
  Value minus = e.constantLike(x->value, -1);
  Value result = e.emit<arith::SelectOp>(
      positive->value, one,
      e.emit<arith::SelectOp>(negative->value, minus, zero));
  if (isa<FloatType>(element)) {
    Value isNan = e.emit<math::IsNaNOp>(x->value);
    result = e.emit<arith::SelectOp>(isNan, x->value, result);
  }
  return e.wrap(result);
}

//===----------------------------------------------------------------------===//
// Two and three operands
//===----------------------------------------------------------------------===//

/// Two operands as arrays of one shape and element type, at least floating
/// point when `toFloat`; nothing after an error.
static std::optional<std::pair<Value, Value>>
unify(Emitter &e, StringRef name, Ref lhs, Ref rhs, bool toFloat) {
  for (Ref operand : {lhs, rhs})
    if (!isNumeric(operand->type)) {
      badArgument(e, name, operand);
      return std::nullopt;
    }
  auto shape = e.broadcast(e.shapeOf(lhs), e.shapeOf(rhs));
  if (!shape) {
    e.error(30, name + "() needs shapes that broadcast together [got " +
                    describe(lhs->type) + " and " + describe(rhs->type) + "]");
    return std::nullopt;
  }
  Type element = toFloat ? promoteToFloat(lhs->type, rhs->type)
                         : promote(lhs->type, rhs->type);
  if (!e.fits(lhs, element) || !e.fits(rhs, element))
    return std::nullopt;
  return std::make_pair(e.array(lhs, element, *shape),
                        e.array(rhs, element, *shape));
}

template <bool isMax>
static Ref elementwiseExtremum(Emitter &e, StringRef name,
                               Arguments arguments) {
  auto operands = unify(e, name, arguments[0], arguments[1], false);
  return operands
             ? e.wrap(extremum(e, isMax, operands->first, operands->second))
             : nullptr;
}

template <typename OpTy>
static Ref numpyBinaryFloat(Emitter &e, StringRef name, Arguments arguments) {
  auto operands = unify(e, name, arguments[0], arguments[1], true);
  return operands ? e.wrap(e.emit<OpTy>(operands->first, operands->second))
                  : nullptr;
}

template <typename OpTy>
static Ref mathBinaryFloat(Emitter &e, StringRef name, Arguments arguments) {
  Type f64 = e.builder.getF64Type();
  for (Ref argument : arguments)
    if (!isNumeric(argument->type) || e.shapeOf(argument).rank() > 0)
      return badArgument(e, name, argument);
  return e.wrap(
      e.emit<OpTy>(e.scalar(arguments[0], f64), e.scalar(arguments[1], f64)));
}

static Ref where(Emitter &e, StringRef name, Arguments arguments) {
  if (!arguments[1] && !arguments[2])
    return nonzero(e, name, arguments);
  if (!arguments[1] || !arguments[2])
    return e.raise("ValueError",
                   "either both or neither of x and y should be given");
  for (Ref argument : arguments)
    if (!isNumeric(argument->type))
      return badArgument(e, name, argument);
  auto inner = e.broadcast(e.shapeOf(arguments[1]), e.shapeOf(arguments[2]));
  auto shape = inner ? e.broadcast(e.shapeOf(arguments[0]), *inner) : inner;
  if (!shape)
    return e.error(30, "np.where needs shapes that broadcast together [got " +
                           describe(arguments[0]->type) + ", " +
                           describe(arguments[1]->type) + " and " +
                           describe(arguments[2]->type) + "]");
  Type element = promote(arguments[1]->type, arguments[2]->type);
  Type i1 = e.builder.getI1Type();
  Ref condition = asArray(e, arguments[0]);
  Value chosen = e.array(e.wrap(e.cast(condition->value, i1)), i1, *shape);
  return e.wrap(
      e.emit<arith::SelectOp>(chosen, e.array(arguments[1], element, *shape),
                              e.array(arguments[2], element, *shape)));
}

/// np.isnan, np.isinf, np.isfinite.
template <typename OpTy>
static Ref classify(Emitter &e, StringRef name, Arguments arguments) {
  if (!isNumeric(arguments[0]->type))
    return badArgument(e, name, arguments[0]);
  bool python = name.starts_with("math.");
  if (python)
    return e.wrap(e.emit<OpTy>(e.scalar(arguments[0], e.builder.getF64Type())));
  Ref array = asArray(e, arguments[0]);
  Type element = getFloatFor(getElementType(array->type));
  return e.wrap(e.emit<OpTy>(e.cast(array->value, element)));
}

/// np.logical_and and the like; `not` without a kind.
static Ref logical(Emitter &e, StringRef name, std::optional<BinaryKind> kind,
                   Arguments arguments) {
  SmallVector<Ref> operands;
  Type i1 = e.builder.getI1Type();
  for (Ref argument : arguments) {
    if (!isNumeric(argument->type))
      return badArgument(e, name, argument);
    operands.push_back(e.wrap(e.cast(asArray(e, argument)->value, i1)));
  }
  return kind ? binary(e, *kind, operands[0], operands[1])
              : unary(e, UnaryKind::invert, operands[0]);
}

static void addLogical(PrimitiveTable &table, StringRef name,
                       std::optional<BinaryKind> kind) {
  table[("numpy.logical_" + name).str()] = {
      kind ? "x1 x2 /" : "x /",
      [kind](Emitter &e, StringRef name, Arguments arguments) {
        return logical(e, name, kind, arguments);
      },
      /*fresh=*/true};
}

/// Whether a number is an array or a scalar of NumPy.
static bool isOfNumPy(Type type) {
  if (auto number = dyn_cast<myia::ComplexType>(type))
    type = number.getRe();
  return bool(getArray(type));
}

/// A NumPy function that is an operator on arrays.
static void addOperator(PrimitiveTable &table, StringRef name,
                        BinaryKind kind) {
  table[("numpy." + name).str()] = {
      "x1 x2 /",
      [kind](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        for (Ref argument : arguments)
          if (!isNumeric(argument->type))
            return badArgument(e, name, argument);
        // The result is NumPy's, but Python numbers are weak beside arrays.
        Ref first = arguments[0];
        if (!isOfNumPy(arguments[1]->type))
          first = asArray(e, first);
        // Other than the operator, np.power knows no squares.
        if (kind == BinaryKind::pow && getArray(first->type) &&
            getElementType(first->type).isInteger(1))
          first = e.wrap(
              e.cast(first->value, promote(first->type, arguments[1]->type)));
        return binary(e, kind, first, arguments[1]);
      },
      /*fresh=*/true};
}

void myia::addElementwisePrimitives(PrimitiveTable &table) {
  // All of them take numbers and arrays only, and give new ones.
  addFloat(table, "exp", "exp", emitUnary<math::ExpOp>, {}, true);
  addFloat(table, "exp2", "exp2", emitUnary<math::Exp2Op>, {}, true);
  addFloat(table, "expm1", "expm1", emitUnary<math::ExpM1Op>, {}, true);
  addFloat(table, "log", "", emitUnary<math::LogOp>);
  addFloat(table, "log2", "log2", emitUnary<math::Log2Op>, Domain::Positive);
  addFloat(table, "log10", "log10", emitUnary<math::Log10Op>, Domain::Positive);
  addFloat(table, "log1p", "log1p", emitUnary<math::Log1pOp>,
           Domain::AboveMinusOne);
  addFloat(table, "sqrt", "sqrt", emitUnary<math::SqrtOp>, Domain::NonNegative);
  addFloat(table, "cbrt", "cbrt", emitUnary<math::CbrtOp>);
  addFloat(table, "sin", "sin", emitUnary<math::SinOp>, Domain::All);
  addFloat(table, "cos", "cos", emitUnary<math::CosOp>, Domain::All);
  addFloat(table, "tan", "tan", emitUnary<math::TanOp>, Domain::All);
  addFloat(table, "arcsin", "asin", emitUnary<math::AsinOp>, Domain::Unit);
  addFloat(table, "arccos", "acos", emitUnary<math::AcosOp>, Domain::Unit);
  addFloat(table, "arctan", "atan", emitUnary<math::AtanOp>);
  addFloat(table, "sinh", "sinh", emitUnary<math::SinhOp>, {}, true);
  addFloat(table, "cosh", "cosh", emitUnary<math::CoshOp>, {}, true);
  addFloat(table, "tanh", "tanh", emitUnary<math::TanhOp>);
  addFloat(table, "arcsinh", "asinh", emitUnary<math::AsinhOp>);
  addFloat(table, "arccosh", "acosh", emitUnary<math::AcoshOp>,
           Domain::AtLeastOne);
  addFloat(table, "arctanh", "atanh", emitUnary<math::AtanhOp>,
           Domain::OpenUnit);
  addFloat(table, "fabs", "", emitUnary<math::AbsFOp>);
  addFloat(table, "", "erfc", emitUnary<math::ErfcOp>);
  addFloat(table, "", "erf", emitUnary<math::ErfOp>);
  addFloat(table, "", "fabs", emitUnary<math::AbsFOp>);
  table["math.log"] = {"x base? /", mathLog, true};

  table["numpy.floor"] = {"x /", numpyRound<math::FloorOp>, true};
  table["numpy.ceil"] = {"x /", numpyRound<math::CeilOp>, true};
  table["numpy.trunc"] = {"x /", numpyRound<math::TruncOp>, true};
  addFloat(table, "rint", "", emitUnary<math::RoundEvenOp>);
  table["math.floor"] = {"x /", mathRound<math::FloorOp>, true};
  table["math.ceil"] = {"x /", mathRound<math::CeilOp>, true};
  table["math.trunc"] = {"x /", mathRound<math::TruncOp>, true};
  for (StringRef name : {"builtins.abs", "numpy.absolute"})
    table[name] = {"x /", absolute, true};
  table["numpy.sign"] = {"x /", sign, true};
  table["numpy.maximum"] = {"x1 x2 /", elementwiseExtremum<true>, true};
  table["numpy.minimum"] = {"x1 x2 /", elementwiseExtremum<false>, true};
  table["numpy.arctan2"] = {"x1 x2 /", numpyBinaryFloat<math::Atan2Op>, true};
  table["numpy.copysign"] = {"x1 x2 /", numpyBinaryFloat<math::CopySignOp>,
                             true};
  table["math.atan2"] = {"y x /", mathBinaryFloat<math::Atan2Op>, true};
  table["math.copysign"] = {"x y /", mathBinaryFloat<math::CopySignOp>, true};
  table["numpy.where"] = {"condition x? y? /", where, true};
  table["numpy.isnan"] = {"x /", classify<math::IsNaNOp>, true};
  table["numpy.isinf"] = {"x /", classify<math::IsInfOp>, true};
  table["numpy.isfinite"] = {"x /", classify<math::IsFiniteOp>, true};
  table["math.isnan"] = {"x /", classify<math::IsNaNOp>, true};
  table["math.isinf"] = {"x /", classify<math::IsInfOp>, true};
  table["math.isfinite"] = {"x /", classify<math::IsFiniteOp>, true};
  addLogical(table, "and", BinaryKind::and_);
  addLogical(table, "or", BinaryKind::or_);
  addLogical(table, "xor", BinaryKind::xor_);
  addLogical(table, "not", std::nullopt);
  table["numpy.negative"] = {
      "x /",
      [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        if (!isNumeric(arguments[0]->type))
          return badArgument(e, name, arguments[0]);
        return unary(e, UnaryKind::neg, asArray(e, arguments[0]));
      },
      /*fresh=*/true};
  addOperator(table, "add", BinaryKind::add);
  addOperator(table, "subtract", BinaryKind::sub);
  addOperator(table, "multiply", BinaryKind::mul);
  addOperator(table, "divide", BinaryKind::truediv);
  addOperator(table, "floor_divide", BinaryKind::floordiv);
  addOperator(table, "remainder", BinaryKind::mod);
  addOperator(table, "power", BinaryKind::pow);
  addOperator(table, "bitwise_and", BinaryKind::and_);
  addOperator(table, "bitwise_or", BinaryKind::or_);
  addOperator(table, "bitwise_xor", BinaryKind::xor_);
  addOperator(table, "left_shift", BinaryKind::lshift);
  addOperator(table, "right_shift", BinaryKind::rshift);
  addOperator(table, "equal", BinaryKind::eq);
  addOperator(table, "not_equal", BinaryKind::ne);
  addOperator(table, "less", BinaryKind::lt);
  addOperator(table, "less_equal", BinaryKind::le);
  addOperator(table, "greater", BinaryKind::gt);
  addOperator(table, "greater_equal", BinaryKind::ge);
}
