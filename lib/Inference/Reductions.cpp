//===- Reductions.cpp - Sums, extremes and their places ---------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// np.sum, np.max, np.argmax and their kin: along some axes, or of all elements.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "ArrayPrimitives.h"
#include "Handlers.h"
#include "Lists.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace mlir::myia;

std::optional<SmallVector<int64_t>> myia::getAxes(Emitter &e, StringRef name,
                                                  Ref argument, int64_t rank) {
  SmallVector<int64_t> axes;
  if (!argument || isNone(argument->type)) {
    for (int64_t i = 0; i < rank; ++i)
      axes.push_back(i);
    return axes;
  }
  auto given = getIntegers(e, name, argument);
  if (!given)
    return std::nullopt;
  for (int64_t axis : *given) {
    std::optional<int64_t> normal = getAxis(e, axis, rank);
    if (!normal)
      return std::nullopt;
    if (llvm::is_contained(axes, *normal)) {
      e.error(31, "duplicate value in 'axis'");
      return std::nullopt;
    }
    axes.push_back(*normal);
  }
  llvm::sort(axes);
  return axes;
}

Shape myia::reducedShape(const Shape &from, ArrayRef<int64_t> axes, bool keep) {
  Shape shape;
  for (int64_t i = 0; i < (int64_t)from.rank(); ++i)
    if (!llvm::is_contained(axes, i))
      shape.add(from.dims[i], from.values[i]);
    else if (keep)
      shape.add(1);
  return shape;
}

/// Raises if an axis of a reduction that has no neutral element is empty.
static bool requireElements(Emitter &e, Ref array, ArrayRef<int64_t> axes,
                            StringRef message) {
  return llvm::all_of(axes, [&](int64_t axis) {
    return raiseWhen(
        e, binary(e, BinaryKind::eq, e.sizeOf(array, axis), e.integer(0)),
        message);
  });
}

namespace {
/// The arguments of a reduction; null where one was not given.
struct Reduction {
  Ref array, axis, dtype, keepdims, initial, where;
};
} // namespace

/// What elements that `where` leaves out count as.
static Ref neutral(Emitter &e, ReduceKind kind, Ref initial) {
  switch (kind) {
  case ReduceKind::sum:
  case ReduceKind::any:
    return e.integer(0);
  case ReduceKind::prod:
  case ReduceKind::all:
    return e.integer(1);
  default:
    return initial;
  }
}

/// The operand with neutral elements where the condition does not hold.
static Value select(Emitter &e, Value operand, Ref where, Ref otherwise) {
  Shape shape = e.shapeOf(e.wrap(operand));
  Type i1 = e.builder.getI1Type();
  Value condition = e.array(where, i1, shape);
  Value rest = e.array(otherwise, getElementTypeOrSelf(operand), shape);
  return e.emit<arith::SelectOp>(condition, operand, rest);
}

/// The element type that a reduction has; null after an error.
static Type getReducedType(Emitter &e, StringRef name, ReduceKind kind,
                           Type element, Ref dtype) {
  if (dtype && !isNone(dtype->type))
    return getDtype(e, name, dtype);
  if (kind == ReduceKind::all || kind == ReduceKind::any)
    return e.builder.getI1Type();
  bool isExtremum = kind == ReduceKind::max || kind == ReduceKind::min;
  if (isExtremum || !element.isInteger())
    return element;
  // Sums of small integers are as wide as can be.
  return element.isUnsignedInteger()
             ? Type(e.builder.getIntegerType(64, /*isSigned=*/false))
             : Type(e.builder.getI64Type());
}

/// Reduces in a type with more than 16 bits, and in the order of unsigned
/// integers.
static Value reduceIn(Emitter &e, ReduceKind kind, Value operand,
                      ArrayRef<int64_t> axes) {
  Type element = getElementTypeOrSelf(operand);
  if (axes.empty())
    return operand;
  bool isExtremum = kind == ReduceKind::max || kind == ReduceKind::min;
  bool isSmall = element.isF16() || element.isBF16();
  if (isSmall)
    operand = e.cast(operand, e.builder.getF32Type());
  operand = isExtremum ? toSignedOrder(e, operand) : e.withoutSign(operand);
  Type type = reducedShape(e.shapeOf(e.wrap(operand)), axes, false)
                  .of(getElementTypeOrSelf(operand));
  Value result = ReduceOp::create(e.builder, e.loc, type, kind, operand, axes);
  if (isSmall)
    return e.cast(result, element);
  return isExtremum ? fromSignedOrder(e, result, element)
                    : e.withSign(result, element);
}

static Ref reduce(Emitter &e, StringRef name, ReduceKind kind,
                  const Reduction &given) {
  Ref array = arrayArgument(e, name, given.array);
  auto axes = array ? getAxes(e, name, given.axis, typeOf(array).getRank())
                    : std::nullopt;
  if (!axes)
    return nullptr;
  std::optional<bool> keep = getFlag(e, name, given.keepdims);
  Type element =
      keep ? getReducedType(e, name, kind, typeOf(array).getElementType(),
                            given.dtype)
           : Type();
  if (!element)
    return nullptr;
  Ref initial =
      given.initial && !isNone(given.initial->type) ? given.initial : nullptr;
  if (initial && !isNumeric(initial->type))
    return badArgument(e, name, initial);
  bool isExtremum = kind == ReduceKind::max || kind == ReduceKind::min;
  bool isMax = kind == ReduceKind::max;
  if (isExtremum && !initial) {
    if (!requireElements(e, array, *axes,
                         "zero-size array to reduction operation " +
                             std::string(isMax ? "maximum" : "minimum") +
                             " which has no identity"))
      return nullptr;
    if (given.where)
      return e.raise("ValueError",
                     "reduction operation '" +
                         std::string(isMax ? "maximum" : "minimum") +
                         "' does not have an identity, so to use a where mask "
                         "one has to specify 'initial'");
  }
  Value operand = e.cast(array->value, element);
  if (given.where)
    operand = select(e, operand, given.where, neutral(e, kind, initial));
  ReduceKind inner = kind;
  if (isExtremum && element.isInteger(1))
    inner = isMax ? ReduceKind::any : ReduceKind::all;
  Ref result = e.wrap(reduceIn(e, inner, operand, *axes));
  if (initial) {
    Value start = e.array(initial, element, e.shapeOf(result));
    if (isExtremum)
      result = e.wrap(extremum(e, isMax, result->value, start));
    else
      result =
          binary(e, kind == ReduceKind::sum ? BinaryKind::add : BinaryKind::mul,
                 result, e.wrap(start));
  }
  if (!result || !*keep)
    return result;
  return e.reshape(result, reducedShape(e.shapeOf(array), *axes, true));
}

static void addReduction(PrimitiveTable &table, StringRef name,
                         ReduceKind kind) {
  std::string full = ("numpy." + name).str();
  if (kind == ReduceKind::sum || kind == ReduceKind::prod)
    table[full] = {"a axis? dtype? out! keepdims? initial? where?",
                   [kind](Emitter &e, StringRef name, Arguments a) {
                     return reduce(e, name, kind,
                                   {a[0], a[1], a[2], a[4], a[5], a[6]});
                   },
                   /*fresh=*/true};
  else if (kind == ReduceKind::max || kind == ReduceKind::min)
    table[full] = {"a axis? out! keepdims? initial? where?",
                   [kind](Emitter &e, StringRef name, Arguments a) {
                     return reduce(e, name, kind,
                                   {a[0], a[1], nullptr, a[3], a[4], a[5]});
                   },
                   /*fresh=*/true};
  else
    table[full] = {"a axis? out! keepdims? * where?",
                   [kind](Emitter &e, StringRef name, Arguments a) {
                     return reduce(e, name, kind,
                                   {a[0], a[1], nullptr, a[3], nullptr, a[4]});
                   },
                   /*fresh=*/true};
}

static Ref argReduce(Emitter &e, StringRef name, bool isMax,
                     Arguments arguments) {
  std::optional<bool> keep = getFlag(e, name, arguments[3]);
  if (!keep)
    return nullptr;
  Ref array = arrayArgument(e, name, arguments[0]), whole = array;
  if (!array)
    return nullptr;
  int64_t axis = 0;
  if (!arguments[1] || isNone(arguments[1]->type)) {
    array = flatten(e, array);
  } else {
    auto normal = getAxis(e, name, arguments[1], typeOf(array).getRank());
    if (!normal)
      return nullptr;
    axis = *normal;
  }
  if (!requireElements(e, array, axis,
                       std::string("attempt to get ") +
                           (isMax ? "argmax" : "argmin") +
                           " of an empty sequence"))
    return nullptr;
  ReduceKind kind = isMax ? ReduceKind::max : ReduceKind::min;
  Type type =
      reducedShape(e.shapeOf(array), axis, false).of(e.builder.getI64Type());
  Value operand = toSignedOrder(e, array->value);
  if (typeOf(array).getElementType().isInteger(1))
    operand = e.cast(operand, e.builder.getI64Type());
  Ref result =
      e.wrap(ArgReduceOp::create(e.builder, e.loc, type, kind, operand, axis));
  if (!*keep)
    return result;
  bool isFlat = !arguments[1] || isNone(arguments[1]->type);
  Shape shape = reducedShape(e.shapeOf(array), axis, true);
  if (isFlat)
    shape = Shape(SmallVector<int64_t>(typeOf(whole).getRank(), 1));
  return e.reshape(result, shape);
}

void myia::addReductionPrimitives(PrimitiveTable &table) {
  addReduction(table, "sum", ReduceKind::sum);
  addReduction(table, "prod", ReduceKind::prod);
  addReduction(table, "max", ReduceKind::max);
  addReduction(table, "min", ReduceKind::min);
  addReduction(table, "all", ReduceKind::all);
  addReduction(table, "any", ReduceKind::any);
  for (bool isMax : {false, true})
    table[isMax ? "numpy.argmax" : "numpy.argmin"] = {
        "a axis? out! * keepdims?",
        [isMax](Emitter &e, StringRef name, Arguments arguments) {
          return argReduce(e, name, isMax, arguments);
        },
        /*fresh=*/true};
}
