//===- Errors.h - Errors that point -----------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Diagnostics with a stable code, which the Python side turns into exceptions.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_SUPPORT_ERRORS_H
#define MYIA_SUPPORT_ERRORS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

namespace mlir::myia {

/// An error at `loc` with a code of Errors.def: `[MYIA020] ...`.
inline InFlightDiagnostic emitError(Location loc, unsigned code) {
  std::string number = llvm::utostr(code);
  return mlir::emitError(loc)
         << "[MYIA" << std::string(3 - number.size(), '0') << number << "] ";
}

} // namespace mlir::myia

#endif // MYIA_SUPPORT_ERRORS_H
