//===- Canonicalization.h - Patterns that the dialect adds -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The patterns that belong to no single op of the dialect, by subject.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_DIALECT_CANONICALIZATION_H
#define MYIA_LIB_DIALECT_CANONICALIZATION_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::myia {

/// Patterns on scf.while.
void populateLoopCanonicalization(RewritePatternSet &patterns);

} // namespace mlir::myia

#endif // MYIA_LIB_DIALECT_CANONICALIZATION_H
