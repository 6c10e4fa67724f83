//===- Reshaping.cpp - The same elements in another shape -------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// np.reshape, np.transpose, np.concatenate and their kin.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "ArrayPrimitives.h"
#include "Handlers.h"
#include "Lists.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

Ref myia::flatten(Emitter &e, Ref array) {
  Shape shape;
  e.addDimension(shape, e.countOf(e.shapeOf(array)));
  return e.reshape(array, shape);
}

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

void myia::addReshapingPrimitives(PrimitiveTable &table) {
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
  table["numpy.concatenate"] = {"arrays / axis? out!", concatenate, true};
}
