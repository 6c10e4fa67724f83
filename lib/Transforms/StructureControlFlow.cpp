//===- StructureControlFlow.cpp - From a CFG to scf -----------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Applies upstream's lifting to one function.
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/ControlFlowToSCF/ControlFlowToSCF.h"
#include "mlir/IR/Dominance.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIASTRUCTURECONTROLFLOW
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
struct MyiaStructureControlFlow
    : myia::impl::MyiaStructureControlFlowBase<MyiaStructureControlFlow> {
  using Base::Base;
  void runOnOperation() override {
    Region &body = getOperation().getBody();
    if (body.empty() || body.hasOneBlock())
      return markAllAnalysesPreserved();
    ControlFlowToSCFTransformation transformation;
    auto &dominance = getAnalysis<DominanceInfo>();
    if (failed(transformCFGToSCF(body, transformation, dominance)))
      signalPassFailure();
  }
};
} // namespace
