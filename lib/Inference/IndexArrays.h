//===- IndexArrays.h - Subscripts with arrays -------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's advanced indexing: by integer arrays, by lists, and by masks.
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

// Masks.cpp
/// Whether a subscript is an array of conditions, or one condition.
bool isMask(Ref index);

/// The positions of what is true along each axis of an array of conditions.
llvm::SmallVector<Ref> positionsPerAxis(Emitter &e, Ref mask);

/// The handler of np.nonzero.
Ref nonzero(Emitter &e, llvm::StringRef name, llvm::ArrayRef<Ref> arguments);

/// Subscripts with the positions of what is true in the place of masks. Nothing
/// after an error.
std::optional<llvm::SmallVector<Ref>> expandMasks(Emitter &e, Ref object,
                                                  llvm::ArrayRef<Ref> entries);

/// `object[mask] = number`.
Ref setByMask(Emitter &e, Ref object, Ref mask, Ref value);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_INDEXARRAYS_H
