//===- Engine.cpp - Specialisation to a fixpoint -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Function specialisations: finding, evaluating and finishing them.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Handlers.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Support/Errors.h"

using namespace mlir;
using namespace mlir::myia;

/// Calls nested deeper than this wait their turn on the worklist instead of
/// being evaluated at once, so the compiler's own stack stays small.
static constexpr unsigned maxNesting = 100;

Engine::Engine(ModuleOp module, unsigned limit)
    : recursive(module), module(module), context(module.getContext()),
      limit(limit) {
  for (Operation &op : *module.getBody())
    if (isa<func::FuncOp, ClassOp>(op))
      symbols[SymbolTable::getSymbolName(&op).getValue()] = &op;
}

Ref Engine::make(Abstract value) {
  arena.push_back(value);
  return &arena.back();
}

ArrayRef<Ref> Engine::copy(ArrayRef<Ref> refs) {
  lists.emplace_back(refs);
  return lists.back();
}

/// Types nest a bounded number of levels deep (isTooLarge), so this recursion
/// is bounded too.
std::pair<uint64_t, unsigned> Engine::getExtent(Type type) {
  SmallVector<Type> parts;
  if (auto several = dyn_cast<UnionType>(type))
    parts = llvm::to_vector(several.getAlternatives());
  else if (auto list = dyn_cast<ListType>(type))
    parts = llvm::to_vector(list.getElements());
  else if (auto elements = getAggregateElements(type))
    parts = std::move(*elements);
  if (parts.empty())
    return {1, 0};
  if (auto known = extents.find(type); known != extents.end())
    return known->second;
  std::pair<uint64_t, unsigned> extent{0, 0};
  for (Type part : parts) {
    auto [leaves, depth] = getExtent(part);
    extent.first += leaves;
    extent.second = std::max(extent.second, depth + 1);
  }
  return extents[type] = extent;
}

bool Engine::isTooLarge(Type type) {
  auto [leaves, depth] = getExtent(type);
  return leaves > 1000000 || depth > 300;
}

func::FuncOp Engine::lookupFunction(StringRef name) const {
  return dyn_cast_or_null<func::FuncOp>(symbols.lookup(name));
}

ClassOp Engine::lookupClass(StringRef name) const {
  return dyn_cast_or_null<ClassOp>(symbols.lookup(name));
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

void Engine::report(Location loc, unsigned code, const Twine &message,
                    const Version &version) {
  failed = true;
  InFlightDiagnostic diagnostic = myia::emitError(loc, code) << message;
  unsigned shown = 0;
  for (Specialisation *s = version.specialisation; s->caller && shown < 8;
       s = s->caller, ++shown) {
    std::string types;
    for (Type type : s->arguments)
      types += (types.empty() ? "" : ", ") + describe(type);
    diagnostic.attachNote(s->callLoc)
        << "in the call " << s->surface.getSymName() << "(" << types << ")";
  }
}

//===----------------------------------------------------------------------===//
// Specialisations
//===----------------------------------------------------------------------===//

Specialisation *Engine::create(func::FuncOp surface, ArrayRef<Type> types,
                               Specialisation *caller, Location loc) {
  Specialisation &result = specialisations.emplace_back(surface, caller, loc);
  result.arguments = llvm::to_vector(types);
  result.depth = caller ? caller->depth + 1 : 0;
  byArguments[{surface, myia::TupleType::get(context, types)}] = &result;
  std::string name =
      (surface.getSymName() + "." + Twine(specialisations.size() - 1)).str();
  result.typed = func::FuncOp::create(surface.getLoc(), name,
                                      FunctionType::get(context, types, {}));
  result.typed.setPrivate();
  Block *entry = result.typed.addEntryBlock();
  enqueue(&result.versions.emplace_back(result, &surface.front(), entry));
  return &result;
}

/// The types by which a call is specialised. Known floats would make a version
/// per number; known ints are needed for shapes and axes, but must not unroll a
/// recursion: a call inside one of the same function whose arguments differ in
/// numbers alone.
static SmallVector<Type> getCallTypes(func::FuncOp surface,
                                      ArrayRef<Type> types,
                                      Specialisation *caller, bool many) {
  auto withoutNumbers = [](ArrayRef<Type> types) {
    return llvm::map_to_vector(
        types, [](Type type) { return widen(type, /*floatsOnly=*/false); });
  };
  SmallVector<Type> wide = withoutNumbers(types);
  bool recursive = many;
  for (; caller && !recursive; caller = caller->caller)
    recursive =
        caller->surface == surface && withoutNumbers(caller->arguments) == wide;
  return recursive ? wide : llvm::map_to_vector(types, [](Type type) {
    return widen(type, /*floatsOnly=*/true);
  });
}

Specialisation *Engine::specialise(func::FuncOp surface, ArrayRef<Type> types,
                                   Emitter &caller, bool exact) {
  Specialisation *from = caller.version.specialisation;
  SmallVector<Type> wanted(types);
  if (!exact)
    wanted = getCallTypes(surface, types, from, counts[surface] > 50);
  if (Specialisation *known =
          byArguments.lookup({surface, myia::TupleType::get(context, wanted)}))
    return known;
  if (++counts[surface] > limit) {
    caller.error(70, "more than " + Twine(limit) + " specialisations of " +
                         surface.getSymName() +
                         ": the types of its arguments change with every call");
    return nullptr;
  }
  Specialisation *created = create(surface, wanted, from, caller.loc);
  if (created->depth % maxNesting == maxNesting - 1)
    enqueue(created);
  else
    evaluate(*created);
  return failed ? nullptr : created;
}

Ref Engine::call(Specialisation *callee, ArrayRef<Ref> arguments,
                 Emitter &caller) {
  callee->dependents.insert(&caller.version);
  if (!callee->result && !callee->raises) {
    caller.outcome = Outcome::Blocked;
    return nullptr;
  }
  SmallVector<Value> operands;
  for (auto [argument, type] : llvm::zip(arguments, callee->arguments))
    operands.push_back(caller.convert(argument, type));
  auto call = func::CallOp::create(
      caller.builder, caller.loc, callee->typed.getSymName(),
      callee->raises ? getNoneType(context) : callee->result, operands);
  if (!callee->raises)
    return make({callee->result, call.getResult(0), {}});
  caller.outcome = Outcome::Raised;
  return nullptr;
}

void Engine::enqueue(Specialisation *specialisation) {
  if (specialisation->queued || specialisation->running)
    return;
  specialisation->queued = true;
  worklist.push_back(specialisation);
}

void Engine::enqueue(Version *version) {
  Specialisation &specialisation = *version->specialisation;
  if (version->queued && version->queued->first == version->depth)
    return;
  uint64_t turn =
      version->queued ? version->queued->second : specialisation.enqueued++;
  if (version->queued)
    specialisation.worklist.erase(*version->queued);
  version->queued = {version->depth, turn};
  specialisation.worklist[*version->queued] = version;
}

void Engine::evaluate(Specialisation &specialisation) {
  if (specialisation.running)
    return;
  specialisation.running = true;
  while (!specialisation.worklist.empty() && !failed) {
    // The shallowest first: when a version runs again, the values that those
    // below took from it are gone until it has handed them new ones.
    auto next = specialisation.worklist.begin();
    Version *version = next->second;
    specialisation.worklist.erase(next);
    version->queued.reset();
    evaluate(*version);
  }
  specialisation.running = false;
  if (specialisation.result || failed)
    return;
  // Neither a result nor a version that waits for one: every path raises.
  for (Version &version : specialisation.versions)
    if (version.isReached() && version.ending.kind == Ending::None)
      return;
  if (!specialisation.raises)
    setRaises(specialisation);
}

/// No path returns: a call of it ends its block.
void Engine::setRaises(Specialisation &specialisation) {
  specialisation.raises = true;
  for (Version *dependent : specialisation.dependents) {
    enqueue(dependent);
    enqueue(dependent->specialisation);
  }
}

void Engine::setResult(Specialisation &specialisation, Type type,
                       Version &version) {
  Type joined = type;
  if (specialisation.result)
    joined = join(specialisation.result, type);
  if (joined == specialisation.result)
    return;
  if (!specialisation.result)
    specialisation.changesLeft = getMaxChanges(joined);
  if (!specialisation.changesLeft-- || isTooLarge(joined))
    return report(version.ending.loc, 70,
                  "a result whose structure grows with every call", version);
  specialisation.result = joined;
  specialisation.raises = false;
  for (Version *dependent : specialisation.dependents) {
    enqueue(dependent);
    enqueue(dependent->specialisation);
  }
}

//===----------------------------------------------------------------------===//
// Finishing
//===----------------------------------------------------------------------===//

/// The last edge is the default.
static void emitSwitch(OpBuilder &builder, const Ending &ending,
                       ArrayRef<SmallVector<Value>> operands) {
  SmallVector<int64_t> cases;
  SmallVector<Block *> targets;
  SmallVector<ValueRange> values;
  for (auto [i, edge] : llvm::enumerate(ArrayRef(ending.edges).drop_back())) {
    cases.push_back(i);
    targets.push_back(edge.target->block);
    values.push_back(operands[i]);
  }
  auto attribute = DenseIntElementsAttr::get(
      VectorType::get(cases.size(), builder.getI64Type()), cases);
  cf::SwitchOp::create(builder, ending.loc, ending.condition,
                       ending.edges.back().target->block, operands.back(),
                       attribute, targets, values);
}

void Engine::emitEnding(Version &version, Type result) {
  Emitter emitter(*this, version, version.block);
  Ending &ending = version.ending;
  emitter.loc = ending.loc;
  OpBuilder &builder = emitter.builder;
  if (ending.kind == Ending::Unreachable) {
    Value poison = ub::PoisonOp::create(builder, ending.loc, result);
    func::ReturnOp::create(builder, ending.loc, poison);
    return;
  }
  if (ending.kind == Ending::Return) {
    Value value = emitter.convert(ending.result, result);
    func::ReturnOp::create(builder, ending.loc, value);
    return;
  }
  SmallVector<SmallVector<Value>, 2> operands;
  for (Edge &edge : ending.edges) {
    SmallVector<Value> &values = operands.emplace_back();
    if (edge.target->joined)
      for (auto [value, type] : llvm::zip(edge.values, edge.target->types))
        values.push_back(emitter.convert(value, type));
  }
  if (ending.edges.size() == 1)
    cf::BranchOp::create(builder, ending.loc, ending.edges[0].target->block,
                         operands[0]);
  else if (ending.condition.getType().isInteger(1))
    cf::CondBranchOp::create(builder, ending.loc, ending.condition,
                             ending.edges[0].target->block, operands[0],
                             ending.edges[1].target->block, operands[1]);
  else
    emitSwitch(builder, ending, operands);
}

/// Writes the terminators and drops the versions that nothing reaches.
void Engine::finish(Specialisation &specialisation) {
  Type result = specialisation.result;
  if (!result) // never returns: any type will do
    result = getNoneType(context);
  for (Version &version : specialisation.versions) {
    if (!version.isReached()) {
      version.block->dropAllDefinedValueUses();
      version.block->erase();
      continue;
    }
    emitEnding(version, result);
  }
  specialisation.typed.setFunctionType(
      FunctionType::get(context, specialisation.arguments, result));
}

/// A public function that calls `entry`, which may be recursive.
static func::FuncOp makeEntry(InstantiateOp request, Specialisation &entry) {
  OpBuilder builder(request);
  func::FuncOp callee = entry.typed;
  auto function =
      func::FuncOp::create(builder, request.getLoc(), request.getSymName(),
                           callee.getFunctionType());
  function->setAttr("myia.entry", builder.getUnitAttr());
  builder.setInsertionPointToStart(function.addEntryBlock());
  auto call = func::CallOp::create(builder, request.getLoc(), callee,
                                   function.getArguments());
  func::ReturnOp::create(builder, request.getLoc(), call.getResults());
  return function;
}

void Engine::evaluateAll() {
  while (!worklist.empty() && !failed) {
    Specialisation *next = worklist.front();
    worklist.pop_front();
    next->queued = false;
    evaluate(*next);
  }
}

void Engine::requireOwnParts(Emitter &emitter, int64_t container,
                             const Twine &message) {
  partUpdates.push_back({{emitter.version.specialisation, container},
                         &emitter.version,
                         emitter.loc,
                         message.str()});
}

void Engine::addUnknownPart(const Emitter &emitter,
                            ArrayRef<int64_t> containers) {
  for (int64_t container : containers)
    unknownParts.insert({emitter.version.specialisation, container});
}

void Engine::checkParts() {
  for (const PartUpdate &update : partUpdates)
    if (!failed && update.version->isReached() &&
        unknownParts.contains(update.container))
      report(update.loc, 2, update.message, *update.version);
}

/// What an operation does that happens again when it is repeated; else null.
static const char *effectOf(Operation &op) {
  if (isa<DrawOp, SeedOp>(op))
    return "takes random numbers without a key";
  auto write = dyn_cast<WriteOp>(op);
  return write && write.getPurpose() == "print" ? "prints" : nullptr;
}

/// Reports effects of what the repeating functions call.
void Engine::checkEffects() {
  llvm::StringMap<Specialisation *> byName;
  for (Specialisation &each : specialisations)
    byName[each.typed.getSymName()] = &each;
  for (size_t i = 0; i < repeating.size() && !failed; ++i)
    for (Version &version : repeating[i]->versions) {
      if (!version.isReached())
        continue;
      version.block->walk([&](Operation *op) {
        for (NamedAttribute attribute : op->getAttrs())
          if (auto symbol = dyn_cast<FlatSymbolRefAttr>(attribute.getValue()))
            if (Specialisation *callee = byName.lookup(symbol.getValue()))
              repeating.insert(callee);
        if (const char *effect = effectOf(*op); effect && !failed)
          report(op->getLoc(), 60,
                 Twine("what ") + effect +
                     " cannot be differentiated by calling it again, as vjp, "
                     "jvp, Jacobians, Hessians and checkpoint do",
                 version);
      });
    }
}

/// The functions that never return: each waits for another one of them.
SmallVector<Specialisation *> Engine::findEndless() {
  SmallVector<Specialisation *> found;
  for (Specialisation &specialisation : specialisations)
    if (!specialisation.result && !specialisation.raises)
      found.push_back(&specialisation);
  return found;
}

/// Whether some path ends in an exception rather than in a call.
static bool raisesItself(Specialisation *specialisation) {
  return llvm::any_of(specialisation->versions, [](Version &version) {
    return version.isReached() && version.ending.kind == Ending::Unreachable;
  });
}

LogicalResult Engine::run() {
  SmallVector<std::pair<InstantiateOp, Specialisation *>> entries;
  for (auto request : module.getOps<InstantiateOp>()) {
    func::FuncOp surface = lookupFunction(request.getFunction());
    auto types =
        llvm::to_vector(request.getTypes().getAsValueRange<TypeAttr>());
    if (!surface || surface.getNumArguments() != types.size())
      return request.emitOpError("requires a surface function with ")
             << types.size() << " parameters [got " << request.getFunction()
             << "]";
    // Open fields are listed if any argument has one.
    ArrayAttr open = request.getOpen(), none = ArrayAttr::get(context, {});
    for (auto [i, type] : llvm::enumerate(types))
      type = recursive.getArgumentType(
          type, i < open.size() ? cast<ArrayAttr>(open[i]) : none);
    entries.emplace_back(request,
                         create(surface, types, nullptr, request.getLoc()));
    enqueue(entries.back().second);
  }
  evaluateAll();
  for (SmallVector<Specialisation *> endless;
       !failed && !(endless = findEndless()).empty();) {
    for (auto [request, entry] : entries)
      if (llvm::is_contained(endless, entry) &&
          llvm::none_of(endless, raisesItself)) {
        myia::emitError(request.getLoc(), 71)
            << entry->surface.getSymName()
            << " calls itself on every path and never returns";
        failed = true;
      }
    for (Specialisation *specialisation : endless)
      setRaises(*specialisation);
    evaluateAll();
  }
  checkParts();
  checkEffects();
  if (failed) {
    for (Specialisation &specialisation : specialisations) {
      for (Block &block : specialisation.typed.getBody())
        block.dropAllDefinedValueUses();
      specialisation.typed.erase();
    }
    return failure();
  }
  SmallVector<Operation *> surface;
  for (Operation &op : *module.getBody())
    if (isa<ClassOp, func::FuncOp>(op))
      surface.push_back(&op);
  for (Specialisation &specialisation : specialisations) {
    finish(specialisation);
    module.push_back(specialisation.typed);
  }
  for (auto [request, entry] : entries)
    makeEntry(request, *entry);
  recursive.declare();
  for (Operation *op : surface)
    op->erase();
  for (auto [request, entry] : entries)
    request.erase();
  return success();
}
