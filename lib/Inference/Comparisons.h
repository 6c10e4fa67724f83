//===- Comparisons.h - Equality, identity and order -------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `==`, `is`, `<` and `in` mean for values that are no numbers. All give
// null where the block ends.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_COMPARISONS_H
#define MYIA_INFERENCE_COMPARISONS_H

#include "Emitter.h"

namespace mlir::myia {

/// Equality of tuples, element by element, as `and` of the elements'.
Ref tupleEquality(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

/// Order of tuples: that of the first elements that differ, else of the
/// lengths.
Ref tupleOrder(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

/// Whether two values that are no numbers are equal; null if that is not known
/// here, too.
Ref equality(Emitter &emitter, Ref lhs, Ref rhs);

/// `lhs is rhs` and `lhs is not rhs`.
Ref identity(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

/// `lhs in rhs` and `lhs not in rhs`.
Ref contains(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_COMPARISONS_H
