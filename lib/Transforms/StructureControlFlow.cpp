//===- StructureControlFlow.cpp ----------------------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIASTRUCTURECONTROLFLOW
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
struct MyiaStructureControlFlow : myia::impl::MyiaStructureControlFlowBase<MyiaStructureControlFlow> {
  using Base::Base;
  void runOnOperation() override {}
};
} // namespace
