//===- Abstract.h - Abstract values and how they meet -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An abstract value is a typed-level type, which carries what is known at
// compile time (`!myia.static`), plus the SSA value that holds it at run time.
// This file has the lattice: which numbers there are, how two types join, what
// distinguishes two versions of a block.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_ABSTRACT_H
#define MYIA_INFERENCE_ABSTRACT_H

#include "myia/Dialect/Myia.h"

namespace mlir::myia {

/// An immutable abstract value. `value` is null when nothing is needed at run
/// time, or when an aggregate is held as its `elements`.
struct Abstract {
  Type type;
  Value value;
  /// The elements of an aggregate once they have been looked at.
  mutable llvm::ArrayRef<const Abstract *> elements = {};
  /// The union that this was an alternative of, when it was found out to be so.
  const Abstract *narrowedFrom = nullptr;
};
using Ref = const Abstract *;

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// i1, i64 or f64 when `type` is a Python number, known or not; else null.
Type getPythonNumber(Type type);

/// The element type when `type` is an array or NumPy scalar; else null.
Type getElementType(Type type);

/// The array type when `type` is one.
inline RankedTensorType getArray(Type type) {
  return llvm::dyn_cast<RankedTensorType>(type);
}

/// Whether `type` is a Python number or an array with arithmetic.
bool isNumeric(Type type);

/// The constant that `type` stands for, or null.
Attribute getStatic(Type type);

/// Whether it is a class of NumPy scalars (`np.float32`), written as the type
/// of its instances; a dtype is a bare element type.
bool isScalarClass(Attribute known);
std::optional<int64_t> getStaticInt(Type type);
std::optional<llvm::StringRef> getStaticString(Type type);
bool isNone(Type type);

/// NumPy 2's promotion. Python numbers are weak: they take the dtype of the
/// array that they meet if it is of their kind. Returns the element type (for
/// two Python numbers i1, i64 or f64).
Type promote(Type lhs, Type rhs);

/// The floating-point type in which NumPy computes a transcendental function of
/// `element`.
Type getFloatFor(Type element);

/// The same for a function of two numbers: of two arrays of integers, the wider
/// of their own, for int8 and uint8 float16.
Type promoteToFloat(Type lhs, Type rhs);

//===----------------------------------------------------------------------===//
// The lattice
//===----------------------------------------------------------------------===//

/// The least type that holds values of both: known numbers that differ are
/// forgotten, numbers are promoted, aggregates of one kind join element by
/// element, and whatever else meets is a union.
Type join(Type lhs, Type rhs);

/// The alternative of `type` that holds values of type `value`, or -1.
int64_t findAlternative(UnionType type, Type value);

/// `type` with numbers that are known at compile time forgotten: all of them,
/// or only floating-point ones.
Type widen(Type type, bool floatsOnly);

/// What distinguishes block versions: `type` with every number replaced by one
/// marker, so that versions are split on static structure and joined on
/// numbers. `known` are the keys that were found before.
Type getVersionKey(Type type, llvm::DenseMap<Type, Type> &known);

/// `type` with the sizes of arrays forgotten.
Type forgetSizes(Type type);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_ABSTRACT_H
