//===- KernelAddresses.h - What kernels are passed --------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The parameters of kernels once memrefs are gone.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LOWERING_KERNELADDRESSES_H
#define MYIA_LOWERING_KERNELADDRESSES_H

#include "RuntimeModule.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::myia {

/// A kernel takes plain addresses, of buffers that do not overlap with the one
/// it writes, each followed by its unknown sizes; inside, memrefs are made of
/// them.
void passAddresses(func::FuncOp kernel, RuntimeModule &runtime,
                   const LLVMTypeConverter &converter);

} // namespace mlir::myia

#endif // MYIA_LOWERING_KERNELADDRESSES_H
