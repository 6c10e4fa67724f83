//===- Ranges.h - Ranges in inference ----------------------------*- C++
//-*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A range is an `!myia.iterator<"range" of start, stop, step>`; a loop over it
// moves the start.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_RANGES_H
#define MYIA_INFERENCE_RANGES_H

#include "Emitter.h"

namespace mlir::myia {

bool isRange(Type type);

/// `range(start, stop, step)` of integers; the last two may be null.
Ref makeRange(Emitter &emitter, llvm::StringRef name,
              llvm::ArrayRef<Ref> arguments);

/// The range of the same numbers from the last to the first.
Ref reversedRange(Emitter &emitter, Ref range);

Ref rangeLength(Emitter &emitter, Ref range);

/// `range[index]`, an integer.
Ref rangeItem(Emitter &emitter, Ref range, Ref index);

/// `value in range`.
Ref rangeContains(Emitter &emitter, Ref range, Ref value);

/// Whether two ranges have the same numbers.
Ref rangesEqual(Emitter &emitter, Ref lhs, Ref rhs);

/// `range.start` and the like.
Ref rangeAttribute(Emitter &emitter, Ref range, llvm::StringRef name);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_RANGES_H
