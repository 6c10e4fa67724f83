//===- Dicts.cpp - Dicts ----------------------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Displays, items and views of dicts; most of their methods are in the prelude.
//
// A dict is a value like any record, so an update gives a new one. Nothing
// counts who sees a dict: the frontend has shown that it was made here, and
// names the values that may hold it, whose types must say that they do not.
//
//===----------------------------------------------------------------------===//

#include "Dicts.h"
#include "Calls.h"
#include "Classes.h"
#include "Engine.h"
#include "Handlers.h"
#include "Primitives.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::myia;

bool myia::isDict(Type type) {
  auto record = dyn_cast<RecordType>(type);
  return record && record.getName().getValue() == "dict";
}

static SmallVector<StringRef> keysOf(Type dict) {
  return llvm::to_vector(
      llvm::cast<RecordType>(dict).getFields().getAsValueRange<StringAttr>());
}

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

Ref myia::makeDict(Emitter &e, ArrayRef<StringRef> keys, ArrayRef<Ref> values) {
  auto type =
      RecordType::get(e.context(), FlatSymbolRefAttr::get(e.context(), "dict"),
                      e.builder.getStrArrayAttr(keys), typesOf(values));
  return e.aggregate(type, values);
}

/// A key as the string that it must be.
static std::optional<StringRef> knownKey(Emitter &e, Ref key) {
  if (auto text = getStaticString(key->type))
    return text;
  e.error(26, "the keys of a dict must be strings that are known when "
              "compiling [got " +
                  describe(key->type) + "]");
  return std::nullopt;
}

/// The items of a dict while it is built.
namespace {
struct Items {
  explicit Items(Emitter &e) : e(e) {}
  Items(Emitter &e, Ref dict)
      : e(e), keys(keysOf(dict->type)), values(e.elements(dict)) {}

  void set(StringRef key, Ref value) {
    auto at = llvm::find(keys, key);
    if (at != keys.end()) {
      values[at - keys.begin()] = value;
      return;
    }
    keys.push_back(key);
    values.push_back(value);
  }
  LogicalResult setItem(Ref key, Ref value) {
    auto name = knownKey(e, key);
    if (name)
      set(*name, value);
    return success(name.has_value());
  }
  LogicalResult addAll(Ref dict) {
    if (!isDict(dict->type)) {
      e.error(20, "what is unpacked into a dict must be a dict [got " +
                      describe(dict->type) + "]");
      return failure();
    }
    for (auto [key, value] : llvm::zip(keysOf(dict->type), e.elements(dict)))
      set(key, value);
    return success();
  }
  Ref finish() { return makeDict(e, keys, values); }

  Emitter &e;
  SmallVector<StringRef> keys;
  SmallVector<Ref> values;
};
} // namespace

Ref myia::buildDict(Emitter &e, BuildDictOp op, ArrayRef<Ref> operands) {
  Items items(e);
  ArrayRef<int64_t> unpacked = op.getUnpacked();
  for (size_t i = 0; i < operands.size(); ++i) {
    bool isDisplayed = !llvm::is_contained(unpacked, (int64_t)i);
    if (failed(isDisplayed ? items.setItem(operands[i], operands[i + 1])
                           : items.addAll(operands[i])))
      return nullptr;
    i += isDisplayed;
  }
  return items.finish();
}

/// `dict(pairs, **named)`.
static Ref toDict(Emitter &e, StringRef name, Arguments arguments) {
  Items items(e);
  Ref pairs = arguments[0];
  bool isCopy = pairs && isDict(pairs->type);
  if (isCopy && failed(items.addAll(pairs)))
    return nullptr;
  if (pairs && !isCopy) {
    auto elements = sequenceElements(e, pairs);
    if (!elements && e.outcome != Outcome::Normal)
      return nullptr;
    if (!elements) {
      Ref method = e.closure(
          FlatSymbolRefAttr::get(e.context(), "dict.__new__"), {pairs});
      Ref made = call(e, method, {});
      if (!made || failed(items.addAll(made)))
        return nullptr;
      elements.emplace();
    }
    for (Ref pair : *elements) {
      SmallVector<Ref> parts;
      if (failed(unpackSequence(e, pair, 2, std::nullopt, parts)) ||
          failed(items.setItem(parts[0], parts[1])))
        return nullptr;
    }
  }
  return succeeded(items.addAll(arguments[1])) ? items.finish() : nullptr;
}

//===----------------------------------------------------------------------===//
// Items
//===----------------------------------------------------------------------===//

std::optional<unsigned> myia::findDictItem(Type dict, Ref key) {
  auto name = getStaticString(key->type);
  if (!isDict(dict) || !name)
    return std::nullopt;
  SmallVector<StringRef> keys = keysOf(dict);
  auto at = llvm::find(keys, *name);
  return at == keys.end() ? std::nullopt
                          : std::optional<unsigned>(at - keys.begin());
}

static Ref missingKey(Emitter &e, Ref dict, StringRef key) {
  SmallVector<StringRef> keys = keysOf(dict->type);
  return e.error(42, "the dict has no key '" + key + "' [its keys are " +
                         (keys.empty() ? "none" : llvm::join(keys, ", ")) +
                         "]");
}

Ref myia::getDictItem(Emitter &e, Ref dict, Ref key) {
  auto name = knownKey(e, key);
  if (!name)
    return nullptr;
  auto at = findDictItem(dict->type, key);
  return at ? e.elements(dict)[*at] : missingKey(e, dict, *name);
}

Ref myia::setDictItem(Emitter &e, Ref dict, Ref key, Ref value) {
  Items items(e, dict);
  return succeeded(items.setItem(key, value)) ? items.finish() : nullptr;
}

/// The dict without a key, which it has.
static Ref dropItem(Emitter &e, StringRef, Arguments arguments) {
  Ref dict = arguments[0];
  auto name = knownKey(e, arguments[1]);
  if (!name)
    return nullptr;
  auto at = findDictItem(dict->type, arguments[1]);
  if (!at)
    return missingKey(e, dict, *name);
  Items items(e, dict);
  items.keys.erase(items.keys.begin() + *at);
  items.values.erase(items.values.begin() + *at);
  return items.finish();
}

Ref myia::dictContains(Emitter &e, Ref dict, Ref key) {
  // Keys are strings: nothing else is one of them.
  if (isText(key->type) && !knownKey(e, key))
    return nullptr;
  return e.boolean(findDictItem(dict->type, key).has_value());
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

Ref myia::dictBinary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (kind == BinaryKind::or_) {
    Items items(e, lhs);
    return succeeded(items.addAll(rhs)) ? items.finish() : nullptr;
  }
  if (kind != BinaryKind::eq && kind != BinaryKind::ne)
    return nullptr;
  SmallVector<Ref> others;
  for (StringRef key : keysOf(lhs->type))
    if (auto at =
            findDictItem(rhs->type, e.known(e.builder.getStringAttr(key))))
      others.push_back(e.elements(rhs)[*at]);
  if (others.size() != e.elements(lhs).size() ||
      others.size() != e.elements(rhs).size())
    return e.boolean(kind == BinaryKind::ne);
  return binary(e, kind, e.tuple(e.elements(lhs)), e.tuple(others));
}

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

/// `keys`, `values` or `items` for a view.
static StringRef viewKind(Ref object) {
  auto type = dyn_cast<IteratorType>(object->type);
  StringRef kind = type ? type.getKind().getValue() : StringRef();
  return llvm::is_contained({"keys", "values", "items"}, kind) ? kind : "";
}

Ref myia::dictView(Emitter &e, Ref object) {
  if (isDict(object->type))
    return e.iterator("keys", {object});
  return viewKind(object).empty() ? nullptr : object;
}

std::optional<SmallVector<Ref>> myia::dictElements(Emitter &e, Ref object) {
  Ref view = dictView(e, object);
  if (!view)
    return std::nullopt;
  StringRef kind = viewKind(view);
  Ref dict = e.elements(view)[0];
  SmallVector<Ref> found;
  for (auto [name, value] : llvm::zip(keysOf(dict->type), e.elements(dict))) {
    Ref key = e.known(e.builder.getStringAttr(name));
    found.push_back(kind == "keys"     ? key
                    : kind == "values" ? value
                                       : e.tuple({key, value}));
  }
  return found;
}

Ref myia::getDictAttribute(Emitter &e, Ref dict, StringRef name) {
  std::string method = ("dict." + name).str();
  if (e.engine.lookupFunction(method))
    return e.closure(FlatSymbolRefAttr::get(e.context(), method), {dict});
  if (isPrimitive(method))
    return e.closure(PrimAttr::get(e.context(), method), {dict});
  if (e.engine.lookupFunction(("dict.update." + name).str()))
    return e.error(2, "'" + name +
                          "' changes the dict, which must be a variable of "
                          "this function, or a part of one: give it a name "
                          "first");
  return noAttribute(e, "dicts", name,
                     {"clear", "copy", "get", "items", "keys", "pop", "popitem",
                      "setdefault", "update", "values"});
}

//===----------------------------------------------------------------------===//
// Updates
//===----------------------------------------------------------------------===//

Ref myia::callDictUpdate(Emitter &e, Ref dict, StringRef name,
                         const CallArguments &arguments) {
  std::string symbol = ("dict.update." + name).str();
  if (!e.engine.lookupFunction(symbol))
    return e.error(40, "dicts have no attribute '" + name + "' here");
  Ref method = e.closure(FlatSymbolRefAttr::get(e.context(), symbol), {dict});
  return call(e, method, arguments);
}

LogicalResult myia::checkWitnesses(Emitter &e, Ref dict, bool keysChange,
                                   ArrayRef<Ref> witnesses) {
  auto isSeenBy = [&](Type part) {
    auto iterator = dyn_cast<IteratorType>(part);
    if (iterator && iterator.getKind() == "keys")
      return keysChange ? WalkResult::interrupt() : WalkResult::skip();
    return isDict(part) ? WalkResult::interrupt() : WalkResult::advance();
  };
  for (Ref witness : witnesses)
    if (anyPart(e, witness->type, isSeenBy)) {
      e.error(2, "this dict may be visible elsewhere (under another name, as a "
                 "part of something else, or in a loop that runs over it); "
                 "copy it first");
      return failure();
    }
  return success();
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

void myia::addDictPrimitives(PrimitiveTable &table) {
  table["builtins.dict"] = {"iterable? / **named", toDict};
  for (StringRef kind : {"keys", "values", "items"})
    table[("dict." + kind).str()] = {
        "self", [kind](Emitter &e, StringRef, Arguments arguments) {
          return e.iterator(kind, {arguments[0]});
        }};
  table["myia.prelude.dict_intrinsics.drop"] = {"d key", dropItem};
}
