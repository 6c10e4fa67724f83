//===- Inline.cpp - Inline what is small or called once -------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream's inliner with a policy that keeps programs small and leaves
// recursion alone.
//
//===----------------------------------------------------------------------===//

#include "mlir/Analysis/CallGraph.h"
#include "mlir/Transforms/Inliner.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/SCCIterator.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAINLINE
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// The functions that may call themselves, directly or through others.
static llvm::DenseSet<CallGraphNode *> findRecursive(const CallGraph &graph) {
  llvm::DenseSet<CallGraphNode *> recursive;
  for (auto it = llvm::scc_begin(&graph); !it.isAtEnd(); ++it)
    if (it.hasCycle())
      recursive.insert(it->begin(), it->end());
  return recursive;
}

/// How often every function is referred to.
static llvm::DenseMap<Attribute, unsigned> countUses(ModuleOp module) {
  llvm::DenseMap<Attribute, unsigned> counts;
  auto uses = SymbolTable::getSymbolUses(&module.getBodyRegion());
  if (!uses)
    return counts;
  for (SymbolTable::SymbolUse use : *uses)
    ++counts[use.getSymbolRef().getLeafReference()];
  return counts;
}

static bool isSmall(Region &region, unsigned limit) {
  unsigned size = 0;
  return !region
              .walk([&](Operation *) {
                return ++size > limit ? WalkResult::interrupt()
                                      : WalkResult::advance();
              })
              .wasInterrupted();
}

namespace {
struct MyiaInline : myia::impl::MyiaInlineBase<MyiaInline> {
  using Base::Base;
  void runOnOperation() override {
    CallGraph graph(getOperation());
    llvm::DenseSet<CallGraphNode *> recursive = findRecursive(graph);
    llvm::DenseMap<Attribute, unsigned> useCounts = countUses(getOperation());
    auto isProfitable = [&](const Inliner::ResolvedCall &call) {
      if (recursive.contains(call.targetNode))
        return false;
      Region *body = call.targetNode->getCallableRegion();
      auto callee = cast<SymbolOpInterface>(body->getParentOp());
      bool calledOnce =
          callee.isPrivate() && useCounts.lookup(callee.getNameAttr()) == 1;
      return calledOnce || isSmall(*body, maxSize);
    };
    auto runPipeline = [](Pass &, OpPassManager &, Operation *) {
      return success();
    };
    InlinerConfig config(/*defaultPipeline=*/nullptr, maxIterations);
    Inliner inliner(getOperation(), graph, *this, getAnalysisManager(),
                    runPipeline, config, isProfitable);
    if (failed(inliner.doInlining()))
      signalPassFailure();
  }
};
} // namespace
