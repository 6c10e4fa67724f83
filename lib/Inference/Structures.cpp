//===- Structures.cpp - Tuples and records as trees of leaves ---*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the prelude's derivative calls and vmap need to know of the structure of
// a value: its leaves, and a value of the same structure with other leaves.
// A leaf is whatever is no tuple, dict or instance of a plain class.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace mlir::myia;

/// Whether a value has parts, rather than being a leaf.
static bool hasParts(Type type, bool functions) {
  return isa<myia::TupleType, RecordType>(type) ||
         (functions && isa<ClosureType>(type));
}

static void collectLeaves(Emitter &e, Ref value, bool functions,
                          SmallVectorImpl<Ref> &leaves) {
  if (!hasParts(value->type, functions)) {
    leaves.push_back(value);
    return;
  }
  for (Ref part : llvm::to_vector(e.elements(value)))
    collectLeaves(e, part, functions, leaves);
}

/// `like` with the first of `leaves` in place of its own; takes them off.
static Ref rebuild(Emitter &e, Ref like, bool functions,
                   ArrayRef<Ref> &leaves) {
  if (!hasParts(like->type, functions)) {
    Ref leaf = leaves.front();
    leaves = leaves.drop_front();
    return leaf;
  }
  SmallVector<Ref> parts;
  for (Ref part : llvm::to_vector(e.elements(like))) {
    parts.push_back(rebuild(e, part, functions, leaves));
    if (!parts.back())
      return nullptr;
  }
  return e.aggregate(like->type, parts);
}

/// The parts of `value` in the order of those of `like`, a value of the same
/// kind; nothing if it is of another kind.
static std::optional<SmallVector<Ref>> partsInOrder(Emitter &e, Ref value,
                                                    Type like) {
  value = listsAsTuples(e, value);
  auto record = dyn_cast<RecordType>(like);
  if (!record) {
    if (!isa<myia::TupleType>(value->type))
      return std::nullopt;
    return llvm::to_vector(e.elements(value));
  }
  auto own = dyn_cast<RecordType>(value->type);
  if (!own || own.getName() != record.getName() ||
      own.getFields().size() != record.getFields().size())
    return std::nullopt;
  SmallVector<Ref> parts;
  for (Attribute field : record.getFields()) {
    auto found = llvm::find(own.getFields(), field);
    if (found == own.getFields().end())
      return std::nullopt;
    parts.push_back(e.elements(value)[found - own.getFields().begin()]);
  }
  return parts;
}

/// What `given` has for each leaf of `value`; None, and in a `prefix` any other
/// leaf, counts for all leaves of a part.
static LogicalResult spread(Emitter &e, StringRef name, Ref given, Ref value,
                            bool prefix, SmallVectorImpl<Ref> &spreaded) {
  bool isNone = given->type == getNoneType(e.context());
  if (!hasParts(value->type, false) || isNone ||
      (prefix && !hasParts(listsAsTuples(e, given)->type, false))) {
    SmallVector<Ref> leaves;
    collectLeaves(e, value, false, leaves);
    spreaded.append(leaves.size(), given);
    return success();
  }
  auto own = llvm::to_vector(e.elements(value));
  auto parts = partsInOrder(e, given, value->type);
  if (!parts || parts->size() != own.size()) {
    e.error(25, name + " must have the structure of " + describe(value->type) +
                    " [got " + describe(given->type) + "]");
    return failure();
  }
  for (auto [part, inner] : llvm::zip(*parts, own))
    if (failed(spread(e, name, part, inner, prefix, spreaded)))
      return failure();
  return success();
}

namespace {
/// A function of the program: null if a value is something else.
struct Callable {
  func::FuncOp op;
  SmallVector<Parameter> parameters;
  /// How many of them the instance of a method or a partial takes.
  size_t bound = 0;

  /// The parameters that a call gives.
  ArrayRef<Parameter> open() const {
    return ArrayRef<Parameter>(parameters).drop_front(bound);
  }
};
} // namespace

static Callable findCallable(Emitter &e, Ref callee) {
  auto closure = dyn_cast<ClosureType>(callee->type);
  auto symbol = closure ? dyn_cast<FlatSymbolRefAttr>(closure.getFunction())
                        : FlatSymbolRefAttr();
  Callable found;
  if (symbol)
    found.op = e.engine.lookupFunction(symbol.getValue());
  if (!found.op)
    return found;
  found.parameters = getParameters(found.op);
  size_t hidden = found.op.getNumArguments() - found.parameters.size();
  found.bound = std::max(hidden, e.elements(callee).size()) - hidden;
  return found;
}

/// The position of one entry of `argnums` among `count` positional arguments.
static std::optional<int64_t> findArgument(Emitter &e, Ref callee, Ref entry,
                                           int64_t count) {
  if (auto name = getStaticString(entry->type)) {
    Callable function = findCallable(e, callee);
    for (auto [i, parameter] : llvm::enumerate(function.open()))
      if (parameter.name == *name && parameter.takesPosition() &&
          int64_t(i) < count)
        return i;
    e.error(21, "no positional argument '" + *name + "' to differentiate");
    return std::nullopt;
  }
  std::optional<int64_t> position = getStaticInt(entry->type);
  if (!position || getPythonNumber(entry->type).isInteger(1)) {
    e.error(21, "argnums takes positions and names of parameters, not " +
                    describe(entry->type));
    return std::nullopt;
  }
  int64_t found = *position < 0 ? *position + count : *position;
  if (found >= 0 && found < count)
    return found;
  e.error(21, "no argument " + Twine(*position) +
                  " to differentiate [the call has " + Twine(count) + "]");
  return std::nullopt;
}

/// The positions that `argnums` means in a call of `callee`, as a tuple.
static Ref findArguments(Emitter &e, StringRef name, Arguments arguments) {
  Ref callee = arguments[0], argnums = arguments[1];
  std::optional<int64_t> count = getStaticInt(arguments[2]->type);
  if (!count)
    return badArgument(e, name, arguments[2]);
  SmallVector<Ref> entries{argnums}, positions;
  llvm::SmallSet<int64_t, 4> seen;
  if (isa<myia::TupleType>(argnums->type))
    entries = llvm::to_vector(e.elements(argnums));
  if (getStaticString(argnums->type) == "*") {
    entries.clear();
    for (int64_t i = 0; i < *count; ++i)
      entries.push_back(e.integer(i));
  }
  for (Ref entry : entries) {
    auto position = findArgument(e, callee, entry, *count);
    if (!position)
      return nullptr;
    if (!seen.insert(*position).second)
      return e.error(21, "argnums names an argument twice");
    positions.push_back(e.integer(*position));
  }
  return positions.empty() ? e.error(21, "argnums names no parameter")
                           : e.tuple(positions);
}

/// Whether values of the type lead to real floats, and to nothing complex.
static bool isFloating(Emitter &e, Type type) {
  RecursiveTypes &recursive = e.engine.recursive;
  Type number = getPythonNumber(type);
  type = number ? number : type;
  Type gradient = recursive.getGradientType(type);
  return gradient && recursive.leadsTo(gradient, llvm::IsaPred<FloatType>) &&
         !recursive.leadsTo(type, llvm::IsaPred<myia::ComplexType>);
}

/// The arguments of a call by position, with defaults, and by name: none,
/// unless there are parameters without a position.
static Ref bindByPosition(Emitter &e, StringRef name, Arguments arguments) {
  Ref callee = arguments[0], args = arguments[1], keywords = arguments[2];
  Callable function = findCallable(e, callee);
  if (!function.op ||
      !llvm::all_of(function.parameters,
                    [](const Parameter &p) { return p.takesPosition(); }))
    return e.tuple({args, keywords});
  auto names = llvm::cast<RecordType>(keywords->type).getFields();
  CallArguments call{llvm::to_vector(e.elements(args)),
                     llvm::to_vector(names.getAsValueRange<StringAttr>())};
  llvm::append_range(call.values, e.elements(keywords));
  SmallVector<Ref> bound;
  if (failed(bindClosure(e, callee, function.op, call, bound)))
    return nullptr;
  size_t open = function.open().size();
  return e.tuple(
      {e.tuple(ArrayRef<Ref>(bound).take_back(open)), makeDict(e, {}, {})});
}

/// Numbers that are known when compiling as run-time ones, in all parts.
static Ref atRunTime(Emitter &e, Ref value) {
  if (hasParts(value->type, false)) {
    SmallVector<Ref> parts;
    for (Ref part : llvm::to_vector(e.elements(value))) {
      parts.push_back(atRunTime(e, part));
      if (!parts.back())
        return nullptr;
    }
    return e.aggregate(value->type, parts);
  }
  Type number = getPythonNumber(value->type);
  return number ? e.engine.make({number, e.convert(value, number), {}}) : value;
}

/// Reports a tangent or cotangent that is not of the kind, the dtype and the
/// shape of the float or array of floats that it belongs to.
static Ref checkTangent(Emitter &e, StringRef, Arguments arguments) {
  Ref value = arguments[0], tangent = arguments[1];
  auto refuse = [&](unsigned code) {
    return e.error(code, "this tangent or cotangent must be of type " +
                             describe(value->type) + " [got " +
                             describe(tangent->type) + "]");
  };
  Type number = getPythonNumber(tangent->type);
  auto own = getArray(value->type), given = getArray(tangent->type);
  if ((!number && !given) || (number && number.isInteger(1)))
    return refuse(25);
  Type element = own ? own.getElementType() : e.builder.getF64Type();
  if (given && given.getElementType() != element)
    return refuse(25);
  Shape shape = e.shapeOf(value), other = e.shapeOf(tangent);
  if (shape.rank() != other.rank())
    return refuse(30);
  for (size_t i = 0; i < shape.rank(); ++i) {
    if (!shape.values[i] && !other.values[i]) {
      if (shape.dims[i] != other.dims[i])
        return refuse(30);
      continue;
    }
    Ref differs =
        binary(e, BinaryKind::ne, e.dimension(shape, i), e.dimension(other, i));
    if (!e.raiseIf(e.scalar(differs, e.builder.getI1Type()), "ValueError",
                   "a tangent or cotangent must have the shape of what it "
                   "belongs to"))
      return nullptr;
  }
  return e.none();
}

void myia::addStructurePrimitives(PrimitiveTable &table) {
  const std::string module = "myia.prelude.structures.";
  auto takesFunctions = [](Emitter &e, StringRef name, Ref flag) {
    return getFlag(e, name, flag);
  };
  table[module + "leaves"] = {
      "value functions?",
      [=](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        auto functions = takesFunctions(e, name, arguments[1]);
        if (!functions)
          return nullptr;
        SmallVector<Ref> leaves;
        collectLeaves(e, arguments[0], *functions, leaves);
        return e.tuple(leaves);
      }};
  table[module + "rebuild"] = {
      "like leaves functions?",
      [=](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        auto functions = takesFunctions(e, name, arguments[2]);
        if (!functions)
          return nullptr;
        SmallVector<Ref> own;
        collectLeaves(e, arguments[0], *functions, own);
        auto leaves = llvm::to_vector(e.elements(arguments[1]));
        if (leaves.size() != own.size())
          return badArgument(e, name, arguments[1]);
        ArrayRef<Ref> rest = leaves;
        return rebuild(e, arguments[0], *functions, rest);
      }};
  table[module + "spread"] = {
      "given value name prefix?",
      [](Emitter &e, StringRef function, Arguments arguments) -> Ref {
        auto name = getStaticString(arguments[2]->type);
        auto prefix = getFlag(e, function, arguments[3]);
        SmallVector<Ref> spreaded;
        if (!name || !prefix ||
            failed(spread(e, *name, arguments[0], arguments[1], *prefix,
                          spreaded)))
          return nullptr;
        return e.tuple(spreaded);
      }};
  table[module + "is_differentiable"] = {
      "value", [](Emitter &e, StringRef, Arguments arguments) {
        return e.boolean(isFloating(e, arguments[0]->type));
      }};
  table[module + "is_complex"] = {
      "value", [](Emitter &e, StringRef, Arguments arguments) {
        return e.boolean(holdsComplex(arguments[0]->type));
      }};
  table[module + "zeros"] = {
      "value", [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        Ref value = atRunTime(e, arguments[0]);
        return value && e.engine.recursive.getGradientType(value->type)
                   ? zeroGradient(e, value)
                   : badArgument(e, name, arguments[0]);
      }};
  table[module + "is_recursive"] = {
      "value", [](Emitter &e, StringRef, Arguments arguments) {
        return e.boolean(isa<BoxType>(arguments[0]->type));
      }};
  table[module + "fields"] = {
      "value", [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        if (!isa<BoxType>(arguments[0]->type))
          return badArgument(e, name, arguments[0]);
        return e.tuple(llvm::to_vector(e.elements(arguments[0])));
      }};
  table[module + "positions"] = {"function argnums count", findArguments};
  table[module + "at_run_time"] = {
      "value", [](Emitter &e, StringRef, Arguments arguments) {
        return atRunTime(e, arguments[0]);
      }};
  table[module + "is_known"] = {
      "number", [](Emitter &e, StringRef, Arguments arguments) {
        return e.boolean(getStaticInt(arguments[0]->type).has_value());
      }};
  table[module + "check"] = {"value tangent", checkTangent};
  table[module + "bound"] = {"function args keywords", bindByPosition};
  table[module + "captured"] = {
      "function", [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        if (!isa<ClosureType>(arguments[0]->type))
          return badArgument(e, name, arguments[0]);
        return e.tuple(llvm::to_vector(e.elements(arguments[0])));
      }};
  table[module + "call_with_rule"] = {
      "function forward backward held args",
      [](Emitter &e, StringRef, Arguments arguments) {
        return callWithRule(e, arguments[0], arguments[1], arguments[2],
                            arguments[3], arguments[4]);
      }};
  table[module + "repeats"] = {"", [](Emitter &e, StringRef, Arguments) {
                                 e.engine.requireNoEffects(e);
                                 return e.none();
                               }};
}
