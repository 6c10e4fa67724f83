//===- Updates.cpp - Changing what is in a list -----------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `grid[i].append(v)` as a value: the row is taken out of the grid, changed and
// put back. Where the frontend could not show that nothing else sees a list,
// and for every list inside another one, a check of its references comes first.
//
//===----------------------------------------------------------------------===//

#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "IndexArrays.h"
#include "Indexing.h"
#include "Lists.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

namespace {
/// An object on the way to the one that is changed, without the part of it that
/// the next step of the path leads to.
struct Holder {
  Ref object, index;
  Value position; // in a list
};

/// Applies one `myia.mutate`.
class Update {
public:
  Update(Emitter &e, MutateOp op, ArrayRef<Ref> operands)
      : e(e), op(op), root(operands.front()), method(op.getMethod()),
        indices(operands.slice(1, op.getNumSubscripts())),
        arguments(operands.slice(1 + indices.size(),
                                 op.getArgs().size() - indices.size())),
        witnesses(operands.take_back(op.getWitnesses().size())) {}

  LogicalResult run(SmallVectorImpl<Ref> &results);

private:
  Type findType();
  std::optional<unsigned> findField(Type type, StringRef name);
  Ref nextIndex(ArrayRef<Ref> &left, StringRef step);
  Ref ownPart(Ref object);
  Ref takeOut(Ref object, StringRef step, Ref index);
  Ref putBack(const Holder &holder, Ref part);
  LogicalResult apply(Ref object, Ref &changed, Ref &result);
  Ref fill(Ref array);
  LogicalResult callOther(SmallVectorImpl<Ref> &results);

  Emitter &e;
  MutateOp op;
  Ref root;
  StringRef method;
  ArrayRef<Ref> indices, arguments, witnesses;
  SmallVector<Holder> holders;
};
} // namespace

std::optional<unsigned> Update::findField(Type type, StringRef name) {
  auto record = dyn_cast<RecordType>(type);
  if (!record)
    return std::nullopt;
  for (auto [i, field] : llvm::enumerate(record.getFields()))
    if (llvm::cast<StringAttr>(field).getValue() == name)
      return i;
  return std::nullopt;
}

/// The position of an element of a tuple or of an item of a dict, if it is
/// known and there is one.
static std::optional<unsigned> findElement(Type type, Ref index) {
  if (isDict(type))
    return findDictItem(type, index);
  auto tuple = dyn_cast<myia::TupleType>(type);
  std::optional<int64_t> at = getStaticInt(index->type);
  int64_t size = tuple ? tuple.getElements().size() : 0;
  if (!tuple || !at || *at < -size || *at >= size)
    return std::nullopt;
  return *at < 0 ? *at + size : *at;
}

/// The type of what the path leads to; null if a step is anything but a part of
/// a list, array, tuple, record or dict.
Type Update::findType() {
  Type type = root->type;
  ArrayRef<Ref> left = indices;
  for (StringRef step : op.getPath().getAsValueRange<StringAttr>()) {
    if (step != "[]") {
      std::optional<unsigned> field = findField(type, step);
      if (!field)
        return {};
      type = llvm::cast<RecordType>(type).getElements()[*field];
      continue;
    }
    Ref index = left.consume_front();
    if (auto element = findElement(type, index))
      type = (*getAggregateElements(type))[*element];
    else if (isList(type) && !isSlice(index) && getListElement(type))
      type = getListElement(type);
    else if (auto array = getAnyArray(type); array && array.getRank() > 0)
      ; // what a subscript gives is an array, too
    else
      return {};
  }
  return type;
}

/// What is changed inside another object: nothing else may see it. Lists are
/// counted; for arrays and dicts, which are values, the frontend must have
/// shown it.
Ref Update::ownPart(Ref object) {
  if (isList(object->type))
    return unshared(e, object);
  auto array = getAnyArray(object->type);
  bool isObject = isDict(object->type) || (array && array.getRank() > 0);
  if (!isObject)
    return object;
  std::string message = "this " + describe(object->type) +
                        " is a part of something else, and may be visible "
                        "elsewhere: build a new one, and store it";
  auto container = op->getAttrOfType<IntegerAttr>("myia.owns_parts");
  if (!container)
    return e.error(2, message);
  e.engine.requireOwnParts(e, container.getInt(), message);
  return object;
}

void myia::checkParts(Emitter &e, Operation &op, ArrayRef<Ref> stored) {
  auto containers = op.getAttrOfType<DenseI64ArrayAttr>("myia.parts");
  bool isUnknown = llvm::any_of(
      stored, [&](Ref value) { return holdsValues(e, value->type); });
  if (containers && isUnknown)
    e.engine.addUnknownPart(e, containers.asArrayRef());
}

/// What a method that gives a function a rule means, in the prelude; or null.
static FlatSymbolRefAttr findFunctionUpdate(Emitter &e, StringRef method) {
  std::string symbol = ("function.update." + method).str();
  return e.engine.lookupFunction(symbol)
             ? FlatSymbolRefAttr::get(e.context(), symbol)
             : FlatSymbolRefAttr();
}

/// Takes a step of the path: the rest of `object` is kept, the part returned.
Ref Update::takeOut(Ref object, StringRef step, Ref index) {
  if (getAnyArray(object->type)) {
    Ref part = getItem(e, object, index);
    holders.push_back({object, index, {}});
    return part;
  }
  if (isList(object->type)) {
    Value position =
        checkedPosition(e, object, index, "list index out of range");
    if (!position)
      return nullptr;
    Value list = e.materialize(object);
    auto take = ListTakeOp::create(
        e.builder, e.loc,
        TypeRange{list.getType(), getListElement(object->type)}, list,
        position);
    holders.push_back({e.wrap(take.getRest()), index, position});
    return ownPart(e.wrap(take.getValues()[0]));
  }
  unsigned at = index ? *findElement(object->type, index)
                      : *findField(object->type, step);
  holders.push_back({object, e.integer(at), {}});
  return ownPart(e.elements(object)[at]);
}

Ref Update::putBack(const Holder &holder, Ref part) {
  if (getAnyArray(holder.object->type))
    return setItem(e, holder.object, holder.index, part);
  if (isList(holder.object->type))
    return replaceListElement(e, holder.object, holder.position, part);
  SmallVector<Ref> elements(e.elements(holder.object));
  elements[*getStaticInt(holder.index->type)] = part;
  return e.aggregate(holder.object->type, elements);
}

/// `array.fill(number)`.
Ref Update::fill(Ref array) {
  if (arguments.size() != 1 || !op.getKeywords().empty())
    return e.error(21, "fill() takes one argument, by position");
  Ref number = arguments[0];
  Ref part = isComplex(number->type) ? realPart(e, number) : number;
  if (!isNumeric(part->type) || e.shapeOf(part).rank() > 0)
    return e.error(20, "fill() takes a number [got " + describe(number->type) +
                           "]");
  Attribute all = PrimAttr::get(e.context(), "builtins.Ellipsis");
  return setItem(e, array, e.known(all), number);
}

LogicalResult Update::apply(Ref object, Ref &changed, Ref &result) {
  result = e.none();
  if (!getAnyArray(object->type)) // which copies what is stored
    checkParts(e, *op, arguments);
  bool isPlain = isList(object->type) && op.getKeywords().empty();
  if (method == "[]=")
    changed = setItem(e, object, arguments[0], arguments[1]);
  else if (method == "fill" && getAnyArray(object->type))
    changed = fill(object);
  else if (auto kind = op.getKind())
    changed = augmented(e, *kind, object, arguments[0]);
  else if (method == "append" && isPlain && arguments.size() == 1)
    changed = appendToList(e, object, arguments[0]);
  else if (method == "pop" && isPlain && arguments.empty())
    std::tie(changed, result) = popFromList(e, object);
  else {
    CallArguments all{SmallVector<Ref>(arguments), {}};
    for (auto keyword : op.getKeywords().getAsValueRange<StringAttr>())
      all.keywords.push_back(keyword);
    Ref pair = nullptr;
    if (isa<ClosureType>(object->type))
      pair = call(e, e.closure(findFunctionUpdate(e, method), {object}), all);
    else if (isDict(object->type))
      pair = callDictUpdate(e, object, method, all);
    else
      pair = callListMethod(e, object, ("update." + method).str(), all);
    if (!pair)
      return failure();
    changed = e.elements(pair)[0];
    result = e.elements(pair)[1];
  }
  return success(changed && result);
}

/// A method of something that nothing here changes by it.
LogicalResult Update::callOther(SmallVectorImpl<Ref> &results) {
  Ref object = root;
  ArrayRef<Ref> left = indices;
  for (StringRef step : op.getPath().getAsValueRange<StringAttr>()) {
    object = step == "[]" ? getItem(e, object, left.consume_front())
                          : getAttribute(e, object, step);
    if (!object)
      return failure();
  }
  if (op.isAssignment()) {
    e.error(2, describe(root->type) + " does not support this assignment: "
                                      "build a new value instead");
    return failure();
  }
  Ref bound = getAttribute(e, object, method);
  CallArguments all{SmallVector<Ref>(arguments), {}};
  for (auto keyword : op.getKeywords().getAsValueRange<StringAttr>())
    all.keywords.push_back(keyword);
  Ref result = bound ? call(e, bound, all) : nullptr;
  results.assign({root, result});
  return success(result != nullptr);
}

LogicalResult Update::run(SmallVectorImpl<Ref> &results) {
  Type type = findType();
  bool isChanged =
      type && (isList(type) || isDict(type) || op.isAssignment() ||
               (method == "fill" && getAnyArray(type)) ||
               (isa<ClosureType>(type) && findFunctionUpdate(e, method)));
  if (!isChanged)
    return callOther(results);
  Ref object = ownForUpdate(e, op, root, witnesses,
                            /*keysChange=*/op.getPath().empty());
  if (!object)
    return failure();
  ArrayRef<Ref> left = indices;
  size_t remaining = op.getPath().size();
  for (StringRef step : op.getPath().getAsValueRange<StringAttr>()) {
    Ref index = step == "[]" ? left.consume_front() : nullptr;
    // `a[i] += v` stores the copy again, and nothing else does.
    bool isStored = --remaining == 0 && op.getKind();
    bool isCopy =
        getAnyArray(object->type) && hasIndexArray(e, index) && !isStored;
    if (isCopy) {
      e.error(2, "a subscript by an array or a list gives a copy, and a change "
                 "of the copy changes nothing else: assign by one subscript, "
                 "as in a[i, j] = v");
      return failure();
    }
    object = takeOut(object, step, index);
    if (!object)
      return failure();
  }
  Ref changed = nullptr, result = nullptr;
  if (failed(apply(object, changed, result)))
    return failure();
  for (const Holder &holder : llvm::reverse(holders)) {
    changed = putBack(holder, changed);
    if (!changed)
      return failure();
  }
  results.assign({changed, result});
  return success();
}

Ref myia::ownForUpdate(Emitter &e, UpdateOpInterface op, Ref object,
                       ArrayRef<Ref> witnesses, bool keysChange) {
  auto array = getAnyArray(object->type);
  bool isArray = array && array.getRank() > 0;
  bool isCounted = isList(object->type);
  bool isChanged = isArray || isCounted || isDict(object->type) ||
                   isa<MutateOp>(*op); // which may change a part of anything
  SeenBy seenBy = op.getSeenBy();
  if (seenBy == SeenBy::none || !isChanged)
    return object;
  if (isDict(object->type) && seenBy == SeenBy::witnesses)
    return succeeded(checkWitnesses(e, object, keysChange, witnesses))
               ? object
               : nullptr;
  if (!isDict(object->type) && !isArray && seenBy != SeenBy::others)
    return isCounted ? unshared(e, object) : object;
  if (isa<AugmentOp>(*op))
    return e.error(2, isArray ? "an augmented assignment would update an array "
                                "that may be visible elsewhere: write x = x + "
                                "... instead"
                              : "an augmented assignment would update a dict "
                                "that may be visible elsewhere: write d = d | "
                                "... instead");
  return e.error(2, "this " + describe(object->type) +
                        " may be visible elsewhere (an argument, a part of "
                        "something else, or under another name); copy it "
                        "first");
}

LogicalResult myia::mutate(Emitter &e, MutateOp op, ArrayRef<Ref> operands,
                           SmallVectorImpl<Ref> &results) {
  return Update(e, op, operands).run(results);
}
