//===- Objects.cpp - Attributes and items -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Attribute access and subscripts of tuples, records and arrays.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Handlers.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static Ref getRecordAttribute(Emitter &e, Ref object, RecordType record,
                              StringRef name) {
  for (auto [i, field] : llvm::enumerate(record.getFields()))
    if (cast<StringAttr>(field).getValue() == name)
      return e.elements(object)[i];
  ClassOp cls = e.engine.lookupClass(record.getName().getValue());
  Attribute method = cls ? cls.getMethods().get(name) : Attribute();
  if (!method) {
    std::string fields;
    for (auto field : record.getFields().getAsValueRange<StringAttr>())
      fields += (fields.empty() ? "" : ", ") + field.str();
    return e.error(40, describe(record) + " has no attribute '" + name +
                           "' [its fields are " + fields + "]");
  }
  Ref bound = e.closure(method, {object});
  bool isGetter = llvm::is_contained(
      cls.getGetters().getAsValueRange<StringAttr>(), name);
  return isGetter ? call(e, bound, {}) : bound;
}

static Ref getArrayAttribute(Emitter &e, Ref object, RankedTensorType array,
                             StringRef name) {
  if (name == "shape") {
    SmallVector<Ref> sizes;
    for (int64_t size : array.getShape())
      sizes.push_back(e.integer(size));
    return e.tuple(sizes);
  }
  if (name == "ndim")
    return e.integer(array.getRank());
  if (name == "size")
    return e.integer(array.getNumElements());
  if (name == "dtype")
    return e.known(TypeAttr::get(array.getElementType()));
  if (name == "T")
    return callPrimitive(e, "numpy.transpose", {{object}, {}});
  std::string method = ("array." + name).str();
  if (e.engine.lookupFunction(method))
    return e.closure(FlatSymbolRefAttr::get(e.context(), method), {object});
  for (std::string primitive : {method, ("numpy." + name).str()})
    if (isPrimitive(primitive))
      return e.closure(PrimAttr::get(e.context(), primitive), {object});
  return e.error(40, "arrays have no attribute '" + name + "' here");
}

Ref myia::getAttribute(Emitter &e, Ref object, StringRef name) {
  if (auto record = dyn_cast<RecordType>(object->type))
    return getRecordAttribute(e, object, record, name);
  if (auto array = getArray(object->type))
    return getArrayAttribute(e, object, array, name);
  auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(getStatic(object->type));
  if (ClassOp cls = symbol ? e.engine.lookupClass(symbol.getValue()) : nullptr)
    if (auto method = cls.getMethods().getAs<FlatSymbolRefAttr>(name))
      return e.closure(method, {});
  return e.error(40, describe(object->type) + " has no attribute '" + name + "'");
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

namespace {
/// A slice of a known length: Python's slice.indices.
struct SliceRange {
  int64_t start, count, step;
};
} // namespace

static bool isSlice(Ref index) {
  auto type = dyn_cast<IteratorType>(index->type);
  return type && type.getKind() == "slice";
}

static std::optional<SliceRange> getRange(Emitter &e, Ref slice, int64_t size) {
  std::optional<int64_t> parts[3];
  for (auto [part, ref] : llvm::zip(parts, e.elements(slice))) {
    part = getStaticInt(ref->type);
    if (part || isNone(ref->type))
      continue;
    e.error(26, "the bounds of a slice must be known when compiling [got a "
                "run-time " + describe(ref->type) + "]");
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
// Items of tuples
//===----------------------------------------------------------------------===//

static Ref getTupleItem(Emitter &e, Ref object, Ref index) {
  ArrayRef<Ref> elements = e.elements(object);
  int64_t size = elements.size();
  if (isSlice(index)) {
    std::optional<SliceRange> range = getRange(e, index, size);
    if (!range)
      return nullptr;
    SmallVector<Ref> taken;
    for (int64_t i = 0; i < range->count; ++i)
      taken.push_back(elements[range->start + i * range->step]);
    return e.tuple(taken);
  }
  Type number = getPythonNumber(index->type);
  if (!number || number.isF64())
    return e.error(20, "tuple indices must be integers or slices [got " +
                           describe(index->type) + "]");
  std::optional<int64_t> at = getStaticInt(index->type);
  if (!at)
    return e.error(26, "the index of a tuple must be known when compiling");
  if (*at < -size || *at >= size)
    return e.raise("IndexError", "tuple index out of range");
  return elements[*at < 0 ? *at + size : *at];
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
  bool reversed = false;
};
} // namespace

/// A run-time index as an `index`, with NumPy's wrap-around and bounds check.
static Value checkedIndex(Emitter &e, Ref index, int64_t axis, int64_t size) {
  Value value = e.scalar(index, e.builder.getI64Type());
  Value limit = e.integerConstant(size), zero = e.integerConstant(0);
  Value negative = e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value, zero);
  Value wrapped = e.emit<arith::AddIOp>(value, limit);
  value = e.emit<arith::SelectOp>(negative, wrapped, value);
  // One unsigned comparison covers both ends.
  Value outside = e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, value, limit);
  std::string which = getStaticInt(index->type)
                          ? "index " + std::to_string(*getStaticInt(index->type)) + " is"
                          : "index is";
  if (!e.raiseIf(outside, "IndexError",
                 which + " out of bounds for axis " + std::to_string(axis) +
                     " with size " + std::to_string(size)))
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
                        "supported"), false;
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

static Ref getArrayItem(Emitter &e, Ref object, Ref index) {
  auto array = getArray(object->type);
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
      return e.error(20, "arrays are indexed by integers, slices, None and ... "
                         "here [got " + describe(i->type) + "]");
  }
  if (used > array.getRank() || ellipses > 1)
    return e.raise("IndexError",
                   ellipses > 1 ? "an index can only have a single ellipsis ('...')"
                                : "too many indices for array");
  if (ellipses == 0)
    indices.push_back(e.known(PrimAttr::get(e.context(), "builtins.Ellipsis")));

  Selection selection;
  bool allIntegers = used == array.getRank();
  for (Ref i : indices) {
    if (isNone(i->type)) {
      selection.shape.push_back(1);
      allIntegers = false;
      continue;
    }
    if (isEllipsis(i)) {
      for (int64_t rest = array.getRank() - used; rest > 0; --rest)
        selectAxis(e, nullptr, array, selection);
      continue;
    }
    allIntegers &= !isSlice(i);
    if (!selectAxis(e, i, array, selection))
      return nullptr;
  }
  Type element = array.getElementType();
  if (allIntegers) {
    SmallVector<Value> at = getValueOrCreateConstantIndexOp(e.builder, e.loc,
                                                            selection.offsets);
    Value scalar = tensor::ExtractOp::create(e.builder, e.loc, object->value, at);
    return e.wrap(tensor::FromElementsOp::create(
        e.builder, e.loc, RankedTensorType::get({}, element), scalar));
  }
  Value taken = object->value;
  auto takenType = RankedTensorType::get(selection.taken, element);
  if (takenType != array)
    taken = tensor::ExtractSliceOp::create(e.builder, e.loc, takenType, taken,
                                           selection.offsets, selection.sizes,
                                           selection.strides);
  return e.wrap(e.emit<ReshapeOp>(
      RankedTensorType::get(selection.shape, element), taken));
}

Ref myia::getItem(Emitter &e, Ref object, Ref index) {
  if (isa<myia::TupleType>(object->type))
    return getTupleItem(e, object, index);
  if (getArray(object->type))
    return getArrayItem(e, object, index);
  if (isa<RecordType>(object->type)) {
    Ref method = getAttribute(e, object, "__getitem__");
    return method ? call(e, method, {{index}, {}}) : nullptr;
  }
  return e.error(20, describe(object->type) + " is not subscriptable");
}

LogicalResult myia::unpackSequence(Emitter &e, Ref sequence, unsigned count,
                                   SmallVectorImpl<Ref> &results) {
  int64_t size = -1;
  if (isa<myia::TupleType>(sequence->type))
    size = e.elements(sequence).size();
  else if (auto array = getArray(sequence->type); array && array.getRank() > 0)
    size = array.getDimSize(0);
  if (size < 0) {
    e.error(27, "cannot unpack " + describe(sequence->type));
    return failure();
  }
  if (size != count) {
    std::string expected = std::to_string(count);
    e.raise("ValueError",
            size > count ? "too many values to unpack (expected " + expected + ")"
                         : "not enough values to unpack (expected " + expected +
                               ", got " + std::to_string(size) + ")");
    return failure();
  }
  for (unsigned i = 0; i < count; ++i) {
    results.push_back(getItem(e, sequence, e.integer(i)));
    if (!results.back())
      return failure();
  }
  return success();
}
