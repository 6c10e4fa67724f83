//===- LowerRuntime.cpp - Objects as pointers -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-lower-runtime: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "Ownership.h"
#include "RuntimeModule.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALOWERRUNTIME
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
/// Replaces operations on objects by operations on pointers to them. The types
/// of values change last, so that each rewrite still sees the arrays' shapes;
/// until then casts stand between the two.
class ObjectLowering {
public:
  ObjectLowering(ModuleOp module, RuntimeModule &runtime)
      : builder(module.getContext()), runtime(runtime) {}

  /// Rewrites `op` if it is about objects.
  LogicalResult lower(Operation *op);

private:
  void lower(LaunchOp op);
  LogicalResult lower(MatmulOp op);
  void lower(tensor::ExtractOp op);
  void lower(tensor::InsertOp op);
  void lower(OwnOp op);
  void lower(ZeroOp op);
  void lower(ub::PoisonOp op);

  Value toPointer(Value object) {
    return UnrealizedConversionCastOp::create(builder, object.getLoc(),
                                              runtime.getPointerType(), object)
        .getResult(0);
  }
  Value toPointer(Location loc, Value object) {
    return UnrealizedConversionCastOp::create(builder, loc,
                                              runtime.getPointerType(), object)
        .getResult(0);
  }
  void replaceWithPointer(Operation *op, Value pointer) {
    Value object =
        UnrealizedConversionCastOp::create(builder, op->getLoc(),
                                           op->getResult(0).getType(), pointer)
            .getResult(0);
    op->getResult(0).replaceAllUsesWith(object);
    op->erase();
  }
  Value allocate(Location loc, RankedTensorType type);
  Value data(Location loc, Value array);
  Value elementAddress(Location loc, Value array, ValueRange indices);

  OpBuilder builder;
  RuntimeModule &runtime;
};
} // namespace

/// The size of an element in memory: booleans take a byte.
static int64_t elementBytes(Type element) {
  return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

Value ObjectLowering::allocate(Location loc, RankedTensorType type) {
  int64_t bytes = type.getNumElements() * elementBytes(type.getElementType());
  return runtime
      .call(builder, loc, "myia_array_allocate", runtime.getPointerType(),
            runtime.integerConstant(builder, loc, bytes))
      .getResult();
}

/// The address of the elements never changes during an array's life.
Value ObjectLowering::data(Location loc, Value array) {
  Value address =
      runtime.offset(builder, loc, toPointer(loc, array), kObjectData);
  return LLVM::LoadOp::create(builder, loc, runtime.getPointerType(), address,
                              /*alignment=*/8, /*isVolatile=*/false,
                              /*isNonTemporal=*/false, /*isInvariant=*/true);
}

Value ObjectLowering::elementAddress(Location loc, Value array,
                                     ValueRange indices) {
  auto type = cast<RankedTensorType>(array.getType());
  Value linear;
  for (auto [index, size] : llvm::zip_equal(indices, type.getShape())) {
    Value position =
        arith::IndexCastOp::create(builder, loc, runtime.getIntType(), index);
    if (linear) {
      Value scale = runtime.integerConstant(builder, loc, size);
      linear = LLVM::MulOp::create(builder, loc, linear, scale);
      position = LLVM::AddOp::create(builder, loc, linear, position);
    }
    linear = position;
  }
  return LLVM::GEPOp::create(builder, loc, runtime.getPointerType(),
                             type.getElementType(), data(loc, array),
                             ArrayRef<LLVM::GEPArg>{linear},
                             LLVM::GEPNoWrapFlags::inbounds);
}

/// Kernels take addresses of elements: of the inputs, then of the results.
void ObjectLowering::lower(LaunchOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> arguments;
  for (Value input : op.getInputs())
    arguments.push_back(isCounted(input.getType()) ? data(loc, input) : input);

  SmallVector<Type> scalarTypes;
  SmallVector<Value> arrays;
  for (Value result : op.getResults()) {
    auto type = dyn_cast<RankedTensorType>(result.getType());
    if (!type) {
      scalarTypes.push_back(result.getType());
      continue;
    }
    Value array;
    if (op.getDestinations().empty())
      array = UnrealizedConversionCastOp::create(builder, loc, type,
                                                 allocate(loc, type))
                  .getResult(0);
    else
      array = op.getDestinations()[arrays.size()];
    arrays.push_back(array);
    arguments.push_back(data(loc, array));
  }

  auto call = func::CallOp::create(builder, loc, op.getKernel(), scalarTypes,
                                   arguments);
  auto array = arrays.begin();
  auto scalar = call.getResults().begin();
  for (Value result : op.getResults())
    result.replaceAllUsesWith(isCounted(result.getType()) ? *array++
                                                          : *scalar++);
  op.erase();
}

LogicalResult ObjectLowering::lower(MatmulOp op) {
  Location loc = op.getLoc();
  RankedTensorType lhs = op.getLhs().getType(), type = op.getResult().getType();
  Type element = type.getElementType();
  if (!element.isF32() && !element.isF64())
    return op.emitOpError("requires f32 or f64 here [got ") << element << "]";
  auto constant = [&](int64_t value) {
    return runtime.integerConstant(builder, loc, value);
  };
  Value result = allocate(loc, type);
  Value target = UnrealizedConversionCastOp::create(builder, loc, type, result)
                     .getResult(0);
  runtime.call(
      builder, loc, element.isF32() ? "myia_gemm_f32" : "myia_gemm_f64", Type(),
      {constant(op.getTransposeLhs()), constant(op.getTransposeRhs()),
       constant(type.getDimSize(0)), constant(type.getDimSize(1)),
       constant(lhs.getDimSize(op.getTransposeLhs() ? 0 : 1)),
       data(loc, op.getLhs()), data(loc, op.getRhs()), data(loc, target)});
  op.getResult().replaceAllUsesWith(target);
  op.erase();
  return success();
}

void ObjectLowering::lower(tensor::ExtractOp op) {
  Value address = elementAddress(op.getLoc(), op.getTensor(), op.getIndices());
  op.getResult().replaceAllUsesWith(LLVM::LoadOp::create(
      builder, op.getLoc(), op.getResult().getType(), address));
  op.erase();
}

/// Reference counting made sure that the destination is not shared.
void ObjectLowering::lower(tensor::InsertOp op) {
  Value address = elementAddress(op.getLoc(), op.getDest(), op.getIndices());
  LLVM::StoreOp::create(builder, op.getLoc(), op.getScalar(), address);
  op.getResult().replaceAllUsesWith(op.getDest());
  op.erase();
}

void ObjectLowering::lower(OwnOp op) {
  StringRef function = isa<StackType>(op.getObject().getType())
                           ? "myia_stack_own"
                           : "myia_array_own";
  auto call = runtime.call(builder, op.getLoc(), function,
                           runtime.getPointerType(), toPointer(op.getObject()));
  replaceWithPointer(op, call.getResult());
}

void ObjectLowering::lower(ZeroOp op) {
  Location loc = op.getLoc();
  if (isa<StackType>(op.getResult().getType()))
    replaceWithPointer(op, runtime
                               .call(builder, loc, "myia_stack_create",
                                     runtime.getPointerType(), {})
                               .getResult());
  else
    replaceWithPointer(
        op, LLVM::ZeroOp::create(builder, loc, runtime.getPointerType()));
}

/// A value that is never used is zero, or no object.
void ObjectLowering::lower(ub::PoisonOp op) {
  Type type = op.getType();
  if (isCounted(type)) {
    replaceWithPointer(op, LLVM::ZeroOp::create(builder, op.getLoc(),
                                                runtime.getPointerType()));
    return;
  }
  op.getResult().replaceAllUsesWith(arith::ConstantOp::create(
      builder, op.getLoc(), builder.getZeroAttr(type)));
  op.erase();
}

LogicalResult ObjectLowering::lower(Operation *op) {
  builder.setInsertionPoint(op);
  Location loc = op->getLoc();
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case<MatmulOp>([&](MatmulOp op) { return lower(op); })
      .Case<LaunchOp, tensor::ExtractOp, tensor::InsertOp, OwnOp, ZeroOp,
            ub::PoisonOp>([&](auto op) {
        lower(op);
        return success();
      })
      .Case<RetainOp, ReleaseOp>([&](auto op) {
        runtime.call(builder, loc,
                     isa<RetainOp>(op) ? "myia_retain" : "myia_release", Type(),
                     toPointer(op.getObject()));
        op->erase();
        return success();
      })
      .Case<StackOp>([&](StackOp op) {
        replaceWithPointer(op, runtime
                                   .call(builder, loc, "myia_stack_create",
                                         runtime.getPointerType(), {})
                                   .getResult());
        return success();
      })
      .Case<ReshapeOp>([&](ReshapeOp op) {
        replaceWithPointer(op, toPointer(op.getOperand()));
        return success();
      })
      .Case<tensor::EmptyOp>([&](tensor::EmptyOp op) {
        replaceWithPointer(op, allocate(loc, op.getType()));
        return success();
      })
      .Default([](Operation *) { return success(); });
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// A kernel takes plain addresses, of buffers that do not overlap with the one
/// it writes; inside, memrefs are made of them.
static void passAddresses(func::FuncOp kernel, RuntimeModule &runtime,
                          const LLVMTypeConverter &converter) {
  OpBuilder builder = OpBuilder::atBlockBegin(&kernel.front());
  SmallVector<Type> parameters;
  for (BlockArgument argument : kernel.getArguments()) {
    auto buffer = dyn_cast<MemRefType>(argument.getType());
    parameters.push_back(buffer ? runtime.getPointerType()
                                : argument.getType());
    if (!buffer)
      continue;
    Location loc = argument.getLoc();
    argument.setType(runtime.getPointerType());
    Value descriptor = MemRefDescriptor::fromStaticShape(
        builder, loc, converter, buffer, argument);
    auto cast =
        UnrealizedConversionCastOp::create(builder, loc, buffer, descriptor);
    argument.replaceUsesWithIf(cast.getResult(0), [&](OpOperand &use) {
      return !isa<LLVM::LLVMDialect>(use.getOwner()->getDialect());
    });
    kernel.setArgAttr(argument.getArgNumber(),
                      LLVM::LLVMDialect::getNoAliasAttrName(),
                      builder.getUnitAttr());
  }
  kernel.setFunctionType(
      builder.getFunctionType(parameters, kernel.getResultTypes()));
}

/// Turns the type of every object into that of a pointer.
static void erasePayloadTypes(ModuleOp module, Type pointer) {
  auto convert = [&](Type type) { return isCounted(type) ? pointer : type; };
  module.walk([&](Operation *op) {
    for (Value result : op->getResults())
      result.setType(convert(result.getType()));
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (BlockArgument argument : block.getArguments())
          argument.setType(convert(argument.getType()));
    if (auto function = dyn_cast<func::FuncOp>(op)) {
      auto type = function.getFunctionType();
      function.setFunctionType(FunctionType::get(
          op->getContext(), llvm::map_to_vector(type.getInputs(), convert),
          llvm::map_to_vector(type.getResults(), convert)));
    }
  });
  module.walk([](UnrealizedConversionCastOp cast) {
    if (cast.getInputs().getTypes() == cast.getResultTypes()) {
      cast.replaceAllUsesWith(cast.getInputs());
      cast.erase();
    }
  });
}

namespace {
struct MyiaLowerRuntime
    : public myia::impl::MyiaLowerRuntimeBase<MyiaLowerRuntime> {
  using Base::Base;

  void runOnOperation() final {
    ModuleOp module = getOperation();
    RuntimeModule runtime(module);
    ObjectLowering lowering(module, runtime);
    WalkResult result = module.walk(
        [&](Operation *op) { return WalkResult(lowering.lower(op)); });
    if (result.wasInterrupted())
      return signalPassFailure();

    LLVMTypeConverter converter(&getContext());
    for (auto function : module.getOps<func::FuncOp>())
      if (function->hasAttr("myia.kernel"))
        passAddresses(function, runtime, converter);
    erasePayloadTypes(module, runtime.getPointerType());
    for (auto type : llvm::make_early_inc_range(module.getOps<TypeOp>()))
      type.erase();
  }
};
} // namespace
