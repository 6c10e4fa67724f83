//===- IndexArrays.cpp - Subscripts with arrays -----------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's advanced indexing. The slices of a subscript are applied first, the
// indexed axes are brought to the front and made one, and the index arrays one
// array of positions along it: then rows are gathered, or scattered to.
//
//===----------------------------------------------------------------------===//

#include "IndexArrays.h"
#include "Arithmetic.h"
#include "Handlers.h"
#include "Indexing.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

static SmallVector<Ref> entriesOf(Emitter &e, Ref index) {
  if (isa<myia::TupleType>(index->type))
    return SmallVector<Ref>(e.elements(index));
  return {index};
}

static bool isMask(Ref index) {
  auto array = getArray(index->type);
  Type number = getPythonNumber(index->type);
  return (array && array.getElementType().isInteger(1)) ||
         (number && number.isInteger(1));
}

static bool isIndexArray(Ref index) {
  auto array = getArray(index->type);
  return array && array.getRank() > 0 && array.getElementType().isInteger();
}

bool myia::hasIndexArray(Emitter &e, Ref index) {
  return llvm::any_of(entriesOf(e, index), [](Ref entry) {
    return isIndexArray(entry) || isMask(entry);
  });
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

Value myia::checkedPositions(Emitter &e, Ref index, int64_t axis,
                             int64_t size) {
  Value value =
      e.withoutSign(e.cast(asArray(e, index)->value, e.builder.getI64Type()));
  auto fill = [&](int64_t number) {
    return integerLike(e, APInt(64, number, /*isSigned=*/true), value);
  };
  Value negative =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value, fill(0));
  Value wrapped = e.emit<arith::AddIOp>(value, fill(size));
  value = e.emit<arith::SelectOp>(negative, wrapped, value);
  Value outside =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, value, fill(size));
  if (!e.raiseIf(e.any(outside), "IndexError",
                 "index is out of bounds for axis " + std::to_string(axis) +
                     " with size " + std::to_string(size)))
    return {};
  return value;
}

namespace {
/// A subscript taken apart.
struct Advanced {
  /// The basic subscript, whole axes in the place of indices.
  Ref basic = nullptr;
  /// What the basic subscript selects.
  Ref view = nullptr;
  /// The axes of the view that are indexed, and by what.
  SmallVector<int64_t> axes;
  SmallVector<Ref> indices;
  /// The shape of the index arrays against each other, and where its
  /// dimensions go in the result.
  SmallVector<int64_t> shape;
  int64_t place = 0;
};
} // namespace

static RankedTensorType viewType(const Advanced &parts) {
  return getArray(parts.view->type);
}

/// The axes of the view that are not indexed.
static SmallVector<int64_t> keptAxes(const Advanced &parts) {
  SmallVector<int64_t> kept;
  for (int64_t i = 0; i < viewType(parts).getRank(); ++i)
    if (!llvm::is_contained(parts.axes, i))
      kept.push_back(i);
  return kept;
}

static std::optional<Advanced> takeApart(Emitter &e, Ref object, Ref index) {
  SmallVector<Ref> entries = entriesOf(e, index);
  if (llvm::any_of(entries, isMask)) {
    e.error(26, "a subscript with a boolean array gives a result whose shape "
                "depends on data: write np.where(mask, a, b) [got " +
                    describe(index->type) + "]");
    return std::nullopt;
  }
  Advanced parts;
  Ref whole = e.iterator("slice", {e.none(), e.none(), e.none()});
  int64_t rank = getArray(object->type).getRank(), used = 0, ellipses = 0;
  for (Ref entry : entries) {
    used += !isNone(entry->type) && !isEllipsis(entry);
    ellipses += isEllipsis(entry);
  }
  if (used > rank || ellipses > 1) {
    e.raise("IndexError", ellipses > 1
                              ? "an index can only have a single ellipsis "
                                "('...')"
                              : "too many indices for array");
    return std::nullopt;
  }
  SmallVector<Ref> basic;
  bool gap = false, split = false;
  for (Ref entry : entries) {
    if (isEllipsis(entry)) {
      basic.append(rank - used, whole);
      gap |= !parts.axes.empty();
      continue;
    }
    if (isNone(entry->type) || isSlice(entry)) {
      basic.push_back(entry);
      gap |= !parts.axes.empty();
      continue;
    }
    if (!isIndexArray(entry) && !isIntegerIndex(entry)) {
      e.error(20, "arrays are indexed by integers, slices, None, ... and "
                  "integer arrays [got " +
                      describe(entry->type) + "]");
      return std::nullopt;
    }
    split |= gap;
    parts.axes.push_back(basic.size());
    parts.indices.push_back(entry);
    basic.push_back(whole);
    ArrayRef<int64_t> shape;
    if (auto array = getArray(entry->type))
      shape = array.getShape();
    auto common = e.broadcast(Shape(parts.shape), Shape(shape));
    if (!common) {
      e.raise(
          "IndexError",
          "shape mismatch: indexing arrays could not be broadcast together");
      return std::nullopt;
    }
    parts.shape = common->dims;
  }
  parts.place = split ? 0 : parts.axes.front();
  parts.basic = e.tuple(basic);
  parts.view = getArrayItem(e, object, parts.basic);
  if (!parts.view)
    return std::nullopt;
  bool isKnown = llvm::all_of(parts.indices, [](Ref entry) {
    auto array = getArray(entry->type);
    return !array || array.hasStaticShape();
  });
  if (!isKnown || !viewType(parts).hasStaticShape()) {
    e.error(26, "a subscript with an integer array needs shapes that are known "
                "when compiling [got " +
                    describe(object->type) + "]");
    return std::nullopt;
  }
  return parts;
}

/// The index arrays as one array of positions along the joined axes.
static Value positions(Emitter &e, const Advanced &parts) {
  Value linear;
  for (auto [index, axis] : llvm::zip(parts.indices, parts.axes)) {
    int64_t size = viewType(parts).getDimSize(axis);
    Value at = checkedPositions(e, index, axis, size);
    if (!at)
      return {};
    at = e.emit<BroadcastOp>(
        RankedTensorType::get(parts.shape, e.builder.getI64Type()), at);
    if (linear) {
      Value scale = integerLike(e, APInt(64, size), linear);
      at = e.emit<arith::AddIOp>(e.emit<arith::MulIOp>(linear, scale), at);
    }
    linear = at;
  }
  return linear;
}

//===----------------------------------------------------------------------===//
// Moving axes
//===----------------------------------------------------------------------===//

static Value transpose(Emitter &e, Value array, ArrayRef<int64_t> permutation) {
  auto type = cast<RankedTensorType>(array.getType());
  SmallVector<int64_t> shape;
  for (int64_t axis : permutation)
    shape.push_back(type.getDimSize(axis));
  return e.emit<TransposeOp>(type.clone(shape), array,
                             e.builder.getDenseI64ArrayAttr(permutation));
}

static Value reshape(Emitter &e, Value array, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(array.getType());
  return e.emit<ReshapeOp>(type.clone(shape), array);
}

/// The view's axes, the indexed ones first.
static SmallVector<int64_t> frontOrder(const Advanced &parts) {
  SmallVector<int64_t> order(parts.axes);
  llvm::append_range(order, keptAxes(parts));
  return order;
}

/// The view with the indexed axes joined in front.
static Value toRows(Emitter &e, const Advanced &parts) {
  Value moved = transpose(e, parts.view->value, frontOrder(parts));
  int64_t rows = 1;
  for (int64_t axis : parts.axes)
    rows *= viewType(parts).getDimSize(axis);
  SmallVector<int64_t> shape{rows};
  for (int64_t axis : keptAxes(parts))
    shape.push_back(viewType(parts).getDimSize(axis));
  return reshape(e, moved, shape);
}

static Value fromRows(Emitter &e, const Advanced &parts, Value rows) {
  SmallVector<int64_t> order = frontOrder(parts), shape, back(order.size());
  for (auto [i, axis] : llvm::enumerate(order)) {
    shape.push_back(viewType(parts).getDimSize(axis));
    back[axis] = i;
  }
  return transpose(e, reshape(e, rows, shape), back);
}

/// Where the dimensions of gathered rows lie in the result: those of the
/// indices at their place among the kept ones.
static SmallVector<int64_t> resultOrder(const Advanced &parts) {
  int64_t count = parts.shape.size(), kept = keptAxes(parts).size();
  SmallVector<int64_t> order;
  for (int64_t i = 0; i < parts.place; ++i)
    order.push_back(count + i);
  for (int64_t i = 0; i < count; ++i)
    order.push_back(i);
  for (int64_t i = parts.place; i < kept; ++i)
    order.push_back(count + i);
  return order;
}

//===----------------------------------------------------------------------===//
// Reading and writing
//===----------------------------------------------------------------------===//

Ref myia::getByArrays(Emitter &e, Ref object, Ref index) {
  std::optional<Advanced> parts = takeApart(e, object, index);
  Value at = parts ? positions(e, *parts) : Value();
  if (!at)
    return nullptr;
  Value table = toRows(e, *parts);
  auto type = cast<RankedTensorType>(table.getType());
  type = type.clone(
      ScatterOp::getUpdateShape(type, cast<RankedTensorType>(at.getType())));
  Value rows = GatherOp::create(e.builder, e.loc, type, table, at);
  return e.wrap(transpose(e, rows, resultOrder(*parts)));
}

/// `array[mask] = value` is np.where.
static Ref setByMask(Emitter &e, Ref object, Ref mask, Ref value) {
  auto array = getArray(object->type), where = getArray(mask->type);
  if (!array.hasStaticShape())
    return e.error(26, "an assignment through a boolean array needs a shape "
                       "that is known when compiling: write np.where(mask, "
                       "value, a)");
  auto given = getArray(value->type);
  if (!where || (given && given.getRank() > 0))
    return e.error(26, "an assignment through a boolean array takes one number "
                       "for all items: write np.where(mask, value, a) [got " +
                           describe(value->type) + "]");
  if (where.getRank() > array.getRank() ||
      where.getShape() != array.getShape().take_front(where.getRank()))
    return e.raise("IndexError", "boolean index did not match indexed array");
  SmallVector<int64_t> shape(where.getShape());
  shape.resize(array.getRank(), 1);
  Value chosen = e.array(e.wrap(reshape(e, mask->value, shape)),
                         e.builder.getI1Type(), e.shapeOf(object));
  Type element = array.getElementType();
  return e.wrap(e.emit<arith::SelectOp>(
      chosen, e.array(value, element, e.shapeOf(object)), object->value));
}

Ref myia::setByArrays(Emitter &e, Ref object, Ref index, Ref value) {
  if (isMask(index))
    return setByMask(e, object, index, value);
  std::optional<Advanced> parts = takeApart(e, object, index);
  Value at = parts ? positions(e, *parts) : Value();
  if (!at)
    return nullptr;
  Value table = toRows(e, *parts);
  auto tableType = cast<RankedTensorType>(table.getType());
  auto rowsType = tableType.clone(ScatterOp::getUpdateShape(
      tableType, cast<RankedTensorType>(at.getType())));
  // The value has the shape of what reading gives.
  SmallVector<int64_t> order = resultOrder(*parts), shape, back(order.size());
  for (auto [i, axis] : llvm::enumerate(order)) {
    shape.push_back(rowsType.getDimSize(axis));
    back[axis] = i;
  }
  if (!e.broadcastsTo(e.shapeOf(value), Shape(shape)))
    return e.error(30, "could not broadcast " + describe(value->type) +
                           " into the items " +
                           describe(tableType.clone(shape)));
  Value updates = transpose(
      e, e.array(value, tableType.getElementType(), Shape(shape)), back);
  Value rows = ScatterOp::create(e.builder, e.loc, tableType, ScatterKind::set,
                                 updates, table, at);
  return setArrayItem(e, object, parts->basic,
                      e.wrap(fromRows(e, *parts, rows)));
}
