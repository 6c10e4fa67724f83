//===- Masks.cpp - Subscripts with boolean arrays ---------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mask stands for the positions of what is true in it, one index array per
// axis that it covers. How many there are is known at run time.
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "IndexArrays.h"
#include "Indexing.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

bool myia::isMask(Ref index) {
  auto array = getArray(index->type);
  Type number = getPythonNumber(index->type);
  return (array && array.getElementType().isInteger(1)) ||
         (number && number.isInteger(1));
}

/// Goes through the elements of an array of rank 1; `step` gives what is
/// carried on from an element, its position and what was carried so far.
static SmallVector<Value>
overElements(Emitter &e, Value array, ValueRange initial,
             function_ref<SmallVector<Value>(Value, Value, ValueRange)> step) {
  OpBuilder &b = e.builder;
  Value zero = arith::ConstantIndexOp::create(b, e.loc, 0);
  Value one = arith::ConstantIndexOp::create(b, e.loc, 1);
  Value size =
      getValueOrCreateConstantIndexOp(b, e.loc, getSize(b, e.loc, array, 0));
  auto loop = scf::ForOp::create(b, e.loc, zero, size, one, initial);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value position = loop.getInductionVar();
  Value element = tensor::ExtractOp::create(b, e.loc, array, position);
  scf::YieldOp::create(b, e.loc,
                       step(element, position, loop.getRegionIterArgs()));
  return llvm::to_vector_of<Value>(loop.getResults());
}

/// The positions of what is true in an array of conditions of rank 1: counted,
/// then written.
static Value truePositions(Emitter &e, Value flags) {
  OpBuilder &b = e.builder;
  Type i64 = b.getI64Type();
  Value zero = arith::ConstantIndexOp::create(b, e.loc, 0);
  Value one = arith::ConstantIndexOp::create(b, e.loc, 1);
  Value count =
      overElements(e, flags, zero, [&](Value flag, Value, ValueRange so) {
        Value more = arith::AddIOp::create(b, e.loc, so[0], one);
        return SmallVector<Value>{
            arith::SelectOp::create(b, e.loc, flag, more, so[0])};
      })[0];
  auto type = RankedTensorType::get({ShapedType::kDynamic}, i64);
  Value empty =
      SplatOp::create(b, e.loc, type, e.integerConstant(0), ValueRange(count));
  auto write = [&](Value flag, Value position, ValueRange so) {
    auto branch = scf::IfOp::create(b, e.loc, so.getTypes(), flag,
                                    /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    Value number = arith::IndexCastOp::create(b, e.loc, i64, position);
    Value written = tensor::InsertOp::create(b, e.loc, number, so[0], so[1]);
    Value next = arith::AddIOp::create(b, e.loc, so[1], one);
    scf::YieldOp::create(b, e.loc, ValueRange{written, next});
    b.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(b, e.loc, so);
    return llvm::to_vector_of<Value>(branch.getResults());
  };
  return overElements(e, flags, {empty, zero}, write)[0];
}

static Value flatten(Emitter &e, Ref array) {
  Shape shape;
  e.addDimension(shape, e.countOf(e.shapeOf(array)));
  return e.reshape(array, shape)->value;
}

/// Checks that a mask has the sizes of the axes that it covers.
static bool checkSizes(Emitter &e, Ref object, Ref mask, int64_t first) {
  Shape own = e.shapeOf(object), covered = e.shapeOf(mask);
  for (size_t i = 0; i < covered.rank(); ++i) {
    std::string message = "boolean index did not match indexed array along "
                          "axis " +
                          std::to_string(first + i);
    if (first + i >= own.rank())
      return e.raise("IndexError", "too many indices for array"), false;
    Ref differs = binary(e, BinaryKind::ne, e.dimension(own, first + i),
                         e.dimension(covered, i));
    if (!e.raiseIf(e.scalar(differs, e.builder.getI1Type()), "IndexError",
                   message))
      return false;
  }
  return true;
}

SmallVector<Ref> myia::positionsPerAxis(Emitter &e, Ref mask) {
  Ref rest = e.wrap(truePositions(e, flatten(e, mask)));
  SmallVector<Ref> positions;
  for (int64_t axis = getArray(mask->type).getRank(); axis-- > 1;) {
    // The loop does not run over an axis of size 0.
    Ref size =
        pythonExtremum(e, /*isMax=*/true, e.sizeOf(mask, axis), e.integer(1));
    positions.push_back(binary(e, BinaryKind::mod, rest, size));
    rest = binary(e, BinaryKind::floordiv, rest, size);
  }
  positions.push_back(rest);
  std::reverse(positions.begin(), positions.end());
  return positions;
}

std::optional<SmallVector<Ref>> myia::expandMasks(Emitter &e, Ref object,
                                                  ArrayRef<Ref> entries) {
  auto extent = [](Ref entry) -> int64_t {
    if (isNone(entry->type) || isEllipsis(entry))
      return 0;
    auto array = getArray(entry->type);
    return isMask(entry) && array ? array.getRank() : 1;
  };
  int64_t left = 0, axis = 0;
  for (Ref entry : entries)
    left += extent(entry);
  SmallVector<Ref> expanded;
  for (Ref entry : entries) {
    if (isEllipsis(entry))
      axis = std::max(getArray(object->type).getRank() - left, axis);
    if (!isMask(entry)) {
      expanded.push_back(entry);
    } else if (extent(entry) == 0 || !getArray(entry->type)) {
      e.error(26, "a subscript that is one boolean gives a result whose shape "
                  "depends on it: write an `if`");
      return std::nullopt;
    } else {
      if (!checkSizes(e, object, entry, axis))
        return std::nullopt;
      llvm::append_range(expanded, positionsPerAxis(e, entry));
    }
    axis += extent(entry);
    left -= extent(entry);
  }
  return expanded;
}

/// `array[mask] = number` is np.where.
Ref myia::setByMask(Emitter &e, Ref object, Ref mask, Ref value) {
  auto array = getArray(object->type), where = getArray(mask->type);
  if (!where)
    return e.error(26, "an assignment through one boolean: write an `if`");
  if (where.getRank() > array.getRank())
    return e.raise("IndexError", "too many indices for array");
  if (!checkSizes(e, object, mask, 0))
    return nullptr;
  Shape shape = e.shapeOf(mask);
  while ((int64_t)shape.rank() < array.getRank())
    shape.add(1);
  Shape whole = e.shapeOf(object);
  Value chosen = e.array(e.reshape(mask, shape), e.builder.getI1Type(), whole);
  return e.wrap(e.emit<arith::SelectOp>(
      chosen, e.array(value, array.getElementType(), whole), object->value));
}

/// np.nonzero, and np.where of a condition alone.
Ref myia::nonzero(Emitter &e, StringRef name, ArrayRef<Ref> arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  if (!array)
    return nullptr;
  if (getArray(array->type).getRank() == 0)
    return e.raise("ValueError",
                   "Calling nonzero on 0d arrays is not allowed. Use "
                   "np.atleast_1d(scalar).nonzero() instead.");
  Ref mask = e.wrap(e.cast(array->value, e.builder.getI1Type()));
  return e.tuple(positionsPerAxis(e, mask));
}

/// np.flatnonzero.
static Ref flatNonzero(Emitter &e, StringRef name, Arguments arguments) {
  Ref array = arrayArgument(e, name, arguments[0]);
  if (!array)
    return nullptr;
  Value flags = e.cast(flatten(e, array), e.builder.getI1Type());
  return e.wrap(truePositions(e, flags));
}

void myia::addMaskPrimitives(PrimitiveTable &table) {
  table["numpy.nonzero"] = {"a", nonzero, /*fresh=*/true};
  table["numpy.flatnonzero"] = {"a", flatNonzero, /*fresh=*/true};
}
