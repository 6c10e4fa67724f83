//===- Arithmetic.h - Operators on values of one type ---------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Python's and NumPy's arithmetic once promotion and broadcasting are done:
// elementwise, on two scalars or arrays of one type. Unsigned integers are
// looked at as signless ones while they are computed with.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_ARITHMETIC_H
#define MYIA_INFERENCE_ARITHMETIC_H

#include "Emitter.h"

namespace mlir::myia {

bool isComparison(BinaryKind kind);
bool isBitwise(BinaryKind kind);

/// `lhs + rhs` and the like; division by zero gives 0 for integers and what
/// IEEE says for floats.
Value arithmetic(Emitter &e, BinaryKind kind, Value lhs, Value rhs);
Value compare(Emitter &e, BinaryKind kind, Value lhs, Value rhs);
/// The smaller or larger of two numbers; a NaN wins.
Value extremum(Emitter &e, bool isMax, Value lhs, Value rhs);
/// x ** n by repeated multiplication, for a known n that is not negative.
Value powSmall(Emitter &e, Value base, int64_t exponent);
Value complement(Emitter &e, Value value);

Value zeroLike(Emitter &e, Value value);
Value oneLike(Emitter &e, Value value);
/// The integer `value` in the type of `like`.
Value integerLike(Emitter &e, const llvm::APInt &value, Value like);

/// Unsigned integers as signed ones in the same order, and back: the sign bit
/// is flipped. Other values are returned as they are.
Value toSignedOrder(Emitter &e, Value value);
Value fromSignedOrder(Emitter &e, Value value, Type element);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_ARITHMETIC_H
