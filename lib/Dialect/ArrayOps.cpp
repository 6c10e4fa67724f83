//===- ArrayOps.cpp - Array primitives -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers, folders and canonicalisations of MyiaArrayOps.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

static RankedTensorType arrayType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Whether two dimensions may be equal at run time.
static bool compatible(int64_t a, int64_t b) {
  return a == b || ShapedType::isDynamic(a) || ShapedType::isDynamic(b);
}

/// An op has the size of each unknown dimension of its result.
static LogicalResult verifySizes(Operation *op, ValueRange sizes) {
  int64_t unknown = arrayType(op->getResult(0)).getNumDynamicDims();
  if ((int64_t)sizes.size() == unknown)
    return success();
  return op->emitOpError("requires ")
         << unknown << " sizes [got " << sizes.size() << "]";
}

/// An array filled with a constant is a constant.
LogicalResult SplatOp::canonicalize(SplatOp op, PatternRewriter &rewriter) {
  Attribute value;
  if (!matchPattern(op.getValue(), m_Constant(&value)) ||
      !isa<FloatAttr, IntegerAttr>(value) ||
      !op.getResult().getType().hasStaticShape())
    return failure();
  rewriter.replaceOpWithNewOp<arith::ConstantOp>(
      op, DenseElementsAttr::get(op.getResult().getType(), value));
  return success();
}

LogicalResult SplatOp::verify() {
  if (getResult().getType().getElementType() != getValue().getType())
    return emitOpError("requires a value of the element type ")
           << getResult().getType().getElementType() << " [got "
           << getValue().getType() << "]";
  return verifySizes(*this, getSizes());
}

//===----------------------------------------------------------------------===//
// broadcast
//===----------------------------------------------------------------------===//

OpFoldResult BroadcastOp::fold(FoldAdaptor) {
  if (getOperand().getType() == getResult().getType())
    return getOperand();
  return {};
}

LogicalResult BroadcastOp::verify() {
  RankedTensorType from = arrayType(getOperand()), to = arrayType(getResult());
  if (from.getElementType() != to.getElementType())
    return emitOpError("requires one element type [got ")
           << from << " and " << to << "]";
  int64_t added = to.getRank() - from.getRank();
  bool fits = added >= 0;
  for (int64_t i = 0; fits && i < to.getRank(); ++i) {
    int64_t size = i < added ? 1 : from.getDimSize(i - added);
    fits = size == 1 || size == to.getDimSize(i);
  }
  if (!fits)
    return emitOpError("requires a shape that broadcasts to ")
           << to << " [got " << from << "]";
  return verifySizes(*this, getSizes());
}

//===----------------------------------------------------------------------===//
// reduce, arg_reduce
//===----------------------------------------------------------------------===//

/// The result of reducing `operand` over `axes` is `result`: an array without
/// those axes, or a scalar when none is left.
static LogicalResult verifyReduction(Operation *op, RankedTensorType operand,
                                     ArrayRef<int64_t> axes, Type element,
                                     Type result) {
  int64_t previous = -1;
  for (int64_t axis : axes) {
    if (axis <= previous || axis >= operand.getRank())
      return op->emitOpError("requires sorted, distinct axes below ")
             << operand.getRank() << " [got [" << axes << "]]";
    previous = axis;
  }
  SmallVector<int64_t> shape;
  for (int64_t i = 0; i < operand.getRank(); ++i)
    if (!llvm::is_contained(axes, i))
      shape.push_back(operand.getDimSize(i));
  Type expected = RankedTensorType::get(shape, element);
  if (result == expected || (shape.empty() && result == element))
    return success();
  return op->emitOpError("requires a result of type ")
         << expected << " [got " << result << "]";
}

LogicalResult ReduceOp::verify() {
  return verifyReduction(*this, arrayType(getOperand()), getAxes(),
                         arrayType(getOperand()).getElementType(),
                         getResult().getType());
}

LogicalResult ArgReduceOp::verify() {
  if (getKind() != ReduceKind::max && getKind() != ReduceKind::min)
    return emitOpError("requires the kind max or min");
  return verifyReduction(*this, arrayType(getOperand()), (int64_t)getAxis(),
                         IntegerType::get(getContext(), 64),
                         getResult().getType());
}

//===----------------------------------------------------------------------===//
// transpose, reshape
//===----------------------------------------------------------------------===//

/// The identity permutation does nothing; two transposes make one.
OpFoldResult TransposeOp::fold(FoldAdaptor) {
  ArrayRef<int64_t> permutation = getPermutation();
  if (auto inner = getOperand().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> composed;
    for (int64_t axis : permutation)
      composed.push_back(inner.getPermutation()[axis]);
    setPermutation(composed);
    getOperandMutable().assign(inner.getOperand());
    return getResult();
  }
  for (auto [i, axis] : llvm::enumerate(permutation))
    if ((int64_t)i != axis)
      return {};
  return getOperand().getType() == getResult().getType() ? getOperand()
                                                         : Value();
}

LogicalResult TransposeOp::verify() {
  RankedTensorType from = arrayType(getOperand()), to = arrayType(getResult());
  SmallVector<int64_t> sorted(getPermutation());
  llvm::sort(sorted);
  bool fits = (int64_t)sorted.size() == from.getRank();
  for (int64_t i = 0; fits && i < from.getRank(); ++i)
    fits = sorted[i] == i;
  if (!fits)
    return emitOpError("requires a permutation of ")
           << from.getRank() << " axes [got [" << getPermutation() << "]]";
  SmallVector<int64_t> shape;
  for (int64_t axis : getPermutation())
    shape.push_back(from.getDimSize(axis));
  if (to != RankedTensorType::get(shape, from.getElementType()))
    return emitOpError("requires a result of type ")
           << RankedTensorType::get(shape, from.getElementType()) << " [got "
           << to << "]";
  return success();
}

OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  if (auto inner = getOperand().getDefiningOp<ReshapeOp>()) {
    getOperandMutable().assign(inner.getOperand());
    return getResult();
  }
  // With two unknown dimensions one may grow and the other shrink.
  if (getOperand().getType() == getResult().getType() && getSizes().size() < 2)
    return getOperand();
  return {};
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType from = arrayType(getOperand()), to = arrayType(getResult());
  bool sameCount = !from.hasStaticShape() || !to.hasStaticShape() ||
                   from.getNumElements() == to.getNumElements();
  if (from.getElementType() != to.getElementType() || !sameCount)
    return emitOpError("requires the same elements [got ")
           << from << " and " << to << "]";
  return verifySizes(*this, getSizes());
}

//===----------------------------------------------------------------------===//
// matmul, iota
//===----------------------------------------------------------------------===//

/// The matrix that `value` is the transpose of, or null.
static Value transposedMatrix(Value value) {
  auto transpose = value.getDefiningOp<TransposeOp>();
  if (transpose && transpose.getPermutation() == ArrayRef<int64_t>{1, 0})
    return transpose.getOperand();
  return {};
}

/// A transposed operand becomes a flag.
LogicalResult MatmulOp::canonicalize(MatmulOp op, PatternRewriter &rewriter) {
  Value lhs = transposedMatrix(op.getLhs());
  Value rhs = transposedMatrix(op.getRhs());
  if (!lhs && !rhs)
    return rewriter.notifyMatchFailure(op, "no operand is transposed");
  rewriter.modifyOpInPlace(op, [&] {
    if (lhs) {
      op.setTransposeLhs(!op.getTransposeLhs());
      op.getLhsMutable().assign(lhs);
    }
    if (rhs) {
      op.setTransposeRhs(!op.getTransposeRhs());
      op.getRhsMutable().assign(rhs);
    }
  });
  return success();
}

LogicalResult MatmulOp::verify() {
  RankedTensorType a = arrayType(getLhs()), b = arrayType(getRhs()),
                   c = arrayType(getResult());
  if (a.getRank() != 2 || b.getRank() != 2 || c.getRank() != 2 ||
      a.getElementType() != b.getElementType() ||
      a.getElementType() != c.getElementType())
    return emitOpError("requires three matrices of one element type [got ")
           << a << ", " << b << " and " << c << "]";
  bool ta = getTransposeLhs(), tb = getTransposeRhs();
  if (!compatible(a.getDimSize(ta ? 0 : 1), b.getDimSize(tb ? 1 : 0)))
    return emitOpError("requires equal contracted dimensions [got ")
           << a << " and " << b << "]";
  if (!compatible(c.getDimSize(0), a.getDimSize(ta ? 1 : 0)) ||
      !compatible(c.getDimSize(1), b.getDimSize(tb ? 0 : 1)))
    return emitOpError("requires the outer dimensions as the result's shape "
                       "[got ")
           << c << "]";
  return success();
}

LogicalResult IotaOp::verify() {
  if (getResult().getType().getRank() != 1)
    return emitOpError("requires a result of rank 1 [got ")
           << getResult().getType() << "]";
  return verifySizes(*this, getSizes());
}
