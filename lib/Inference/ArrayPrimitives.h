//===- ArrayPrimitives.h - Library functions on whole arrays ----*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the files of array primitives share.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_ARRAYPRIMITIVES_H
#define MYIA_INFERENCE_ARRAYPRIMITIVES_H

#include "Primitives.h"

namespace mlir::myia {

/// The type of a value that is an array.
inline RankedTensorType typeOf(Ref array) { return getArray(array->type); }

/// Emits a check of a Python bool: it raises a ValueError where it is true.
bool raiseWhen(Emitter &emitter, Ref condition, llvm::StringRef message);

/// The sorted axes of a reduction; all of them for None.
std::optional<llvm::SmallVector<int64_t>>
getAxes(Emitter &emitter, llvm::StringRef name, Ref axis, int64_t rank);

/// The shape without the reduced axes, or with them of size 1.
Shape reducedShape(const Shape &from, llvm::ArrayRef<int64_t> axes, bool keep);

/// The elements in a row.
Ref flatten(Emitter &emitter, Ref array);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_ARRAYPRIMITIVES_H
