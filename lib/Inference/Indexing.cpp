//===- Indexing.cpp - Subscripts of arrays --------------------------*- C++ -*
//-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which elements a subscript selects, and reading and replacing them.
//
//===----------------------------------------------------------------------===//

#include "Indexing.h"
#include "Engine.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

bool myia::isSlice(Ref index) {
  auto type = dyn_cast<IteratorType>(index->type);
  return type && type.getKind() == "slice";
}

std::optional<SliceRange> myia::getRange(Emitter &e, Ref slice, int64_t size) {
  std::optional<int64_t> parts[3];
  for (auto [part, ref] : llvm::zip(parts, e.elements(slice))) {
    part = getStaticInt(ref->type);
    if (part || isNone(ref->type))
      continue;
    e.error(26, "the bounds of a slice must be known when compiling [got a "
                "run-time " +
                    describe(ref->type) + "]");
    return std::nullopt;
  }
  int64_t step = parts[2].value_or(1);
  if (step == 0) {
    e.raise("ValueError", "slice step cannot be zero");
    return std::nullopt;
  }
  int64_t low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
  auto clamp = [&](std::optional<int64_t> bound, int64_t fallback) {
    if (!bound)
      return fallback;
    int64_t value = *bound < 0 ? *bound + size : *bound;
    return std::clamp(value, low, high);
  };
  int64_t start = clamp(parts[0], step > 0 ? low : high);
  int64_t stop = clamp(parts[1], step > 0 ? high : low);
  int64_t span = step > 0 ? stop - start : start - stop;
  int64_t stride = std::abs(step);
  return SliceRange{start, span <= 0 ? 0 : (span + stride - 1) / stride, step};
}

//===----------------------------------------------------------------------===//
// Items of arrays
//===----------------------------------------------------------------------===//

namespace {
/// What a subscript selects, axis by axis.
struct Selection {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  SmallVector<int64_t> taken; // the extent along each operand axis
  SmallVector<int64_t> shape; // of the result: new axes in, indexed axes out
  bool isElement = false;     // every axis is indexed by an integer
};
} // namespace

/// A run-time index as an `index`, with NumPy's wrap-around and bounds check.
static Value checkedIndex(Emitter &e, Ref index, int64_t axis, int64_t size) {
  Value given = e.scalar(index, e.builder.getI64Type()), value = given;
  Value limit = e.integerConstant(size), zero = e.integerConstant(0);
  Value negative =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value, zero);
  Value wrapped = e.emit<arith::AddIOp>(value, limit);
  value = e.emit<arith::SelectOp>(negative, wrapped, value);
  // One unsigned comparison covers both ends.
  Value outside =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, value, limit);
  std::optional<int64_t> known = getStaticInt(index->type);
  std::string message = "index " + (known ? std::to_string(*known) : "{}") +
                        " is out of bounds for axis " + std::to_string(axis) +
                        " with size " + std::to_string(size);
  if (!e.raiseIf(outside, "IndexError", message,
                 known ? ValueRange() : ValueRange(given)))
    return {};
  return e.emit<arith::IndexCastOp>(e.builder.getIndexType(), value);
}

/// Adds one operand axis to the selection. Returns false when the block ends.
static bool selectAxis(Emitter &e, Ref index, RankedTensorType array,
                       Selection &selection) {
  int64_t axis = selection.offsets.size(), size = array.getDimSize(axis);
  OpBuilder &b = e.builder;
  if (!index || isSlice(index)) {
    SliceRange range{0, size, 1};
    if (index) {
      std::optional<SliceRange> found = getRange(e, index, size);
      if (!found)
        return false;
      range = *found;
    }
    if (range.step < 0 && range.count > 0)
      return e.error(1, "a slice with a negative step of an array is not "
                        "supported"),
             false;
    selection.offsets.push_back(b.getIndexAttr(range.count ? range.start : 0));
    selection.strides.push_back(b.getIndexAttr(range.count ? range.step : 1));
    selection.taken.push_back(range.count);
    selection.shape.push_back(range.count);
    selection.sizes.push_back(b.getIndexAttr(range.count));
    return true;
  }
  Value position = checkedIndex(e, index, axis, size);
  if (!position)
    return false;
  selection.offsets.push_back(getAsOpFoldResult(position));
  selection.strides.push_back(b.getIndexAttr(1));
  selection.sizes.push_back(b.getIndexAttr(1));
  selection.taken.push_back(1);
  return true;
}

static bool isIntegerIndex(Ref index) {
  if (Type number = getPythonNumber(index->type))
    return number.isInteger(64);
  auto array = getArray(index->type);
  return array && array.getRank() == 0 && array.getElementType().isInteger() &&
         !array.getElementType().isInteger(1);
}

static bool isEllipsis(Ref index) {
  auto primitive = dyn_cast_or_null<PrimAttr>(getStatic(index->type));
  return primitive && primitive.getName() == "builtins.Ellipsis";
}

/// What `index` selects from `array`; nothing after an error.
static std::optional<Selection> select(Emitter &e, RankedTensorType array,
                                       Ref index) {
  auto fail = [](Ref) { return std::nullopt; };
  SmallVector<Ref> indices;
  if (isa<myia::TupleType>(index->type))
    llvm::append_range(indices, e.elements(index));
  else
    indices.push_back(index);
  int64_t used = 0, ellipses = 0;
  for (Ref i : indices) {
    ellipses += isEllipsis(i);
    used += !isNone(i->type) && !isEllipsis(i);
    if (!isNone(i->type) && !isEllipsis(i) && !isSlice(i) && !isIntegerIndex(i))
      return fail(
          e.error(20, "arrays are indexed by integers, slices, None and "
                      "... here [got " +
                          describe(i->type) + "]"));
  }
  if (used > array.getRank() || ellipses > 1)
    return fail(e.raise("IndexError",
                        ellipses > 1
                            ? "an index can only have a single ellipsis ('...')"
                            : "too many indices for array"));
  if (ellipses == 0)
    indices.push_back(e.known(PrimAttr::get(e.context(), "builtins.Ellipsis")));

  Selection selection;
  selection.isElement = used == array.getRank();
  for (Ref i : indices) {
    if (isNone(i->type)) {
      selection.shape.push_back(1);
      selection.isElement = false;
      continue;
    }
    if (isEllipsis(i)) {
      for (int64_t rest = array.getRank() - used; rest > 0; --rest)
        selectAxis(e, nullptr, array, selection);
      continue;
    }
    selection.isElement &= !isSlice(i);
    if (!selectAxis(e, i, array, selection))
      return std::nullopt;
  }
  return selection;
}

static RankedTensorType arrayOf(ArrayRef<int64_t> shape, Type element) {
  return RankedTensorType::get(shape, element);
}

Ref myia::getArrayItem(Emitter &e, Ref object, Ref index) {
  auto array = getArray(object->type);
  std::optional<Selection> selection = select(e, array, index);
  if (!selection)
    return nullptr;
  Type element = array.getElementType();
  if (selection->isElement) {
    auto at =
        getValueOrCreateConstantIndexOp(e.builder, e.loc, selection->offsets);
    Value scalar =
        tensor::ExtractOp::create(e.builder, e.loc, object->value, at);
    return e.wrap(tensor::FromElementsOp::create(e.builder, e.loc,
                                                 arrayOf({}, element), scalar));
  }
  Value taken = object->value;
  auto takenType = arrayOf(selection->taken, element);
  if (takenType != array)
    taken = tensor::ExtractSliceOp::create(e.builder, e.loc, takenType, taken,
                                           selection->offsets, selection->sizes,
                                           selection->strides);
  return e.wrap(e.emit<ReshapeOp>(arrayOf(selection->shape, element), taken));
}

Ref myia::setArrayItem(Emitter &e, Ref object, Ref index, Ref value) {
  auto array = getArray(object->type);
  if (!isNumeric(value->type))
    return e.error(20,
                   "an item of an array must be a number or an array [got " +
                       describe(value->type) + "]");
  std::optional<Selection> selection = select(e, array, index);
  if (!selection)
    return nullptr;
  Type element = array.getElementType();
  auto given = getArray(value->type);
  if (selection->isElement) {
    if (given && given.getRank() > 0)
      return e.raise("ValueError", "setting an array element with a sequence.");
    auto at =
        getValueOrCreateConstantIndexOp(e.builder, e.loc, selection->offsets);
    return e.wrap(tensor::InsertOp::create(
        e.builder, e.loc, e.scalar(value, element), object->value, at));
  }
  ArrayRef<int64_t> shape = given ? given.getShape() : ArrayRef<int64_t>();
  auto fits = broadcastShapes(shape, selection->shape);
  if (!fits || *fits != selection->shape)
    return e.error(30, "could not broadcast " + describe(value->type) +
                           " into the items " +
                           describe(arrayOf(selection->shape, element)));
  Value source = e.array(value, element, selection->shape);
  source = e.emit<ReshapeOp>(arrayOf(selection->taken, element), source);
  return e.wrap(tensor::InsertSliceOp::create(
      e.builder, e.loc, source, object->value, selection->offsets,
      selection->sizes, selection->strides));
}
