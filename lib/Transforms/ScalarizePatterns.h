//===- ScalarizePatterns.h --------------------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The pieces that -myia-scalarize is made of.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_TRANSFORMS_SCALARIZEPATTERNS_H
#define MYIA_LIB_TRANSFORMS_SCALARIZEPATTERNS_H

#include "mlir/Transforms/DialectConversion.h"

namespace mlir::myia {

/// Patterns for the array ops that take or make an array of rank 0.
void populateScalarizeArrayPatterns(const TypeConverter &converter,
                                    RewritePatternSet &patterns);

} // namespace mlir::myia

#endif // MYIA_LIB_TRANSFORMS_SCALARIZEPATTERNS_H
