//===- myia-lsp-server.cpp - Myia's IR in editors -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlir-lsp-server with Myia's dialect: diagnostics, hover and navigation for
// .mlir files.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "myia/InitAll.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::myia::registerDialects(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
