//===- WrapEntries.cpp - The functions that callers see -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-wrap-entries: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "Ownership.h"
#include "RuntimeModule.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAWRAPENTRIES
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// The value of type `type` in a 64-bit slot.
static Value loadSlot(OpBuilder &builder, Location loc, Value slot, Type type) {
  if (isa<FloatType, LLVM::LLVMPointerType>(type))
    return LLVM::LoadOp::create(builder, loc, type, slot);
  Value bits = LLVM::LoadOp::create(builder, loc, builder.getI64Type(), slot);
  if (isa<IndexType>(type))
    return arith::IndexCastOp::create(builder, loc, type, bits);
  if (type.isInteger(64))
    return bits;
  return arith::TruncIOp::create(builder, loc, type, bits);
}

/// Fills all 64 bits of a slot: integers and float bits are zero-extended.
static void storeSlot(OpBuilder &builder, Location loc, Value slot,
                      Value value) {
  Type type = value.getType();
  if (isa<IndexType>(type)) {
    value =
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), value);
  } else if (!isa<LLVM::LLVMPointerType>(type)) {
    unsigned width = type.getIntOrFloatBitWidth();
    if (isa<FloatType>(type))
      value = arith::BitcastOp::create(builder, loc,
                                       builder.getIntegerType(width), value);
    if (width < 64)
      value = arith::ExtUIOp::create(builder, loc, builder.getI64Type(), value);
  }
  LLVM::StoreOp::create(builder, loc, value, slot);
}

/// Makes the function `name(arguments, results)` that calls `callee`.
static func::FuncOp createWrapper(OpBuilder &builder, func::FuncOp callee,
                                  StringRef name, RuntimeModule &runtime) {
  Location loc = callee.getLoc();
  Type pointer = runtime.getPointerType();
  auto wrapper = func::FuncOp::create(
      builder, loc, name, builder.getFunctionType({pointer, pointer}, {}));
  OpBuilder body = OpBuilder::atBlockBegin(wrapper.addEntryBlock());
  SmallVector<Value> arguments;
  for (auto [i, type] : llvm::enumerate(callee.getArgumentTypes())) {
    Value slot = runtime.offset(body, loc, wrapper.getArgument(0), 8 * i);
    arguments.push_back(loadSlot(body, loc, slot, type));
    // The caller lends its arguments; what the callee consumes is one more
    // reference.
    if (callee.getArgAttr(i, kOwnedAttr))
      runtime.call(body, loc, "myia_retain", Type(), arguments.back());
  }
  auto call = func::CallOp::create(body, loc, callee, arguments);
  for (auto [i, result] : llvm::enumerate(call.getResults()))
    storeSlot(body, loc,
              runtime.offset(body, loc, wrapper.getArgument(1), 8 * i), result);
  func::ReturnOp::create(body, loc);
  return wrapper;
}

/// Makes the function `name(arguments, results)` that runs `body` on the large
/// stack.
static func::FuncOp createTrampoline(OpBuilder &builder, func::FuncOp body,
                                     StringRef name, RuntimeModule &runtime) {
  Location loc = body.getLoc();
  auto trampoline =
      func::FuncOp::create(builder, loc, name, body.getFunctionType());
  OpBuilder inside = OpBuilder::atBlockBegin(trampoline.addEntryBlock());
  Value function =
      func::ConstantOp::create(inside, loc, body.getFunctionType(),
                               FlatSymbolRefAttr::get(body.getSymNameAttr()));
  Value address = UnrealizedConversionCastOp::create(
                      inside, loc, runtime.getPointerType(), function)
                      .getResult(0);
  runtime.call(inside, loc, "myia_on_large_stack", Type(),
               {address, trampoline.getArgument(0), trampoline.getArgument(1)});
  func::ReturnOp::create(inside, loc);
  return trampoline;
}

static void wrapEntry(func::FuncOp entry, RuntimeModule &runtime) {
  OpBuilder builder(entry);
  std::string name = ("myia_entry_" + entry.getName()).str();
  if (!entry->hasAttr("myia.recursive")) {
    createWrapper(builder, entry, name, runtime);
    return;
  }
  func::FuncOp body = createWrapper(builder, entry, name + ".body", runtime);
  body.setPrivate();
  createTrampoline(builder, body, name, runtime);
}

/// Only entries are seen outside; the optimiser may change everything else.
static void setLinkage(ModuleOp module) {
  MLIRContext *context = module.getContext();
  auto internal = LLVM::LinkageAttr::get(context, LLVM::Linkage::Internal);
  auto attributes = Builder(context).getStrArrayAttr({"nounwind"});
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isExternal())
      continue;
    function->setAttr("passthrough", attributes);
    if (function.isPrivate())
      function->setAttr("llvm.linkage", internal);
  }
}

/// What the attributes said is in the code now.
static void dropAttributes(ModuleOp module) {
  auto isOurs = [](NamedAttribute attribute) {
    return attribute.getName().strref().starts_with("myia.");
  };
  for (auto function : module.getOps<func::FuncOp>()) {
    for (NamedAttribute attribute :
         llvm::to_vector(function->getDiscardableAttrs()))
      if (isOurs(attribute))
        function->removeDiscardableAttr(attribute.getName());
    for (unsigned i = 0, e = function.getNumArguments(); i < e; ++i)
      function.removeArgAttr(i, kOwnedAttr);
  }
}

namespace {
struct MyiaWrapEntries
    : public myia::impl::MyiaWrapEntriesBase<MyiaWrapEntries> {
  using Base::Base;

  void runOnOperation() final {
    RuntimeModule runtime(getOperation());
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>())) {
      if (!function->hasAttr("myia.entry"))
        continue;
      function.setPrivate();
      wrapEntry(function, runtime);
    }
    setLinkage(getOperation());
    dropAttributes(getOperation());
  }
};
} // namespace
