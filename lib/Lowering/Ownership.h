//===- Ownership.h - Which operands are consumed -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What reference counting and updating in place agree on.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_LOWERING_OWNERSHIP_H
#define MYIA_LIB_LOWERING_OWNERSHIP_H

#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/Value.h"

namespace mlir::func {
class FuncOp;
} // namespace mlir::func

namespace mlir::myia {

/// The argument attribute of a parameter that its function consumes.
inline constexpr llvm::StringLiteral kOwnedAttr = "myia.owned";

/// Whether values of `type` are references to objects.
bool isCounted(Type type);

/// Whether the operation of `use` writes the object's memory.
bool updatesInPlace(OpOperand &use);

class Ownership {
public:
  explicit Ownership(SymbolTable &symbols) : symbols(symbols) {}

  /// Whether the operation of `use` takes over a reference to the operand.
  bool consumes(OpOperand &use) const;

  /// Whether it is known to consume or to borrow it.
  bool isKnown(OpOperand &use) const;

private:
  SymbolTable &symbols;
};

/// Finds which values may share their object with another reference, and which
/// hold an object that will be updated.
class SharingAnalysis {
public:
  explicit SharingAnalysis(func::FuncOp function);

  bool isShared(Value value) const { return shared.contains(value); }
  bool isUpdated(Value value) const { return updated.contains(value); }

  /// Whether `use` begins a loop that updates the object.
  bool entersUpdatingLoop(OpOperand &use) const;

private:
  void findUpdated(func::FuncOp function);
  void findShared(func::FuncOp function);

  DenseSet<Value> shared, updated;
};

/// Puts `myia.own` before updates of objects that may have other references,
/// and before loops that update what they carry.
void makeUnshared(func::FuncOp function, const Ownership &ownership);

} // namespace mlir::myia

#endif // MYIA_LIB_LOWERING_OWNERSHIP_H
