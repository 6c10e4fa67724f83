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
#include "Engine.h"
#include "Handlers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::myia;

static const PrimitiveTable &getTable() {
  static const PrimitiveTable table = [] {
    PrimitiveTable table;
    addElementwisePrimitives(table);
    addArrayPrimitives(table);
    addBuiltinPrimitives(table);
    addTextPrimitives(table);
    return table;
  }();
  return table;
}

bool myia::isPrimitive(StringRef name) { return getTable().contains(name); }

Ref myia::callPrimitive(Emitter &e, StringRef name,
                        const CallArguments &arguments) {
  auto entry = getTable().find(name);
  if (entry == getTable().end())
    return e.error(41, name + " is not supported");
  SmallVector<StringRef> parameters;
  StringRef signature = entry->second.signature;
  SplitString(signature, parameters);
  bool variadic = !parameters.empty() && parameters.back() == "*";
  if (variadic)
    parameters.pop_back();
  size_t positional = arguments.numPositional();
  if (positional > parameters.size() && !variadic)
    return e.error(21, name + "() takes at most " + Twine(parameters.size()) +
                           " arguments but " + Twine(positional) +
                           " were given");
  SmallVector<Ref> bound(arguments.values.begin(),
                         arguments.values.begin() + positional);
  if (bound.size() < parameters.size())
    bound.resize(parameters.size());
  for (auto [i, keyword] : llvm::enumerate(arguments.keywords)) {
    auto parameter =
        llvm::find_if(parameters, [&, keyword = keyword](StringRef p) {
          return p.rtrim('?') == keyword;
        });
    if (parameter == parameters.end())
      return e.error(21, name + "() got an unexpected keyword argument '" +
                             keyword + "'");
    bound[parameter - parameters.begin()] = arguments.values[positional + i];
  }
  for (auto [parameter, value] : llvm::zip(parameters, bound))
    if (!value && !parameter.ends_with("?"))
      return e.error(21, name + "() missing a required argument: '" +
                             parameter + "'");
  return entry->second.handler(e, name, bound);
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

std::optional<SmallVector<int64_t>>
myia::getIntegers(Emitter &e, StringRef function, Ref argument) {
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

std::optional<int64_t> myia::getAxis(Emitter &e, int64_t axis, int64_t rank) {
  if (axis >= -rank && axis < rank)
    return axis < 0 ? axis + rank : axis;
  e.error(31, "axis " + Twine(axis) +
                  " is out of bounds for array of dimension " + Twine(rank));
  return std::nullopt;
}

bool myia::getFlag(Ref argument, bool fallback) {
  return argument ? getStaticInt(argument->type).value_or(fallback) : fallback;
}

Type myia::getDtype(Emitter &e, Ref argument) {
  Attribute known = getStatic(argument->type);
  if (auto type = dyn_cast_or_null<TypeAttr>(known))
    return getElementTypeOrSelf(type.getValue());
  StringRef name;
  if (auto string = dyn_cast_or_null<StringAttr>(known))
    name = string.getValue();
  if (auto primitive = dyn_cast_or_null<PrimAttr>(known))
    name = primitive.getName();
  name.consume_front("builtins.");
  OpBuilder &b = e.builder;
  return llvm::StringSwitch<Type>(name)
      .Cases("float", "float64", b.getF64Type())
      .Case("float32", b.getF32Type())
      .Case("float16", b.getF16Type())
      .Case("bfloat16", b.getBF16Type())
      .Cases("int", "int64", b.getI64Type())
      .Case("int32", b.getI32Type())
      .Case("int16", b.getI16Type())
      .Case("int8", b.getI8Type())
      .Case("bool", b.getI1Type())
      .Default({});
}
