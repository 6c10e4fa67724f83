//===- Versions.cpp - Block versions -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Evaluating a block version, and what happens along its edges.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Handlers.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace mlir::myia;

void Engine::numberBlocks(Region &region) {
  for (auto [i, block] : llvm::enumerate(region))
    blockOrder[&block] = i;
}

/// The values that a block takes from others: its live-ins, then its arguments.
const SmallVector<Value> &Engine::liveIns(Block *block) {
  auto [it, isNew] = liveInCache.try_emplace(block);
  if (!isNew)
    return it->second;
  Operation *function = block->getParentOp();
  std::unique_ptr<Liveness> &analysis = liveness[function];
  if (!analysis) {
    analysis = std::make_unique<Liveness>(function);
    numberBlocks(*block->getParent());
  }
  llvm::SetVector<Value> found;
  // Liveness hands out an unordered set: take the values in program order.
  SmallVector<Value> values(analysis->getLiveIn(block).begin(),
                            analysis->getLiveIn(block).end());
  auto position = [&](Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    return std::make_pair(blockOrder.lookup(value.getParentBlock()),
                          argument ? argument.getArgNumber() : ~0u);
  };
  llvm::sort(values, [&](Value a, Value b) {
    auto pa = position(a), pb = position(b);
    if (pa != pb)
      return pa < pb;
    Operation *opA = a.getDefiningOp(), *opB = b.getDefiningOp();
    if (opA != opB)
      return opA->isBeforeInBlock(opB);
    return cast<OpResult>(a).getResultNumber() <
           cast<OpResult>(b).getResultNumber();
  });
  llvm::append_range(values, block->getArguments());
  return liveInCache[block] = std::move(values);
}

/// Forgets what an earlier evaluation emitted.
void Engine::reset(Version &version) {
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(*version.block))) {
    op.dropAllUses();
    op.erase();
  }
  version.ending.kind = Ending::None;
  version.ending.condition = {};
}

/// Takes the edges from index `first` on back; versions that nothing reaches
/// any more go with them.
void Engine::disconnect(Version &from, unsigned first) {
  SmallVector<std::pair<Version *, unsigned>> work{{&from, first}};
  while (!work.empty()) {
    auto [version, index] = work.pop_back_val();
    SmallVector<Edge, 2> dropped(version->ending.edges.begin() + index,
                                 version->ending.edges.end());
    version->ending.edges.truncate(index);
    for (auto [i, edge] : llvm::enumerate(dropped)) {
      if (!edge.target)
        continue;
      edge.target->incoming.erase({version, index + (unsigned)i});
      if (!edge.target->incoming.empty())
        continue;
      reset(*edge.target);
      work.push_back({edge.target, 0});
    }
  }
}

/// Joins the values of a further edge into a version. Returns whether that
/// changes the version.
bool Engine::joinValues(Version &target, ArrayRef<Ref> values) {
  bool changed = false;
  for (auto [type, value, changesLeft] :
       llvm::zip(target.types, values, target.changesLeft)) {
    Type joined = join(type, value->type);
    if (joined == type)
      continue;
    if (!changesLeft--) {
      report(target.surface->front().getLoc(), 70,
             "a variable whose type changes with every iteration", target);
      return false;
    }
    changed = true;
    type = joined;
  }
  return changed;
}

/// How many versions of a block may differ in nothing but the sizes of arrays.
static constexpr unsigned maxShapes = 4;

/// `key` itself while the block has few versions that differ from it in sizes
/// only; after that, the one key of all of them.
Type Engine::boundShapes(Specialisation &specialisation, Block *surface,
                         Type key) {
  Type rough = forgetSizes(key);
  if (rough == key || specialisation.byKey.contains({surface, key}))
    return key;
  unsigned &count = specialisation.shapes[{surface, rough}];
  if (count >= maxShapes)
    return rough;
  ++count;
  return key;
}

/// How many versions of a block may differ in what else its variables hold.
static constexpr unsigned maxAlternatives = 4;

/// A key in which every variable may hold anything, but for positions in what
/// is iterated over, which decide how often a loop is unrolled, and for the
/// variables that `kept` names.
static myia::TupleType forgetAlternatives(myia::TupleType key,
                                          const llvm::SmallBitVector &kept) {
  SmallVector<Type> keys;
  for (auto [i, type] : llvm::enumerate(key.getElements())) {
    bool iterates = Type(type)
                        .walk([](IteratorType iterator) {
                          return isText(iterator) ? WalkResult::advance()
                                                  : WalkResult::interrupt();
                        })
                        .wasInterrupted();
    bool keep = iterates || (i < kept.size() && kept.test(i));
    keys.push_back(keep ? type : NoneType::get(type.getContext()));
  }
  return myia::TupleType::get(key.getContext(), keys);
}

/// `key` itself while the block has few versions; after that, one whose
/// variables are unions, but for what the first operation of the block takes if
/// a union was narrowed for it: or it would have to be narrowed again, forever.
Type Engine::boundAlternatives(Specialisation &specialisation, Block *surface,
                               Type key, bool isNarrowed) {
  llvm::SmallBitVector kept;
  if (isNarrowed) {
    ArrayRef<Value> values = liveIns(surface);
    kept.resize(values.size());
    for (auto [i, value] : llvm::enumerate(values))
      kept[i] = llvm::is_contained(surface->front().getOperands(), value);
  }
  Type rough = forgetAlternatives(cast<myia::TupleType>(key), kept);
  if (rough == key || specialisation.byKey.contains({surface, key}))
    return key;
  unsigned &count = specialisation.alternatives[{surface, rough}];
  if (count >= maxAlternatives)
    return rough;
  ++count;
  return key;
}

void Engine::connect(Version &from, unsigned index, Block *surface,
                     ArrayRef<Ref> values, Ref narrowed) {
  SmallVector<Type> keys;
  for (Ref value : values)
    keys.push_back(getVersionKey(value->type, versionKeys));
  Specialisation &specialisation = *from.specialisation;
  Type key =
      boundShapes(specialisation, surface, myia::TupleType::get(context, keys));
  key = boundAlternatives(specialisation, surface, key, narrowed != nullptr);
  auto &candidates = specialisation.byKey[{surface, key}];
  Version *target = candidates.empty() ? nullptr : candidates.front();
  if (!target) {
    if (specialisation.versions.size() >
        limit * specialisation.surface.getBody().getBlocks().size())
      return report(from.ending.loc, 70,
                    "more than " + Twine(limit) +
                        " versions of a loop body: the types of its variables "
                        "change with every iteration",
                    from);
    Block *block = new Block();
    specialisation.typed.getBody().push_back(block);
    target =
        &specialisation.versions.emplace_back(specialisation, surface, block);
    candidates.push_back(target);
  }

  // Replace the edge that an earlier evaluation of `from` made here.
  SmallVector<Edge, 2> &edges = from.ending.edges;
  if (edges.size() > index && edges[index].target != target)
    disconnect(from, index);
  if (edges.size() <= index)
    edges.resize(index + 1);
  edges[index] = {target, llvm::to_vector(values), narrowed};
  target->incoming[{&from, index}] = edges[index];

  if (target->joined) {
    if (joinValues(*target, values) || target->ending.kind == Ending::None)
      enqueue(target);
    return;
  }
  target->depth = from.depth + 1;
  if (target->incoming.size() > 1) {
    target->joined = true;
    target->depth = 0;
    target->types.clear();
    target->changesLeft.clear();
    for (Ref value : target->incoming.front().second.values) {
      target->types.push_back(value->type);
      target->changesLeft.push_back(getMaxChanges(value->type));
    }
    for (auto &[origin, edge] : target->incoming)
      joinValues(*target, edge.values);
  }
  enqueue(target);
}

static void raiseFrom(Emitter &e, RaiseOp raise,
                      const DenseMap<Value, Ref> &environment) {
  SmallVector<Ref> arguments;
  for (Value argument : raise.getArgs())
    arguments.push_back(environment.lookup(argument));
  for (Ref argument : arguments)
    if (raiseIfUnbound(e, argument))
      return;
  if (arguments.empty())
    e.raise(raise.getException(), raise.getMessage());
  else
    raiseWith(e, raise.getException(), arguments);
}

void Engine::evaluate(Version &version) {
  Specialisation &specialisation = *version.specialisation;
  if (!version.isReached())
    return;
  bool isEntry = version.block->isEntryBlock();
  reset(version);

  // What the block's values are, on entry.
  DenseMap<Value, Ref> environment;
  if (isEntry) {
    for (auto [parameter, argument] : llvm::zip(version.surface->getArguments(),
                                                version.block->getArguments()))
      environment[parameter] = make({argument.getType(), argument, {}});
  } else if (version.joined) {
    version.block->dropAllUses();
    for (BlockArgument argument : version.block->getArguments())
      argument.dropAllUses();
    version.block->eraseArguments(0, version.block->getNumArguments());
    for (auto [value, type] :
         llvm::zip(liveIns(version.surface), version.types))
      environment[value] =
          make({type, version.block->addArgument(type, value.getLoc()), {}});
  }

  Emitter emitter(*this, version, version.block);
  if (!isEntry && !version.joined) {
    const Edge &edge = version.incoming.front().second;
    SmallVector<Ref> values = edge.values;
    emitter.loc = version.surface->front().getLoc();
    takeNarrowed(emitter, edge, values);
    for (auto [value, ref] : llvm::zip(liveIns(version.surface), values))
      environment[value] = ref;
  }
  Ending &ending = version.ending;
  for (Operation &op : version.surface->without_terminator()) {
    emitter.loc = op.getLoc();
    SmallVector<Ref> operands;
    for (Value operand : op.getOperands())
      operands.push_back(environment.lookup(operand));
    for (auto [value, ref] : llvm::zip(op.getOperands(), operands))
      if (usedUp.try_emplace(ref->type, false).second)
        usedUp[ref->type] = isUsedUp(ref->type);
    bool isOnce =
        llvm::all_of(llvm::zip(op.getOperands(), operands), [&](auto pair) {
          auto [value, ref] = pair;
          return !usedUp[ref->type] || checkUsedOnce(emitter, value);
        });
    if (!isOnce)
      break;
    if (Ref several = findNarrowed(emitter, op, operands))
      return narrow(version, op, several, emitter, environment);
    SmallVector<Ref> results;
    if (failed || mlir::failed(evaluateOp(emitter, op, operands, results)))
      break;
    for (auto [result, ref] : llvm::zip(op.getResults(), results))
      environment[result] = ref;
  }

  Operation *terminator = version.surface->getTerminator();
  ending.loc = terminator->getLoc();
  emitter.loc = terminator->getLoc();
  if (emitter.outcome == Outcome::Normal) {
    if (auto raise = dyn_cast<RaiseOp>(terminator))
      raiseFrom(emitter, raise, environment);
    else if (auto result = dyn_cast<func::ReturnOp>(terminator))
      raiseIfUnbound(emitter, environment.lookup(result.getOperand(0)));
  }
  if (failed || emitter.outcome == Outcome::Failed) {
    failed = true;
    return;
  }
  if (emitter.outcome != Outcome::Normal) {
    disconnect(version, 0);
    if (emitter.outcome == Outcome::Raised)
      ending.kind = Ending::Unreachable;
    return;
  }
  if (auto result = dyn_cast<func::ReturnOp>(terminator)) {
    ending.kind = Ending::Return;
    ending.result = environment.lookup(result.getOperand(0));
    return setResult(specialisation, ending.result->type, version);
  }

  ending.kind = Ending::Branch;
  auto follow = [&](unsigned index, Block *block, OperandRange operands) {
    ArrayRef<Value> needed = liveIns(block);
    SmallVector<Ref> values;
    for (Value value : needed.drop_back(operands.size()))
      values.push_back(environment.lookup(value));
    for (Value operand : operands)
      values.push_back(environment.lookup(operand));
    connect(version, index, block, values);
  };
  if (auto branch = dyn_cast<cf::BranchOp>(terminator)) {
    disconnect(version, std::min<size_t>(1, ending.edges.size()));
    return follow(0, branch.getDest(), branch.getDestOperands());
  }
  auto branch = cast<cf::CondBranchOp>(terminator);
  Ref condition = environment.lookup(branch.getCondition());
  if (std::optional<int64_t> taken = getStaticInt(condition->type)) {
    disconnect(version, std::min<size_t>(1, ending.edges.size()));
    return *taken
               ? follow(0, branch.getTrueDest(), branch.getTrueDestOperands())
               : follow(0, branch.getFalseDest(),
                        branch.getFalseDestOperands());
  }
  ending.condition = emitter.materialize(condition);
  follow(0, branch.getTrueDest(), branch.getTrueDestOperands());
  if (!failed)
    follow(1, branch.getFalseDest(), branch.getFalseDestOperands());
}
