//===- ArrayLiterals.cpp - Arrays from numbers and other arrays -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What np.asarray makes of numbers and nested tuples, and joining arrays.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

Type myia::getCommonType(ArrayRef<Ref> arrays) {
  Type element;
  for (Ref array : arrays)
    element = element ? promote(RankedTensorType::get({}, element), array->type)
                      : getElementType(array->type);
  return element;
}

/// np.result_type of numbers, arrays and dtypes.
static Ref resultType(Emitter &e, StringRef name, Arguments arguments) {
  Type common;
  for (Ref argument : arguments) {
    Type type = argument->type;
    if (!isNumeric(type)) {
      Type dtype = getDtype(e, name, argument);
      if (!dtype)
        return nullptr;
      type = RankedTensorType::get({}, dtype);
    }
    if (!common) {
      common = type;
      continue;
    }
    Type element = promote(common, type);
    bool isWeak = getPythonNumber(common) && getPythonNumber(type);
    common = isWeak ? element : Type(RankedTensorType::get({}, element));
  }
  if (!common)
    return e.raise("ValueError", "at least one array or dtype is required");
  Type number = getPythonNumber(common);
  return e.known(TypeAttr::get(number ? number : getElementType(common)));
}

namespace {
/// A nested tuple on its way to an array.
struct Nest {
  SmallVector<Ref> leaves;
  SmallVector<int64_t> shape;
};
} // namespace

/// The numbers and arrays of a nested tuple, level by level; nothing after an
/// error.
static std::optional<Nest> flatten(Emitter &e, Ref tuple) {
  Nest nest{{tuple}, {}};
  while (llvm::any_of(
      nest.leaves, [](Ref leaf) { return isa<myia::TupleType>(leaf->type); })) {
    SmallVector<Ref> next;
    int64_t size = -1;
    for (Ref leaf : nest.leaves) {
      bool isTuple = isa<myia::TupleType>(leaf->type);
      int64_t own = isTuple ? e.elements(leaf).size() : -1;
      if (!isTuple || (size >= 0 && own != size)) {
        e.raise("ValueError", "setting an array element with a sequence. The "
                              "requested array has an inhomogeneous shape.");
        return std::nullopt;
      }
      size = own;
      llvm::append_range(next, e.elements(leaf));
    }
    nest.shape.push_back(size);
    nest.leaves = next;
  }
  return nest;
}

/// An array of a list whose length is known at run time only.
static Ref arrayFromList(Emitter &e, StringRef name, Ref list) {
  Type element = getListElement(list->type);
  if (!element)
    return e.wrap(
        e.array(e.integer(0), e.builder.getF64Type(), Shape(int64_t(0))));
  auto array = getArray(element);
  bool isNumber = getPythonNumber(element) || (array && array.getRank() == 0);
  bool isNested = isList(element) || isa<myia::TupleType>(element);
  if (!isNumber && !isNested && !array)
    return badArgument(e, name, list);
  StringRef method = isNumber   ? "__array__"
                     : isNested ? "__nest__"
                                : "__stack__";
  return callListMethod(e, list, method, {});
}

/// Arrays, whose shapes are not all known, as the rows of one.
static Ref stackRows(Emitter &e, StringRef name, Ref tuple,
                     ArrayRef<Ref> rows) {
  Ref list = makeList(e, rows);
  if (!list)
    return nullptr;
  bool isUniform = isa<RankedTensorType>(getListElement(list->type));
  return isUniform && e.engine.lookupFunction("list.__stack__")
             ? callListMethod(e, list, "__stack__", {})
             : badArgument(e, name, tuple);
}

/// A tuple with arrays in the place of what holds lists; null after an error.
static Ref withoutLists(Emitter &e, StringRef name, Ref tuple) {
  SmallVector<Ref> parts;
  for (Ref element : e.elements(tuple)) {
    parts.push_back(holdsLists(element->type) ? arrayArgument(e, name, element)
                                              : element);
    if (!parts.back())
      return nullptr;
  }
  return e.tuple(parts);
}

Ref myia::arrayFromTuple(Emitter &e, StringRef name, Ref tuple) {
  tuple = withoutLists(e, name, listsAsTuples(e, tuple));
  std::optional<Nest> nest = tuple ? flatten(e, tuple) : std::nullopt;
  if (!nest)
    return nullptr;
  if (nest->leaves.empty())
    return e.wrap(
        e.array(e.integer(0), e.builder.getF64Type(), Shape(nest->shape)));
  for (Ref &leaf : nest->leaves) {
    if (!isNumeric(leaf->type))
      return badArgument(e, name, leaf);
    leaf = asArray(e, leaf);
  }
  bool isKnown = llvm::all_of(nest->leaves, [](Ref leaf) {
    return getArray(leaf->type).hasStaticShape();
  });
  if (!isKnown)
    return nest->shape.size() == 1 ? stackRows(e, name, tuple, nest->leaves)
                                   : badArgument(e, name, tuple);
  for (Ref leaf : nest->leaves) {
    if (getArray(leaf->type).getShape() !=
        getArray(nest->leaves[0]->type).getShape())
      return e.raise("ValueError",
                     "setting an array element with a sequence. The requested "
                     "array has an inhomogeneous shape.");
  }
  Type element = getCommonType(nest->leaves);
  auto inner = getArray(nest->leaves[0]->type);
  SmallVector<int64_t> shape = nest->shape;
  llvm::append_range(shape, inner.getShape());
  auto type = RankedTensorType::get(shape, element);
  if (inner.getRank() == 0) {
    SmallVector<Value> scalars;
    for (Ref leaf : nest->leaves)
      scalars.push_back(e.scalar(leaf, element));
    return e.wrap(e.emit<tensor::FromElementsOp>(type, scalars));
  }
  SmallVector<int64_t> row{1};
  llvm::append_range(row, inner.getShape());
  for (Ref &leaf : nest->leaves)
    leaf =
        e.wrap(e.emit<ReshapeOp>(getArray(leaf->type).clone(row), leaf->value));
  Ref joined = joinArrays(e, name, nest->leaves, 0);
  return joined ? e.wrap(e.emit<ReshapeOp>(type, joined->value)) : nullptr;
}

Ref myia::arrayArgument(Emitter &e, StringRef name, Ref argument) {
  argument = listsAsTuples(e, argument);
  if (isList(argument->type))
    return arrayFromList(e, name, argument);
  if (isa<myia::TupleType>(argument->type))
    return arrayFromTuple(e, name, argument);
  return isNumeric(argument->type) ? asArray(e, argument)
                                   : badArgument(e, name, argument);
}

void myia::addDtypePrimitives(PrimitiveTable &table) {
  table["numpy.result_type"] = {"*arrays_and_dtypes", resultType,
                                /*fresh=*/true};
  table["numpy.promote_types"] = {"type1 type2 /", resultType, /*fresh=*/true};
}
