//===- Indexing.h - Subscripts of arrays ----------------------------*- C++ -*
//-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's basic indexing: integers, slices, None and Ellipsis.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_INDEXING_H
#define MYIA_INFERENCE_INDEXING_H

#include "Emitter.h"

namespace mlir::myia {

/// What a slice selects, as Python ints.
struct SliceRange {
  Ref start, count, step;
};

bool isSlice(Ref index);
bool isIntegerIndex(Ref index);
bool isEllipsis(Ref index);

/// What a slice selects from `size` elements: Python's slice.indices. Nothing
/// after an error.
std::optional<SliceRange> getRange(Emitter &emitter, Ref slice, Ref size);

/// `array[index]`.
Ref getArrayItem(Emitter &emitter, Ref array, Ref index);

/// The array after `array[index] = value`.
Ref setArrayItem(Emitter &emitter, Ref array, Ref index, Ref value);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_INDEXING_H
