//===- Lists.h - Lists in inference -----------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A list is a value of type `!myia.list<T>`, T being the join of what its
// elements are. One without T has had no element yet.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_LISTS_H
#define MYIA_INFERENCE_LISTS_H

#include "Emitter.h"

namespace mlir::myia {

/// Whether `type` is a list of anything.
inline bool isList(Type type) { return llvm::isa<ListType>(type); }

/// The type of the elements, or null if there has been none.
Type getListElement(Type list);

// ListDisplays.cpp
/// A display, `[a, b, c]`.
Ref makeList(Emitter &emitter, llvm::ArrayRef<Ref> elements);

/// The type of elements that are one of two types (none yet for null), or null
/// after an error.
Type joinListElements(Emitter &emitter, Type lhs, Type rhs);

/// A list that was just made of these elements.
Ref withElements(Emitter &emitter, Value list, llvm::ArrayRef<Ref> elements);

/// The elements of a list that nothing has changed since it was made of them;
/// nothing for any other value.
std::optional<llvm::ArrayRef<Ref>> knownElements(Ref list);

/// A short known list as the tuple of its elements, each of its own type; any
/// other value as it is.
Ref writtenOut(Emitter &emitter, Ref list);

/// `value` with tuples in the place of known lists, at any depth.
Ref listsAsTuples(Emitter &emitter, Ref value);

/// Whether values of `type` hold lists.
bool holdsLists(Type type);

// Lists.cpp

/// `list` as a list of another type that holds its elements.
Value convertList(Emitter &emitter, Ref list, ListType type);

/// The number of elements.
Ref listLength(Emitter &emitter, Ref list);

/// The element at a position that is known to be in range.
Ref listElement(Emitter &emitter, Ref list, Value index);

/// `list[index]`, an integer.
Ref getListItem(Emitter &emitter, Ref list, Ref index);

/// The list after `list[index] = value`.
Ref setListItem(Emitter &emitter, Ref list, Ref index, Ref value);

/// The position that an index stands for, checked with an IndexError. Null when
/// the block ends.
Value checkedPosition(Emitter &emitter, Ref list, Ref index,
                      llvm::StringRef message);

/// `list`, which has elements, with another one at a position in range. Where
/// the type of elements must grow, the other elements are converted.
Ref replaceListElement(Emitter &emitter, Ref list, Value position, Ref value);

/// The list without its last element, and that element.
std::pair<Ref, Ref> popFromList(Emitter &emitter, Ref list);

/// Calls the prelude's function for a method or operator of lists.
Ref callListMethod(Emitter &emitter, Ref list, llvm::StringRef name,
                   const CallArguments &arguments);

/// What an operator gives for two operands of which one is a list; null when
/// the block ends.
Ref listBinary(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

/// What the list becomes by `list op= value`.
Ref augmentedList(Emitter &emitter, BinaryKind kind, Ref list, Ref value);

/// The list with `value` at its end.
Ref appendToList(Emitter &emitter, Ref list, Ref value);

/// The object, after a check that nothing else can see it.
Ref unshared(Emitter &emitter, Ref object);

/// The object that `op` changes, after a check where the frontend could not
/// show that nothing else sees it; null after an error. `witnesses` may see it;
/// `keysChange` says that a dict may get other keys.
Ref ownForUpdate(Emitter &emitter, UpdateOpInterface op, Ref object,
                 llvm::ArrayRef<Ref> witnesses, bool keysChange);

/// Notes what an op puts into containers whose parts are updated.
void checkParts(Emitter &emitter, Operation &op, llvm::ArrayRef<Ref> stored);

/// The root and the result of a `myia.mutate`.
LogicalResult mutate(Emitter &emitter, MutateOp op,
                     llvm::ArrayRef<Ref> operands,
                     llvm::SmallVectorImpl<Ref> &results);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_LISTS_H
