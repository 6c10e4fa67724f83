//===- RuntimeModule.h - The module's side of the runtime -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What lowered code shares with the runtime library: declarations and calls of
// its functions, constant error sites and layouts, the header of an object.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIB_LOWERING_RUNTIMEMODULE_H
#define MYIA_LIB_LOWERING_RUNTIMEMODULE_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "myia/Runtime/Runtime.h"

#include <cstddef>

namespace mlir::myia {

/// Byte offsets of what machine code reads and writes of an object. The payload
/// of a box, stack or list follows its header.
enum ObjectOffset : int64_t {
  kObjectData = offsetof(MyiaObject, data),
  kObjectPayload = sizeof(MyiaObject),
  kArraySizes = offsetof(MyiaShapedArray, sizes),
  kStackTop = kObjectPayload + offsetof(MyiaStack, top),
  kStackLimit = kObjectPayload + offsetof(MyiaStack, limit),
  kStackBase = kObjectPayload + offsetof(MyiaStack, base),
  kStackReferences = kObjectPayload + offsetof(MyiaStack, references),
  kListElements = kObjectPayload + offsetof(MyiaList, elements),
  kListLength = kObjectPayload + offsetof(MyiaList, length),
  kListCapacity = kObjectPayload + offsetof(MyiaList, capacity),
};

/// Byte offset of the older link in that of a stack's record.
constexpr int64_t kLinkPrevious = offsetof(MyiaStackLink, previous);

// Tests of the lowering, and artifacts that were compiled ahead of time, know
// the numbers. Everything is in slots of eight bytes.
static_assert(kObjectData == 32 && kObjectPayload == 64 && kArraySizes == 72);
static_assert(kStackTop == 64 && kStackLimit == 72 && kStackBase == 80 &&
              kStackReferences == 96);
static_assert(kListElements == 64 && kListLength == 72 && kListCapacity == 80);
static_assert(kLinkPrevious == 8 && offsetof(MyiaStackLink, type) == 0);

/// Emits calls of the runtime and the constants they need, each declared once.
class RuntimeModule {
public:
  explicit RuntimeModule(ModuleOp module);

  LLVM::LLVMPointerType getPointerType() const { return pointer; }
  Type getIntType() const { return integer; }

  /// Calls a function of Runtime.h; `result` is null for one without a result.
  LLVM::CallOp call(OpBuilder &builder, Location loc, StringRef name,
                    Type result, ValueRange arguments);

  /// The address of an object that stands for none: it is all zeros.
  Value noArray(OpBuilder &builder, Location loc);

  /// The address of a `MyiaSite` for an error of `op`.
  Value site(OpBuilder &builder, Operation *op, StringRef exception,
             StringRef message);

  /// The address of a `MyiaType`: references lie at these offsets.
  Value layout(OpBuilder &builder, Location loc, MyiaObjectKind kind,
               ArrayRef<int64_t> references);

  /// The address of a global of the runtime library.
  Value externalVariable(OpBuilder &builder, Location loc, StringRef name,
                         Type type);

  /// Fills all 64 bits of a slot: integers and float bits are zero-extended.
  void storeSlot(OpBuilder &builder, Location loc, Value slot, Value value);

  Value integerConstant(OpBuilder &builder, Location loc, int64_t value);

  /// The address `offset` bytes after `base`.
  Value offset(OpBuilder &builder, Location loc, Value base, int64_t offset);

private:
  LLVM::GlobalOp string(OpBuilder &builder, Location loc, StringRef text);
  LLVM::GlobalOp constant(OpBuilder &builder, Location loc, Type type,
                          StringRef name,
                          function_ref<Value(OpBuilder &)> initializer);

  ModuleOp module;
  SymbolTable symbols;
  LLVM::LLVMPointerType pointer;
  Type integer;
  llvm::StringMap<LLVM::GlobalOp> strings;
  llvm::StringMap<LLVM::GlobalOp> layouts;
};

} // namespace mlir::myia

#endif // MYIA_LIB_LOWERING_RUNTIMEMODULE_H
