//===- Iterators.cpp - What a for loop runs over -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One entry per kind of iterator. A position that is an index constant makes
// every step a block version of its own: that is how a loop over a tuple is
// unrolled.
//
//===----------------------------------------------------------------------===//

#include "Classes.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

static Ref position(Emitter &e, int64_t value) {
  return e.known(e.builder.getIndexAttr(value));
}

static StringRef kindOf(Ref iterator) {
  auto type = dyn_cast<IteratorType>(iterator->type);
  return type ? type.getKind().getValue() : StringRef();
}

/// A list that is changed while a loop runs over it must be found out: the
/// iterator holds it.
Ref myia::reversedList(Emitter &e, Ref list) {
  Ref last = binary(e, BinaryKind::sub, listLength(e, list), e.integer(1));
  return e.iterator("reversed", {list, last});
}

/// An instance whose `__iter__` gives an iterator.
static Ref iterateByMethod(Emitter &e, Ref object) {
  Ref result = callMethod(e, object, "__iter__");
  if (!result)
    return nullptr;
  if (getClass(e, result->type))
    return e.error(1, "__iter__ gives " + describe(result->type) +
                          ", whose __next__ would have to change it: return "
                          "iter(...) of a tuple or list");
  StringRef kind = kindOf(result);
  if (kind.empty() || isText(result->type) ||
      llvm::is_contained({"range", "slice"}, kind))
    return e.error(27, "iter() returned non-iterator of type '" +
                           describe(result->type) +
                           "': let __iter__ return iter(...) of it");
  return iterate(e, result);
}

/// An instance without `__iter__`, whose elements `__getitem__` gives.
static Ref iterateByItems(Emitter &e, Ref object) {
  Ref length = callForNumber(e, object, "__len__");
  if (length)
    return e.iterator("indexed", {object, e.integer(0), length});
  return e.outcome != Outcome::Normal
             ? nullptr
             : e.error(27, describe(object->type) +
                               " has __getitem__, but no __len__ that says how "
                               "many elements there are, nor __iter__");
}

Ref myia::iterate(Emitter &e, Ref iterable) {
  if (!defines(e, iterable, "__iter__"))
    iterable = asTuple(e, iterable);
  if (isa<TupleType>(iterable->type))
    return e.iterator("tuple", {iterable, position(e, 0)});
  // The view stays with the iterator: it says what an update would change.
  if (auto elements = dictElements(e, iterable))
    return e.iterator(
        "tuple", {e.tuple(*elements), position(e, 0), dictView(e, iterable)});
  if (auto text = getStaticString(iterable->type))
    return iterate(e, stringCharacters(e, *text));
  if (auto array = getAnyArray(iterable->type)) {
    if (array.getRank() == 0)
      return e.error(27, "iteration over a 0-d array");
    return e.iterator("array", {iterable, e.integer(0)});
  }
  if (isList(iterable->type))
    return e.iterator("list",
                      {iterable, e.integer(0), listLength(e, iterable)});
  StringRef kind = kindOf(iterable);
  if (llvm::is_contained(
          {"range", "tuple", "array", "list", "backwards", "indexed"}, kind))
    return iterable;
  if (kind == "reversed")
    return e.iterator("backwards", e.elements(iterable));
  if (kind == "iter")
    return iterate(e, e.elements(iterable)[0]);
  if (kind == "enumerate" || kind == "zip") {
    SmallVector<Ref> parts;
    for (Ref part : e.elements(iterable)) {
      parts.push_back(kind == "enumerate" && !parts.empty() ? part
                                                            : iterate(e, part));
      if (!parts.back())
        return nullptr;
    }
    return e.iterator(kind == "zip" ? "zipping" : "enumerating", parts);
  }
  if (defines(e, iterable, "__iter__"))
    return iterateByMethod(e, iterable);
  if (defines(e, iterable, "__getitem__"))
    return iterateByItems(e, iterable);
  return e.error(27, describe(iterable->type) + " is not iterable");
}

/// Only a module that the frontend did not write asks anything else.
static bool checkIterator(Emitter &e, Ref value) {
  return isa<IteratorType>(value->type) ||
         e.error(90, "an iterator is needed here [got " +
                         describe(value->type) + "]");
}

Ref myia::hasNext(Emitter &e, Ref iterator) {
  if (!checkIterator(e, iterator))
    return nullptr;
  StringRef kind = kindOf(iterator);
  ArrayRef<Ref> parts = e.elements(iterator);
  if (kind == "range") {
    Ref up = binary(e, BinaryKind::gt, parts[2], e.integer(0));
    if (auto known = getStaticInt(up->type))
      return binary(e, *known ? BinaryKind::lt : BinaryKind::gt, parts[0],
                    parts[1]);
    Ref below = binary(e, BinaryKind::lt, parts[0], parts[1]);
    Ref above = binary(e, BinaryKind::gt, parts[0], parts[1]);
    Type i1 = e.builder.getI1Type();
    return e.wrap(e.emit<arith::SelectOp>(e.scalar(up, i1), e.scalar(below, i1),
                                          e.scalar(above, i1)));
  }
  if (kind == "tuple")
    return e.boolean(*getStaticInt(parts[1]->type) <
                     (int64_t)e.elements(parts[0]).size());
  if (kind == "array")
    return binary(
        e, BinaryKind::lt, parts[1],
        e.sizeOf(isComplex(parts[0]->type) ? realPart(e, parts[0]) : parts[0],
                 0));
  if (kind == "indexed")
    return binary(e, BinaryKind::lt, parts[1], parts[2]);
  if (kind == "list") // one without element type has no elements
    return getListElement(parts[0]->type)
               ? binary(e, BinaryKind::lt, parts[1], parts[2])
               : e.boolean(false);
  if (kind == "backwards")
    return getListElement(parts[0]->type)
               ? binary(e, BinaryKind::ge, parts[1], e.integer(0))
               : e.boolean(false);
  if (kind == "enumerating")
    return hasNext(e, parts[0]);
  if (kind == "zipping") {
    Ref all = e.boolean(!parts.empty());
    for (Ref part : parts) {
      Ref more = hasNext(e, part);
      if (!more)
        return nullptr;
      all = binary(e, BinaryKind::and_, all, more);
    }
    return all;
  }
  return e.error(90, "no iterator of kind " + kind);
}

std::pair<Ref, Ref> myia::next(Emitter &e, Ref iterator) {
  if (!checkIterator(e, iterator))
    return {nullptr, nullptr};
  StringRef kind = kindOf(iterator);
  ArrayRef<Ref> parts = e.elements(iterator);
  if (kind == "range") {
    Ref after = binary(e, BinaryKind::add, parts[0], parts[2]);
    return {parts[0], e.iterator(kind, {after, parts[1], parts[2]})};
  }
  if (kind == "tuple") {
    int64_t at = *getStaticInt(parts[1]->type);
    SmallVector<Ref> after(parts);
    after[1] = position(e, at + 1);
    return {e.elements(parts[0])[at], e.iterator(kind, after)};
  }
  if (kind == "array") {
    Ref element = getItem(e, parts[0], parts[1]);
    Ref after = binary(e, BinaryKind::add, parts[1], e.integer(1));
    return {element, e.iterator(kind, {parts[0], after})};
  }
  if (kind == "indexed") {
    Ref element = getItem(e, parts[0], parts[1]);
    Ref after = binary(e, BinaryKind::add, parts[1], e.integer(1));
    return {element, e.iterator(kind, {parts[0], after, parts[2]})};
  }
  if (kind == "list") {
    Value at = e.scalar(parts[1], e.builder.getI64Type());
    Ref after = binary(e, BinaryKind::add, parts[1], e.integer(1));
    return {listElement(e, parts[0], at),
            e.iterator(kind, {parts[0], after, parts[2]})};
  }
  if (kind == "backwards") {
    Value at = e.scalar(parts[1], e.builder.getI64Type());
    Ref before = binary(e, BinaryKind::sub, parts[1], e.integer(1));
    return {listElement(e, parts[0], at), e.iterator(kind, {parts[0], before})};
  }
  if (kind == "enumerating") {
    auto [element, rest] = next(e, parts[0]);
    if (!element)
      return {nullptr, nullptr};
    Ref after = binary(e, BinaryKind::add, parts[1], e.integer(1));
    return {e.tuple({parts[1], element}), e.iterator(kind, {rest, after})};
  }
  if (kind != "zipping") {
    e.error(90, "no iterator of kind " + kind);
    return {nullptr, nullptr};
  }
  SmallVector<Ref> elements, rests;
  for (Ref part : parts) {
    auto [element, rest] = next(e, part);
    if (!element)
      return {nullptr, nullptr};
    elements.push_back(element);
    rests.push_back(rest);
  }
  return {e.tuple(elements), e.iterator(kind, rests)};
}

//===----------------------------------------------------------------------===//
// What can be gone through once
//===----------------------------------------------------------------------===//

/// Whether a block leads back to itself without passing `barrier`.
static bool isRepeated(Block *block, Block *barrier) {
  SmallVector<Block *> pending(block->getSuccessors());
  llvm::SmallPtrSet<Block *, 8> seen;
  while (!pending.empty()) {
    Block *next = pending.pop_back_val();
    if (next == block)
      return true;
    if (next != barrier && seen.insert(next).second)
      llvm::append_range(pending, next->getSuccessors());
  }
  return false;
}

/// The kinds that going through them does not use up; any other can be gone
/// through once.
static constexpr llvm::StringLiteral reusableKinds[] = {
    // Python's own, of which every loop makes an iterator.
    "range", "keys", "values", "items",
    // What no loop goes through.
    "slice", "text", "field", "percent", "format", "unbound",
    // The positions of loops, which nothing else has.
    "tuple", "array", "list", "indexed", "backwards", "enumerating", "zipping"};

bool myia::isUsedUp(Type type) {
  auto iterator = dyn_cast<IteratorType>(type);
  if (iterator &&
      !llvm::is_contained(reusableKinds, iterator.getKind().getValue()))
    return true;
  auto elements = getAggregateElements(type);
  return elements && llvm::any_of(*elements, isUsedUp);
}

bool myia::checkUsedOnce(Emitter &e, Value value) {
  Block *definition = value.getParentBlock();
  if (value.hasOneUse()) {
    Block *use = value.getUses().begin()->getOwner()->getBlock();
    if (use == definition || !isRepeated(use, definition))
      return true;
  }
  e.error(
      27,
      "what zip(), enumerate(), reversed() and iter() give can be gone through "
      "once: call them where it is used, or make a tuple of it");
  return false;
}
