//===- InitAll.cpp - Register everything Myia uses -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialects and passes of the Myia compiler.
//
//===----------------------------------------------------------------------===//

#include "myia/InitAll.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

using namespace mlir;

void myia::registerDialects(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<MyiaDialect>();
}

void myia::registerPasses() {
  registerAllPasses();
  registerMyiaPasses();
  registerMyiaPipelines();
}
