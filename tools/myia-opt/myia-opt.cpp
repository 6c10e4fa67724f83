//===- myia-opt.cpp - The pass driver -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlir-opt with Myia's dialect, passes and pipelines.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "myia/InitAll.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::myia::registerDialects(registry);
  mlir::myia::registerPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "Myia modular optimizer driver\n", registry));
}
