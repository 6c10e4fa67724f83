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
#include "Lists.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

static bool isIndexArray(Ref index) {
  auto array = getArray(index->type);
  return array && array.getRank() > 0 && array.getElementType().isInteger();
}

bool myia::hasIndexArray(Emitter &e, Ref index) {
  SmallVector<Ref> entries{index};
  if (isa<myia::TupleType>(index->type))
    entries = SmallVector<Ref>(e.elements(index));
  return llvm::any_of(entries, [](Ref entry) {
    return isIndexArray(entry) || isMask(entry) || isList(entry->type);
  });
}

/// A list among the subscripts as an array.
static Ref indexFromList(Emitter &e, Ref list) {
  auto elements = knownElements(list);
  if (getListElement(list->type) && !(elements && elements->empty()))
    return arrayArgument(e, "a subscript", list);
  return e.wrap(e.array(e.integer(0), e.builder.getI64Type(),
                        Shape(ArrayRef<int64_t>(0))));
}

/// The subscripts, with arrays in the place of lists and of masks. Nothing
/// after an error.
static std::optional<SmallVector<Ref>> getEntries(Emitter &e, Ref object,
                                                  Ref index) {
  SmallVector<Ref> entries{index};
  if (isa<myia::TupleType>(index->type))
    entries = SmallVector<Ref>(e.elements(index));
  for (Ref &entry : entries)
    if (isList(entry->type) && !(entry = indexFromList(e, entry)))
      return std::nullopt;
  return expandMasks(e, object, entries);
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

/// Indices along an axis as i64 from 0 on, after the check of their bounds;
/// null when the block ends.
static Value checkedPositions(Emitter &e, Ref index, int64_t axis, Ref size) {
  Value value =
      e.withoutSign(e.cast(asArray(e, index)->value, e.builder.getI64Type()));
  Shape shape = e.shapeOf(e.wrap(value));
  auto fill = [&](Ref number) {
    return e.array(number, e.builder.getI64Type(), shape);
  };
  Value zero = integerLike(e, APInt(64, 0), value), limit = fill(size);
  Value negative =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value, zero);
  Value wrapped = e.emit<arith::AddIOp>(value, limit);
  value = e.emit<arith::SelectOp>(negative, wrapped, value);
  Value outside =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, value, limit);
  std::optional<int64_t> known = getStaticInt(size->type);
  SmallVector<Value> printed;
  if (!known)
    printed.push_back(e.scalar(size, e.builder.getI64Type()));
  if (!e.raiseIf(e.any(outside), "IndexError",
                 "index is out of bounds for axis " + std::to_string(axis) +
                     " with size " + (known ? std::to_string(*known) : "{}"),
                 printed))
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
  Shape shape;
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
  std::optional<SmallVector<Ref>> found = getEntries(e, object, index);
  if (!found)
    return std::nullopt;
  ArrayRef<Ref> entries = *found;
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
    auto common = e.broadcast(parts.shape, e.shapeOf(entry));
    if (!common) {
      if (e.outcome != Outcome::Normal)
        return std::nullopt;
      e.raise(
          "IndexError",
          "shape mismatch: indexing arrays could not be broadcast together");
      return std::nullopt;
    }
    parts.shape = *common;
  }
  parts.place = split ? 0 : parts.axes.front();
  parts.basic = e.tuple(basic);
  parts.view = getArrayItem(e, object, parts.basic);
  if (!parts.view)
    return std::nullopt;
  return parts;
}

/// The index arrays as one array of positions along the joined axes.
static Value positions(Emitter &e, const Advanced &parts) {
  Type i64 = e.builder.getI64Type();
  Value linear;
  for (auto [index, axis] : llvm::zip(parts.indices, parts.axes)) {
    Ref size = e.sizeOf(parts.view, axis);
    Value at = checkedPositions(e, index, axis, size);
    if (!at)
      return {};
    at = e.array(e.wrap(at), i64, parts.shape);
    if (linear) {
      Value scale = e.array(size, i64, parts.shape);
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

/// The view's axes, the indexed ones first.
static SmallVector<int64_t> frontOrder(const Advanced &parts) {
  SmallVector<int64_t> order(parts.axes);
  llvm::append_range(order, keptAxes(parts));
  return order;
}

/// Dimensions of the view, in the order of these axes.
static Shape sizesOf(Emitter &e, const Advanced &parts,
                     ArrayRef<int64_t> axes) {
  Shape all = e.shapeOf(parts.view), shape;
  for (int64_t axis : axes)
    shape.add(all.dims[axis], all.values[axis]);
  return shape;
}

/// The view with the indexed axes joined in front.
static Value toRows(Emitter &e, const Advanced &parts) {
  Value moved = transpose(e, parts.view->value, frontOrder(parts));
  Shape shape;
  e.addDimension(shape, e.countOf(sizesOf(e, parts, parts.axes)));
  Shape kept = sizesOf(e, parts, keptAxes(parts));
  for (auto [dim, value] : llvm::zip(kept.dims, kept.values))
    shape.add(dim, value);
  return e.reshape(e.wrap(moved), shape)->value;
}

static Value fromRows(Emitter &e, const Advanced &parts, Value rows) {
  SmallVector<int64_t> order = frontOrder(parts), back(order.size());
  for (auto [i, axis] : llvm::enumerate(order))
    back[axis] = i;
  Ref apart = e.reshape(e.wrap(rows), sizesOf(e, parts, order));
  return transpose(e, apart->value, back);
}

/// Where the dimensions of gathered rows lie in the result: those of the
/// indices at their place among the kept ones.
static SmallVector<int64_t> resultOrder(const Advanced &parts) {
  int64_t count = parts.shape.rank(), kept = keptAxes(parts).size();
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

Ref myia::setByArrays(Emitter &e, Ref object, Ref index, Ref value) {
  auto given = getArray(value->type);
  if (isMask(index) && (!given || given.getRank() == 0))
    return setByMask(e, object, index, value);
  std::optional<Advanced> parts = takeApart(e, object, index);
  Value at = parts ? positions(e, *parts) : Value();
  if (!at)
    return nullptr;
  Value table = toRows(e, *parts);
  auto tableType = cast<RankedTensorType>(table.getType());
  // The value has the shape of what reading gives.
  Shape rowsShape = parts->shape, kept = sizesOf(e, *parts, keptAxes(*parts));
  for (auto [dim, size] : llvm::zip(kept.dims, kept.values))
    rowsShape.add(dim, size);
  SmallVector<int64_t> order = resultOrder(*parts), back(order.size());
  Shape shape;
  for (auto [i, axis] : llvm::enumerate(order)) {
    shape.add(rowsShape.dims[axis], rowsShape.values[axis]);
    back[axis] = i;
  }
  if (!e.broadcastsTo(e.shapeOf(value), shape))
    return e.error(30, "could not broadcast " + describe(value->type) +
                           " into the items " +
                           describe(tableType.clone(shape.dims)));
  Value updates =
      transpose(e, e.array(value, tableType.getElementType(), shape), back);
  Value rows = ScatterOp::create(e.builder, e.loc, tableType, ScatterKind::set,
                                 updates, table, at);
  return setArrayItem(e, object, parts->basic,
                      e.wrap(fromRows(e, *parts, rows)));
}
