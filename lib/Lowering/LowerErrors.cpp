//===- LowerErrors.cpp - Errors, interrupts, deep recursion -----*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-lower-errors: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "RuntimeModule.h"
#include "mlir/Analysis/CallGraph.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "myia/Dialect/Myia.h"
#include "myia/Runtime/Runtime.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/SCCIterator.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALOWERERRORS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// Emits `if (condition) function(site)`.
static scf::IfOp callIf(OpBuilder &builder, RuntimeModule &runtime,
                        Operation *op, Value condition, StringRef function,
                        StringRef exception, StringRef message) {
  Location loc = op->getLoc();
  auto branch = scf::IfOp::create(builder, loc, condition,
                                  /*withElseRegion=*/false);
  OpBuilder inside = branch.getThenBodyBuilder();
  runtime.call(inside, loc, function, Type(),
               runtime.site(inside, op, exception, message));
  return branch;
}

static void lowerRaise(RaiseIfOp op, RuntimeModule &runtime) {
  OpBuilder builder(op);
  scf::IfOp branch = callIf(builder, runtime, op, op.getCondition(),
                            "myia_raise", op.getException(), op.getMessage());
  OpBuilder inside = OpBuilder::atBlockBegin(branch.thenBlock());
  for (Value value : op.getValues())
    runtime.call(inside, op.getLoc(), "myia_error_value", Type(), value);
  op.erase();
}

/// Whether a counted loop is left without a poll at each turn: it only computes
/// on scalars and elements and may be vectorised.
static bool isQuick(scf::ForOp loop) {
  return llvm::all_of(loop.getBody()->getOperations(), [](Operation &op) {
    return op.getNumRegions() == 0 && isPure(&op) &&
           !isa<CallOpInterface, PushOp, PopOp, ListAppendOp>(op);
  });
}

/// The number of turns of a quick loop between two polls.
static constexpr int64_t pollInterval = 1 << 16;

/// Makes a loop of chunks of `loop`, so that the interrupt flag can be polled
/// between them while the loop itself stays as it is:
///   for i = lower to upper step s
/// becomes
///   for k = 0 to n step 65536      where n is the number of turns
///     for i = lower + k s to (n - k <= 65536 ? upper : i0 + 65536 s) step s
static void splitIntoChunks(scf::ForOp loop) {
  ImplicitLocOpBuilder b(loop.getLoc(), loop);
  Type type = loop.getInductionVar().getType();
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getIntegerAttr(type, value));
  };
  Value lower = loop.getLowerBound(), upper = loop.getUpperBound();
  Value step = loop.getStep(), zero = constant(0);
  // Unsigned, since the span may not fit a signed number.
  Value span = arith::SubIOp::create(b, upper, lower);
  Value turns = arith::CeilDivUIOp::create(b, span, step);
  Value some =
      arith::CmpIOp::create(b, arith::CmpIPredicate::slt, lower, upper);
  turns = arith::SelectOp::create(b, some, turns, zero);
  Value interval = constant(pollInterval);
  auto chunks =
      scf::ForOp::create(b, zero, turns, interval, loop.getInitArgs());
  b.setInsertionPointToStart(chunks.getBody());
  Value done = chunks.getInductionVar();
  Value start =
      arith::AddIOp::create(b, lower, arith::MulIOp::create(b, done, step));
  Value left = arith::SubIOp::create(b, turns, done);
  Value isLast =
      arith::CmpIOp::create(b, arith::CmpIPredicate::sle, left, interval);
  Value next =
      arith::AddIOp::create(b, start, arith::MulIOp::create(b, interval, step));
  Value stop = arith::SelectOp::create(b, isLast, upper, next);
  loop->replaceAllUsesWith(chunks.getResults());
  if (chunks.getNumResults() == 0)
    chunks.getBody()->getTerminator()->erase();
  loop->moveBefore(chunks.getBody(), chunks.getBody()->end());
  loop.setLowerBound(start);
  loop.setUpperBound(stop);
  loop.getInitArgsMutable().assign(chunks.getRegionIterArgs());
  b.setInsertionPointToEnd(chunks.getBody());
  scf::YieldOp::create(b, loop.getResults());
}

/// Splits the quick loops that may run for long.
static void splitLongLoops(ModuleOp module) {
  SmallVector<scf::ForOp> loops;
  module.walk([&](scf::ForOp loop) {
    std::optional<APInt> turns = loop.getStaticTripCount();
    if (isQuick(loop) && !(turns && turns->ult(16 * pollInterval)))
      loops.push_back(loop);
  });
  for (scf::ForOp loop : loops)
    splitIntoChunks(loop);
}

static void pollAt(Block *block, Operation *loop, RuntimeModule &runtime) {
  OpBuilder builder = OpBuilder::atBlockBegin(block);
  Location loc = loop->getLoc();
  Type i32 = builder.getI32Type();
  Value address =
      runtime.externalVariable(builder, loc, "myia_interrupt_requested", i32);
  Value flag = LLVM::LoadOp::create(builder, loc, i32, address,
                                    /*alignment=*/4, /*isVolatile=*/true);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(0));
  Value requested =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, flag, zero);
  callIf(builder, runtime, loop, requested, "myia_interrupt",
         "KeyboardInterrupt", "");
}

static void insertPolls(ModuleOp module, RuntimeModule &runtime) {
  SmallVector<std::pair<Block *, Operation *>> headers;
  module.walk([&](Operation *op) {
    if (auto loop = dyn_cast<scf::WhileOp>(op))
      headers.emplace_back(loop.getBeforeBody(), op);
    else if (auto loop = dyn_cast<scf::ForOp>(op); loop && !isQuick(loop))
      headers.emplace_back(loop.getBody(), op);
  });
  for (auto [block, loop] : headers)
    pollAt(block, loop, runtime);
}

/// The innermost block, outside of loops, that holds every one of `calls`: what
/// ends a recursion passes by.
static Block *findCommonBlock(func::FuncOp function,
                              ArrayRef<Operation *> calls) {
  Block *block = &function.front();
  while (true) {
    Operation *ancestor = block->findAncestorOpInBlock(*calls.front());
    auto branch = dyn_cast<scf::IfOp>(ancestor);
    if (!branch)
      return block;
    bool isThen =
        branch.getThenRegion().isAncestor(calls.front()->getParentRegion());
    Region &region = isThen ? branch.getThenRegion() : branch.getElseRegion();
    if (!llvm::all_of(calls, [&](Operation *call) {
          return region.isAncestor(call->getParentRegion());
        }))
      return block;
    block = &region.front();
  }
}

/// Checks before the recursive calls whether the stack, whose size is its
/// alignment, has enough left below this frame. An interrupt request looks like
/// too little.
static void checkDepth(func::FuncOp function, ArrayRef<Operation *> calls,
                       RuntimeModule &runtime) {
  OpBuilder builder = OpBuilder::atBlockBegin(&function.front());
  Location loc = function.getLoc();
  Value one = runtime.integerConstant(builder, loc, 1);
  Value slot = LLVM::AllocaOp::create(builder, loc, runtime.getPointerType(),
                                      builder.getI8Type(), one);
  builder.setInsertionPointToStart(findCommonBlock(function, calls));
  if (slot.getParentBlock() == builder.getInsertionBlock())
    builder.setInsertionPointAfterValue(slot);
  Value address =
      LLVM::PtrToIntOp::create(builder, loc, runtime.getIntType(), slot);
  Value mask = runtime.integerConstant(builder, loc, MYIA_STACK_BYTES - 1);
  Value left = LLVM::AndOp::create(builder, loc, address, mask);
  Value guard = LLVM::LoadOp::create(
      builder, loc, runtime.getIntType(),
      runtime.externalVariable(builder, loc, "myia_stack_guard",
                               runtime.getIntType()),
      /*alignment=*/8, /*isVolatile=*/true);
  Value low =
      LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ult, left, guard);
  auto branch = scf::IfOp::create(builder, loc, low, /*withElseRegion=*/false);
  OpBuilder inside = branch.getThenBodyBuilder();
  Value sites[] = {runtime.site(inside, function, "RecursionError",
                                "maximum recursion depth exceeded"),
                   runtime.site(inside, function, "KeyboardInterrupt", "")};
  runtime.call(inside, loc, "myia_check_stack", Type(), sites);
}

/// The calls in `caller` of functions that may call it.
static SmallVector<Operation *>
getRecursiveCalls(func::FuncOp caller,
                  ArrayRef<const CallGraphNode *> component) {
  SmallPtrSet<Operation *, 4> callees;
  for (const CallGraphNode *node : component)
    if (!node->isExternal())
      callees.insert(node->getCallableRegion()->getParentOp());
  SmallVector<Operation *> calls;
  caller.walk([&](func::CallOp call) {
    if (callees.contains(
            SymbolTable::lookupNearestSymbolFrom(call, call.getCalleeAttr())))
      calls.push_back(call);
  });
  return calls;
}

/// Guards the functions that call themselves, directly or not, and marks every
/// function that may reach one: its entry needs the large stack.
static void guardRecursion(ModuleOp module, RuntimeModule &runtime) {
  CallGraph graph(module);
  DenseSet<const CallGraphNode *> recursive;
  for (auto scc = llvm::scc_begin(&std::as_const(graph)); !scc.isAtEnd();
       ++scc) {
    bool cycle = scc.hasCycle();
    // Strongly connected components come callees first.
    bool reaches =
        cycle || llvm::any_of(*scc, [&](const CallGraphNode *node) {
          return llvm::any_of(*node, [&](const CallGraphNode::Edge &edge) {
            return recursive.contains(edge.getTarget());
          });
        });
    if (!reaches)
      continue;
    for (const CallGraphNode *node : *scc) {
      recursive.insert(node);
      if (node->isExternal())
        continue;
      auto function =
          node->getCallableRegion()->getParentOfType<func::FuncOp>();
      function->setAttr("myia.recursive", UnitAttr::get(module.getContext()));
      if (cycle)
        checkDepth(function, getRecursiveCalls(function, *scc), runtime);
    }
  }
}

namespace {
struct MyiaLowerErrors
    : public myia::impl::MyiaLowerErrorsBase<MyiaLowerErrors> {
  using Base::Base;

  void runOnOperation() final {
    RuntimeModule runtime(getOperation());
    splitLongLoops(getOperation());
    insertPolls(getOperation(), runtime);
    getOperation().walk([&](RaiseIfOp op) { lowerRaise(op, runtime); });
    getOperation().walk([](PollOp op) { op.erase(); });
    guardRecursion(getOperation(), runtime);
  }
};
} // namespace
