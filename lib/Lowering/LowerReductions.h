//===- LowerReductions.h - Reductions as linalg ops -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The patterns of -myia-lower-arrays for reductions and matrix products.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_LOWERING_LOWERREDUCTIONS_H
#define MYIA_LIB_LOWERING_LOWERREDUCTIONS_H

namespace mlir {
class RewritePatternSet;
} // namespace mlir

namespace mlir::myia {

/// Adds the patterns for `myia.reduce`, `myia.arg_reduce` and the products that
/// no library computes.
void populateReductionPatterns(RewritePatternSet &patterns);

} // namespace mlir::myia

#endif // MYIA_LIB_LOWERING_LOWERREDUCTIONS_H
