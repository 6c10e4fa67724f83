//===- Module.cpp - The extension module myia._ir -------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler as Python sees it. Loading this module loads LLVM and MLIR; the
// call path (myia._call) does not need it.
//
//===----------------------------------------------------------------------===//

#include "IR.h"

NB_MODULE(_ir, m) {
  using namespace mlir::myia::python;
  m.doc() = "MLIR's IR and Myia's compiler, after upstream's mlir.ir";
  // IR objects legitimately live in caches until the interpreter exits.
  nb::set_leak_warnings(false);
  bindDiagnostics(m);
  bindContext(m);
  bindAttributes(m);
  bindOperations(m);
  bindPasses(m);
  bindCompile(m);
}
