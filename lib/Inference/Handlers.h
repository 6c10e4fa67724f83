//===- Handlers.h - What each surface op and primitive means -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of meanings: one handler per surface op and per primitive holds
// both its inference and its emission. Each returns null when the block ends
// there (see Outcome).
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_HANDLERS_H
#define MYIA_INFERENCE_HANDLERS_H

#include "Emitter.h"

namespace mlir::myia {

// SurfaceOps.cpp
/// Evaluates one surface op that is no terminator: takes the abstract operands,
/// appends the abstract results.
LogicalResult evaluateOp(Emitter &emitter, Operation &op,
                         llvm::ArrayRef<Ref> operands,
                         llvm::SmallVectorImpl<Ref> &results);

/// Whether values of `type` are, hold or lead to arrays or dicts: an update of
/// one is seen by nothing that holds another reference to it.
bool holdsValues(Emitter &emitter, Type type);

/// Emits the error of reading a variable that was never assigned; returns
/// whether `value` is one.
bool raiseIfUnbound(Emitter &emitter, Ref value);

// Narrowing.cpp
/// The operand that `op` would look into although it is a union, or null.
Ref findNarrowed(Emitter &emitter, Operation &op, llvm::ArrayRef<Ref> operands);

// Operators.cpp
Ref unary(Emitter &emitter, UnaryKind kind, Ref operand);
Ref binary(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);
/// Reports that an operator does not take these operands; returns null.
Ref unsupported(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);
/// `lhs.__iadd__(rhs)` and the like; null if the class of `lhs` has none.
Ref inPlace(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);
/// The truth value, of type i1 or known.
Ref truth(Emitter &emitter, Ref operand);
/// The larger (or smaller) of two Python numbers, as Python's max and min
/// choose.
Ref pythonExtremum(Emitter &emitter, bool isMax, Ref lhs, Ref rhs);

/// What `lhs` becomes by `lhs op= rhs`.
Ref augmented(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);
// Arguments.cpp
/// The arguments of a call once `*xs` and `**options` are written out.
LogicalResult spreadArguments(Emitter &emitter, CallOp op,
                              llvm::ArrayRef<Ref> operands,
                              CallArguments &arguments);

// Calls.cpp
Ref call(Emitter &emitter, Ref callee, const CallArguments &arguments);
/// The value of a constant that the frontend wrote.
Ref constant(Emitter &emitter, Attribute value);

// Objects.cpp
Ref getAttribute(Emitter &emitter, Ref object, llvm::StringRef name);

/// Reports that objects of a kind, such as "arrays", have no attribute `name`,
/// and which of those that they have may be meant.
Ref noAttribute(Emitter &emitter, llvm::StringRef kind, llvm::StringRef name,
                llvm::ArrayRef<llvm::StringRef> known);
Ref getItem(Emitter &emitter, Ref object, Ref index);
/// The object after `object[index] = value`.
Ref setItem(Emitter &emitter, Ref object, Ref index, Ref value);
/// The elements of a tuple, or the rows of an array; none after a failure or
/// if there is no such fixed number.
std::optional<llvm::SmallVector<Ref>> sequenceElements(Emitter &emitter,
                                                       Ref sequence);
/// `count` elements of a sequence, or null with an error when it has not
/// exactly that many. The one at `starred` is the tuple of all others.
LogicalResult unpackSequence(Emitter &emitter, Ref sequence, unsigned count,
                             std::optional<uint64_t> starred,
                             llvm::SmallVectorImpl<Ref> &results);

// Iterators.cpp
Ref iterate(Emitter &emitter, Ref iterable);
/// `reversed(list)`.
Ref reversedList(Emitter &emitter, Ref list);
Ref hasNext(Emitter &emitter, Ref iterator);
/// The element and the iterator after it.
std::pair<Ref, Ref> next(Emitter &emitter, Ref iterator);
/// Whether values of a type are or hold iterators, which are empty once they
/// were gone through.
bool isUsedUp(Type type);
/// Reports an error unless the program uses a value at most once.
bool checkUsedOnce(Emitter &emitter, Value surface);

// Text.cpp
/// Whether values of `type` are text that Python puts together at run time.
bool isText(Type type);
/// An operator on strings, or null if there is no such.
Ref stringBinary(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);
Ref callStringMethod(Emitter &emitter, llvm::StringRef name, Ref self,
                     const CallArguments &arguments);
/// The characters of a known string, as a tuple.
Ref stringCharacters(Emitter &emitter, llvm::StringRef text);
/// Hands a tuple to Python, see WriteOp.
void writeValues(Emitter &emitter, llvm::StringRef purpose, Ref tuple);
/// Raises an exception made of these arguments.
Ref raiseWith(Emitter &emitter, llvm::StringRef exception,
              llvm::ArrayRef<Ref> arguments);

// Primitives.cpp
/// Applies a primitive, for example `numpy.sum`, to arguments.
Ref callPrimitive(Emitter &emitter, llvm::StringRef name,
                  const CallArguments &arguments);
bool isPrimitive(llvm::StringRef name);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_HANDLERS_H
