//===- LowerIndexing.h - Indexing by arrays as loops ------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The patterns of -myia-lower-arrays for reversal, gather and scatter.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_LOWERING_LOWERINDEXING_H
#define MYIA_LIB_LOWERING_LOWERINDEXING_H

namespace mlir {
class RewritePatternSet;
} // namespace mlir

namespace mlir::myia {

/// Adds the patterns for `myia.reverse`, `myia.gather` and `myia.scatter`.
void populateIndexingPatterns(RewritePatternSet &patterns);

} // namespace mlir::myia

#endif // MYIA_LIB_LOWERING_LOWERINDEXING_H
