//===- KernelAddresses.cpp - What kernels are passed ------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Memrefs become addresses and sizes; a part of -myia-lower-runtime.
//
//===----------------------------------------------------------------------===//

#include "KernelAddresses.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace mlir::myia;

/// The memref of a buffer from its address and its unknown sizes.
static Value createDescriptor(OpBuilder &builder, Location loc,
                              const LLVMTypeConverter &converter,
                              MemRefType type, Value address,
                              ValueRange unknown) {
  if (type.hasStaticShape())
    return MemRefDescriptor::fromStaticShape(builder, loc, converter, type,
                                             address);
  auto descriptor =
      MemRefDescriptor::poison(builder, loc, converter.convertType(type));
  descriptor.setAllocatedPtr(builder, loc, address);
  descriptor.setAlignedPtr(builder, loc, address);
  descriptor.setConstantOffset(builder, loc, 0);
  Value stride;
  for (int64_t axis = type.getRank() - 1; axis >= 0; --axis) {
    Value size;
    if (type.isDynamicDim(axis)) {
      size = unknown.back();
      unknown = unknown.drop_back();
    } else {
      size = LLVM::ConstantOp::create(
          builder, loc, builder.getI64Type(),
          builder.getI64IntegerAttr(type.getDimSize(axis)));
    }
    descriptor.setSize(builder, loc, axis, size);
    if (!stride)
      descriptor.setConstantStride(builder, loc, axis, 1);
    else
      descriptor.setStride(builder, loc, axis, stride);
    stride = stride ? LLVM::MulOp::create(builder, loc, stride, size) : size;
  }
  return descriptor;
}

void myia::passAddresses(func::FuncOp kernel, RuntimeModule &runtime,
                         const LLVMTypeConverter &converter) {
  Block &entry = kernel.front();
  OpBuilder builder = OpBuilder::atBlockBegin(&entry);
  SmallVector<Type> parameters;
  SmallVector<unsigned> addresses;
  for (unsigned i = 0; i < entry.getNumArguments(); ++i) {
    BlockArgument argument = entry.getArgument(i);
    auto buffer = dyn_cast<MemRefType>(argument.getType());
    parameters.push_back(buffer ? runtime.getPointerType()
                                : argument.getType());
    if (!buffer)
      continue;
    Location loc = argument.getLoc();
    argument.setType(runtime.getPointerType());
    SmallVector<Value> sizes;
    for (int64_t k = 0, e = buffer.getNumDynamicDims(); k < e; ++k) {
      sizes.push_back(
          entry.insertArgument(i + 1 + k, runtime.getIntType(), loc));
      parameters.push_back(runtime.getIntType());
    }
    Value descriptor =
        createDescriptor(builder, loc, converter, buffer, argument, sizes);
    auto cast =
        UnrealizedConversionCastOp::create(builder, loc, buffer, descriptor);
    argument.replaceUsesWithIf(cast.getResult(0), [&](OpOperand &use) {
      return !isa<LLVM::LLVMDialect>(use.getOwner()->getDialect());
    });
    addresses.push_back(i);
    i += buffer.getNumDynamicDims();
  }
  kernel.setFunctionType(
      builder.getFunctionType(parameters, kernel.getResultTypes()));
  for (unsigned i : addresses)
    kernel.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(),
                      builder.getUnitAttr());
}
