//===- JIT.h - From the LLVM dialect to machine code ------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The last arrow of the pipeline: translation to LLVM IR, LLVM's optimiser for
// this machine's processor, and linking into this process.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_JIT_JIT_H
#define MYIA_JIT_JIT_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <functional>
#include <memory>
#include <string>

namespace llvm::orc {
class LLJIT;
} // namespace llvm::orc

namespace mlir::myia {

struct JITOptions {
  /// LLVM's optimisation level, 0 to 3.
  unsigned optLevel = 3;
  /// Each receives a text when it is set: the IR as translated, the IR after
  /// optimisation, the assembly.
  std::function<void(llvm::StringRef)> showLLVM, showOptimized, showAssembly;
};

/// Machine code in this process; it stays valid as long as this object.
class CompiledModule {
public:
  ~CompiledModule();

  /// Compiles a module whose operations are all of the LLVM dialect. The
  /// runtime's functions and those of libm are found by name.
  static llvm::Expected<std::unique_ptr<CompiledModule>>
  compile(ModuleOp module, const JITOptions &options = {});

  /// The address of a function of the module.
  llvm::Expected<void *> lookup(llvm::StringRef name);

private:
  explicit CompiledModule(std::unique_ptr<llvm::orc::LLJIT> jit);
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace mlir::myia

#endif // MYIA_JIT_JIT_H
