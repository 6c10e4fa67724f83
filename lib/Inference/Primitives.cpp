//===- Primitives.cpp - Calling library functions -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of primitives, and the binding of arguments to their signatures.
//
//===----------------------------------------------------------------------===//

#include "Primitives.h"
#include "Calls.h"
#include "Classes.h"
#include "Complex.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "mlir/IR/TypeUtilities.h"
#include "myia/Inference/Inference.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::myia;

const PrimitiveTable &myia::getPrimitives() {
  static const PrimitiveTable table = [] {
    PrimitiveTable table;
    addElementwisePrimitives(table);
    addArrayPrimitives(table);
    addReductionPrimitives(table);
    addReshapingPrimitives(table);
    addBuiltinPrimitives(table);
    addIntrospectionPrimitives(table);
    addTextPrimitives(table);
    addListPrimitives(table);
    addDictPrimitives(table);
    addMaskPrimitives(table);
    addDecompositionPrimitives(table);
    addDtypePrimitives(table);
    addProductPrimitives(table);
    addComplexPrimitives(table);
    addStructurePrimitives(table);
    return table;
  }();
  return table;
}

void myia::forEachPrimitive(
    function_ref<void(StringRef, StringRef, bool, bool)> function) {
  for (const auto &entry : getPrimitives())
    function(entry.getKey(), entry.getValue().signature, entry.getValue().fresh,
             entry.getValue().changesFirst);
}

bool myia::isPrimitive(StringRef name) {
  return getPrimitives().contains(name);
}

/// The parameters that a signature names.
static SmallVector<Parameter> parseSignature(StringRef signature) {
  SmallVector<Parameter> parameters;
  SmallVector<StringRef> words;
  SplitString(signature, words);
  StringRef kind;
  for (StringRef word : words) {
    if (word == "/") {
      for (Parameter &parameter : parameters)
        parameter.kind = "positional";
      continue;
    }
    if (word == "*") {
      kind = "keyword";
      continue;
    }
    Parameter parameter;
    parameter.kind = word.consume_front("**")  ? "dict"
                     : word.consume_front("*") ? "tuple"
                                               : kind;
    parameter.name = word.rtrim("?!");
    parameter.optional = word != parameter.name;
    parameter.onlyNone = word.ends_with("!");
    parameters.push_back(parameter);
    if (parameter.isRest())
      kind = "keyword";
  }
  return parameters;
}

Ref myia::callPrimitive(Emitter &e, StringRef name,
                        const CallArguments &arguments) {
  auto entry = getPrimitives().find(name);
  if (entry == getPrimitives().end() || !entry->second.handler)
    return e.error(41, name + " is not supported");
  auto callReal = [&](const CallArguments &real) {
    return callPrimitive(e, name, real);
  };
  if (auto result = callOnComplex(e, name, arguments, callReal))
    return *result;
  SmallVector<Parameter> parameters = parseSignature(entry->second.signature);
  SmallVector<Ref> bound, rest;
  if (failed(bind(e, name, parameters, arguments, {}, bound)))
    return nullptr;
  // In the order of the signature, what is variadic last.
  SmallVector<Ref> values;
  for (auto [parameter, value] : llvm::zip(parameters, bound)) {
    if (parameter.onlyNone && value && !isNone(value->type))
      return e.error(41, "the argument '" + parameter.name + "' of " + name +
                             "() is not supported");
    if (parameter.kind == "tuple")
      llvm::append_range(rest, e.elements(value));
    else
      values.push_back(value);
  }
  llvm::append_range(values, rest);
  if (name.starts_with("numpy.")) // for which a NamedTuple is a tuple
    for (Ref &value : values)
      value = value ? asTuple(e, value) : value;
  return entry->second.handler(e, name, values);
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

Ref myia::badArgument(Emitter &e, StringRef function, Ref argument) {
  return e.error(20, function + "() does not take " + describe(argument->type));
}

Ref myia::asArray(Emitter &e, Ref ref) {
  Type number = getPythonNumber(ref->type);
  return number ? e.wrap(e.array(ref, number, {})) : ref;
}

Ref myia::getInteger(Emitter &e, Ref ref) {
  Type number = getPythonNumber(ref->type);
  auto array = getArray(ref->type);
  Type type = number ? number : array ? array.getElementType() : Type();
  if (!type || !type.isSignlessInteger() || (array && array.getRank() > 0))
    return nullptr;
  if (getStatic(ref->type) && !type.isInteger(1))
    return ref;
  return e.wrap(e.scalar(ref, e.builder.getI64Type()));
}

std::optional<SmallVector<int64_t>>
myia::getIntegers(Emitter &e, StringRef function, Ref argument) {
  argument = listsAsTuples(e, argument);
  SmallVector<Ref> refs{argument};
  if (isa<TupleType>(argument->type))
    refs.assign(e.elements(argument).begin(), e.elements(argument).end());
  SmallVector<int64_t> integers;
  for (Ref ref : refs) {
    std::optional<int64_t> value = getStaticInt(ref->type);
    if (!value) {
      e.error(26, function +
                      "() needs shapes and axes that are known when "
                      "compiling [got " +
                      (getPythonNumber(ref->type) ? "a run-time " : "") +
                      describe(ref->type) + "]");
      return std::nullopt;
    }
    integers.push_back(*value);
  }
  return integers;
}

std::optional<Shape> myia::getShape(Emitter &e, StringRef function,
                                    Ref argument) {
  argument = listsAsTuples(e, argument);
  SmallVector<Ref> sizes{argument};
  if (isa<TupleType>(argument->type))
    sizes.assign(e.elements(argument).begin(), e.elements(argument).end());
  Shape shape;
  for (Ref size : sizes) {
    size = getInteger(e, size);
    if (!size) {
      badArgument(e, function, argument);
      return std::nullopt;
    }
    Ref negative = binary(e, BinaryKind::lt, size, e.integer(0));
    if (!e.raiseIf(e.scalar(negative, e.builder.getI1Type()), "ValueError",
                   "negative dimensions are not allowed"))
      return std::nullopt;
    e.addDimension(shape, size);
  }
  return shape;
}

Ref myia::getOnlyElement(Emitter &e, Ref array, StringRef message) {
  Shape shape = e.shapeOf(array);
  Ref several = binary(e, BinaryKind::ne, e.countOf(shape), e.integer(1));
  if (!e.raiseIf(e.scalar(several, e.builder.getI1Type()), "ValueError",
                 message))
    return nullptr;
  return e.reshape(array, {});
}

std::optional<int64_t> myia::getAxis(Emitter &e, int64_t axis, int64_t rank) {
  if (axis >= -rank && axis < rank)
    return axis < 0 ? axis + rank : axis;
  e.error(31, "axis " + Twine(axis) +
                  " is out of bounds for array of dimension " + Twine(rank));
  return std::nullopt;
}

std::optional<int64_t> myia::getAxis(Emitter &e, StringRef function,
                                     Ref argument, int64_t rank) {
  if (isa<TupleType>(argument->type)) {
    e.error(20, function + "() takes one axis [got " +
                    describe(argument->type) + "]");
    return std::nullopt;
  }
  auto given = getIntegers(e, function, argument);
  return given ? getAxis(e, given->front(), rank) : std::nullopt;
}

std::optional<bool> myia::getFlag(Emitter &e, StringRef function,
                                  Ref argument) {
  if (!argument)
    return false;
  std::optional<int64_t> known = getStaticInt(argument->type);
  if (known)
    return *known != 0;
  e.error(26, function + "() needs flags that are known when compiling [got " +
                  (getPythonNumber(argument->type) ? "a run-time " : "") +
                  describe(argument->type) + "]");
  return std::nullopt;
}

Type myia::findDtype(Emitter &e, Ref argument) {
  Attribute known = getStatic(argument->type);
  if (auto type = dyn_cast_or_null<TypeAttr>(known))
    return getElementTypeOrSelf(type.getValue());
  StringRef name;
  if (auto string = dyn_cast_or_null<StringAttr>(known))
    name = string.getValue();
  if (auto primitive = dyn_cast_or_null<PrimAttr>(known))
    name = primitive.getName();
  name.consume_front("builtins.");
  name = llvm::StringSwitch<StringRef>(name)
             .Case("complex", "complex128")
             .Case("float", "float64")
             .Case("int", "int64")
             .Default(name);
  OpBuilder &b = e.builder;
#define MYIA_DTYPE(dtype, spelling, number, type)                              \
  if (name == dtype)                                                           \
    return type;
#include "myia/Support/Dtypes.def"
  return {};
}

Type myia::getDtype(Emitter &e, StringRef function, Ref argument) {
  Type type = findDtype(e, argument);
  if (isa_and_nonnull<mlir::ComplexType>(type)) {
    e.error(20, function + "() does not take a complex dtype");
    return {};
  }
  if (!type)
    e.error(20, function + "() does not know the dtype " +
                    describe(argument->type));
  return type;
}
