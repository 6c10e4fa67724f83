//===- Dicts.h - Dicts in inference -----------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A dict is a record whose fields are its keys: strings that are known when
// compiling, in the order in which they were added.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_DICTS_H
#define MYIA_INFERENCE_DICTS_H

#include "Emitter.h"

namespace mlir::myia {

/// Whether `type` is a dict.
bool isDict(Type type);

/// A dict with these keys, which differ.
Ref makeDict(Emitter &emitter, llvm::ArrayRef<llvm::StringRef> keys,
             llvm::ArrayRef<Ref> values);

/// A display, `{key: value, **other}`.
Ref buildDict(Emitter &emitter, BuildDictOp op, llvm::ArrayRef<Ref> operands);

/// `dict[key]`.
Ref getDictItem(Emitter &emitter, Ref dict, Ref key);

/// The dict after `dict[key] = value`.
Ref setDictItem(Emitter &emitter, Ref dict, Ref key, Ref value);

/// The position of a key, if it is a known string and there.
std::optional<unsigned> findDictItem(Type dict, Ref key);

/// `key in dict`; null after an error.
Ref dictContains(Emitter &emitter, Ref dict, Ref key);

/// `dict.name`: a method.
Ref getDictAttribute(Emitter &emitter, Ref dict, llvm::StringRef name);

/// The pair of the changed dict and the result of one of its methods.
Ref callDictUpdate(Emitter &emitter, Ref dict, llvm::StringRef name,
                   const CallArguments &arguments);

/// What an operator gives for two dicts, or null if there is no such.
Ref dictBinary(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

/// What a loop over a dict or over its keys, values or items sees; nothing for
/// any other value.
std::optional<llvm::SmallVector<Ref>> dictElements(Emitter &emitter,
                                                   Ref object);

/// The view that `object` is, or the keys of a dict; null for anything else.
Ref dictView(Emitter &emitter, Ref object);

/// Reports an update of a dict, by which keys may come or go, that a witness
/// may see.
LogicalResult checkWitnesses(Emitter &emitter, Ref dict, bool keysChange,
                             llvm::ArrayRef<Ref> witnesses);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_DICTS_H
