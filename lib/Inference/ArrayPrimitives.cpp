//===- ArrayPrimitives.cpp - Library functions on whole arrays -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Creation, reductions, reshaping, products.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

static RankedTensorType typeOf(Ref array) { return getArray(array->type); }

/// Emits a check of a Python bool.
static bool raiseWhen(Emitter &e, Ref condition, StringRef message) {
  return e.raiseIf(e.scalar(condition, e.builder.getI1Type()), "ValueError",
                   message);
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// The sorted axes of a reduction; all of them for None.
static std::optional<SmallVector<int64_t>> getAxes(Emitter &e, StringRef name,
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

/// The shape without the reduced axes, or with them of size 1.
static Shape reducedShape(const Shape &from, ArrayRef<int64_t> axes,
                          bool keep) {
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

static Ref flatten(Emitter &e, Ref array) {
  Shape shape;
  e.addDimension(shape, e.countOf(e.shapeOf(array)));
  return e.reshape(array, shape);
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

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// The sizes that reshape is asked for, of which one may be -1.
static std::optional<SmallVector<Ref>> getSizes(Emitter &e, StringRef name,
                                                ArrayRef<Ref> arguments) {
  SmallVector<Ref> sizes;
  for (Ref argument : arguments) {
    argument = listsAsTuples(e, argument);
    SmallVector<Ref> parts{argument};
    if (isa<myia::TupleType>(argument->type))
      parts.assign(e.elements(argument).begin(), e.elements(argument).end());
    for (Ref part : parts) {
      sizes.push_back(getInteger(e, part));
      if (!sizes.back()) {
        badArgument(e, name, part);
        return std::nullopt;
      }
    }
  }
  return sizes;
}

static std::string describeSizes(ArrayRef<Ref> sizes) {
  std::string text;
  for (Ref size : sizes) {
    auto known = getStaticInt(size->type);
    text += (text.empty() ? "" : ",") + (known ? std::to_string(*known) : "?");
  }
  return "(" + text + ")";
}

/// np.reshape(a, shape) and a.reshape(2, 3).
static Ref reshape(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  auto sizes = array ? getSizes(e, name, arguments.drop_front()) : std::nullopt;
  if (!sizes)
    return nullptr;
  auto isRest = [](Ref size) { return getStaticInt(size->type) == -1; };
  if (llvm::count_if(*sizes, isRest) > 1)
    return e.error(30, "can only specify one unknown dimension");
  Ref count = e.countOf(e.shapeOf(array)), product = e.integer(1);
  for (Ref size : *sizes) {
    if (isRest(size))
      continue;
    if (!getStaticInt(size->type) &&
        !raiseWhen(e, binary(e, BinaryKind::lt, size, e.integer(0)),
                   "negative dimensions are not allowed"))
      return nullptr;
    product = binary(e, BinaryKind::mul, product, size);
  }
  auto *rest = llvm::find_if(*sizes, isRest);
  Ref total = product;
  if (rest != sizes->end()) {
    Ref divisor = binary(e, BinaryKind::mul, product, e.integer(1));
    Value value = e.scalar(divisor, e.builder.getI64Type());
    Value safe = e.emit<arith::MaxSIOp>(value, e.integerConstant(1));
    *rest = binary(e, BinaryKind::floordiv, count, e.wrap(safe));
    total = binary(e, BinaryKind::mul, product, *rest);
    // Nothing times anything is nothing.
    Ref none = binary(e, BinaryKind::eq, product, e.integer(0));
    Value wrong = e.emit<arith::SelectOp>(
        e.scalar(none, e.builder.getI1Type()), e.integerConstant(-1),
        e.scalar(total, e.builder.getI64Type()));
    total = e.wrap(wrong);
  }
  Ref differs = binary(e, BinaryKind::ne, total, count);
  auto known = getStaticInt(count->type);
  std::string message = "cannot reshape array of size " +
                        (known ? std::to_string(*known) : "?") +
                        " into shape " + describeSizes(*sizes);
  if (getStaticInt(differs->type) == 1)
    return e.error(30, message);
  if (!raiseWhen(e, differs, message))
    return nullptr;
  Shape shape;
  for (Ref size : *sizes)
    e.addDimension(shape, size);
  return e.reshape(array, shape);
}

static Ref ravel(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  return array ? flatten(e, array) : nullptr;
}

/// np.transpose(a, axes) and a.transpose(1, 0).
static Ref transpose(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  if (!array)
    return nullptr;
  RankedTensorType type = typeOf(array);
  SmallVector<int64_t> axes;
  for (Ref argument : arguments.drop_front()) {
    if (!argument || isNone(argument->type))
      continue;
    auto given = getIntegers(e, name, argument);
    if (!given)
      return nullptr;
    llvm::append_range(axes, *given);
  }
  if (axes.empty())
    for (int64_t i = type.getRank() - 1; i >= 0; --i)
      axes.push_back(i);
  SmallVector<int64_t> shape, seen;
  for (int64_t &axis : axes) {
    std::optional<int64_t> normal = getAxis(e, axis, type.getRank());
    if (!normal)
      return nullptr;
    axis = *normal;
    shape.push_back(type.getDimSize(axis));
    if (llvm::is_contained(seen, axis))
      return e.error(31, "repeated axis in transpose");
    seen.push_back(axis);
  }
  if ((int64_t)axes.size() != type.getRank())
    return e.error(31, "axes don't match array");
  return e.wrap(
      e.emit<TransposeOp>(RankedTensorType::get(shape, type.getElementType()),
                          array->value, e.builder.getDenseI64ArrayAttr(axes)));
}

static Ref broadcastTo(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  auto shape = array ? getShape(e, name, arguments[1]) : std::nullopt;
  if (!shape)
    return nullptr;
  if (!e.broadcastsTo(e.shapeOf(array), *shape))
    return e.error(30, "cannot broadcast " + describe(array->type) +
                           " to the shape asked for");
  return e.wrap(e.array(array, typeOf(array).getElementType(), *shape));
}

static Ref expandDims(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  auto given = array ? getIntegers(e, name, arguments[1]) : std::nullopt;
  if (!given)
    return nullptr;
  Shape from = e.shapeOf(array), shape;
  int64_t rank = from.rank() + given->size();
  SmallVector<int64_t> added;
  for (int64_t axis : *given) {
    std::optional<int64_t> normal = getAxis(e, axis, rank);
    if (!normal)
      return nullptr;
    if (llvm::is_contained(added, *normal))
      return e.error(31, "repeated axis");
    added.push_back(*normal);
  }
  for (int64_t axis = 0, taken = 0; axis < rank; ++axis) {
    if (llvm::is_contained(added, axis)) {
      shape.add(1);
      continue;
    }
    shape.add(from.dims[taken], from.values[taken]);
    ++taken;
  }
  return e.reshape(array, shape);
}

static Ref squeeze(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  if (!array)
    return nullptr;
  RankedTensorType type = typeOf(array);
  SmallVector<int64_t> drop;
  if (arguments[1] && !isNone(arguments[1]->type)) {
    auto axes = getAxes(e, name, arguments[1], type.getRank());
    if (!axes)
      return nullptr;
    drop = *axes;
  } else {
    if (!type.hasStaticShape())
      return e.error(26, "np.squeeze needs an axis for an array whose shape is "
                         "not known when compiling [got " +
                             describe(type) + "]");
    for (int64_t i = 0; i < type.getRank(); ++i)
      if (type.getDimSize(i) == 1)
        drop.push_back(i);
  }
  StringRef message =
      "cannot select an axis to squeeze out which has size not equal to one";
  for (int64_t axis : drop) {
    Ref wrong = binary(e, BinaryKind::ne, e.sizeOf(array, axis), e.integer(1));
    if (getStaticInt(wrong->type) == 1)
      return e.error(30, message);
    if (!raiseWhen(e, wrong, message))
      return nullptr;
  }
  return e.reshape(array, reducedShape(e.shapeOf(array), drop, false));
}

Ref myia::joinArrays(Emitter &e, StringRef name, ArrayRef<Ref> parts,
                     int64_t axis) {
  Type element = getCommonType(parts);
  Shape shape = e.shapeOf(parts[0]);
  int64_t rank = shape.rank();
  Ref length = e.integer(0);
  for (Ref part : parts) {
    Shape other = e.shapeOf(part);
    bool fits = other.rank() == shape.rank();
    for (int64_t i = 0; fits && i < rank; ++i) {
      if (i == axis || (other.dims[i] == shape.dims[i] &&
                        other.values[i] == shape.values[i]))
        continue;
      Ref differs = binary(e, BinaryKind::ne, e.dimension(shape, i),
                           e.dimension(other, i));
      fits = getStaticInt(differs->type) != 1;
      if (fits && !raiseWhen(e, differs,
                             "all the input array dimensions except for the "
                             "concatenation axis must match exactly"))
        return nullptr;
    }
    if (!fits)
      return e.error(30, name +
                             "() needs arrays that agree but for the axis "
                             "[got " +
                             describe(parts[0]->type) + " and " +
                             describe(part->type) + "]");
    length = binary(e, BinaryKind::add, length, e.dimension(other, axis));
  }
  Shape whole;
  for (int64_t i = 0; i < rank; ++i)
    i == axis ? e.addDimension(whole, length)
              : whole.add(shape.dims[i], shape.values[i]);
  OpBuilder &b = e.builder;
  Value result = e.array(e.integer(0), element, whole);
  Ref offset = e.integer(0);
  for (Ref part : parts) {
    Shape own = e.shapeOf(part);
    if (llvm::is_contained(own.dims, 0)) // nothing to write
      continue;
    SmallVector<OpFoldResult> offsets(rank, b.getIndexAttr(0)), sizes,
        strides(rank, b.getIndexAttr(1));
    Shape start;
    e.addDimension(start, offset);
    auto asFoldResult = [&](const Shape &shape, int64_t i) -> OpFoldResult {
      if (shape.values[i])
        return shape.values[i];
      return b.getIndexAttr(shape.dims[i]);
    };
    offsets[axis] = asFoldResult(start, 0);
    for (int64_t i = 0; i < rank; ++i)
      sizes.push_back(asFoldResult(own, i));
    result =
        tensor::InsertSliceOp::create(b, e.loc, e.cast(part->value, element),
                                      result, offsets, sizes, strides);
    offset = binary(e, BinaryKind::add, offset, e.dimension(own, axis));
  }
  return e.wrap(result);
}

static Ref concatenate(Emitter &e, StringRef name, Arguments arguments) {
  Ref arrays = listsAsTuples(e, arguments[0]);
  Ref axisArgument = arguments[1] ? arguments[1] : e.integer(0);
  if (isList(arrays->type))
    return callListMethod(e, arrays, "__concatenate__", {{axisArgument}, {}});
  auto sequence = sequenceElements(e, arrays);
  if (!sequence)
    return e.outcome == Outcome::Normal ? badArgument(e, name, arguments[0])
                                        : nullptr;
  SmallVector<Ref> &parts = *sequence;
  for (Ref &part : parts)
    if (!(part = arrayArgument(e, name, part)))
      return nullptr;
  if (parts.empty())
    return e.raise("ValueError", "need at least one array to concatenate");
  if (isNone(axisArgument->type)) {
    for (Ref &part : parts)
      part = flatten(e, part);
    return joinArrays(e, name, parts, 0);
  }
  if (typeOf(parts[0]).getRank() == 0)
    return e.raise("ValueError",
                   "zero-dimensional arrays cannot be concatenated");
  auto axis = getAxis(e, name, axisArgument, typeOf(parts[0]).getRank());
  return axis ? joinArrays(e, name, parts, *axis) : nullptr;
}

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

static Ref full(Emitter &e, StringRef name, Ref shape, Ref value, Ref dtype,
                Type fallback) {
  auto sizes = getShape(e, name, shape);
  Type element =
      dtype && !isNone(dtype->type) ? getDtype(e, name, dtype) : fallback;
  if (!sizes || !element)
    return nullptr;
  if (!e.fits(value, element))
    return nullptr;
  if (!e.broadcastsTo(e.shapeOf(value), *sizes))
    return badArgument(e, name, value);
  return e.wrap(e.array(value, element, *sizes));
}

/// np.arange with a float: as many numbers as NumPy counts.
static Ref arangeFloat(Emitter &e, ArrayRef<Ref> bounds) {
  Type f64 = e.builder.getF64Type();
  Value start =
      bounds.size() > 1 ? e.scalar(bounds[0], f64) : e.floatConstant(0);
  Value stop = e.scalar(bounds[bounds.size() > 1], f64);
  Value step =
      bounds.size() > 2 ? e.scalar(bounds[2], f64) : e.floatConstant(1);
  using Compare = arith::CmpFPredicate;
  if (!e.raiseIf(e.emit<arith::CmpFOp>(Compare::OEQ, step, e.floatConstant(0)),
                 "ZeroDivisionError", "division by zero"))
    return nullptr;
  Value span = e.emit<arith::SubFOp>(stop, start);
  Value count = e.emit<math::CeilOp>(e.emit<arith::DivFOp>(span, step));
  if (!e.raiseIf(
          e.emit<arith::CmpFOp>(Compare::UGE, count, e.floatConstant(1e12)),
          "ValueError", "Maximum allowed size exceeded"))
    return nullptr;
  count = e.emit<arith::MaximumFOp>(count, e.floatConstant(0));
  Shape shape;
  e.addDimension(
      shape, e.wrap(e.emit<arith::FPToSIOp>(e.builder.getI64Type(), count)));
  Ref numbers =
      e.wrap(IotaOp::create(e.builder, e.loc, shape.of(f64), shape.sizes()));
  Value delta =
      e.emit<arith::SubFOp>(e.emit<arith::AddFOp>(start, step), start);
  numbers = binary(e, BinaryKind::mul, numbers, e.wrap(delta));
  return binary(e, BinaryKind::add, numbers, e.wrap(start));
}

static Ref arangeInteger(Emitter &e, ArrayRef<Ref> bounds) {
  Ref start = bounds.size() > 1 ? bounds[0] : e.integer(0);
  Ref stop = bounds.size() > 1 ? bounds[1] : bounds[0];
  Ref step = bounds.size() > 2 ? bounds[2] : e.integer(1);
  // The number of turns of a range: the division rounds up.
  Ref distance = binary(e, BinaryKind::sub, start, stop);
  Ref turns = binary(e, BinaryKind::floordiv, distance, step);
  if (!turns)
    return nullptr;
  turns = binary(e, BinaryKind::sub, e.integer(0), turns);
  Shape shape;
  e.addDimension(shape, pythonExtremum(e, /*isMax=*/true, e.integer(0), turns));
  Type i64 = e.builder.getI64Type();
  Ref result =
      e.wrap(IotaOp::create(e.builder, e.loc, shape.of(i64), shape.sizes()));
  if (getStaticInt(step->type) != 1)
    result = binary(e, BinaryKind::mul, result, step);
  if (getStaticInt(start->type) != 0)
    result = binary(e, BinaryKind::add, result, start);
  return result;
}

static Ref arange(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<Ref> given, bounds;
  for (Ref argument : arguments.take_front(3)) {
    if (!argument)
      continue;
    auto array = getArray(argument->type);
    bool isSmall = array && isa<FloatType>(array.getElementType()) &&
                   !array.getElementType().isF64();
    if (!isNumeric(argument->type) || isSmall || (array && array.getRank() > 0))
      return badArgument(e, name, argument);
    given.push_back(argument);
    bounds.push_back(getInteger(e, argument));
  }
  Ref result = llvm::is_contained(bounds, nullptr) ? arangeFloat(e, given)
                                                   : arangeInteger(e, bounds);
  if (!result || !arguments[3] || isNone(arguments[3]->type))
    return result;
  Type element = getDtype(e, name, arguments[3]);
  return element ? e.wrap(e.cast(result->value, element)) : nullptr;
}

static Ref same(Emitter &e, StringRef name, Arguments arguments) {
  return arrayArgument(e, name, arguments[0]);
}

static Ref item(Emitter &e, StringRef name, Arguments arguments) {
  RankedTensorType type = typeOf(arguments[0]);
  Ref only =
      getOnlyElement(e, arguments[0],
                     "can only convert an array of size 1 to a Python scalar");
  if (!only)
    return nullptr;
  Type element = type.getElementType();
  Type python = isa<FloatType>(element) ? Type(e.builder.getF64Type())
                : element.isInteger(1)  ? element
                                        : Type(e.builder.getI64Type());
  return e.wrap(e.scalar(only, python));
}

/// `array.astype(dtype)` and `np.float32(x)`.
static Ref castTo(Emitter &e, StringRef name, Ref dtype, Ref value) {
  Type element = getDtype(e, name, dtype);
  if (!element)
    return nullptr;
  if (!e.fits(value, element))
    return nullptr;
  Ref array = arrayArgument(e, name, value);
  return array ? e.wrap(e.cast(array->value, element)) : nullptr;
}

/// Checks that the dtype holds every Python int in `object`, at any depth.
static bool allFit(Emitter &e, StringRef name, Type element, Ref object) {
  SmallVector<Ref> pending{listsAsTuples(e, object)};
  while (!pending.empty()) {
    Ref value = pending.pop_back_val();
    if (isa<myia::TupleType>(value->type)) {
      llvm::append_range(pending, llvm::reverse(e.elements(value)));
    } else if (isList(value->type)) {
      bool isNarrow = isa<IntegerType>(element) && !element.isInteger(1) &&
                      !element.isInteger(64);
      isNarrow |= element.isUnsignedInteger();
      bool hasInts = Type(value->type)
                         .walk([](IntegerType type) {
                           return type.isInteger(64) ? WalkResult::interrupt()
                                                     : WalkResult::advance();
                         })
                         .wasInterrupted();
      if (isNarrow && hasInts)
        return e.error(20, name + "() does not check that " +
                               describe(RankedTensorType::get({}, element)) +
                               " holds the elements of a list: write "
                               "np.array(xs).astype(dtype), which wraps");
    } else if (!e.fits(value, element)) {
      return false;
    }
  }
  return true;
}

/// np.array and np.asarray.
static Ref makeArray(Emitter &e, StringRef name, Arguments arguments) {
  Ref dtype = arguments[1];
  if (!dtype || isNone(dtype->type))
    return arrayArgument(e, name, arguments[0]);
  Type element = getDtype(e, name, dtype);
  if (!element || !allFit(e, name, element, arguments[0]))
    return nullptr;
  return castTo(e, name, dtype, arguments[0]);
}

void myia::addArrayPrimitives(PrimitiveTable &table) {
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
  // Results may be views, as NumPy has it.
  table["numpy.reshape"] = {"a / shape", reshape};
  table["array.reshape"] = {"self / *shape", reshape};
  table["numpy.ravel"] = {"a", ravel};
  table["array.flatten"] = {"self /", ravel, /*fresh=*/true};
  table["numpy.transpose"] = {"a axes?", transpose};
  table["array.transpose"] = {"self / *axes", transpose};
  table["numpy.broadcast_to"] = {"array shape", broadcastTo};
  table["numpy.expand_dims"] = {"a axis", expandDims};
  table["numpy.squeeze"] = {"a axis?", squeeze};
  table["numpy.asarray"] = {"a dtype?", makeArray};
  table["numpy.array"] = {"object dtype?", makeArray, /*fresh=*/true};
  table["numpy.copy"] = {"a", same, /*fresh=*/true};
  table["numpy.concatenate"] = {"arrays / axis? out!", concatenate, true};
  table["numpy.arange"] = {"start_or_stop / stop? step? * dtype?", arange,
                           true};
  table["numpy.full"] = {
      "shape fill_value dtype?",
      [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        if (!isNumeric(arguments[1]->type))
          return badArgument(e, name, arguments[1]);
        Type number = getPythonNumber(arguments[1]->type);
        return full(e, name, arguments[0], arguments[1], arguments[2],
                    number ? number : getElementType(arguments[1]->type));
      },
      true};
  for (int64_t value : {0, 1}) {
    table[value ? "numpy.ones" : "numpy.zeros"] = {
        "shape dtype?",
        [value](Emitter &e, StringRef name, Arguments arguments) {
          return full(e, name, arguments[0], e.integer(value), arguments[1],
                      e.builder.getF64Type());
        },
        true};
    table[value ? "numpy.ones_like" : "numpy.zeros_like"] = {
        "a dtype?",
        [value](Emitter &e, StringRef name, Arguments arguments) -> Ref {
          Ref array = arrayArgument(e, name, arguments[0]);
          if (!array)
            return nullptr;
          SmallVector<Ref> sizes;
          for (int64_t axis = 0; axis < typeOf(array).getRank(); ++axis)
            sizes.push_back(e.sizeOf(array, axis));
          return full(e, name, e.tuple(sizes), e.integer(value), arguments[1],
                      typeOf(array).getElementType());
        },
        true};
  }
  table["array.astype"] = {"self / dtype",
                           [](Emitter &e, StringRef name, Arguments arguments) {
                             return castTo(e, name, arguments[1], arguments[0]);
                           },
                           /*fresh=*/true};
  table["myia.cast"] = {"dtype x /",
                        [](Emitter &e, StringRef name, Arguments arguments) {
                          return castTo(e, name, arguments[0], arguments[1]);
                        }};
  table["array.item"] = {"self /", item, /*fresh=*/true};
  table["numpy.ndarray"] = {}; // a class, for isinstance()
}
