//===- Narrowing.cpp - Finding out what a union holds -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No operation is applied to a union. Where one would be, the block version
// ends with a branch on the tag, and the rest of the block is a version of its
// own per alternative. `x is None`, `isinstance(x, C)` and `match` are then
// known when compiling, in every one of them.
//
//===----------------------------------------------------------------------===//

#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace mlir;
using namespace mlir::myia;

/// Whether a call hands its arguments on as they are.
static bool takesUnions(Emitter &e, Ref callee) {
  if (auto primitive = dyn_cast_or_null<PrimAttr>(getStatic(callee->type))) {
    auto known = getPrimitives().find(primitive.getName());
    return known != getPrimitives().end() && known->second.changesFirst;
  }
  if (auto closure = dyn_cast<ClosureType>(callee->type))
    return isa<FlatSymbolRefAttr>(closure.getFunction());
  return isa_and_nonnull<FlatSymbolRefAttr>(getStatic(callee->type));
}

Ref myia::findNarrowed(Emitter &e, Operation &op, ArrayRef<Ref> operands) {
  if (isa<BuildTupleOp, BuildListOp, ClosureOp>(op))
    return nullptr;
  if (auto update = dyn_cast<UpdateOpInterface>(op))
    operands = operands.drop_back(update.getWitnesses().size());
  // What is stored may be any alternative.
  if (isa<SetAttrOp>(op))
    operands = operands.take_front();
  if (isa<SetItemOp>(op)) {
    bool isStored = isList(operands[0]->type) || isDict(operands[0]->type);
    operands = operands.take_front(isStored ? 2 : 3);
  }
  if (auto display = dyn_cast<BuildDictOp>(op)) {
    for (auto [i, operand] : llvm::enumerate(operands))
      if (isa<UnionType>(operand->type) && !display.isValue(i))
        return operand;
    return nullptr;
  }
  if (auto mutate = dyn_cast<MutateOp>(op))
    operands = operands.take_front(mutate.getNumLookedInto());
  for (Ref operand : operands) {
    if (isa<UnionType>(operand->type))
      return operand;
    if (isa<CallOp>(op) && operand == operands.front() &&
        takesUnions(e, operand))
      return nullptr;
  }
  return nullptr;
}

/// The block that begins with `op`: what comes before stays where it is.
Block *Engine::splitBefore(Operation &op) {
  Block *block = op.getBlock();
  if (&op == &block->front())
    return block;
  Block *rest = block->splitBlock(&op);
  numberBlocks(*block->getParent());
  OpBuilder builder = OpBuilder::atBlockEnd(block);
  cf::BranchOp::create(builder, op.getLoc(), rest);
  llvm::SetVector<Value> needed;
  auto need = [&](Value value) {
    if (value.getParentBlock() != rest)
      needed.insert(value);
  };
  for (Operation &inside : *rest)
    llvm::for_each(inside.getOperands(), need);
  for (Block *next : rest->getSuccessors())
    llvm::for_each(ArrayRef(liveIns(next)).drop_back(next->getNumArguments()),
                   need);
  liveInCache[rest] = needed.takeVector();
  return rest;
}

void Engine::narrow(Version &version, Operation &op, Ref operand,
                    Emitter &emitter, const DenseMap<Value, Ref> &environment) {
  Ending &ending = version.ending;
  ending.kind = Ending::Branch;
  ending.loc = op.getLoc();
  ArrayRef<Type> alternatives =
      cast<UnionType>(operand->type).getAlternatives();
  Value tag =
      TagOp::create(emitter.builder, emitter.loc, emitter.materialize(operand));
  ending.condition = tag;
  if (alternatives.size() == 2)
    ending.condition = emitter.emit<arith::CmpIOp>(
        arith::CmpIPredicate::eq, tag, emitter.integerConstant(0));
  disconnect(version, std::min(alternatives.size(), ending.edges.size()));
  Block *rest = splitBefore(op);
  SmallVector<Ref> values;
  for (Value value : liveIns(rest))
    values.push_back(environment.lookup(value));
  for (auto [i, type] : llvm::enumerate(alternatives)) {
    Ref narrowed = make({type, {}, {}, operand});
    SmallVector<Ref> replaced = values;
    replace(replaced, operand, narrowed);
    connect(version, i, rest, replaced, narrowed);
    if (failed)
      return;
  }
}

/// On arrival, what is known to be an alternative of a union is taken out of
/// it.
void Engine::takeNarrowed(Emitter &emitter, const Edge &edge,
                          SmallVectorImpl<Ref> &values) {
  if (!edge.narrowed || isa<StaticType>(edge.narrowed->type))
    return;
  replace(values, edge.narrowed, emitter.project(edge.narrowed));
}

/// Replaces a value, also where it is an element of others.
void Engine::replace(MutableArrayRef<Ref> values, Ref from, Ref to) {
  DenseMap<Ref, Ref> known{{from, to}};
  std::function<Ref(Ref)> visit = [&](Ref value) -> Ref {
    if (Ref found = known.lookup(value))
      return found;
    SmallVector<Ref> elements;
    for (Ref element : value->elements)
      elements.push_back(visit(element));
    Ref result = value;
    if (ArrayRef(elements) != value->elements) {
      Abstract changed = *value;
      changed.elements = copy(elements);
      if (getAggregateElements(value->type)) {
        auto types =
            llvm::map_to_vector(elements, [](Ref r) { return r->type; });
        changed.type = withAggregateElements(value->type, types);
        changed.value = {};
      }
      result = make(changed);
    }
    return known[value] = result;
  };
  for (Ref &value : values)
    value = visit(value);
}
