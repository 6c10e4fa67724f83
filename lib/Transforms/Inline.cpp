//===- Inline.cpp - Inline what is small or called once -------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides bottom-up, inlines top-down: every operation is copied or moved once,
// to where it stays, and its location grows by one frame per call.
//
//===----------------------------------------------------------------------===//

#include "mlir/Analysis/CallGraph.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/InliningUtils.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/SCCIterator.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAINLINE
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
/// What is known of a function before any call is inlined.
struct Function {
  func::FuncOp op;
  SmallVector<func::CallOp> calls;
  /// Every symbol that the body refers to, once per reference.
  SmallVector<StringAttr> references;
  /// Operations of the body once its own calls are inlined.
  uint64_t size = 0;
  bool recursive = false;
  bool calledOnce = false;
};

class CallInliner {
public:
  CallInliner(ModuleOp module, unsigned maxSize)
      : module(module), maxSize(maxSize), interface(module.getContext()) {}
  void run();

private:
  void addFunction(func::FuncOp function, bool recursive);
  void decide(Function &function);
  void expand(Function &function);
  bool inlineCall(func::CallOp call, Function &callee,
                  SmallVectorImpl<func::CallOp> &calls);
  void eraseDead();

  Function *lookup(func::CallOp call) {
    auto found = functions.find(call.getCalleeAttr().getAttr());
    return found == functions.end() ? nullptr : &found->second;
  }
  bool shouldInline(const Function &callee) const {
    return !callee.recursive && (callee.calledOnce || callee.size <= maxSize);
  }

  ModuleOp module;
  unsigned maxSize;
  InlinerInterface interface;
  /// Callees come before their callers.
  llvm::MapVector<StringAttr, Function> functions;
  /// How often a symbol is referred to now.
  llvm::DenseMap<StringAttr, unsigned> uses;
};
} // namespace

static SmallVector<StringAttr> getReferences(Region &region) {
  SmallVector<StringAttr> names;
  if (auto uses = SymbolTable::getSymbolUses(&region))
    for (SymbolTable::SymbolUse use : *uses)
      names.push_back(use.getSymbolRef().getLeafReference());
  return names;
}

void CallInliner::addFunction(func::FuncOp op, bool recursive) {
  Function &function = functions[op.getSymNameAttr()];
  function.op = op;
  function.recursive = recursive;
  function.references = getReferences(op.getBody());
  op.getBody().walk([&](Operation *inner) {
    ++function.size;
    if (auto call = dyn_cast<func::CallOp>(inner))
      function.calls.push_back(call);
  });
}

/// Callees were decided on before.
void CallInliner::decide(Function &function) {
  function.calledOnce =
      function.op.isPrivate() && uses.lookup(function.op.getSymNameAttr()) == 1;
  for (func::CallOp call : function.calls)
    if (Function *callee = lookup(call); callee && shouldInline(*callee))
      function.size += callee->size;
}

/// Inlines one call; adds the calls that it brings.
bool CallInliner::inlineCall(func::CallOp call, Function &callee,
                             SmallVectorImpl<func::CallOp> &calls) {
  StringAttr name = callee.op.getSymNameAttr();
  Region &body = callee.op.getBody();
  Operation *parent = call->getParentOp();
  if (!body.hasOneBlock() &&
      (!parent->isRegistered() || parent->hasTrait<OpTrait::SingleBlock>()))
    return false;
  bool isLast = callee.op.isPrivate() && uses.lookup(name) == 1;
  auto copy = [&](OpBuilder &, Region *source, Block *into, Block *before,
                  IRMapping &mapping, bool clones) {
    Region &target = *into->getParent();
    if (clones)
      source->cloneInto(&target, before->getIterator(), mapping);
    else
      target.getBlocks().splice(before->getIterator(), source->getBlocks());
    for (func::CallOp inner : callee.calls)
      calls.push_back(
          clones ? cast<func::CallOp>(mapping.lookup(inner.getOperation()))
                 : inner);
  };
  size_t before = calls.size();
  if (failed(mlir::inlineCall(interface, copy, call, callee.op, &body,
                              /*shouldCloneInlinedRegion=*/!isLast))) {
    calls.truncate(before);
    return false;
  }
  call.erase();
  --uses[name];
  if (isLast) {
    callee.op.erase();
    callee.op = nullptr;
    return true;
  }
  for (StringAttr reference : callee.references)
    ++uses[reference];
  return true;
}

/// Inlines into a function, whose callers have taken what they need of it.
void CallInliner::expand(Function &function) {
  if (!function.op)
    return;
  SmallVector<func::CallOp> pending(llvm::reverse(function.calls));
  while (!pending.empty()) {
    func::CallOp call = pending.pop_back_val();
    Function *callee = lookup(call);
    if (callee && shouldInline(*callee))
      inlineCall(call, *callee, pending);
  }
}

/// Erases private functions that nothing refers to any more.
void CallInliner::eraseDead() {
  SmallVector<func::FuncOp> dead;
  auto check = [&](Function &function) {
    if (function.op && function.op.isPrivate() &&
        uses.lookup(function.op.getSymNameAttr()) == 0)
      dead.push_back(std::exchange(function.op, nullptr));
  };
  for (auto &[name, function] : functions)
    check(function);
  while (!dead.empty()) {
    func::FuncOp function = dead.pop_back_val();
    for (StringAttr name : getReferences(function.getBody())) {
      --uses[name];
      if (auto found = functions.find(name); found != functions.end())
        check(found->second);
    }
    function.erase();
  }
}

void CallInliner::run() {
  const CallGraph graph(module);
  for (auto group = llvm::scc_begin(&graph); !group.isAtEnd(); ++group)
    for (CallGraphNode *node : *group)
      if (!node->isExternal())
        if (auto function = dyn_cast<func::FuncOp>(
                node->getCallableRegion()->getParentOp()))
          addFunction(function, group.hasCycle());
  for (StringAttr name : getReferences(module.getBodyRegion()))
    ++uses[name];
  for (auto &[name, function] : functions)
    decide(function);
  for (auto &[name, function] : llvm::reverse(functions))
    expand(function);
  eraseDead();
}

namespace {
struct MyiaInline : myia::impl::MyiaInlineBase<MyiaInline> {
  using Base::Base;
  void runOnOperation() override { CallInliner(getOperation(), maxSize).run(); }
};
} // namespace
