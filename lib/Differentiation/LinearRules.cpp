//===- LinearRules.cpp - Derivatives of linear algebra -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By the implicit function theorem: the derivative of a solution is a solution
// with the transposed matrix. See Giles, "Collected matrix derivative results
// for forward and reverse mode algorithmic differentiation" (2008), and Murray,
// "Differentiation of the Cholesky decomposition" (2016).
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

static RankedTensorType arrayType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static Value transpose(Adjoint &adjoint, Value matrix) {
  auto type = arrayType(matrix);
  return TransposeOp::create(
      adjoint.builder, adjoint.loc,
      type.clone({type.getDimSize(1), type.getDimSize(0)}), matrix,
      ArrayRef<int64_t>{1, 0});
}

static Value solve(Adjoint &adjoint, Value matrix, Value rhs) {
  return SolveOp::create(adjoint.builder, adjoint.loc, matrix, rhs).getResult();
}

/// The matrix times a constant matrix of `below`, `on` and `above` the
/// diagonal, element by element.
static Value weigh(Adjoint &adjoint, Value matrix, double below, double on,
                   double above) {
  auto type = arrayType(matrix);
  Builder builder(type.getContext());
  SmallVector<Attribute> weights;
  for (int64_t row = 0; row < type.getDimSize(0); ++row)
    for (int64_t column = 0; column < type.getDimSize(1); ++column)
      weights.push_back(
          builder.getFloatAttr(type.getElementType(), row > column   ? below
                                                      : row < column ? above
                                                                     : on));
  Value weight = arith::ConstantOp::create(
      adjoint.builder, adjoint.loc, DenseElementsAttr::get(type, weights));
  return arith::MulFOp::create(adjoint.builder, adjoint.loc, matrix, weight);
}

/// X = A \ B: that of B is Z = A' \ G, and that of A is -Z X'.
LogicalResult myia::differentiateSolve(Adjoint &adjoint) {
  auto op = cast<SolveOp>(adjoint.op);
  Value g = adjoint.cotangent();
  if (!g)
    return success();
  Value z = solve(adjoint, transpose(adjoint, op.getMatrix()), g);
  if (adjoint.wants(0)) {
    Value product =
        MatmulOp::create(adjoint.builder, adjoint.loc, op.getMatrix().getType(),
                         z, op.getResult(), false, true);
    adjoint.add(0,
                arith::NegFOp::create(adjoint.builder, adjoint.loc, product));
  }
  if (adjoint.wants(1))
    adjoint.add(1, z);
  return success();
}

/// With P = L' G, its upper triangle dropped and its diagonal halved, and
/// S = L' \ P / L: that of A is S + S' below the diagonal, and S on it.
LogicalResult myia::differentiateCholesky(Adjoint &adjoint) {
  auto op = cast<CholeskyOp>(adjoint.op);
  Value g = adjoint.cotangent();
  if (!g)
    return success();
  auto type = op.getMatrix().getType();
  Value lower = op.getResult();
  Value product = MatmulOp::create(adjoint.builder, adjoint.loc, type, lower, g,
                                   true, false);
  Value halved = weigh(adjoint, product, 1, 0.5, 0);
  Value upper = transpose(adjoint, lower);
  Value left = solve(adjoint, upper, halved);
  Value s = solve(adjoint, upper, transpose(adjoint, left));
  Value both = arith::AddFOp::create(adjoint.builder, adjoint.loc, s,
                                     transpose(adjoint, s));
  adjoint.add(0, weigh(adjoint, both, 1, 0.5, 0));
  return success();
}

/// That of A is the determinant times the transposed inverse.
LogicalResult myia::differentiateDeterminant(Adjoint &adjoint) {
  auto op = cast<DeterminantOp>(adjoint.op);
  auto type = op.getMatrix().getType();
  Value factor = arith::MulFOp::create(adjoint.builder, adjoint.loc,
                                       adjoint.cotangent(), op.getResult());
  Value scaled =
      weigh(adjoint,
            createSplat(adjoint.builder, adjoint.loc, factor, op.getMatrix()),
            0, 1, 0);
  if (type.getNumElements() == 0)
    return success();
  // A singular matrix has a derivative too, which no solution gives.
  auto inverse = SolveOp::create(adjoint.builder, adjoint.loc,
                                 transpose(adjoint, op.getMatrix()), scaled);
  RaiseIfOp::create(adjoint.builder, adjoint.loc, inverse.getSingular(),
                    "numpy.linalg.LinAlgError",
                    "the derivative of a determinant needs a regular matrix",
                    ValueRange());
  adjoint.add(0, inverse.getResult());
  return success();
}
