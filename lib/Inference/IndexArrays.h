//===- IndexArrays.h - Subscripts with arrays -------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's advanced indexing: integer arrays, and masks in assignments.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_INDEXARRAYS_H
#define MYIA_INFERENCE_INDEXARRAYS_H

#include "Emitter.h"

namespace mlir::myia {

/// Whether a subscript is or holds an array of indices or conditions.
bool hasIndexArray(Emitter &e, Ref index);

Ref getByArrays(Emitter &e, Ref object, Ref index);
Ref setByArrays(Emitter &e, Ref object, Ref index, Ref value);

/// Indices along an axis as i64 from 0 on, after the check of their bounds;
/// null when the block ends.
Value checkedPositions(Emitter &e, Ref index, int64_t axis, int64_t size);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_INDEXARRAYS_H
