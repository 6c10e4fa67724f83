//===- Classes.h - Instances of classes -------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Making instances of a class, looking up what is in them, and replacing it.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_CLASSES_H
#define MYIA_INFERENCE_CLASSES_H

#include "Emitter.h"

namespace mlir::myia {

/// The class of an instance, or null.
ClassOp getClass(Emitter &emitter, Type type);

/// The class that a value is, or null.
ClassOp asClass(Emitter &emitter, Ref value);

/// Whether a class is `cls` or derived from it.
bool isSubclass(ClassOp own, FlatSymbolRefAttr cls);

/// The class if it is one whose instances are tuples, else null.
ClassOp getNamedTuple(Emitter &emitter, Type type);

/// A NamedTuple as a plain tuple, unless it changes what tuples do; any other
/// value as it is.
Ref asTuple(Emitter &emitter, Ref value);

/// Whether `test` interrupts for the type itself, or for one that a value of
/// this type may hold or lead to; it skips what holds nothing of interest.
bool anyPart(Emitter &emitter, Type type,
             llvm::function_ref<WalkResult(Type)> test);

/// A new instance of a class.
Ref construct(Emitter &emitter, ClassOp cls, const CallArguments &arguments);

/// What `dataclasses.replace` and `_replace` give for a record of changes.
Ref replaceFields(Emitter &emitter, Ref object, Ref changes);

/// `object.name` for an instance of a class.
Ref getInstanceAttribute(Emitter &emitter, Ref object, ClassOp cls,
                         llvm::StringRef name);

/// `cls.name` for the class itself.
Ref getClassAttribute(Emitter &emitter, ClassOp cls, llvm::StringRef name);

/// Whether an instance has an attribute; nothing if that is not known.
std::optional<bool> hasAttribute(ClassOp cls, llvm::StringRef name);

/// The instance after `object.name = value`.
Ref setAttribute(Emitter &emitter, SetAttrOp op, llvm::ArrayRef<Ref> operands);

// Overloads.cpp

/// Calls a method of an instance, if its class has one; null if not, or if the
/// method gives NotImplemented.
Ref callMethod(Emitter &emitter, Ref object, llvm::StringRef name,
               llvm::ArrayRef<Ref> arguments = {});

/// The same for a method without arguments that has to give a number: a
/// built-in function whose results share no memory with anything calls it.
Ref callForNumber(Emitter &emitter, Ref object, llvm::StringRef name);

/// An operator as the classes of its operands define it; null if they do not.
Ref overloaded(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);

/// Whether the class of an instance defines a method, or has a generated one.
bool defines(Emitter &emitter, Ref object, llvm::StringRef method);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_CLASSES_H
