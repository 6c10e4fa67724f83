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

#include "Handlers.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

/// The array argument of a primitive, or null after an error.
static Ref arrayArgument(Emitter &e, StringRef name, Ref argument) {
  return isNumeric(argument->type) ? asArray(e, argument)
                                   : badArgument(e, name, argument);
}

static RankedTensorType typeOf(Ref array) { return getArray(array->type); }

static Ref reshapeTo(Emitter &e, Ref array, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, typeOf(array).getElementType());
  return e.wrap(e.emit<ReshapeOp>(type, array->value));
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
static SmallVector<int64_t> reducedShape(RankedTensorType type,
                                         ArrayRef<int64_t> axes, bool keep) {
  SmallVector<int64_t> shape;
  for (int64_t i = 0; i < type.getRank(); ++i)
    if (!llvm::is_contained(axes, i))
      shape.push_back(type.getDimSize(i));
    else if (keep)
      shape.push_back(1);
  return shape;
}

static Ref reduce(Emitter &e, StringRef name, ReduceKind kind, Ref operand,
                  Ref axis, Ref dtype, Ref keepdims) {
  Ref array = arrayArgument(e, name, operand);
  if (!array)
    return nullptr;
  Type element = typeOf(array).getElementType();
  auto axes = getAxes(e, name, axis, typeOf(array).getRank());
  if (!axes)
    return nullptr;
  std::optional<bool> keep = getFlag(e, name, keepdims);
  if (!keep)
    return nullptr;
  bool isTest = kind == ReduceKind::all || kind == ReduceKind::any;
  bool isExtremum = kind == ReduceKind::max || kind == ReduceKind::min;
  if (isTest)
    element = e.builder.getI1Type();
  else if (dtype && !isNone(dtype->type))
    element = getDtype(e, name, dtype);
  else if (!isExtremum && element.isInteger() && !element.isUnsignedInteger())
    element = e.builder.getI64Type(); // sums of small integers are int64
  if (!element)
    return nullptr;
  if (element.isUnsignedInteger())
    return badArgument(e, name, operand);
  if (isExtremum)
    for (int64_t axis : *axes)
      if (typeOf(array).getDimSize(axis) == 0)
        return e.raise(
            "ValueError",
            "zero-size array to reduction operation " +
                std::string(kind == ReduceKind::max ? "maximum" : "minimum") +
                " which has no identity");
  Value elements = e.cast(array->value, element);
  if (isExtremum && element.isInteger(1))
    kind = kind == ReduceKind::max ? ReduceKind::any : ReduceKind::all;
  Ref result = e.wrap(elements);
  if (!axes->empty()) {
    auto type = RankedTensorType::get(reducedShape(typeOf(array), *axes, false),
                                      element);
    result =
        e.wrap(ReduceOp::create(e.builder, e.loc, type, kind, elements, *axes));
  }
  if (!*keep)
    return result;
  return reshapeTo(e, result, reducedShape(typeOf(array), *axes, true));
}

static void addReduction(PrimitiveTable &table, StringRef name,
                         ReduceKind kind) {
  bool hasDtype = kind == ReduceKind::sum || kind == ReduceKind::prod;
  table[("numpy." + name).str()] = {
      hasDtype ? "a axis? dtype? out! keepdims?" : "a axis? out! keepdims?",
      [kind, hasDtype](Emitter &e, StringRef name, Arguments arguments) {
        return reduce(e, name, kind, arguments[0], arguments[1],
                      hasDtype ? arguments[2] : nullptr, arguments.back());
      },
      /*fresh=*/true};
}

static Ref argReduce(Emitter &e, StringRef name, bool isMax,
                     Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  if (!array)
    return nullptr;
  if (typeOf(array).getElementType().isUnsignedInteger())
    return badArgument(e, name, arguments[0]);
  int64_t axis = 0;
  if (!arguments[1] || isNone(arguments[1]->type)) {
    array = reshapeTo(e, array, {typeOf(array).getNumElements()});
  } else {
    auto normal = getAxis(e, name, arguments[1], typeOf(array).getRank());
    if (!normal)
      return nullptr;
    axis = *normal;
  }
  if (typeOf(array).getDimSize(axis) == 0)
    return e.raise("ValueError", "attempt to get " +
                                     std::string(isMax ? "argmax" : "argmin") +
                                     " of an empty sequence");
  ReduceKind kind = isMax ? ReduceKind::max : ReduceKind::min;
  auto type = RankedTensorType::get(reducedShape(typeOf(array), axis, false),
                                    e.builder.getI64Type());
  Value operand = array->value;
  if (typeOf(array).getElementType().isInteger(1))
    operand = e.cast(operand, e.builder.getI64Type());
  return e.wrap(
      ArgReduceOp::create(e.builder, e.loc, type, kind, operand, axis));
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// np.reshape(a, shape) and a.reshape(2, 3).
static Ref reshape(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  if (!array)
    return nullptr;
  SmallVector<int64_t> shape;
  for (Ref argument : arguments.drop_front()) {
    auto sizes = getIntegers(e, name, argument);
    if (!sizes)
      return nullptr;
    llvm::append_range(shape, *sizes);
  }
  int64_t count = typeOf(array).getNumElements(), known = 1, unknown = 0;
  for (int64_t size : shape) {
    unknown += size == -1;
    known *= size == -1 ? 1 : size;
  }
  if (unknown == 1 && known != 0 && count % known == 0) {
    *llvm::find(shape, -1) = count / known;
    known = count;
  }
  if (unknown > 1 || known != count) {
    std::string text;
    for (int64_t size : shape)
      text += (text.empty() ? "" : ",") + std::to_string(size);
    return e.error(30, "cannot reshape array of size " + Twine(count) +
                           " into shape (" + text + ")");
  }
  return reshapeTo(e, array, shape);
}

static Ref ravel(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  return array ? reshapeTo(e, array, {typeOf(array).getNumElements()})
               : nullptr;
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
  auto shape = array ? getIntegers(e, name, arguments[1]) : std::nullopt;
  if (!shape)
    return nullptr;
  auto fits = broadcastShapes(typeOf(array).getShape(), *shape);
  if (!fits || *fits != *shape)
    return e.error(30, "cannot broadcast " + describe(array->type) +
                           " to the shape asked for");
  return e.wrap(e.array(array, typeOf(array).getElementType(), *shape));
}

static Ref expandDims(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  auto given = array ? getIntegers(e, name, arguments[1]) : std::nullopt;
  if (!given)
    return nullptr;
  int64_t rank = typeOf(array).getRank() + given->size();
  SmallVector<int64_t> shape(rank, 0);
  for (int64_t axis : *given) {
    std::optional<int64_t> normal = getAxis(e, axis, rank);
    if (!normal)
      return nullptr;
    if (shape[*normal] == 1)
      return e.error(31, "repeated axis");
    shape[*normal] = 1;
  }
  ArrayRef<int64_t> sizes = typeOf(array).getShape();
  for (int64_t &size : shape)
    if (size == 0) {
      size = sizes.front();
      sizes = sizes.drop_front();
    }
  return reshapeTo(e, array, shape);
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
    for (int64_t i = 0; i < type.getRank(); ++i)
      if (type.getDimSize(i) == 1)
        drop.push_back(i);
  }
  for (int64_t axis : drop)
    if (type.getDimSize(axis) != 1)
      return e.error(30,
                     "cannot select an axis to squeeze out which has size not "
                     "equal to one");
  return reshapeTo(e, array, reducedShape(type, drop, false));
}

static Ref concatenate(Emitter &e, StringRef name, Arguments arguments) {
  if (!isa<myia::TupleType>(arguments[0]->type) ||
      e.elements(arguments[0]).empty())
    return badArgument(e, name, arguments[0]);
  SmallVector<Ref> parts;
  Type element;
  for (Ref part : e.elements(arguments[0])) {
    if (!getArray(part->type))
      return badArgument(e, name, part);
    parts.push_back(part);
    element = element ? promote(RankedTensorType::get({}, element), part->type)
                      : getElementType(part->type);
  }
  int64_t rank = typeOf(parts[0]).getRank();
  auto axis =
      getAxis(e, name, arguments[1] ? arguments[1] : e.integer(0), rank);
  if (!axis)
    return nullptr;
  SmallVector<int64_t> shape(typeOf(parts[0]).getShape());
  shape[*axis] = 0;
  for (Ref part : parts) {
    RankedTensorType type = typeOf(part);
    bool fits = type.getRank() == rank;
    for (int64_t i = 0; fits && i < rank; ++i)
      fits = i == *axis || type.getDimSize(i) == shape[i];
    if (!fits)
      return e.error(30,
                     "np.concatenate needs arrays that agree but for the axis "
                     "[got " +
                         describe(parts[0]->type) + " and " +
                         describe(part->type) + "]");
    shape[*axis] += type.getDimSize(*axis);
  }
  auto resultType = RankedTensorType::get(shape, element);
  Value result = e.constant(resultType, 0);
  OpBuilder &b = e.builder;
  int64_t offset = 0;
  for (Ref part : parts) {
    SmallVector<OpFoldResult> offsets(rank, b.getIndexAttr(0)), sizes,
        strides(rank, b.getIndexAttr(1));
    offsets[*axis] = b.getIndexAttr(offset);
    for (int64_t size : typeOf(part).getShape())
      sizes.push_back(b.getIndexAttr(size));
    result =
        tensor::InsertSliceOp::create(b, e.loc, e.cast(part->value, element),
                                      result, offsets, sizes, strides);
    offset += typeOf(part).getDimSize(*axis);
  }
  return e.wrap(result);
}

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

static Ref full(Emitter &e, StringRef name, Ref shape, Ref value, Ref dtype,
                Type fallback) {
  auto sizes = getIntegers(e, name, shape);
  Type element =
      dtype && !isNone(dtype->type) ? getDtype(e, name, dtype) : fallback;
  if (!sizes || !element)
    return nullptr;
  for (int64_t size : *sizes)
    if (size < 0)
      return e.raise("ValueError", "negative dimensions are not allowed");
  if (getPythonNumber(value->type))
    return e.wrap(e.array(value, element, *sizes));
  auto fits = getArray(value->type)
                  ? broadcastShapes(typeOf(value).getShape(), *sizes)
                  : std::nullopt;
  if (!fits || *fits != *sizes)
    return badArgument(e, name, value);
  return e.wrap(e.array(value, element, *sizes));
}

static Ref arange(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<int64_t> bounds;
  for (Ref argument : arguments.take_front(3)) {
    if (!argument)
      continue;
    auto value = getStaticInt(argument->type);
    if (!value)
      return e.error(26,
                     "np.arange needs integers that are known when compiling "
                     "[got " +
                         describe(argument->type) + "]");
    bounds.push_back(*value);
  }
  int64_t start = bounds.size() > 1 ? bounds[0] : 0;
  int64_t stop = bounds.size() > 1 ? bounds[1] : bounds[0];
  int64_t step = bounds.size() > 2 ? bounds[2] : 1;
  if (step == 0)
    return e.raise("ZeroDivisionError", "division by zero");
  int64_t span = step > 0 ? stop - start : start - stop;
  int64_t count = span <= 0 ? 0 : (span + std::abs(step) - 1) / std::abs(step);
  auto type = RankedTensorType::get({count}, e.builder.getI64Type());
  Ref result = e.wrap(IotaOp::create(e.builder, e.loc, type));
  if (step != 1)
    result = binary(e, BinaryKind::mul, result, e.integer(step));
  if (start != 0)
    result = binary(e, BinaryKind::add, result, e.integer(start));
  if (!arguments[3] || isNone(arguments[3]->type))
    return result;
  Type element = getDtype(e, name, arguments[3]);
  return element ? e.wrap(e.cast(result->value, element)) : nullptr;
}

static Ref same(Emitter &e, StringRef name, Arguments arguments) {
  return arrayArgument(e, name, arguments[0]);
}

static Ref item(Emitter &e, StringRef name, Arguments arguments) {
  RankedTensorType type = typeOf(arguments[0]);
  if (type.getNumElements() != 1)
    return e.raise("ValueError",
                   "can only convert an array of size 1 to a Python scalar");
  Type element = type.getElementType();
  Type python = isa<FloatType>(element) ? Type(e.builder.getF64Type())
                : element.isInteger(1)  ? element
                                        : Type(e.builder.getI64Type());
  return e.wrap(e.scalar(reshapeTo(e, arguments[0], {}), python));
}

/// `array.astype(dtype)` and `np.float32(x)`.
static Ref castTo(Emitter &e, StringRef name, Ref dtype, Ref value) {
  Type element = getDtype(e, name, dtype);
  if (!element)
    return nullptr;
  if (element.isUnsignedInteger())
    return badArgument(e, name, dtype);
  Ref array = arrayArgument(e, name, value);
  return array ? e.wrap(e.cast(array->value, element)) : nullptr;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

static Ref matmul(Emitter &e, StringRef name, Arguments arguments) {
  Ref lhs = arguments[0], rhs = arguments[1];
  auto a = getArray(lhs->type), b = getArray(rhs->type);
  auto fail = [&](const Twine &why) {
    return e.error(30, "operands of @ need " + why + " [got " +
                           describe(lhs->type) + " and " + describe(rhs->type) +
                           "]");
  };
  if (!a || !b || a.getRank() == 0 || b.getRank() == 0)
    return fail("at least one dimension");
  if (a.getRank() > 2 || b.getRank() > 2)
    return fail("at most two dimensions");
  Type element = promote(a, b);
  if (element.isUnsignedInteger() || element.isInteger(1))
    return badArgument(e, name, lhs);
  SmallVector<int64_t> left(a.getShape()), right(b.getShape()), shape;
  if (left.size() == 1)
    left.insert(left.begin(), 1);
  else
    shape.push_back(left[0]);
  if (right.size() == 1)
    right.push_back(1);
  else
    shape.push_back(right[1]);
  if (left[1] != right[0])
    return fail("matching inner dimensions: " + Twine(left[1]) + " is not " +
                Twine(right[0]));
  Value x = reshapeTo(e, e.wrap(e.cast(lhs->value, element)), left)->value;
  Value y = reshapeTo(e, e.wrap(e.cast(rhs->value, element)), right)->value;
  auto type = RankedTensorType::get({left[0], right[1]}, element);
  Value product = MatmulOp::create(e.builder, e.loc, type, x, y, false, false);
  return reshapeTo(e, e.wrap(product), shape);
}

static Ref dot(Emitter &e, StringRef name, Arguments arguments) {
  for (Ref argument : arguments)
    if (!isNumeric(argument->type))
      return badArgument(e, name, argument);
  bool scalar = false;
  for (Ref argument : arguments)
    scalar |= !getArray(argument->type) || typeOf(argument).getRank() == 0;
  return scalar ? binary(e, BinaryKind::mul, asArray(e, arguments[0]),
                         arguments[1])
                : matmul(e, name, arguments);
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
        "a axis? out!",
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
  table["numpy.asarray"] = {"a", same}; // arrays are immutable values
  for (auto [name, signature] :
       {std::pair("numpy.array", "object"), std::pair("numpy.copy", "a")})
    table[name] = {signature, same, /*fresh=*/true};
  table["numpy.concatenate"] = {"arrays / axis? out!", concatenate, true};
  table["numpy.matmul"] = {"x1 x2 /", matmul, true};
  table["numpy.dot"] = {"a b", dot, true};
  table["array.dot"] = {"self other /", dot, true};
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
          for (int64_t size : typeOf(array).getShape())
            sizes.push_back(e.integer(size));
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
