//===- Optimize.h - LLVM's optimiser for the host ---------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The optimisation step of the JIT.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_JIT_OPTIMIZE_H
#define MYIA_LIB_JIT_OPTIMIZE_H

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <string>

namespace mlir::myia {

/// Whether a function has a block of so many instructions that what is
/// quadratic in them, as are vectorising, scheduling and allocating registers,
/// takes half a second: it is compiled as it is. `optimize` keeps it so.
bool isLong(const llvm::Function &function);

/// Runs LLVM's standard pipeline at `level` for the machine's processor.
void optimize(llvm::Module &module, llvm::TargetMachine &machine,
              unsigned level);

/// The assembly of a module, for people.
std::string printAssembly(const llvm::Module &module,
                          llvm::TargetMachine &machine);

} // namespace mlir::myia

#endif // MYIA_LIB_JIT_OPTIMIZE_H
