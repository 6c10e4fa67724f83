//===- Engine.h - Specialisation to a fixpoint -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The engine specialises functions per argument types and, inside, blocks per
// types of their live-ins, until nothing changes.
//
// * A function specialisation is evaluated when it is first called. A call of
//   one that has no result yet (recursion) blocks the calling block version,
//   which runs again once the result is known.
// * A block version that one edge reaches takes that edge's values as they are.
//   When a second edge arrives, the values are joined and become block
//   arguments, and the version runs again.
// * An operation that would look into a union ends its block version: the rest
//   of the block is a version per alternative. That is all of narrowing.
// * Versions are split on static structure and joined on numbers
//   (getVersionKey), beyond a few versions on everything but positions in what
//   is iterated over: what differs is then a union. Joins only go up, so this
//   ends unless structure itself grows without end, which is an error.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_ENGINE_H
#define MYIA_INFERENCE_ENGINE_H

#include "Emitter.h"
#include "RecursiveTypes.h"
#include "mlir/Analysis/Liveness.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include <deque>
#include <map>

namespace mlir::myia {

struct Specialisation;

/// One way out of a block version. On the way, `narrowed` is found to be the
/// alternative of a union, if it is set.
struct Edge {
  Version *target = nullptr;
  llvm::SmallVector<Ref> values;
  Ref narrowed = nullptr;
};

/// How an evaluated block version ends.
struct Ending {
  enum Kind { None, Branch, Return, Unreachable } kind = None;
  Location loc;
  /// Of a Branch with several edges: i1, or the i64 position of the edge.
  Value condition;
  llvm::SmallVector<Edge, 2> edges;
  Ref result = nullptr; // of a Return
};

/// A surface block with the types of its live-ins and arguments.
struct Version {
  Version(Specialisation &specialisation, Block *surface, Block *block)
      : specialisation(&specialisation), surface(surface), block(block),
        ending{Ending::None,
               UnknownLoc::get(block->getParentOp()->getContext()),
               {},
               {},
               nullptr} {}

  /// Whether some path leads here.
  bool isReached() const { return block->isEntryBlock() || !incoming.empty(); }

  Specialisation *specialisation;
  Block *surface;
  Block *block; // the typed code
  /// The edges that lead here, by where they come from: which version, and as
  /// which successor.
  llvm::MapVector<std::pair<Version *, unsigned>, Edge> incoming;
  /// Set when values are joined into block arguments.
  bool joined = false;
  llvm::SmallVector<Type> types; // of the arguments, when joined
  /// How often joins may still change each of them.
  llvm::SmallVector<unsigned> changesLeft;
  Ending ending;
  /// Where it is in the worklist, if it is there.
  std::optional<std::pair<unsigned, uint64_t>> queued;
  /// How many versions up, along single edges, this one takes values from.
  unsigned depth = 0;
};

/// A surface function with the types of its parameters.
struct Specialisation {
  Specialisation(func::FuncOp surface, Specialisation *caller, Location loc)
      : surface(surface), caller(caller), callLoc(loc) {}

  func::FuncOp surface;
  func::FuncOp typed;
  llvm::SmallVector<Type> arguments;
  Type result;              // null while unknown
  unsigned changesLeft = 0; // how often joins may still change it
  bool raises = false;      // evaluated, and no path returns
  bool running = false;
  bool queued = false;
  Specialisation *caller; // who asked first, and where
  Location callLoc;
  unsigned depth = 0;
  std::deque<Version> versions;
  llvm::DenseMap<std::pair<Block *, Type>, llvm::SmallVector<Version *, 1>>
      byKey;
  /// How many keys of a block are alike but for sizes.
  llvm::DenseMap<std::pair<Block *, Type>, unsigned> shapes;
  /// How many keys of a block are alike but for what variables hold.
  llvm::DenseMap<std::pair<Block *, Type>, unsigned> alternatives;
  /// The shallowest first, then the one that came first.
  std::map<std::pair<unsigned, uint64_t>, Version *> worklist;
  uint64_t enqueued = 0;
  llvm::SetVector<Version *>
      dependents; // block versions that wait for `result`
};

class Engine {
public:
  Engine(ModuleOp module, unsigned limit);

  /// Specialises every `myia.instantiate` of the module and erases the surface.
  LogicalResult run();

  //===--------------------------------------------------------------------===//
  // For emitters
  //===--------------------------------------------------------------------===//

  Ref make(Abstract value);
  llvm::ArrayRef<Ref> copy(llvm::ArrayRef<Ref> refs);
  /// Whether a type is too large to come from anything but a value that grows
  /// with every call or iteration.
  bool isTooLarge(Type type);
  /// How often joins may change what first has this type, before the reason
  /// must be structure that grows without end.
  unsigned getMaxChanges(Type type) { return 32 + 2 * getExtent(type).first; }
  /// Number of leaves and depth of nesting.
  std::pair<uint64_t, unsigned> getExtent(Type type);

  /// An update of a part of a container, by its number in the function: right
  /// unless a part of the container turns out to be unknown.
  void requireOwnParts(Emitter &emitter, int64_t container,
                       const llvm::Twine &message);
  /// Others may see a part of these containers.
  void addUnknownPart(const Emitter &emitter,
                      llvm::ArrayRef<int64_t> containers);

  /// What the function calls that is being evaluated is called once more, or
  /// again and again: effects that anybody sees are an error.
  void requireNoEffects(const Emitter &emitter) {
    repeating.insert(emitter.version.specialisation);
  }

  func::FuncOp lookupFunction(llvm::StringRef name) const;
  ClassOp lookupClass(llvm::StringRef name) const;

  /// The specialisation for a call from `caller`, evaluated if it is new; null
  /// after an error. With `exact`, the types are taken as they are.
  Specialisation *specialise(func::FuncOp surface, llvm::ArrayRef<Type> types,
                             Emitter &caller, bool exact = false);
  /// Emits the call; null when the result is not known yet.
  Ref call(Specialisation *callee, llvm::ArrayRef<Ref> arguments,
           Emitter &caller);

  RecursiveTypes recursive;

  /// Reports an error with the chain of calls that led to `version`.
  void report(Location loc, unsigned code, const llvm::Twine &message,
              const Version &version);

private:
  Specialisation *create(func::FuncOp surface, llvm::ArrayRef<Type> types,
                         Specialisation *caller, Location loc);
  void enqueue(Specialisation *specialisation);
  void enqueue(Version *version);
  void evaluateAll();
  void evaluate(Specialisation &specialisation);
  void evaluate(Version &version);
  void reset(Version &version);
  llvm::SmallVector<Specialisation *> findEndless();
  void checkParts();
  void checkEffects();
  void setRaises(Specialisation &specialisation);
  void setResult(Specialisation &specialisation, Type type, Version &version);

  // Unions (Narrowing.cpp).
  void narrow(Version &version, Operation &op, Ref operand, Emitter &emitter,
              const llvm::DenseMap<Value, Ref> &environment);
  Block *splitBefore(Operation &op);
  void takeNarrowed(Emitter &emitter, const Edge &edge,
                    llvm::SmallVectorImpl<Ref> &values);
  void replace(llvm::MutableArrayRef<Ref> values, Ref from, Ref to);

  // Edges.
  const llvm::SmallVector<Value> &liveIns(Block *block);
  void numberBlocks(Region &region);
  void connect(Version &from, unsigned index, Block *surface,
               llvm::ArrayRef<Ref> values, Ref narrowed = nullptr);
  Type boundShapes(Specialisation &specialisation, Block *surface, Type key);
  Type boundAlternatives(Specialisation &specialisation, Block *surface,
                         Type key, bool isNarrowed);
  void disconnect(Version &from, unsigned first);
  bool joinValues(Version &target, llvm::ArrayRef<Ref> values);

  // Once nothing changes any more.
  void finish(Specialisation &specialisation);
  void emitEnding(Version &version, Type result);

  ModuleOp module;
  MLIRContext *context;
  unsigned limit;
  bool failed = false;
  llvm::StringMap<Operation *> symbols;
  /// Per type that holds others: how many leaves it has, how deeply it nests.
  llvm::DenseMap<Type, std::pair<uint64_t, unsigned>> extents;
  std::deque<Abstract> arena;
  std::deque<llvm::SmallVector<Ref>> lists;
  std::deque<Specialisation> specialisations;
  llvm::DenseMap<std::pair<Operation *, Type>, Specialisation *> byArguments;
  llvm::DenseMap<Operation *, unsigned> counts;
  std::deque<Specialisation *> worklist;
  llvm::DenseMap<Type, Type> versionKeys;
  llvm::DenseMap<Type, bool> usedUp;
  /// Updates of parts of containers, and the containers with unknown parts.
  using Container = std::pair<Specialisation *, int64_t>;
  struct PartUpdate {
    Container container;
    Version *version;
    Location loc;
    std::string message;
  };
  llvm::SmallVector<PartUpdate> partUpdates;
  llvm::DenseSet<Container> unknownParts;
  llvm::SetVector<Specialisation *> repeating;
  llvm::DenseMap<Block *, llvm::SmallVector<Value>> liveInCache;
  /// Positions of the blocks of the functions that have a liveness.
  llvm::DenseMap<Block *, unsigned> blockOrder;
  llvm::DenseMap<Operation *, std::unique_ptr<Liveness>> liveness;
};

} // namespace mlir::myia

#endif // MYIA_INFERENCE_ENGINE_H
