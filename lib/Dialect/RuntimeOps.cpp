//===- RuntimeOps.cpp - Objects and kernels -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers of MyiaRuntimeOps.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

static Type bufferType(RankedTensorType array) {
  return MemRefType::get(array.getShape(), array.getElementType());
}

FunctionType LaunchOp::getKernelType(TypeRange inputs, TypeRange results,
                                     MLIRContext *context) {
  SmallVector<Type> parameters, returned;
  for (Type input : inputs) {
    auto array = dyn_cast<RankedTensorType>(input);
    parameters.push_back(array ? bufferType(array) : input);
  }
  for (Type result : results) {
    if (auto array = dyn_cast<RankedTensorType>(result))
      parameters.push_back(bufferType(array));
    else
      returned.push_back(result);
  }
  return FunctionType::get(context, parameters, returned);
}

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto kernel =
      symbolTable.lookupNearestSymbolFrom<func::FuncOp>(*this, getKernelAttr());
  if (!kernel)
    return emitOpError("requires a kernel [got ") << getKernel() << "]";
  FunctionType expected =
      getKernelType(getInputs().getTypes(), getResultTypes(), getContext());
  if (kernel.getFunctionType() != expected)
    return emitOpError("requires a kernel of type ")
           << expected << " [got " << kernel.getFunctionType() << "]";
  SmallVector<Type> arrays;
  llvm::copy_if(getResultTypes(), std::back_inserter(arrays),
                llvm::IsaPred<RankedTensorType>);
  if (!getDestinations().empty() &&
      TypeRange(arrays) != getDestinations().getTypes())
    return emitOpError("requires destinations of types (")
           << arrays << ") [got (" << getDestinations().getTypes() << ")]";
  int64_t unknown = 0;
  if (getDestinations().empty())
    for (Type type : arrays)
      unknown += llvm::cast<RankedTensorType>(type).getNumDynamicDims();
  if ((int64_t)getSizes().size() != unknown)
    return emitOpError("requires ")
           << unknown << " sizes [got " << getSizes().size() << "]";
  return success();
}
