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

#include "KernelAddresses.h"
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

  /// The types of the values that are handed to Python, by number.
  ArrayRef<Type> getWrittenTypes() const { return written.getArrayRef(); }

private:
  void lower(LaunchOp op);
  LogicalResult lower(MatmulOp op);
  void lower(SolveOp op);
  void lower(CholeskyOp op);
  void lower(DeterminantOp op);
  void lower(tensor::ExtractOp op);
  void lower(tensor::InsertOp op);
  void lower(tensor::CastOp op);
  void lower(OwnOp op);
  void lower(ZeroOp op);
  void lower(ub::PoisonOp op);
  void lower(WriteOp op);

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
  void callDecomposition(Operation *op, StringRef name,
                         ArrayRef<int64_t> sizes);
  /// A fresh array; `sizes` are its unknown dimensions.
  Value allocate(Location loc, RankedTensorType type, ValueRange sizes);
  /// Stores all sizes of an array behind its header.
  void setSizes(Location loc, Value pointer, ArrayRef<Value> sizes);
  /// All sizes as 64-bit integers; `unknown` are those that the type lacks.
  SmallVector<Value> allSizes(Location loc, RankedTensorType type,
                              ValueRange unknown);
  /// The size of an array along an axis.
  Value size(Location loc, Value array, int64_t axis);
  void replaceWithView(Operation *op, ValueRange sizes);
  Value data(Location loc, Value array);
  Value elementAddress(Location loc, Value array, ValueRange indices);

  OpBuilder builder;
  RuntimeModule &runtime;
  SetVector<Type> written;
};
} // namespace

/// The size of an element in memory: booleans take a byte.
static int64_t elementBytes(Type element) {
  return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

SmallVector<Value> ObjectLowering::allSizes(Location loc, RankedTensorType type,
                                            ValueRange unknown) {
  SmallVector<Value> sizes;
  for (int64_t size : type.getShape()) {
    if (!ShapedType::isDynamic(size)) {
      sizes.push_back(runtime.integerConstant(builder, loc, size));
      continue;
    }
    sizes.push_back(arith::IndexCastOp::create(
        builder, loc, runtime.getIntType(), unknown.front()));
    unknown = unknown.drop_front();
  }
  return sizes;
}

void ObjectLowering::setSizes(Location loc, Value pointer,
                              ArrayRef<Value> sizes) {
  for (auto [axis, size] : llvm::enumerate(sizes))
    LLVM::StoreOp::create(
        builder, loc, size,
        runtime.offset(builder, loc, pointer, kArraySizes + 8 * axis));
}

Value ObjectLowering::size(Location loc, Value array, int64_t axis) {
  auto type = cast<RankedTensorType>(array.getType());
  if (!type.isDynamicDim(axis))
    return runtime.integerConstant(builder, loc, type.getDimSize(axis));
  // Sizes are read ahead of the test that finds an alternative of a union to be
  // absent; its sizes are whatever.
  Value object = toPointer(loc, array);
  Value none = LLVM::ZeroOp::create(builder, loc, runtime.getPointerType());
  Value isNone =
      LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, object, none);
  object = LLVM::SelectOp::create(builder, loc, isNone,
                                  runtime.noArray(builder, loc), object);
  Value address = runtime.offset(builder, loc, object, kArraySizes + 8 * axis);
  return LLVM::LoadOp::create(builder, loc, runtime.getIntType(), address,
                              /*alignment=*/8, /*isVolatile=*/false,
                              /*isNonTemporal=*/false, /*isInvariant=*/true);
}

Value ObjectLowering::allocate(Location loc, RankedTensorType type,
                               ValueRange unknown) {
  Type pointer = runtime.getPointerType(), integer = runtime.getIntType();
  int64_t width = elementBytes(type.getElementType());
  if (type.hasStaticShape())
    return runtime
        .call(builder, loc, "myia_array_allocate", pointer,
              runtime.integerConstant(builder, loc,
                                      type.getNumElements() * width))
        .getResult();
  SmallVector<Value> sizes = allSizes(loc, type, unknown);
  Value bytes = runtime.integerConstant(builder, loc, width);
  for (Value size : sizes)
    bytes =
        runtime.call(builder, loc, "myia_array_bytes", integer, {bytes, size})
            .getResult();
  Value array =
      runtime.call(builder, loc, "myia_shaped_allocate", pointer, bytes)
          .getResult();
  setSizes(loc, array, sizes);
  return array;
}

/// The same elements. Arrays of static shape do not carry it, so what has to
/// know its sizes from now on is a view of them.
void ObjectLowering::replaceWithView(Operation *op, ValueRange unknown) {
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  Value object = toPointer(op->getOperand(0));
  if (!type.hasStaticShape()) {
    SmallVector<Value> sizes = allSizes(loc, type, unknown);
    object = runtime
                 .call(builder, loc, "myia_shaped_view",
                       runtime.getPointerType(), object)
                 .getResult();
    setSizes(loc, object, sizes);
  }
  replaceWithPointer(op, object);
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
  for (auto [axis, index] : llvm::enumerate(indices)) {
    Value position =
        arith::IndexCastOp::create(builder, loc, runtime.getIntType(), index);
    if (linear) {
      Value scale = size(loc, array, axis);
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
  auto addArray = [&](Value array) {
    arguments.push_back(data(loc, array));
    auto type = cast<RankedTensorType>(array.getType());
    for (int64_t axis = 0; axis < type.getRank(); ++axis)
      if (type.isDynamicDim(axis))
        arguments.push_back(size(loc, array, axis));
  };
  for (Value input : op.getInputs()) {
    if (isCounted(input.getType()))
      addArray(input);
    else
      arguments.push_back(input);
  }

  SmallVector<Type> scalarTypes;
  SmallVector<Value> arrays;
  ValueRange sizes = op.getSizes();
  for (Value result : op.getResults()) {
    auto type = dyn_cast<RankedTensorType>(result.getType());
    if (!type) {
      scalarTypes.push_back(result.getType());
      continue;
    }
    Value array;
    if (op.getDestinations().empty())
      array =
          UnrealizedConversionCastOp::create(
              builder, loc, type,
              allocate(loc, type, sizes.take_front(type.getNumDynamicDims())))
              .getResult(0);
    else
      array = op.getDestinations()[arrays.size()];
    if (!sizes.empty())
      sizes = sizes.drop_front(type.getNumDynamicDims());
    arrays.push_back(array);
    addArray(array);
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
  RankedTensorType type = op.getResult().getType();
  Type element = type.getElementType();
  if (!element.isF32() && !element.isF64())
    return op.emitOpError("requires f32 or f64 here [got ") << element << "]";
  auto constant = [&](int64_t value) {
    return runtime.integerConstant(builder, loc, value);
  };
  bool ta = op.getTransposeLhs(), tb = op.getTransposeRhs();
  Value rows = size(loc, op.getLhs(), ta),
        columns = size(loc, op.getRhs(), !tb);
  SmallVector<Value> unknown, counts{rows, columns};
  for (auto [axis, count] : llvm::enumerate(counts))
    if (type.isDynamicDim(axis))
      unknown.push_back(arith::IndexCastOp::create(
          builder, loc, builder.getIndexType(), count));
  Value result = allocate(loc, type, unknown);
  Value target = UnrealizedConversionCastOp::create(builder, loc, type, result)
                     .getResult(0);
  runtime.call(
      builder, loc, element.isF32() ? "myia_gemm_f32" : "myia_gemm_f64", Type(),
      {constant(ta), constant(tb), rows, columns, size(loc, op.getLhs(), !ta),
       data(loc, op.getLhs()), data(loc, op.getRhs()), data(loc, target)});
  op.getResult().replaceAllUsesWith(target);
  op.erase();
  return success();
}

/// A runtime function that fills a new array and says whether it failed.
void ObjectLowering::callDecomposition(Operation *op, StringRef name,
                                       ArrayRef<int64_t> sizes) {
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<Value> arguments;
  for (int64_t size : sizes)
    arguments.push_back(runtime.integerConstant(builder, loc, size));
  for (Value operand : op->getOperands())
    arguments.push_back(data(loc, operand));
  Value result = UnrealizedConversionCastOp::create(builder, loc, type,
                                                    allocate(loc, type, {}))
                     .getResult(0);
  arguments.push_back(data(loc, result));
  std::string full =
      (name + (type.getElementType().isF32() ? "_f32" : "_f64")).str();
  Value info = runtime.call(builder, loc, full, builder.getI64Type(), arguments)
                   .getResult();
  Value failed = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ne, info,
      arith::ConstantIntOp::create(builder, loc, builder.getI64Type(), 0));
  op->getResult(0).replaceAllUsesWith(result);
  op->getResult(1).replaceAllUsesWith(failed);
  op->erase();
}

void ObjectLowering::lower(SolveOp op) {
  RankedTensorType rhs = op.getRhs().getType();
  callDecomposition(op, "myia_solve", {rhs.getDimSize(0), rhs.getDimSize(1)});
}

void ObjectLowering::lower(CholeskyOp op) {
  callDecomposition(op, "myia_cholesky",
                    op.getMatrix().getType().getDimSize(0));
}

void ObjectLowering::lower(DeterminantOp op) {
  Location loc = op.getLoc();
  int64_t size = op.getMatrix().getType().getDimSize(0);
  Value arguments[] = {runtime.integerConstant(builder, loc, size),
                       data(loc, op.getMatrix())};
  StringRef name =
      op.getType().isF32() ? "myia_determinant_f32" : "myia_determinant_f64";
  op.getResult().replaceAllUsesWith(
      runtime.call(builder, loc, name, op.getType(), arguments).getResult());
  op.erase();
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

/// An array with some unknown dimension knows all of its sizes already.
void ObjectLowering::lower(tensor::CastOp op) {
  auto from = cast<RankedTensorType>(op.getSource().getType()),
       to = cast<RankedTensorType>(op.getType());
  if (to.hasStaticShape() || !from.hasStaticShape()) {
    replaceWithPointer(op, toPointer(op.getSource()));
    return;
  }
  SmallVector<Value> unknown;
  for (int64_t axis = 0; axis < to.getRank(); ++axis)
    if (to.isDynamicDim(axis))
      unknown.push_back(arith::ConstantIndexOp::create(builder, op.getLoc(),
                                                       from.getDimSize(axis)));
  replaceWithView(op, unknown);
}

void ObjectLowering::lower(OwnOp op) {
  Type type = op.getObject().getType();
  StringRef function = isa<StackType>(type)  ? "myia_stack_own"
                       : isa<ListType>(type) ? "myia_list_own"
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

/// The values lie in slots on the stack while Python reads them.
void ObjectLowering::lower(WriteOp op) {
  Location loc = op.getLoc();
  written.insert(op.getType());
  size_t number = llvm::find(written, op.getType()) - written.begin();
  Value slots;
  {
    // In the prologue, so that a loop does not grow the stack.
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(
        &op->getParentOfType<func::FuncOp>().front());
    Value size = runtime.integerConstant(
        builder, loc, std::max<size_t>(1, op.getValues().size()));
    slots = LLVM::AllocaOp::create(builder, loc, runtime.getPointerType(),
                                   runtime.getIntType(), size);
  }
  for (auto [i, value] : llvm::enumerate(op.getValues()))
    runtime.storeSlot(builder, loc, runtime.offset(builder, loc, slots, 8 * i),
                      isCounted(value.getType()) ? toPointer(value) : value);
  Value purpose =
      runtime.integerConstant(builder, loc, op.getPurpose() == "print" ? 0 : 1);
  runtime.call(builder, loc, "myia_write", Type(),
               {runtime.site(builder, op, "RuntimeError", "cannot print"),
                purpose, runtime.integerConstant(builder, loc, number), slots});
  op.erase();
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
      .Case<LaunchOp, SolveOp, CholeskyOp, DeterminantOp, tensor::ExtractOp,
            tensor::InsertOp, OwnOp, ZeroOp, ub::PoisonOp, WriteOp>(
          [&](auto op) {
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
      .Case<DrawOp>([&](DrawOp op) {
        op.replaceAllUsesWith(
            runtime.call(builder, loc, "myia_draw", runtime.getIntType(), {})
                .getResult());
        op.erase();
        return success();
      })
      .Case<SeedOp>([&](SeedOp op) {
        runtime.call(builder, loc, "myia_seed", Type(), op.getValue());
        op.erase();
        return success();
      })
      .Case<ReshapeOp>([&](ReshapeOp op) {
        replaceWithView(op, op.getSizes());
        return success();
      })
      .Case<tensor::CastOp>([&](tensor::CastOp op) {
        lower(op);
        return success();
      })
      .Case<tensor::DimOp>([&](tensor::DimOp op) {
        Value bits = size(loc, op.getSource(), *op.getConstantIndex());
        op.getResult().replaceAllUsesWith(arith::IndexCastOp::create(
            builder, loc, builder.getIndexType(), bits));
        op.erase();
        return success();
      })
      .Case<tensor::EmptyOp>([&](tensor::EmptyOp op) {
        replaceWithPointer(op,
                           allocate(loc, op.getType(), op.getDynamicSizes()));
        return success();
      })
      .Default([](Operation *) { return success(); });
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

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

    if (ArrayRef<Type> written = lowering.getWrittenTypes(); !written.empty())
      module->setAttr("myia.written_types",
                      Builder(&getContext()).getTypeArrayAttr(written));

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
