//===- Classes.cpp - Instances of classes -----------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Construction of dataclasses and NamedTuples, their attributes, and the
// replacement of fields. What there is to know of a class is in its ClassOp.
//
//===----------------------------------------------------------------------===//

#include "Classes.h"
#include "Calls.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

ClassOp myia::getClass(Emitter &e, Type type) {
  if (auto record = dyn_cast<RecordType>(type))
    return e.engine.lookupClass(record.getName().getValue());
  if (auto box = dyn_cast<BoxType>(type))
    return e.engine.recursive.getClass(box);
  return {};
}

ClassOp myia::asClass(Emitter &e, Ref value) {
  auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(getStatic(value->type));
  return symbol ? e.engine.lookupClass(symbol.getValue()) : ClassOp();
}

bool myia::isSubclass(ClassOp own, FlatSymbolRefAttr cls) {
  if (own.getSymName() == cls.getValue())
    return true;
  auto bases = own->getAttrOfType<ArrayAttr>("myia.bases");
  return bases && llvm::is_contained(bases, cls);
}

ClassOp myia::getNamedTuple(Emitter &e, Type type) {
  ClassOp cls = getClass(e, type);
  return cls && cls->hasAttr("myia.tuple") ? cls : ClassOp();
}

Ref myia::asTuple(Emitter &e, Ref value) {
  if (!getNamedTuple(e, value->type))
    return value;
  for (StringRef method :
       {"__iter__", "__getitem__", "__len__", "__reversed__"})
    if (defines(e, value, method))
      return value;
  return e.tuple(e.elements(value));
}

/// Whether an attribute of the class that lists names has this one.
static bool lists(ClassOp cls, StringRef attribute, StringRef name) {
  auto names = cls->getAttrOfType<ArrayAttr>(attribute);
  return names && llvm::is_contained(names.getAsValueRange<StringAttr>(), name);
}

/// The entry of an attribute of the class that is a dictionary, or null.
static Attribute find(ClassOp cls, StringRef attribute, StringRef name) {
  auto entries = cls->getAttrOfType<DictionaryAttr>(attribute);
  return entries ? entries.get(name) : Attribute();
}

static std::optional<unsigned> findField(ClassOp cls, StringRef name) {
  for (auto [i, field] :
       llvm::enumerate(cls.getFields().getAsValueRange<StringAttr>()))
    if (field == name)
      return i;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

/// An instance of a recursive class: its fields take the types of the box.
static Ref makeBox(Emitter &e, ClassOp cls, ArrayRef<Ref> fields) {
  std::string message;
  auto types = typesOf(fields);
  BoxType type = e.engine.recursive.getType(cls, types, message);
  if (!type)
    return e.error(24, message);
  SmallVector<Value> values;
  for (auto [i, wanted] : llvm::enumerate(e.engine.recursive.getFields(type))) {
    if (join(wanted, types[i]) != wanted)
      return e.error(
          24, "field '" + cast<StringAttr>(cls.getFields()[i]).getValue() +
                  "' of " + cls.getSymName() + " must be " + describe(wanted) +
                  ", as it is annotated [got " + describe(types[i]) + "]");
    values.push_back(e.convert(fields[i], wanted));
  }
  return e.wrap(BoxOp::create(e.builder, e.loc, type, values));
}

/// An instance with these fields.
static Ref makeInstance(Emitter &e, ClassOp cls, ArrayRef<Ref> fields) {
  if (e.engine.recursive.isRecursive(cls))
    return makeBox(e, cls, fields);
  auto type =
      RecordType::get(e.context(), FlatSymbolRefAttr::get(cls.getSymNameAttr()),
                      cls.getFields(), typesOf(fields));
  return e.aggregate(type, fields);
}

static bool isUnset(Ref field) {
  auto iterator = dyn_cast<IteratorType>(field->type);
  return iterator && iterator.getKind() == "unbound";
}

/// The fields by what `__init__` takes, those that take a position first.
static SmallVector<Parameter> initParameters(ClassOp cls,
                                             SmallVectorImpl<unsigned> &order) {
  SmallVector<Parameter> parameters;
  for (bool byName : {false, true})
    for (auto [i, name] :
         llvm::enumerate(cls.getFields().getAsValueRange<StringAttr>())) {
      if (lists(cls, "myia.hidden", name) ||
          lists(cls, "myia.keyword_only", name) != byName)
        continue;
      Parameter parameter{name, byName ? "keyword" : "",
                          cls.getDefaults().get(name)};
      parameter.optional = !!find(cls, "myia.factories", name);
      parameters.push_back(parameter);
      order.push_back(i);
    }
  return parameters;
}

/// Fills fields that were not given.
static LogicalResult addDefaults(Emitter &e, ClassOp cls,
                                 MutableArrayRef<Ref> fields) {
  for (auto [name, field] :
       llvm::zip(cls.getFields().getAsRange<StringAttr>(), fields)) {
    if (field)
      continue;
    if (Attribute value = cls.getDefaults().get(name))
      field = constant(e, value);
    else if (Attribute factory = find(cls, "myia.factories", name))
      field = call(e, constant(e, factory), {});
    else
      field = e.iterator("unbound", {e.known(name)});
    if (!field)
      return failure();
  }
  return success();
}

/// The instance as `__post_init__` leaves it.
static Ref afterInit(Emitter &e, ClassOp cls, Ref instance) {
  Attribute method = cls.getMethods().get("__post_init__");
  if (method)
    instance = call(e, e.closure(method, {instance}), {});
  if (!instance)
    return nullptr;
  for (auto [name, field] : llvm::zip(
           cls.getFields().getAsValueRange<StringAttr>(), e.elements(instance)))
    if (isUnset(field))
      return e.error(40, "field '" + name + "' of " + cls.getSymName() +
                             " has no value after __init__: set it in "
                             "__post_init__ in every case");
  return instance;
}

Ref myia::construct(Emitter &e, ClassOp cls, const CallArguments &arguments) {
  SmallVector<unsigned> order;
  SmallVector<Parameter> parameters = initParameters(cls, order);
  SmallVector<Ref> given;
  if (failed(bind(e, cls.getSymName(), parameters, arguments, {}, given)))
    return nullptr;
  SmallVector<Ref> fields(cls.getFields().size(), nullptr);
  for (auto [at, value] : llvm::zip(order, given))
    fields[at] = value;
  if (failed(addDefaults(e, cls, fields)))
    return nullptr;
  Ref instance = makeInstance(e, cls, fields);
  return instance ? afterInit(e, cls, instance) : nullptr;
}

Ref myia::replaceFields(Emitter &e, Ref object, Ref changes) {
  ClassOp cls = getClass(e, object->type);
  auto record = dyn_cast<RecordType>(changes->type);
  if (!cls || !record)
    return e.error(20, "replace() takes an instance of a dataclass [got " +
                           describe(object->type) + "]");
  CallArguments arguments;
  auto names = record.getFields().getAsValueRange<StringAttr>();
  for (auto [name, value] : llvm::zip(names, e.elements(changes))) {
    arguments.keywords.push_back(name);
    arguments.values.push_back(value);
  }
  for (auto [name, value] : llvm::zip(
           cls.getFields().getAsValueRange<StringAttr>(), e.elements(object)))
    if (!llvm::is_contained(names, name) && !lists(cls, "myia.hidden", name)) {
      arguments.keywords.push_back(name);
      arguments.values.push_back(value);
    }
  return construct(e, cls, arguments);
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

std::optional<bool> myia::hasAttribute(ClassOp cls, StringRef name) {
  if (findField(cls, name) || find(cls, "myia.constants", name) ||
      cls.getMethods().get(name))
    return true;
  // Python's own are not listed, nor are those of every tuple.
  bool isTuple = cls->hasAttr("myia.tuple");
  bool isUnknown = lists(cls, "myia.opaque", name) || name.starts_with("__") ||
                   (isTuple && (name.starts_with("_") || name == "count" ||
                                name == "index"));
  return isUnknown ? std::nullopt : std::optional(false);
}

/// An attribute of the class; `object` is null or the instance that it is
/// looked up in.
static Ref getMember(Emitter &e, ClassOp cls, Ref object, StringRef name) {
  if (Attribute value = find(cls, "myia.constants", name))
    return constant(e, value);
  if (lists(cls, "myia.opaque", name))
    return e.error(40, "attribute '" + name + "' of " + cls.getSymName() +
                           " is of a kind that compiled code does not look up; "
                           "make it a field, or pass its value");
  Attribute method = cls.getMethods().get(name);
  if (!method) {
    std::string fields;
    for (StringRef field : cls.getFields().getAsValueRange<StringAttr>())
      fields += (fields.empty() ? "" : ", ") + field.str();
    return e.error(
        40,
        (object ? describe(object->type) : "class " + cls.getSymName().str()) +
            " has no attribute '" + name + "' [its fields are " + fields + "]");
  }
  auto binding = dyn_cast_or_null<StringAttr>(find(cls, "myia.binding", name));
  if (binding && binding.getValue() == "class")
    return e.closure(method,
                     {e.known(FlatSymbolRefAttr::get(cls.getSymNameAttr()))});
  if (binding || !object)
    return e.closure(method, {});
  Ref bound = e.closure(method, {object});
  bool isGetter =
      llvm::is_contained(cls.getGetters().getAsValueRange<StringAttr>(), name);
  return isGetter ? call(e, bound, {}) : bound;
}

Ref myia::getInstanceAttribute(Emitter &e, Ref object, ClassOp cls,
                               StringRef name) {
  if (auto at = findField(cls, name)) {
    Ref field = e.elements(object)[*at];
    if (!isUnset(field))
      return field;
    return e.raise("AttributeError", "'" + cls.getSymName().str() +
                                         "' object has no attribute '" +
                                         name.str() + "'");
  }
  std::string method = ("record." + name).str();
  bool isReplace = name == "_replace" && cls->hasAttr("myia.tuple") &&
                   !cls.getMethods().get(name);
  if (isReplace && e.engine.lookupFunction(method))
    return e.closure(FlatSymbolRefAttr::get(e.context(), method), {object});
  return getMember(e, cls, object, name);
}

Ref myia::getClassAttribute(Emitter &e, ClassOp cls, StringRef name) {
  if (Attribute value = cls.getDefaults().get(name))
    return constant(e, value);
  bool isGetter =
      llvm::is_contained(cls.getGetters().getAsValueRange<StringAttr>(), name);
  if (isGetter)
    return e.error(40, "'" + name + "' is a property: read it of an instance");
  return getMember(e, cls, nullptr, name);
}

//===----------------------------------------------------------------------===//
// Assignment
//===----------------------------------------------------------------------===//

bool myia::anyPart(Emitter &e, Type type, function_ref<WalkResult(Type)> test) {
  SmallVector<Type> pending{type};
  llvm::SmallPtrSet<Type, 8> seen;
  while (!pending.empty()) {
    Type next = pending.pop_back_val();
    if (!seen.insert(next).second)
      continue;
    WalkResult result = test(next);
    if (result.wasInterrupted())
      return true;
    if (result.wasSkipped())
      continue;
    if (auto several = dyn_cast<UnionType>(next))
      llvm::append_range(pending, several.getAlternatives());
    else if (auto box = dyn_cast<BoxType>(next))
      llvm::append_range(pending, e.engine.recursive.getFields(box));
    else if (isList(next) && getListElement(next))
      pending.push_back(getListElement(next));
    else if (auto elements = getAggregateElements(next))
      llvm::append_range(pending, *elements);
  }
  return false;
}

Ref myia::setAttribute(Emitter &e, SetAttrOp op, ArrayRef<Ref> operands) {
  Ref object = operands[0], value = operands[1];
  StringRef name = op.getName();
  ClassOp cls = getClass(e, object->type);
  auto at = cls ? findField(cls, name) : std::nullopt;
  if (!at)
    return e.error(40, describe(object->type) + " has no field '" + name +
                           "' that could be assigned");
  if (cls->hasAttr("myia.tuple") ||
      (cls->hasAttr("myia.frozen") && !op.getForced()))
    return e.error(2, "cannot assign to field '" + name +
                          "': " + cls.getSymName() +
                          " is frozen; use dataclasses.replace, or _replace");
  bool isSeen =
      op.getSeenBy() != SeenBy::none && op.getSeenBy() != SeenBy::witnesses;
  for (Ref witness : operands.drop_front(2))
    isSeen |= anyPart(e, witness->type, [&](Type part) {
      return getClass(e, part) == cls ? WalkResult::interrupt()
                                      : WalkResult::advance();
    });
  if (isSeen)
    return e.error(2, "this " + describe(object->type) +
                          " may be visible elsewhere (an argument, a part of "
                          "something else, or under another name); make a new "
                          "one with dataclasses.replace");
  SmallVector<Ref> fields(e.elements(object));
  fields[*at] = value;
  return makeInstance(e, cls, fields);
}
