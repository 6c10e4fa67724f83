//===- InsertPolls.cpp - Keep what may never end --------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-insert-polls: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Analysis/CallGraph.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/SCCIterator.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAINSERTPOLLS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

static void pollAt(Block &block, Location loc) {
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  PollOp::create(builder, loc);
}

/// Polls in every function that may call itself, directly or through others.
static void pollInRecursion(ModuleOp module) {
  CallGraph graph(module);
  for (auto scc = llvm::scc_begin(&std::as_const(graph)); !scc.isAtEnd();
       ++scc) {
    if (!scc.hasCycle())
      continue;
    for (const CallGraphNode *node : *scc)
      if (!node->isExternal())
        pollAt(node->getCallableRegion()->front(),
               node->getCallableRegion()->getLoc());
  }
}

namespace {
struct MyiaInsertPolls : myia::impl::MyiaInsertPollsBase<MyiaInsertPolls> {
  using Base::Base;
  void runOnOperation() override {
    getOperation().walk([](scf::WhileOp loop) {
      pollAt(*loop.getBeforeBody(), loop.getLoc());
    });
    pollInRecursion(getOperation());
  }
};
} // namespace
