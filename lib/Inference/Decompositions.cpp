//===- Decompositions.cpp - numpy.linalg -------------------------*- C++
//-*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What LAPACK computes of one matrix. The prelude has the rest: stacks of
// matrices, vectors on the right, inverses.
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "Primitives.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

static Ref fail(Emitter &e, StringRef message) {
  return e.raise("numpy.linalg.LinAlgError", message);
}

/// The type in which NumPy decomposes arrays of this type; null after an error.
static Type getWorkType(Emitter &e, StringRef name, Ref array) {
  if (!getArray(array->type).hasStaticShape()) {
    e.error(26, name + "() needs shapes that are known when compiling [got " +
                    describe(array->type) + "]");
    return {};
  }
  Type element = getElementType(array->type);
  if (element.isF32() || element.isF64())
    return element;
  if (element.isInteger())
    return e.builder.getF64Type();
  badArgument(e, name, array); // as NumPy has it
  return {};
}

static bool isSquare(Ref array) {
  auto type = getArray(array->type);
  return type.getRank() == 2 && type.getDimSize(0) == type.getDimSize(1);
}

static Ref solve(Emitter &e, StringRef name, Arguments arguments) {
  Ref a = arrayArgument(e, name, arguments[0]);
  Ref b = a ? arrayArgument(e, name, arguments[1]) : nullptr;
  Type left = b ? getWorkType(e, name, a) : Type();
  Type right = left ? getWorkType(e, name, b) : Type();
  if (!right)
    return nullptr;
  if (!isSquare(a))
    return fail(e, "Last 2 dimensions of the array must be square");
  auto matrix = getArray(a->type), rhs = getArray(b->type);
  if (rhs.getRank() != 2 || rhs.getDimSize(0) != matrix.getDimSize(0))
    return e.error(30, "numpy.linalg.solve() needs as many right rows as the "
                       "matrix has [got " +
                           describe(matrix) + " and " + describe(rhs) + "]");
  Type element = left.isF32() && right.isF32() ? left : e.builder.getF64Type();
  auto op = SolveOp::create(e.builder, e.loc, e.cast(a->value, element),
                            e.cast(b->value, element));
  if (!e.raiseIf(op.getSingular(), "numpy.linalg.LinAlgError",
                 "Singular matrix"))
    return nullptr;
  return e.wrap(op.getResult());
}

static Ref cholesky(Emitter &e, StringRef name, Arguments arguments) {
  Ref a = arrayArgument(e, name, arguments[0]);
  Type element = a ? getWorkType(e, name, a) : Type();
  if (!element)
    return nullptr;
  if (!isSquare(a))
    return fail(e, "Last 2 dimensions of the array must be square");
  auto op = CholeskyOp::create(e.builder, e.loc, e.cast(a->value, element));
  if (!e.raiseIf(op.getIndefinite(), "numpy.linalg.LinAlgError",
                 "Matrix is not positive definite"))
    return nullptr;
  return e.wrap(op.getResult());
}

static Ref determinant(Emitter &e, StringRef name, Arguments arguments) {
  Ref a = arrayArgument(e, name, arguments[0]);
  Type element = a ? getWorkType(e, name, a) : Type();
  if (!element)
    return nullptr;
  if (!isSquare(a))
    return fail(e, "Last 2 dimensions of the array must be square");
  Value value = DeterminantOp::create(e.builder, e.loc, element,
                                      e.cast(a->value, element));
  return e.wrap(tensor::FromElementsOp::create(
      e.builder, e.loc, RankedTensorType::get({}, element), value));
}

void myia::addDecompositionPrimitives(PrimitiveTable &table) {
  table["myia.prelude.lapack.solve"] = {"a b", solve, /*fresh=*/true};
  table["myia.prelude.lapack.cholesky"] = {"a", cholesky, /*fresh=*/true};
  table["myia.prelude.lapack.determinant"] = {"a", determinant, /*fresh=*/true};
}
