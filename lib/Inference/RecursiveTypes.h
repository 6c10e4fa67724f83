//===- RecursiveTypes.h - Types of recursive classes -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A class whose annotations lead back to itself has boxes as instances. The
// fields of a box are what the annotations say; where they do not say enough
// (an array, or no known type), the values of the fields decide. One class may
// so have several box types, told apart by the types of these open fields.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_RECURSIVETYPES_H
#define MYIA_INFERENCE_RECURSIVETYPES_H

#include "Abstract.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::myia {

class RecursiveTypes {
public:
  explicit RecursiveTypes(ModuleOp module);

  /// Whether instances of the class are boxes.
  bool isRecursive(ClassOp cls);
  /// The type of an instance with fields of these types. Null with `message`
  /// set when it is not determined, or when values contradict each other.
  BoxType getType(ClassOp cls, llvm::ArrayRef<Type> fields,
                  std::string &message);
  /// `type`, whose boxes name classes, with the boxes' own types; `open` is an
  /// entry of the attribute of `myia.instantiate`.
  Type getArgumentType(Type type, ArrayAttr open);
  ClassOp getClass(BoxType box);
  /// The types of the fields of a box.
  llvm::ArrayRef<Type> getFields(BoxType box);
  /// The type of a gradient with respect to a value of the type: instances have
  /// the same class, and the same type if everything in them can be
  /// differentiated. Null if it is not known.
  Type getGradientType(Type type);
  /// Whether values of the type lead to any of a type that `predicate` accepts.
  bool leadsTo(Type type, llvm::function_ref<bool(Type)> predicate);
  /// Appends a `myia.type` per box type to the module.
  void declare();

private:
  /// Types of open fields, by class and field.
  using Slot = std::pair<Operation *, unsigned>;
  using Bindings = llvm::MapVector<Slot, Type>;
  struct Instance {
    ClassOp cls;
    Bindings open;
    llvm::SmallVector<Type> fields; // once they have been asked for
    BoxType primal; // what it is a gradient with respect to, or null
  };

  ClassOp lookup(FlatSymbolRefAttr symbol);
  Attribute getAnnotation(ClassOp cls, unsigned field);
  /// The classes that annotations of `cls` lead to.
  const llvm::SetVector<Operation *> &getReachable(ClassOp cls);
  bool bind(Slot slot, Type type, Bindings &open, std::string &message,
            bool ofInstance = false);
  bool match(Attribute annotation, Slot slot, Type type, Bindings &open,
             std::string &message);
  bool matchFields(ClassOp cls, llvm::ArrayRef<Type> types, Bindings &open,
                   std::string &message);
  Type resolve(Attribute annotation, Slot slot, const Bindings &open);
  llvm::SmallVector<Type> resolveFields(ClassOp cls, const Bindings &open);
  BoxType instantiate(ClassOp cls, const Bindings &open);
  /// The box types that values of the type lead to.
  llvm::SetVector<Type> findBoxes(Type type);
  BoxType getGradientOfBox(BoxType box);

  ModuleOp module;
  llvm::DenseMap<Attribute, ClassOp> classes;
  llvm::DenseMap<Operation *, llvm::SetVector<Operation *>> reachable;
  llvm::MapVector<Attribute, Instance> instances; // by symbol
  llvm::DenseMap<Type, BoxType> gradients;
  /// Whether bindings are final, so that they are compared only.
  bool isSettled = false;
};

} // namespace mlir::myia

#endif // MYIA_INFERENCE_RECURSIVETYPES_H
