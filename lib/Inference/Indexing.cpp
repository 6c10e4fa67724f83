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
#include "Handlers.h"
#include "IndexArrays.h"
#include "Primitives.h"
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

namespace {
/// Arithmetic on 64-bit integers, folded where they are known.
struct Integers {
  Emitter &e;

  Value number(int64_t value) { return e.integerConstant(value); }
  Value of(Ref ref) { return e.scalar(ref, e.builder.getI64Type()); }
  Value less(Value a, Value b) {
    return e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, a, b);
  }
  Value select(Value condition, Value a, Value b) {
    return e.emit<arith::SelectOp>(condition, a, b);
  }
  Value add(Value a, Value b) { return e.emit<arith::AddIOp>(a, b); }
  Value sub(Value a, Value b) { return e.emit<arith::SubIOp>(a, b); }
  Value clamp(Value value, Value low, Value high) {
    return e.emit<arith::MinSIOp>(e.emit<arith::MaxSIOp>(value, low), high);
  }
};
} // namespace

/// A part of a slice; nothing after an error, null if it is None.
static std::optional<Ref> getPart(Emitter &e, Ref part) {
  if (isNone(part->type))
    return Ref();
  if (Ref integer = getInteger(e, part))
    return integer;
  e.error(20, "slice indices must be integers or None [got " +
                  describe(part->type) + "]");
  return std::nullopt;
}

std::optional<SliceRange> myia::getRange(Emitter &e, Ref slice, Ref size) {
  Ref parts[3];
  for (auto [part, ref] : llvm::zip(parts, e.elements(slice))) {
    auto found = getPart(e, ref);
    if (!found)
      return std::nullopt;
    part = *found;
  }
  Integers i{e};
  Ref stepRef = parts[2] ? parts[2] : e.integer(1);
  Value step = i.of(stepRef), zero = i.number(0), one = i.number(1);
  Value isZero = e.emit<arith::CmpIOp>(arith::CmpIPredicate::eq, step, zero);
  if (!e.raiseIf(isZero, "ValueError", "slice step cannot be zero"))
    return std::nullopt;
  std::optional<int64_t> known = getStaticInt(stepRef->type);
  bool down = known && *known < 0;
  if (!known &&
      !e.raiseIf(i.less(step, zero), "ValueError",
                 "a slice step that is known only at run time must be "
                 "positive"))
    return std::nullopt;
  Value length = i.of(size);
  Value low = down ? i.number(-1) : zero;
  Value high = down ? i.sub(length, one) : length;
  auto bound = [&](Ref part, Value fallback) {
    if (!part)
      return fallback;
    Value value = i.of(part);
    value = i.select(i.less(value, zero), i.add(value, length), value);
    return i.clamp(value, low, high);
  };
  Value start = bound(parts[0], down ? high : low);
  Value stop = bound(parts[1], down ? low : high);
  Value span = down ? i.sub(start, stop) : i.sub(stop, start);
  Value stride = down ? i.sub(zero, step) : step;
  Value count =
      i.add(e.emit<arith::DivUIOp>(
                i.sub(e.emit<arith::MaxSIOp>(span, one), one), stride),
            one);
  count = i.select(i.less(zero, span), count, zero);
  return SliceRange{e.wrap(start), e.wrap(count), stepRef};
}

//===----------------------------------------------------------------------===//
// Items of arrays
//===----------------------------------------------------------------------===//

namespace {
/// What a subscript selects, axis by axis.
struct Selection {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  Shape taken;                   // the extent along each operand axis
  Shape shape;                   // of the result: new axes in, indexed axes out
  SmallVector<int64_t> reversed; // axes with a negative step
  bool isElement = false;        // every axis is indexed by an integer
  bool isWhole = true;           // every axis is taken from end to end
};
} // namespace

/// A Python int as an offset or size.
static OpFoldResult asIndex(Emitter &e, Ref integer) {
  if (auto known = getStaticInt(integer->type))
    return e.builder.getIndexAttr(*known);
  Value value = e.scalar(integer, e.builder.getI64Type());
  return getAsOpFoldResult(
      e.emit<arith::IndexCastOp>(e.builder.getIndexType(), value));
}

/// A run-time index as an `index`, with NumPy's wrap-around and bounds check.
static Value checkedIndex(Emitter &e, Ref index, int64_t axis, Ref size) {
  Value given = e.scalar(index, e.builder.getI64Type()), value = given;
  Value limit = e.scalar(size, e.builder.getI64Type());
  Value zero = e.integerConstant(0);
  Value negative =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value, zero);
  Value wrapped = e.emit<arith::AddIOp>(value, limit);
  value = e.emit<arith::SelectOp>(negative, wrapped, value);
  // One unsigned comparison covers both ends.
  Value outside =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, value, limit);
  SmallVector<Value> printed;
  auto print = [&](Ref number, Value value) {
    if (auto known = getStaticInt(number->type))
      return std::to_string(*known);
    printed.push_back(value);
    return std::string("{}");
  };
  std::string message = "index " + print(index, given) +
                        " is out of bounds for axis " + std::to_string(axis) +
                        " with size " + print(size, limit);
  if (!e.raiseIf(outside, "IndexError", message, printed))
    return {};
  return e.emit<arith::IndexCastOp>(e.builder.getIndexType(), value);
}

/// Adds a slice of the next operand axis to the selection; all of it for null.
static bool selectSlice(Emitter &e, Ref slice, Ref size, Selection &selection) {
  SliceRange range{e.integer(0), size, e.integer(1)};
  if (slice) {
    std::optional<SliceRange> found = getRange(e, slice, size);
    if (!found)
      return false;
    range = *found;
    selection.isWhole &=
        llvm::all_of(e.elements(slice), [](Ref r) { return isNone(r->type); });
  }
  std::optional<int64_t> step = getStaticInt(range.step->type),
                         count = getStaticInt(range.count->type);
  if (step && *step < 0 && !(count && *count == 0)) {
    // Upwards from the last element, and reversed later.
    selection.reversed.push_back(selection.offsets.size());
    Ref back = binary(e, BinaryKind::sub, range.count, e.integer(1));
    back = binary(e, BinaryKind::mul, back, range.step);
    range.start = binary(e, BinaryKind::add, range.start, back);
    range.step = e.integer(-*step);
  }
  bool empty = count && *count == 0;
  OpBuilder &b = e.builder;
  selection.offsets.push_back(empty ? b.getIndexAttr(0)
                                    : asIndex(e, range.start));
  selection.strides.push_back(empty ? b.getIndexAttr(1)
                                    : asIndex(e, range.step));
  selection.sizes.push_back(asIndex(e, range.count));
  e.addDimension(selection.taken, range.count);
  e.addDimension(selection.shape, range.count);
  return true;
}

/// Adds one operand axis to the selection. Returns false when the block ends.
static bool selectAxis(Emitter &e, Ref index, Ref array, Selection &selection) {
  int64_t axis = selection.offsets.size();
  Ref size = e.sizeOf(array, axis);
  if (!index || isSlice(index))
    return selectSlice(e, index, size, selection);
  Value position = checkedIndex(e, index, axis, size);
  if (!position)
    return false;
  selection.offsets.push_back(getAsOpFoldResult(position));
  selection.strides.push_back(e.builder.getIndexAttr(1));
  selection.sizes.push_back(e.builder.getIndexAttr(1));
  selection.taken.add(1);
  selection.isWhole = false;
  return true;
}

bool myia::isIntegerIndex(Ref index) {
  if (Type number = getPythonNumber(index->type))
    return number.isInteger(64);
  auto array = getArray(index->type);
  return array && array.getRank() == 0 && array.getElementType().isInteger() &&
         !array.getElementType().isInteger(1);
}

bool myia::isEllipsis(Ref index) {
  auto primitive = dyn_cast_or_null<PrimAttr>(getStatic(index->type));
  return primitive && primitive.getName() == "builtins.Ellipsis";
}

/// What `index` selects from `array`; nothing after an error.
static std::optional<Selection> select(Emitter &e, Ref object, Ref index) {
  auto array = getArray(object->type);
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
      selection.shape.add(1);
      selection.isElement = false;
      continue;
    }
    if (isEllipsis(i)) {
      for (int64_t rest = array.getRank() - used; rest > 0; --rest)
        selectAxis(e, nullptr, object, selection);
      continue;
    }
    selection.isElement &= !isSlice(i);
    if (!selectAxis(e, i, object, selection))
      return std::nullopt;
  }
  return selection;
}

static Value reverse(Emitter &e, const Selection &selection, Value taken) {
  if (selection.reversed.empty())
    return taken;
  return ReverseOp::create(e.builder, e.loc, taken, selection.reversed);
}

Ref myia::getArrayItem(Emitter &e, Ref object, Ref index) {
  if (hasIndexArray(e, index))
    return getByArrays(e, object, index);
  auto array = getArray(object->type);
  std::optional<Selection> selection = select(e, object, index);
  if (!selection)
    return nullptr;
  Type element = array.getElementType();
  if (selection->isElement) {
    auto at =
        getValueOrCreateConstantIndexOp(e.builder, e.loc, selection->offsets);
    Value scalar =
        tensor::ExtractOp::create(e.builder, e.loc, object->value, at);
    return e.wrap(tensor::FromElementsOp::create(
        e.builder, e.loc, RankedTensorType::get({}, element), scalar));
  }
  if (llvm::is_contained(selection->taken.dims, 0))
    return e.wrap(e.array(e.integer(0), element, selection->shape));
  Value taken = object->value;
  if (!selection->isWhole)
    taken = tensor::ExtractSliceOp::create(
        e.builder, e.loc, selection->taken.of(element), taken,
        selection->offsets, selection->sizes, selection->strides);
  taken = reverse(e, *selection, taken);
  return e.reshape(e.wrap(taken), selection->shape);
}

Ref myia::setArrayItem(Emitter &e, Ref object, Ref index, Ref value) {
  auto array = getArray(object->type);
  if (!isNumeric(value->type))
    return e.error(20,
                   "an item of an array must be a number or an array [got " +
                       describe(value->type) + "]");
  Type element = array.getElementType();
  if (!e.fits(value, element))
    return nullptr;
  if (hasIndexArray(e, index))
    return setByArrays(e, object, index, value);
  std::optional<Selection> selection = select(e, object, index);
  if (!selection)
    return nullptr;
  auto given = getArray(value->type);
  if (selection->isElement) {
    if (given && given.getRank() > 0)
      return e.raise("ValueError", "setting an array element with a sequence.");
    auto at =
        getValueOrCreateConstantIndexOp(e.builder, e.loc, selection->offsets);
    return e.wrap(tensor::InsertOp::create(
        e.builder, e.loc, e.scalar(value, element), object->value, at));
  }
  if (!e.broadcastsTo(e.shapeOf(value), selection->shape))
    return e.error(30, "could not broadcast " + describe(value->type) +
                           " into the items " +
                           describe(selection->shape.of(element)));
  if (llvm::is_contained(selection->taken.dims, 0))
    return object;
  Ref source = e.wrap(e.array(value, element, selection->shape));
  source = e.reshape(source, selection->taken);
  source = e.wrap(reverse(e, *selection, source->value));
  return e.wrap(tensor::InsertSliceOp::create(
      e.builder, e.loc, source->value, object->value, selection->offsets,
      selection->sizes, selection->strides));
}
