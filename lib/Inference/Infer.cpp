//===- Infer.cpp - The inference pass --------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// -myia-infer: from the surface level to the typed level.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAINFER
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
struct MyiaInfer : myia::impl::MyiaInferBase<MyiaInfer> {
  using Base::Base;

  void runOnOperation() override {
    Engine engine(getOperation(), maxSpecialisations);
    if (failed(engine.run()))
      signalPassFailure();
  }
};
} // namespace
