//===- RuntimeModule.cpp - The module's side of the runtime -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Declares runtime functions and constants on first use.
//
//===----------------------------------------------------------------------===//

#include "RuntimeModule.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace mlir::myia;

RuntimeModule::RuntimeModule(ModuleOp module)
    : module(module), symbols(module),
      pointer(LLVM::LLVMPointerType::get(module.getContext())),
      integer(IntegerType::get(module.getContext(), 64)) {}

LLVM::CallOp RuntimeModule::call(OpBuilder &builder, Location loc,
                                 StringRef name, Type result,
                                 ValueRange arguments) {
  auto callee = symbols.lookup<LLVM::LLVMFuncOp>(name);
  if (!callee) {
    OpBuilder atModule(module.getContext());
    Type returned =
        result ? result : LLVM::LLVMVoidType::get(module.getContext());
    auto type = LLVM::LLVMFunctionType::get(
        returned, llvm::to_vector(arguments.getTypes()));
    callee = LLVM::LLVMFuncOp::create(atModule, module.getLoc(), name, type);
    callee.setNoUnwind(true);
    // Marks the branch that leads to it as cold, too.
    if (name == "myia_raise")
      callee.setPassthroughAttr(builder.getStrArrayAttr({"noreturn", "cold"}));
    else if (name == "myia_interrupt" || name == "myia_check_stack")
      callee.setPassthroughAttr(builder.getStrArrayAttr({"cold"}));
    symbols.insert(callee, module.getBody()->begin());
  }
  return LLVM::CallOp::create(builder, loc, callee, arguments);
}

LLVM::GlobalOp
RuntimeModule::constant(OpBuilder &builder, Location loc, Type type,
                        StringRef name,
                        function_ref<Value(OpBuilder &)> initializer) {
  OpBuilder atModule(module.getContext());
  auto global = LLVM::GlobalOp::create(atModule, loc, type, /*isConstant=*/true,
                                       LLVM::Linkage::Internal, name,
                                       /*value=*/Attribute());
  symbols.insert(global, module.getBody()->begin());
  atModule.createBlock(&global.getInitializerRegion());
  Value value = initializer(atModule);
  LLVM::ReturnOp::create(atModule, loc, value);
  return global;
}

LLVM::GlobalOp RuntimeModule::string(OpBuilder &builder, Location loc,
                                     StringRef text) {
  LLVM::GlobalOp &global = strings[text];
  if (global)
    return global;
  std::string terminated = text.str() + '\0';
  OpBuilder atModule(module.getContext());
  auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), terminated.size());
  global = LLVM::GlobalOp::create(atModule, loc, type, /*isConstant=*/true,
                                  LLVM::Linkage::Internal, "myia_text",
                                  builder.getStringAttr(terminated));
  symbols.insert(global, module.getBody()->begin());
  return global;
}

namespace {
/// Where a Python programmer finds an operation.
struct SourcePosition {
  StringRef file, function;
  int64_t line = 0, column = 0;
};
} // namespace

/// The innermost position of a location: of inlined code, where it was written.
static SourcePosition findPosition(Operation *op) {
  SourcePosition position;
  auto function = dyn_cast<func::FuncOp>(op);
  if (!function)
    function = op->getParentOfType<func::FuncOp>();
  if (function)
    position.function = function.getName();
  Location loc = op->getLoc();
  while (true) {
    if (auto callSite = dyn_cast<CallSiteLoc>(loc)) {
      loc = callSite.getCallee();
    } else if (auto named = dyn_cast<NameLoc>(loc)) {
      position.function = named.getName();
      loc = named.getChildLoc();
    } else if (auto fused = dyn_cast<FusedLoc>(loc)) {
      loc = fused.getLocations().front();
    } else {
      break;
    }
  }
  if (auto range = dyn_cast<FileLineColRange>(loc)) {
    position.file = range.getFilename();
    position.line = range.getStartLine();
    position.column = range.getStartColumn();
  }
  return position;
}

static_assert(offsetof(MyiaSite, exception) == 0 &&
                  offsetof(MyiaSite, message) == 8 &&
                  offsetof(MyiaSite, file) == 16 &&
                  offsetof(MyiaSite, function) == 24 &&
                  offsetof(MyiaSite, line) == 32 &&
                  offsetof(MyiaSite, column) == 40,
              "sites are made field by field");
Value RuntimeModule::site(OpBuilder &builder, Operation *op,
                          StringRef exception, StringRef message) {
  SourcePosition position = findPosition(op);
  Location loc = op->getLoc();
  auto type = LLVM::LLVMStructType::getLiteral(
      module.getContext(),
      {pointer, pointer, pointer, pointer, integer, integer});
  LLVM::GlobalOp texts[] = {string(builder, loc, exception),
                            string(builder, loc, message),
                            string(builder, loc, position.file),
                            string(builder, loc, position.function)};
  auto global = constant(builder, loc, type, "myia_site", [&](OpBuilder &b) {
    Value site = LLVM::UndefOp::create(b, loc, type);
    for (auto [i, text] : llvm::enumerate(texts))
      site = LLVM::InsertValueOp::create(
          b, loc, site, LLVM::AddressOfOp::create(b, loc, text), i);
    site = LLVM::InsertValueOp::create(
        b, loc, site, integerConstant(b, loc, position.line), 4);
    return LLVM::InsertValueOp::create(
        b, loc, site, integerConstant(b, loc, position.column), 5);
  });
  return LLVM::AddressOfOp::create(builder, loc, global);
}

static_assert(offsetof(MyiaType, kind) == 0 &&
                  offsetof(MyiaType, numReferences) == 8 &&
                  offsetof(MyiaType, references) == 16,
              "layouts are made field by field");
Value RuntimeModule::layout(OpBuilder &builder, Location loc,
                            MyiaObjectKind kind, ArrayRef<int64_t> references) {
  std::string key;
  llvm::raw_string_ostream stream(key);
  stream << (int64_t)kind << ":";
  llvm::interleaveComma(references, stream);
  LLVM::GlobalOp &global = layouts[key];
  if (!global) {
    auto arrayType = LLVM::LLVMArrayType::get(integer, references.size());
    LLVM::GlobalOp offsets;
    if (!references.empty()) {
      OpBuilder atModule(module.getContext());
      offsets =
          LLVM::GlobalOp::create(atModule, loc, arrayType, /*isConstant=*/true,
                                 LLVM::Linkage::Internal, "myia_references",
                                 builder.getI64TensorAttr(references));
      symbols.insert(offsets, module.getBody()->begin());
    }
    auto type = LLVM::LLVMStructType::getLiteral(module.getContext(),
                                                 {integer, integer, pointer});
    global = constant(builder, loc, type, "myia_layout", [&](OpBuilder &b) {
      Value value = LLVM::UndefOp::create(b, loc, type);
      value = LLVM::InsertValueOp::create(
          b, loc, value, integerConstant(b, loc, (int64_t)kind),
          ArrayRef<int64_t>{0});
      value = LLVM::InsertValueOp::create(
          b, loc, value, integerConstant(b, loc, references.size()), 1);
      Value address = offsets
                          ? LLVM::AddressOfOp::create(b, loc, offsets).getRes()
                          : LLVM::ZeroOp::create(b, loc, pointer).getRes();
      return LLVM::InsertValueOp::create(b, loc, value, address, 2);
    });
  }
  return LLVM::AddressOfOp::create(builder, loc, global);
}

Value RuntimeModule::externalVariable(OpBuilder &builder, Location loc,
                                      StringRef name, Type type) {
  auto global = symbols.lookup<LLVM::GlobalOp>(name);
  if (!global) {
    OpBuilder atModule(module.getContext());
    global = LLVM::GlobalOp::create(atModule, loc, type, /*isConstant=*/false,
                                    LLVM::Linkage::External, name,
                                    /*value=*/Attribute());
    symbols.insert(global, module.getBody()->begin());
  }
  return LLVM::AddressOfOp::create(builder, loc, global);
}

void RuntimeModule::storeSlot(OpBuilder &builder, Location loc, Value slot,
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

Value RuntimeModule::noArray(OpBuilder &builder, Location loc) {
  constexpr StringRef name = "myia_no_array";
  auto global = symbols.lookup<LLVM::GlobalOp>(name);
  if (!global) {
    auto type =
        LLVM::LLVMArrayType::get(integer, kArraySizes / 8 + MYIA_MAX_SIZES);
    global = constant(builder, loc, type, name, [&](OpBuilder &b) {
      return LLVM::ZeroOp::create(b, loc, type);
    });
  }
  return LLVM::AddressOfOp::create(builder, loc, global);
}

Value RuntimeModule::integerConstant(OpBuilder &builder, Location loc,
                                     int64_t value) {
  return LLVM::ConstantOp::create(builder, loc, integer,
                                  builder.getI64IntegerAttr(value));
}

Value RuntimeModule::offset(OpBuilder &builder, Location loc, Value base,
                            int64_t offset) {
  return LLVM::GEPOp::create(builder, loc, pointer, builder.getI8Type(), base,
                             ArrayRef<LLVM::GEPArg>{(int32_t)offset});
}
