//===- Derivative.h - One derivative of one function -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The forward and backward function that -myia-differentiate makes for a
// function, and the two steps that fill them.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIFFERENTIATION_DERIVATIVE_H
#define MYIA_DIFFERENTIATION_DERIVATIVE_H

#include "Activity.h"

namespace mlir::myia {

/// A function `f` to be differentiated:
///   f.fwd(arguments) -> (results, residuals)
///   f.bwd(residuals, cotangents, accumulators) -> cotangents of arguments
/// There is a cotangent for each active result and an accumulator for each
/// active argument that is not a stack or a box.
struct Derivative {
  DerivativeKey key;
  /// At first a clone of the function.
  func::FuncOp forward;
  func::FuncOp backward;
  std::unique_ptr<Activity> activity;
  /// The derivatives of the callees, by call op of `forward`.
  llvm::DenseMap<Operation *, Derivative *> calls;
  SmallVector<Derivative *> callees;
  /// What `forward` returns after the results: a box of `record` when the
  /// function is recursive, since the residuals then hold each other.
  SmallVector<Type> residuals;
  StringAttr record;
  /// What the box holds.
  SmallVector<Type> recordTypes;
};

/// Blocks of the forward function and the blocks that reverse them, grouped by
/// op, inner ones first. Until closeOverResiduals the reverse blocks refer to
/// values of the forward function.
struct ReversedBlocks {
  struct Pair {
    Block *primal, *reverse;
  };
  SmallVector<SmallVector<Pair, 2>> groups;
};

/// Fills the body of `derivative.backward` by walking the forward function
/// backwards, with free use of its values.
LogicalResult reverseFunction(Derivative &derivative, ReversedBlocks &blocks);

/// Turns every use of a forward value in the backward function into a residual
/// or recomputes it there, and completes the types of both functions.
void closeOverResiduals(Derivative &derivative, const ReversedBlocks &blocks);

/// A copy of `op`, an op of the scf dialect, with more operands and results at
/// the end; takes over its regions and its uses, but leaves `op` itself there.
Operation *extendRegionOp(Operation *op, ValueRange operands, TypeRange types);

/// Gives `stack` to `users`, the pushes or pops in and below `block`, in
/// program order; returns the stack at the end of the block.
Value threadStack(ArrayRef<Operation *> users, Block *block, Value stack);

} // namespace mlir::myia

#endif // MYIA_DIFFERENTIATION_DERIVATIVE_H
