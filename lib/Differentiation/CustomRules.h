//===- CustomRules.h - Functions with a derivative of their own -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What custom_vjp ops say, by the functions that stand for them.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIFFERENTIATION_CUSTOMRULES_H
#define MYIA_DIFFERENTIATION_CUSTOMRULES_H

#include "Derivative.h"
#include "mlir/IR/BuiltinOps.h"
#include <map>

namespace mlir::myia {

class CustomRules {
public:
  struct Rule {
    func::FuncOp forward, backward;
    int64_t held = 0;
  };

  /// Replaces every custom_vjp op by a call of a function that stands for it.
  CustomRules(ModuleOp module, SymbolTable &symbols);

  /// The rule of a function that stands for custom_vjp ops, or null.
  const Rule *find(Operation *function) const {
    auto found = rules.find(function);
    return found == rules.end() ? nullptr : &found->second;
  }

  /// Makes the forward and the backward function of such a function, for a call
  /// at `loc`.
  LogicalResult make(Derivative &derivative, SymbolTable &symbols,
                     Location loc) const;

private:
  llvm::DenseMap<Operation *, Rule> rules;
  std::map<std::tuple<std::string, std::string, std::string, uint64_t>,
           func::FuncOp>
      wrappers;
};

} // namespace mlir::myia

#endif // MYIA_DIFFERENTIATION_CUSTOMRULES_H
