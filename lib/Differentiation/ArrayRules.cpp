//===- ArrayRules.cpp - Derivatives of array operations -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads and writes of elements and slices update the array's cotangent in
// place of adding a whole array to it.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "myia/Support/Errors.h"

using namespace mlir;
using namespace mlir::myia;

static RankedTensorType arrayType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// `value` in the shape of `like`, which has as many elements.
static Value reshapeLike(Adjoint &adjoint, Value value, Value like) {
  RankedTensorType type = arrayType(like);
  if (value.getType() == type && type.getNumDynamicDims() < 2)
    return value;
  if (!isa<RankedTensorType>(value.getType()))
    return createSplat(adjoint.builder, adjoint.loc, value, like);
  return ReshapeOp::create(adjoint.builder, adjoint.loc, type, value,
                           getPrimalSizes(adjoint.loc, like));
}

/// The sum of `value` over `axes`; a scalar when no axis is left.
static Value sum(Adjoint &adjoint, Value value, ArrayRef<int64_t> axes) {
  RankedTensorType from = arrayType(value);
  SmallVector<int64_t> shape;
  for (int64_t i = 0; i < from.getRank(); ++i)
    if (!llvm::is_contained(axes, i))
      shape.push_back(from.getDimSize(i));
  Type type = from.getElementType();
  if (!shape.empty())
    type = RankedTensorType::get(shape, type);
  return ReduceOp::create(adjoint.builder, adjoint.loc, type, ReduceKind::sum,
                          value, axes);
}

static Value sumAll(Adjoint &adjoint, Value value) {
  return sum(adjoint, value,
             llvm::to_vector(llvm::seq(arrayType(value).getRank())));
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

LogicalResult myia::differentiateExtract(Adjoint &adjoint) {
  auto op = cast<tensor::ExtractOp>(adjoint.op);
  OpBuilder &builder = adjoint.builder;
  Value element = adjoint.cotangent();
  Value array = adjoint.cotangents.lookup(op.getTensor());
  if (array) {
    Value old =
        tensor::ExtractOp::create(builder, adjoint.loc, array, op.getIndices());
    element = AccumulateOp::create(builder, adjoint.loc, old, element);
  } else {
    array = createZero(builder, adjoint.loc, op.getTensor());
  }
  adjoint.cotangents.set(op.getTensor(),
                         tensor::InsertOp::create(builder, adjoint.loc, element,
                                                  array, op.getIndices()));
  return success();
}

LogicalResult myia::differentiateInsert(Adjoint &adjoint) {
  auto op = cast<tensor::InsertOp>(adjoint.op);
  OpBuilder &builder = adjoint.builder;
  Value ct = adjoint.cotangent();
  if (adjoint.wants(0))
    adjoint.add(0, tensor::ExtractOp::create(builder, adjoint.loc, ct,
                                             op.getIndices()));
  if (adjoint.wants(1)) {
    Value zero = createConstant(builder, adjoint.loc, 0.0, op.getScalar());
    adjoint.add(1, tensor::InsertOp::create(builder, adjoint.loc, zero, ct,
                                            op.getIndices()));
  }
  return success();
}

LogicalResult myia::differentiateFromElements(Adjoint &adjoint) {
  RankedTensorType type = arrayType(adjoint.result());
  for (unsigned i = 0; i < adjoint.op->getNumOperands(); ++i) {
    if (!adjoint.wants(i))
      continue;
    SmallVector<Value> indices(type.getRank());
    int64_t rest = i;
    for (int64_t axis = type.getRank() - 1; axis >= 0; --axis) {
      indices[axis] = arith::ConstantIndexOp::create(
          adjoint.builder, adjoint.loc, rest % type.getDimSize(axis));
      rest /= type.getDimSize(axis);
    }
    adjoint.add(i, tensor::ExtractOp::create(adjoint.builder, adjoint.loc,
                                             adjoint.cotangent(), indices));
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

LogicalResult myia::differentiateExtractSlice(Adjoint &adjoint) {
  auto op = cast<tensor::ExtractSliceOp>(adjoint.op);
  OpBuilder &builder = adjoint.builder;
  Value slice = adjoint.cotangent();
  Value array = adjoint.cotangents.lookup(op.getSource());
  if (array) {
    Value old = tensor::ExtractSliceOp::create(
        builder, adjoint.loc, op.getType(), array, op.getMixedOffsets(),
        op.getMixedSizes(), op.getMixedStrides());
    slice = AccumulateOp::create(builder, adjoint.loc, old, slice);
  } else {
    array = createZero(builder, adjoint.loc, op.getSource());
  }
  adjoint.cotangents.set(
      op.getSource(),
      tensor::InsertSliceOp::create(builder, adjoint.loc, slice, array,
                                    op.getMixedOffsets(), op.getMixedSizes(),
                                    op.getMixedStrides()));
  return success();
}

LogicalResult myia::differentiateInsertSlice(Adjoint &adjoint) {
  auto op = cast<tensor::InsertSliceOp>(adjoint.op);
  OpBuilder &builder = adjoint.builder;
  Value ct = adjoint.cotangent();
  if (adjoint.wants(0))
    adjoint.add(0, tensor::ExtractSliceOp::create(
                       builder, adjoint.loc, op.getSourceType(), ct,
                       op.getMixedOffsets(), op.getMixedSizes(),
                       op.getMixedStrides()));
  if (adjoint.wants(1)) {
    Value zero = createZero(builder, adjoint.loc, op.getSource());
    adjoint.add(1, tensor::InsertSliceOp::create(
                       builder, adjoint.loc, zero, ct, op.getMixedOffsets(),
                       op.getMixedSizes(), op.getMixedStrides()));
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

LogicalResult myia::differentiateSplat(Adjoint &adjoint) {
  adjoint.add(0, sumAll(adjoint, adjoint.cotangent()));
  return success();
}

LogicalResult myia::differentiateCast(Adjoint &adjoint) {
  adjoint.add(0, tensor::CastOp::create(adjoint.builder, adjoint.loc,
                                        adjoint.operand(0).getType(),
                                        adjoint.cotangent()));
  return success();
}

LogicalResult myia::differentiateBroadcast(Adjoint &adjoint) {
  RankedTensorType from = arrayType(adjoint.operand(0)),
                   to = arrayType(adjoint.result());
  int64_t added = to.getRank() - from.getRank();
  SmallVector<int64_t> axes;
  for (int64_t i = 0; i < to.getRank(); ++i)
    if (i < added || (from.getDimSize(i - added) == 1 && to.getDimSize(i) != 1))
      axes.push_back(i);
  Value ct = adjoint.cotangent();
  if (!axes.empty())
    ct = sum(adjoint, ct, axes);
  adjoint.add(0, reshapeLike(adjoint, ct, adjoint.operand(0)));
  return success();
}

LogicalResult myia::differentiateTranspose(Adjoint &adjoint) {
  auto op = cast<TransposeOp>(adjoint.op);
  SmallVector<int64_t> inverse(op.getPermutation().size());
  for (auto [i, axis] : llvm::enumerate(op.getPermutation()))
    inverse[axis] = i;
  adjoint.add(0, TransposeOp::create(adjoint.builder, adjoint.loc,
                                     op.getOperand().getType(),
                                     adjoint.cotangent(), inverse));
  return success();
}

LogicalResult myia::differentiateReshape(Adjoint &adjoint) {
  adjoint.add(0, reshapeLike(adjoint, adjoint.cotangent(), adjoint.operand(0)));
  return success();
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// With C = A B and G the cotangent of C, that of A is G B' and that of B is
/// A' G; a transposed operand has the transposed cotangent.
LogicalResult myia::differentiateMatmul(Adjoint &adjoint) {
  auto op = cast<MatmulOp>(adjoint.op);
  Value a = op.getLhs(), b = op.getRhs(), g = adjoint.cotangent();
  bool ta = op.getTransposeLhs(), tb = op.getTransposeRhs();
  auto product = [&](Type type, Value x, Value y, bool tx, bool ty) -> Value {
    return MatmulOp::create(adjoint.builder, adjoint.loc, type, x, y, tx, ty);
  };
  if (adjoint.wants(0))
    adjoint.add(0, ta ? product(a.getType(), b, g, tb, true)
                      : product(a.getType(), g, b, false, !tb));
  if (adjoint.wants(1))
    adjoint.add(1, tb ? product(b.getType(), g, a, true, ta)
                      : product(b.getType(), a, g, !ta, false));
  return success();
}
