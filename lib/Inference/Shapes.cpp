//===- Shapes.cpp - Shapes during emission --------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sizes that are not known when compiling are index values. Each place that
// needs two of them to agree emits a check, which folds where they are the same
// value, so that whatever is typed afterwards fits.
//
//===----------------------------------------------------------------------===//

#include "Emitter.h"
#include "Engine.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;

SmallVector<Value> Shape::sizes() const {
  SmallVector<Value> unknown;
  llvm::copy_if(values, std::back_inserter(unknown),
                [](Value value) { return !!value; });
  return unknown;
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

/// Adds a dimension, known if it is a constant.
static void add(Shape &shape, OpFoldResult size) {
  if (std::optional<int64_t> known = getConstantIntValue(size))
    shape.add(*known);
  else
    shape.add(ShapedType::kDynamic, cast<Value>(size));
}

Shape Emitter::shapeOf(Ref ref) {
  Shape shape;
  auto type = getArray(ref->type);
  for (int64_t axis = 0; type && axis < type.getRank(); ++axis)
    if (type.isDynamicDim(axis))
      shape.add(ShapedType::kDynamic,
                getValueOrCreateConstantIndexOp(
                    builder, loc, getSize(builder, loc, ref->value, axis)));
    else
      shape.add(type.getDimSize(axis));
  return shape;
}

Ref Emitter::dimension(const Shape &shape, int64_t axis) {
  if (!shape.values[axis])
    return integer(shape.dims[axis]);
  return wrap(
      emit<arith::IndexCastOp>(builder.getI64Type(), shape.values[axis]));
}

Ref Emitter::sizeOf(Ref array, int64_t axis) {
  return dimension(shapeOf(array), axis);
}

Ref Emitter::countOf(const Shape &shape) {
  Value count = integerConstant(1);
  for (size_t axis = 0; axis < shape.rank(); ++axis)
    count = emit<arith::MulIOp>(
        count, scalar(dimension(shape, axis), builder.getI64Type()));
  return wrap(count);
}

void Emitter::addDimension(Shape &shape, Ref size) {
  if (std::optional<int64_t> known = getStaticInt(size->type))
    return shape.add(*known);
  Value value = scalar(size, builder.getI64Type());
  ::add(shape, getAsOpFoldResult(
                   emit<arith::IndexCastOp>(builder.getIndexType(), value)));
}

//===----------------------------------------------------------------------===//
// Broadcasting
//===----------------------------------------------------------------------===//

/// A dimension as an index.
static Value indexOf(Emitter &e, const Shape &shape, size_t axis) {
  if (shape.values[axis])
    return shape.values[axis];
  return arith::ConstantIndexOp::create(e.builder, e.loc, shape.dims[axis]);
}

/// Whether two dimensions are surely equal.
static bool isSame(const Shape &a, size_t i, const Shape &b, size_t j) {
  return a.dims[i] == b.dims[j] && a.values[i] == b.values[j];
}

static Value equals(Emitter &e, Value a, Value b) {
  return e.emit<arith::CmpIOp>(arith::CmpIPredicate::eq, a, b);
}

/// Checks that two dimensions, not both known, fit: they are equal, or the
/// first one, or if `either` the second, is 1.
static void requireFit(Emitter &e, Value a, Value b, bool either,
                       StringRef message) {
  Value one = arith::ConstantIndexOp::create(e.builder, e.loc, 1);
  Value fits = e.emit<arith::OrIOp>(equals(e, a, b), equals(e, a, one));
  if (either)
    fits = e.emit<arith::OrIOp>(fits, equals(e, b, one));
  Value always =
      arith::ConstantOp::create(e.builder, e.loc, e.builder.getBoolAttr(true));
  e.raiseIf(e.emit<arith::XOrIOp>(fits, always), "ValueError", message);
}

std::optional<Shape> Emitter::broadcast(const Shape &a, const Shape &b) {
  if (a.rank() < b.rank())
    return broadcast(b, a);
  Shape shape = a;
  size_t added = a.rank() - b.rank();
  for (size_t j = 0; j < b.rank(); ++j) {
    size_t i = j + added;
    if (b.dims[j] == 1)
      continue;
    if (a.dims[i] == 1) {
      shape.dims[i] = b.dims[j];
      shape.values[i] = b.values[j];
      continue;
    }
    bool known = !a.values[i] && !b.values[j];
    if (known && a.dims[i] != b.dims[j])
      return std::nullopt;
    if (known)
      continue;
    if (isSame(a, i, b, j))
      continue;
    // A size that is known is not 1 here: it is that of the result.
    Value own = indexOf(*this, a, i), other = indexOf(*this, b, j);
    bool isKnown = !a.values[i] || !b.values[j];
    StringRef message = "operands could not be broadcast together";
    if (!b.values[j]) {
      requireFit(*this, own, other, /*either=*/false, message);
      shape.dims[i] = b.dims[j];
      shape.values[i] = {};
    } else {
      requireFit(*this, other, own, /*either=*/!isKnown, message);
    }
    if (isKnown)
      continue;
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    shape.values[i] =
        emit<arith::SelectOp>(equals(*this, own, one), other, own);
  }
  if (outcome != Outcome::Normal)
    return std::nullopt;
  return shape;
}

bool Emitter::broadcastsTo(const Shape &from, const Shape &to) {
  if (from.rank() > to.rank())
    return false;
  for (size_t j = 0; j < from.rank(); ++j) {
    size_t i = j + to.rank() - from.rank();
    if (from.dims[j] == 1)
      continue;
    if (isSame(from, j, to, i))
      continue;
    if (from.values[j] || to.values[i])
      requireFit(*this, indexOf(*this, from, j), indexOf(*this, to, i),
                 /*either=*/false,
                 "could not broadcast input array into the shape that is "
                 "asked for");
    else if (from.dims[j] != to.dims[i])
      return false;
  }
  return outcome == Outcome::Normal;
}

/// `value`, of size `size` along an axis or else of size 1, in the size that is
/// asked for.
static Value stretch(Emitter &e, Value value, int64_t axis, Value size,
                     const Shape &shape, int64_t at) {
  OpBuilder &b = e.builder;
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> dims(type.getShape());
  dims[axis] = shape.dims[at];
  auto wide = type.clone(dims);
  dims[axis] = 1;
  auto thin = type.clone(dims);
  Shape whole = e.shapeOf(e.wrap(value));
  whole.dims[axis] = shape.dims[at];
  whole.values[axis] = shape.values[at];
  auto branch =
      scf::IfOp::create(b, e.loc, wide, equals(e, size, indexOf(e, shape, at)),
                        /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(b, e.loc, e.emit<tensor::CastOp>(wide, value));
  b.setInsertionPointToStart(branch.elseBlock());
  Value one = e.emit<tensor::CastOp>(thin, value);
  scf::YieldOp::create(b, e.loc, e.emit<BroadcastOp>(wide, one, whole.sizes()));
  return branch.getResult(0);
}

/// `value` with the dimensions that the checks have shown to be those of
/// `shape`, or 1.
static Value refine(Emitter &e, Value value, const Shape &shape) {
  Shape own = e.shapeOf(e.wrap(value));
  size_t added = shape.rank() - own.rank();
  SmallVector<int64_t> dims(own.dims);
  for (size_t axis = 0; axis < own.rank(); ++axis) {
    if (own.values[axis] && !isSame(own, axis, shape, axis + added))
      value = stretch(e, value, axis, own.values[axis], shape, axis + added);
    if (dims[axis] != 1)
      dims[axis] = shape.dims[axis + added];
  }
  auto refined = cast<RankedTensorType>(value.getType()).clone(dims);
  return value.getType() == refined ? value
                                    : e.emit<tensor::CastOp>(refined, value);
}

Value Emitter::array(Ref ref, Type element, const Shape &shape) {
  RankedTensorType type = shape.of(element);
  if (!getPythonNumber(ref->type))
    return emit<BroadcastOp>(
        type, refine(*this, cast(ref->value, element), shape), shape.sizes());
  Value value = scalar(ref, element);
  if (shape.rank() == 0)
    return tensor::FromElementsOp::create(builder, loc, type, value);
  return SplatOp::create(builder, loc, type, value, shape.sizes());
}

Ref Emitter::reshape(Ref array, const Shape &shape) {
  return wrap(emit<ReshapeOp>(shape.of(getElementType(array->type)),
                              array->value, shape.sizes()));
}

Value Emitter::constantLike(Value like, double value) {
  Type element = getElementTypeOrSelf(like.getType());
  TypedAttr attr = isa<FloatType>(element)
                       ? TypedAttr(builder.getFloatAttr(element, value))
                       : TypedAttr(builder.getIntegerAttr(element, value));
  auto type = dyn_cast<RankedTensorType>(like.getType());
  if (type && type.hasStaticShape())
    attr = DenseElementsAttr::get(type, Attribute(attr));
  Value constant = arith::ConstantOp::create(builder, loc, attr);
  if (type && !type.hasStaticShape())
    return SplatOp::create(builder, loc, type, constant,
                           getUnknownSizes(builder, loc, like));
  return constant;
}
