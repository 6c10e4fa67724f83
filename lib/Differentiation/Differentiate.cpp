//===- Differentiate.cpp - Derivative ops become functions -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Replaces each value_and_grad by calls of a forward and a backward function.
// Which derivatives of which functions that takes is found first, over the call
// graph; then they are made, callees before callers, so that a caller knows
// what its callees leave as residuals. Source: Pearlmutter and Siskind,
// "Reverse-Mode AD in a Functional Framework", TOPLAS 2008, with the
// backpropagator's environment as data.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "CustomRules.h"
#include "Derivative.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Support/Errors.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"
#include <map>

namespace {
/// A node of a call graph: a function or a derivative.
template <typename T> struct Node {
  T *value = nullptr;
  llvm::SmallVector<Node *> callees;
};
} // namespace

namespace llvm {
template <typename T> struct GraphTraits<Node<T> *> {
  using NodeRef = Node<T> *;
  using ChildIteratorType = typename SmallVector<Node<T> *>::iterator;
  static NodeRef getEntryNode(NodeRef node) { return node; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->callees.begin();
  }
  static ChildIteratorType child_end(NodeRef node) {
    return node->callees.end();
  }
};
} // namespace llvm

namespace mlir::myia {
#define GEN_PASS_DEF_MYIADIFFERENTIATE
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {

/// Makes derivatives, each one once.
class Differentiator {
public:
  explicit Differentiator(ModuleOp module)
      : symbols(module), rules(module, symbols) {}

  LogicalResult replace(ValueAndGradOp op);
  const CustomRules &getRules() const { return rules; }

private:
  /// The derivative of this key, for a call at `loc`; null after an error.
  Derivative *request(const DerivativeKey &key, Location loc);
  LogicalResult request(Derivative &derivative);
  LogicalResult checkDefined(Operation *op, StringRef callee);
  LogicalResult checkRules(Derivative &derivative);
  LogicalResult discover(Derivative &root);
  LogicalResult build(Derivative &root);
  LogicalResult buildGroup(ArrayRef<Node<Derivative> *> group, bool recursive);
  void declare(Derivative &derivative);
  LogicalResult declareCotangents(Derivative &derivative);

  SymbolTable symbols;
  CustomRules rules;
  std::map<DerivativeKey, Derivative> derivatives;
  /// Derivatives whose callees are not known yet.
  SmallVector<Derivative *> worklist;
  SmallVector<Derivative *> fresh;
};

struct MyiaDifferentiate
    : myia::impl::MyiaDifferentiateBase<MyiaDifferentiate> {
  using Base::Base;
  void runOnOperation() override;
};

} // namespace

//===----------------------------------------------------------------------===//
// Which derivatives are needed
//===----------------------------------------------------------------------===//

Derivative *Differentiator::request(const DerivativeKey &key, Location loc) {
  auto [found, isNew] = derivatives.try_emplace(key);
  Derivative &derivative = found->second;
  if (isNew) {
    derivative.key = key;
    if (!rules.find(key.function)) {
      declare(derivative);
      worklist.push_back(&derivative);
    } else if (failed(rules.make(derivative, symbols, loc))) {
      return nullptr;
    }
    fresh.push_back(&derivative);
  }
  return &derivative;
}

/// Makes the two functions, without the backward function's body.
void Differentiator::declare(Derivative &derivative) {
  auto function = cast<func::FuncOp>(derivative.key.function);
  std::string name = function.getSymName().str();
  func::FuncOp forward = function.clone();
  forward->setDiscardableAttrs(ArrayRef<NamedAttribute>());
  forward.setPrivate();
  forward.setSymName(name + ".fwd");
  Block::iterator position(function);
  symbols.insert(forward, ++position);

  OpBuilder builder(function.getContext());
  auto backward = func::FuncOp::create(function.getLoc(), name + ".bwd",
                                       builder.getFunctionType({}, {}));
  backward.setPrivate();
  symbols.insert(backward, Block::iterator(forward->getNextNode()));
  derivative.forward = forward;
  derivative.backward = backward;
  derivative.activity = std::make_unique<Activity>(forward, derivative.key);
}

/// Whether the reverse sweep knows what to do with `op`.
static bool hasDerivative(Operation *op) {
  // A choice between stacks or boxes is a branch, not arithmetic.
  if (isa<arith::SelectOp>(op) && isContainer(op->getResult(0).getType()))
    return false;
  return lookupRule(op) || isConstantRule(op) ||
         isa<scf::IfOp, scf::ForOp, scf::WhileOp, func::CallOp>(op);
}

LogicalResult Differentiator::checkDefined(Operation *op, StringRef callee) {
  if (!symbols.lookup<func::FuncOp>(callee).isDeclaration())
    return success();
  return myia::emitError(op->getLoc(), 60)
         << "the derivative of the external function '" << callee
         << "' is not known";
}

/// Reports a value whose cotangent has no known type.
static LogicalResult checkType(Type type, Location loc) {
  if (getCotangentType(type))
    return success();
  return myia::emitError(loc, 60)
         << "the derivative with respect to a value of type " << type
         << " is not known";
}

/// Every op that the reverse sweep visits must have a derivative, and every
/// value a cotangent.
LogicalResult Differentiator::checkRules(Derivative &derivative) {
  const Activity &activity = *derivative.activity;
  auto isKnown = [&](Value value) {
    return !activity.isActive(value) ||
           succeeded(checkType(value.getType(), value.getLoc()));
  };
  WalkResult values = derivative.forward.walk([&](Block *block) {
    bool areKnown = llvm::all_of(block->getArguments(), isKnown);
    for (Operation &op : *block)
      areKnown = areKnown && llvm::all_of(op.getResults(), isKnown);
    return areKnown ? WalkResult::advance() : WalkResult::interrupt();
  });
  if (values.wasInterrupted())
    return failure();
  WalkResult result = derivative.forward.walk([&](Operation *op) {
    auto call = dyn_cast<func::CallOp>(op);
    if (call && activity.isReversed(op) &&
        failed(checkDefined(op, call.getCallee())))
      return WalkResult::interrupt();
    if (isa<ValueAndGradOp>(op)) {
      myia::emitError(op->getLoc(), 60)
          << "a function that takes its own derivative has no derivative";
      return WalkResult::interrupt();
    }
    if (!activity.isReversed(op) || hasDerivative(op))
      return WalkResult::advance();
    myia::emitError(op->getLoc(), 60)
        << "the derivative of '" << op->getName() << "' is not known";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// Requests the derivatives of what `derivative` calls.
LogicalResult Differentiator::request(Derivative &derivative) {
  if (failed(checkRules(derivative)))
    return failure();
  const Activity &activity = *derivative.activity;
  auto isActive = [&](Value value) { return activity.isActive(value); };
  WalkResult result = derivative.forward.walk([&](func::CallOp call) {
    if (!activity.isReversed(call))
      return WalkResult::advance();
    DerivativeKey key;
    key.function = symbols.lookup(call.getCallee());
    llvm::append_range(key.arguments,
                       llvm::map_range(call.getOperands(), isActive));
    llvm::append_range(key.results,
                       llvm::map_range(call.getResults(), isActive));
    key.masked = llvm::any_of(call.getResults(), [&](Value value) {
      return activity.isMasked(value);
    });
    Derivative *callee = request(key, call.getLoc());
    if (!callee)
      return WalkResult::interrupt();
    derivative.calls[call] = callee;
    derivative.callees.push_back(callee);
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

LogicalResult Differentiator::discover(Derivative &root) {
  while (!worklist.empty())
    if (failed(request(*worklist.pop_back_val())))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Making them
//===----------------------------------------------------------------------===//

/// The cotangent of a box of @T is a box of @T$ct, the cotangents of what can
/// be differentiated in @T.
LogicalResult Differentiator::declareCotangents(Derivative &derivative) {
  SmallVector<Type> worklist;
  derivative.forward.walk([&](Block *block) {
    llvm::append_range(worklist, block->getArgumentTypes());
    for (Operation &op : *block)
      llvm::append_range(worklist, op.getResultTypes());
  });
  while (!worklist.empty()) {
    Type type = worklist.pop_back_val();
    if (auto list = dyn_cast<ListType>(type))
      llvm::append_range(worklist, list.getElements());
    auto box = dyn_cast<BoxType>(type);
    if (!box)
      continue;
    auto record = symbols.lookup<TypeOp>(box.getRecord().getValue());
    StringRef name =
        cast<BoxType>(getCotangentType(box)).getRecord().getValue();
    if (symbols.lookup(name))
      continue;
    SmallVector<Type> types;
    for (Type type : record.getTypes().getAsValueRange<TypeAttr>()) {
      worklist.push_back(type);
      if (failed(checkType(type, derivative.forward.getLoc())))
        return failure();
      if (isDifferentiable(type))
        types.push_back(getCotangentType(type));
    }
    OpBuilder builder(record);
    symbols.insert(TypeOp::create(builder, record.getLoc(), name,
                                  builder.getTypeArrayAttr(types)));
  }
  return success();
}

LogicalResult Differentiator::buildGroup(ArrayRef<Node<Derivative> *> group,
                                         bool recursive) {
  for (Node<Derivative> *node : group) {
    if (!recursive)
      continue;
    Derivative &derivative = *node->value;
    MLIRContext *context = derivative.forward.getContext();
    derivative.record = StringAttr::get(
        context, derivative.forward.getSymName() + ".residuals");
    derivative.residuals = {
        BoxType::get(context, FlatSymbolRefAttr::get(derivative.record))};
  }
  for (Node<Derivative> *node : group) {
    Derivative &derivative = *node->value;
    if (rules.find(derivative.key.function))
      continue;
    ReversedBlocks blocks;
    if (failed(declareCotangents(derivative)) ||
        failed(reverseFunction(derivative, blocks)))
      return failure();
    closeOverResiduals(derivative, blocks);
    if (!recursive)
      continue;
    OpBuilder builder(derivative.forward);
    symbols.insert(
        TypeOp::create(builder, derivative.forward.getLoc(), derivative.record,
                       builder.getTypeArrayAttr(derivative.recordTypes)));
  }
  return success();
}

LogicalResult Differentiator::build(Derivative &root) {
  llvm::DenseMap<Derivative *, std::unique_ptr<Node<Derivative>>> nodes;
  for (Derivative *derivative : fresh) {
    nodes[derivative] = std::make_unique<Node<Derivative>>();
    nodes[derivative]->value = derivative;
  }
  for (Derivative *derivative : fresh)
    for (Derivative *callee : derivative->callees)
      if (nodes.contains(callee))
        nodes[derivative]->callees.push_back(nodes[callee].get());
  if (!nodes.contains(&root))
    return success();
  for (auto group = llvm::scc_begin(nodes[&root].get()); !group.isAtEnd();
       ++group)
    if (failed(buildGroup(*group, group.hasCycle())))
      return failure();
  fresh.clear();
  return success();
}

//===----------------------------------------------------------------------===//
// Replacing the op
//===----------------------------------------------------------------------===//

LogicalResult Differentiator::replace(ValueAndGradOp op) {
  if (failed(checkDefined(op, op.getCallee())))
    return failure();
  if (!op.getSparse() && llvm::any_of(op.getWrt(), [&](int64_t position) {
        return isa<BoxType, ListType>(op.getArgs()[position].getType());
      }))
    return op.emitOpError("must be sparse to be differentiated with respect "
                          "to boxes and lists");
  DerivativeKey key;
  key.function = symbols.lookup(op.getCallee());
  auto callee = cast<func::FuncOp>(key.function);
  key.arguments.resize(op.getArgs().size());
  for (int64_t position : op.getWrt())
    key.arguments[position] = true;
  key.results.resize(callee.getNumResults());
  key.results[0] = true;
  key.masked = false;
  Derivative *requested = request(key, op.getLoc());
  if (!requested || failed(discover(*requested)) || failed(build(*requested))) {
    for (Derivative *unfinished : fresh)
      unfinished->backward.getBody().dropAllReferences();
    return failure();
  }

  const Derivative &derivative = *requested;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto forward =
      func::CallOp::create(builder, loc, derivative.forward, op.getArgs());
  unsigned count = callee.getNumResults();
  SmallVector<Value> operands(forward.getResults().drop_front(count));
  Value first = forward.getResult(0);
  operands.push_back(createConstant(builder, loc, 1.0, first));
  llvm::DenseMap<int64_t, unsigned> gradient;
  for (auto [i, argument] : llvm::enumerate(op.getArgs())) {
    if (!key.arguments[i])
      continue;
    gradient.try_emplace(i, gradient.size());
    if (!isContainer(argument.getType()))
      operands.push_back(createZero(builder, loc, argument));
  }
  auto backward =
      func::CallOp::create(builder, loc, derivative.backward, operands);
  SmallVector<Value> results(forward.getResults().take_front(count));
  for (int64_t position : op.getWrt())
    results.push_back(backward.getResult(gradient.lookup(position)));
  op->replaceAllUsesWith(results);
  op.erase();
  return success();
}

/// The functions of the module, callees before callers.
static SmallVector<func::FuncOp> sortByCalls(ModuleOp module,
                                             const CustomRules &rules) {
  SymbolTable symbols(module);
  Node<Operation> root;
  llvm::DenseMap<Operation *, std::unique_ptr<Node<Operation>>> nodes;
  for (auto function : module.getOps<func::FuncOp>()) {
    auto &node = nodes[function] = std::make_unique<Node<Operation>>();
    node->value = function;
    root.callees.push_back(node.get());
  }
  auto connect = [&](Operation *op, StringRef callee) {
    Operation *caller = op->getParentOfType<func::FuncOp>();
    if (auto found = nodes.find(symbols.lookup(callee)); found != nodes.end())
      nodes[caller]->callees.push_back(found->second.get());
  };
  module.walk([&](Operation *op) {
    if (auto call = dyn_cast<func::CallOp>(op))
      connect(op, call.getCallee());
    else if (auto gradient = dyn_cast<ValueAndGradOp>(op))
      connect(op, gradient.getCallee());
  });
  for (auto function : module.getOps<func::FuncOp>())
    if (const CustomRules::Rule *rule = rules.find(function))
      for (func::FuncOp called : {rule->forward, rule->backward})
        nodes[function]->callees.push_back(nodes[called].get());
  SmallVector<func::FuncOp> sorted;
  for (auto group = llvm::scc_begin(&root); !group.isAtEnd(); ++group)
    for (Node<Operation> *node : *group)
      if (node->value)
        sorted.push_back(cast<func::FuncOp>(node->value));
  return sorted;
}

void MyiaDifferentiate::runOnOperation() {
  Differentiator differentiator(getOperation());
  for (func::FuncOp function :
       sortByCalls(getOperation(), differentiator.getRules())) {
    SmallVector<ValueAndGradOp> ops;
    function.walk([&](ValueAndGradOp op) { ops.push_back(op); });
    for (ValueAndGradOp op : ops)
      if (failed(differentiator.replace(op)))
        return signalPassFailure();
  }
}
