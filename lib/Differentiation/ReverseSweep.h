//===- ReverseSweep.h - Walk a function backwards -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Declares the sweep whose parts are in ReverseSweep.cpp and ReverseLoops.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIFFERENTIATION_REVERSESWEEP_H
#define MYIA_DIFFERENTIATION_REVERSESWEEP_H

#include "Adjoint.h"
#include "Derivative.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace mlir::myia {

/// A region with one block, not yet part of an op. Dropping it is safe.
struct NewRegion {
  NewRegion() : region(std::make_unique<Region>()) {
    region->push_back(new Block);
  }
  Block *block() { return &region->front(); }
  std::unique_ptr<Region> region;
};

/// Emits the body of one backward function.
class ReverseSweep {
public:
  ReverseSweep(Derivative &derivative, ReversedBlocks &blocks)
      : derivative(derivative), activity(*derivative.activity), blocks(blocks) {
  }

  LogicalResult run();

private:
  LogicalResult reverse(Cotangents &cotangents);
  LogicalResult reverse(Operation *op, Cotangents &outer);
  LogicalResult reverseIf(scf::IfOp op, Cotangents &outer);
  LogicalResult reverseFor(scf::ForOp op, Cotangents &outer);
  LogicalResult reverseWhile(scf::WhileOp op, Cotangents &outer);
  void reverseCall(func::CallOp op, Cotangents &outer);

  /// A builder at the end of a block that may not be part of an op yet.
  OpBuilder endOf(Block *block) {
    OpBuilder builder(derivative.forward.getContext());
    builder.setInsertionPointToEnd(block);
    return builder;
  }
  /// Derivative code keeps the primal op's location, tagged.
  Location tag(Operation *op) {
    return NameLoc::get(StringAttr::get(op->getContext(), "backward"),
                        op->getLoc());
  }
  /// The positions of `values` that have cotangents in some iteration.
  SmallVector<unsigned> activeSlots(ValueRange values, ValueRange others);
  Value countIterations(scf::WhileOp op);

  Derivative &derivative;
  const Activity &activity;
  ReversedBlocks &blocks;
  /// Ops of the forward function that were replaced. They stay until the end so
  /// that their results remain valid keys.
  SmallVector<Operation *> replaced;
};

/// Creates the op `name` with the given regions.
Operation *createRegionOp(OpBuilder &builder, Location loc, StringRef name,
                          ValueRange operands, TypeRange types,
                          MutableArrayRef<NewRegion> regions);

} // namespace mlir::myia

#endif // MYIA_DIFFERENTIATION_REVERSESWEEP_H
