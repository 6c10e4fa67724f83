//===- LinearOps.cpp - Linear algebra ---------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers of MyiaLinearOps.td.
//
//===----------------------------------------------------------------------===//

#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

/// The matrix is square, of f32 or f64.
static LogicalResult verifySquare(Operation *op, RankedTensorType matrix) {
  Type element = matrix.getElementType();
  if (matrix.getRank() == 2 && matrix.getDimSize(0) == matrix.getDimSize(1) &&
      (element.isF32() || element.isF64()))
    return success();
  return op->emitOpError("requires a square matrix of f32 or f64 [got ")
         << matrix << "]";
}

LogicalResult SolveOp::verify() {
  RankedTensorType a = getMatrix().getType(), b = getRhs().getType();
  if (failed(verifySquare(*this, a)))
    return failure();
  if (b.getRank() != 2 || b.getDimSize(0) != a.getDimSize(0) ||
      b.getElementType() != a.getElementType())
    return emitOpError("requires as many right rows as the matrix has [got ")
           << a << " and " << b << "]";
  return success();
}

LogicalResult CholeskyOp::verify() {
  return verifySquare(*this, getMatrix().getType());
}

LogicalResult DeterminantOp::verify() {
  if (failed(verifySquare(*this, getMatrix().getType())))
    return failure();
  if (getType() != getMatrix().getType().getElementType())
    return emitOpError("requires a result of the matrix's element type [got ")
           << getType() << "]";
  return success();
}
