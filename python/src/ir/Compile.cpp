//===- Compile.cpp - Machine code and layouts in Python -------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bridge from the compiler to the call path.
//
//===----------------------------------------------------------------------===//

#include "IR.h"

using namespace mlir::myia::python;

void mlir::myia::python::bindCompile(nb::module_ &m) {}
