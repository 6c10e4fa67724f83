//===- Activity.h - What a derivative has to visit -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the values of a function that depend on its active arguments (varied),
// those that matter for its active results (useful), and so those that have a
// cotangent (active: both).
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIFFERENTIATION_ACTIVITY_H
#define MYIA_DIFFERENTIATION_ACTIVITY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "myia/Dialect/Myia.h"
#include "llvm/ADT/DenseSet.h"

namespace mlir::myia {

/// Which derivative of a function is meant.
struct DerivativeKey {
  Operation *function;
  /// The arguments whose cotangents are wanted.
  std::vector<bool> arguments;
  /// The results that have a cotangent.
  std::vector<bool> results;
  /// Whether a zero cotangent may come with a meaningless value.
  bool masked;

  bool operator<(const DerivativeKey &other) const {
    return std::tie(function, arguments, results, masked) <
           std::tie(other.function, other.arguments, other.results,
                    other.masked);
  }
};

/// Whether `type` is a stack or a box: used once, so its cotangent is made
/// rather than accumulated.
inline bool isContainer(Type type) { return isa<StackType, BoxType>(type); }

/// The activity of one function's values for one derivative.
///
/// A stack or box that is taken apart is always useful: the reverse sweep must
/// build its cotangent record by record, whatever the records are worth, since
/// the adjoint of what made it takes that cotangent apart again.
class Activity {
public:
  Activity(func::FuncOp function, const DerivativeKey &key);

  bool isVaried(Value value) const { return varied.contains(value); }
  bool isActive(Value value) const { return useful.contains(value); }
  /// Whether the cotangent of `value` may be 0 because the value does not
  /// matter, in which case the value may be anything.
  bool isMasked(Value value) const { return masked.contains(value); }
  /// Whether the reverse sweep visits `op`.
  bool isReversed(Operation *op) const { return reversed.contains(op); }

private:
  void findVaried(func::FuncOp function, const DerivativeKey &key);
  void findUseful(func::FuncOp function, const DerivativeKey &key);
  void findMasked(const DerivativeKey &key);
  void findReversed(func::FuncOp function);

  llvm::DenseSet<Value> varied, useful, masked;
  llvm::DenseSet<Operation *> reversed;
  /// Ops that take a varied stack or box apart.
  SmallVector<Operation *> consumers;
};

} // namespace mlir::myia

#endif // MYIA_DIFFERENTIATION_ACTIVITY_H
