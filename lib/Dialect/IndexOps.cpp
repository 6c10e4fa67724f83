//===- IndexOps.cpp - Signs, reversal and indexing by arrays ----*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers and folders of the later half of MyiaArrayOps.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/TypeUtilities.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// sign_cast, reverse
//===----------------------------------------------------------------------===//

OpFoldResult SignCastOp::fold(FoldAdaptor) {
  if (getOperand().getType() == getType())
    return getOperand();
  auto inner = getOperand().getDefiningOp<SignCastOp>();
  if (inner && inner.getOperand().getType() == getType())
    return inner.getOperand();
  return {};
}

LogicalResult SignCastOp::verify() {
  Type from = getOperand().getType(), to = getType();
  auto a = dyn_cast<IntegerType>(getElementTypeOrSelf(from)),
       b = dyn_cast<IntegerType>(getElementTypeOrSelf(to));
  bool fits = a && b && a.getWidth() == b.getWidth();
  if (auto array = dyn_cast<RankedTensorType>(from))
    fits &= isa<RankedTensorType>(to) &&
            array.getShape() == cast<RankedTensorType>(to).getShape();
  else
    fits &= isa<IntegerType>(to);
  if (!fits)
    return emitOpError("requires integers of one width and shape [got ")
           << from << " and " << to << "]";
  return success();
}

OpFoldResult ReverseOp::fold(FoldAdaptor) {
  auto inner = getOperand().getDefiningOp<ReverseOp>();
  if (inner && inner.getAxes() == getAxes())
    return inner.getOperand();
  return getAxes().empty() ? getOperand() : Value();
}

LogicalResult ReverseOp::verify() {
  int64_t previous = -1;
  for (int64_t axis : getAxes()) {
    if (axis <= previous || axis >= getType().getRank())
      return emitOpError("requires sorted, distinct axes below ")
             << getType().getRank() << " [got [" << getAxes() << "]]";
    previous = axis;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// gather, scatter
//===----------------------------------------------------------------------===//

SmallVector<int64_t> ScatterOp::getUpdateShape(RankedTensorType array,
                                               RankedTensorType indices) {
  SmallVector<int64_t> shape(indices.getShape());
  llvm::append_range(shape, array.getShape().drop_front());
  return shape;
}

/// `rows` are rows of `array` at `indices`.
static LogicalResult verifyRows(Operation *op, RankedTensorType rows,
                                RankedTensorType array,
                                RankedTensorType indices) {
  if (!indices.getElementType().isSignlessInteger(64) || array.getRank() == 0)
    return op->emitOpError("requires i64 indices into an array of rank 1 or "
                           "more [got ")
           << indices << " and " << array << "]";
  auto expected = RankedTensorType::get(
      ScatterOp::getUpdateShape(array, indices), array.getElementType());
  if (rows != expected)
    return op->emitOpError("requires rows of type ")
           << expected << " [got " << rows << "]";
  return success();
}

LogicalResult GatherOp::verify() {
  return verifyRows(*this, getType(), getOperand().getType(),
                    getIndices().getType());
}

LogicalResult ScatterOp::verify() {
  return verifyRows(*this, getUpdates().getType(), getType(),
                    getIndices().getType());
}
