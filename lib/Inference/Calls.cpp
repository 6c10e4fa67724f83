//===- Calls.cpp - Calls -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Binding arguments to parameters, and calling whatever can be called.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Classes.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"

using namespace mlir;
using namespace mlir::myia;

Ref myia::constant(Emitter &e, Attribute value) {
  if (auto symbol = dyn_cast<FlatSymbolRefAttr>(value))
    if (e.engine.lookupFunction(symbol.getValue()))
      return e.closure(symbol, {});
  if (auto elements = dyn_cast<ArrayAttr>(value)) {
    SmallVector<Ref> refs;
    for (Attribute element : elements)
      refs.push_back(constant(e, element));
    return e.tuple(refs);
  }
  return e.known(value);
}

//===----------------------------------------------------------------------===//
// Binding
//===----------------------------------------------------------------------===//

SmallVector<Parameter> myia::getParameters(func::FuncOp function) {
  SmallVector<Parameter> parameters;
  auto list = function->getAttrOfType<ArrayAttr>("myia.params");
  if (!list)
    return SmallVector<Parameter>(function.getNumArguments());
  for (auto entry : list.getAsRange<DictionaryAttr>()) {
    Parameter parameter;
    parameter.name = entry.getAs<StringAttr>("name").getValue();
    if (auto kind = entry.getAs<StringAttr>("kind"))
      parameter.kind = kind.getValue();
    parameter.fallback = entry.get("default");
    if (auto capture = entry.getAs<IntegerAttr>("capture"))
      parameter.capture = capture.getInt();
    parameters.push_back(parameter);
  }
  return parameters;
}

LogicalResult myia::bind(Emitter &e, StringRef function,
                         ArrayRef<Parameter> parameters,
                         const CallArguments &arguments, ArrayRef<Ref> captured,
                         SmallVectorImpl<Ref> &bound) {
  auto fail = [&](const Twine &message) {
    e.error(21, function + "() " + message);
    return failure();
  };
  bound.assign(parameters.size(), nullptr);
  size_t positional = arguments.numPositional();
  size_t most = llvm::count_if(parameters, [](const Parameter &parameter) {
    return parameter.takesPosition();
  });
  const Parameter *rest = llvm::find_if(
      parameters, [](const Parameter &p) { return p.kind == "tuple"; });
  const Parameter *others = llvm::find_if(
      parameters, [](const Parameter &p) { return p.kind == "dict"; });
  if (positional > most && rest == parameters.end())
    return fail("takes " + Twine(most) + " positional argument" +
                (most == 1 ? "" : "s") + " but " + Twine(positional) +
                (positional == 1 ? " was given" : " were given"));
  size_t leading = std::min(positional, most);
  std::copy_n(arguments.values.begin(), leading, bound.begin());
  if (rest != parameters.end())
    bound[rest - parameters.begin()] = e.tuple(
        ArrayRef(arguments.values).slice(leading, positional - leading));
  SmallVector<StringRef> keys;
  SmallVector<Ref> values;
  for (auto [i, keyword] : llvm::enumerate(arguments.keywords)) {
    const Parameter *parameter =
        llvm::find_if(parameters, [keyword = keyword](const Parameter &p) {
          return p.name == keyword && p.takesName();
        });
    if (parameter == parameters.end() && others != parameters.end()) {
      if (llvm::is_contained(keys, keyword))
        return fail("got multiple values for argument '" + keyword + "'");
      keys.push_back(keyword);
      values.push_back(arguments.values[positional + i]);
      continue;
    }
    if (parameter == parameters.end())
      return fail("got an unexpected keyword argument '" + keyword + "'");
    Ref &slot = bound[parameter - parameters.begin()];
    if (slot)
      return fail("got multiple values for argument '" + keyword + "'");
    slot = arguments.values[positional + i];
  }
  if (others != parameters.end())
    bound[others - parameters.begin()] = makeDict(e, keys, values);
  for (auto [parameter, slot] : llvm::zip(parameters, bound)) {
    if (!slot && parameter.fallback)
      slot = constant(e, parameter.fallback);
    if (!slot && parameter.capture >= 0)
      slot = captured[parameter.capture];
    if (!slot && !parameter.optional)
      return fail("missing a required argument: '" + parameter.name + "'");
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Closures
//===----------------------------------------------------------------------===//

LogicalResult myia::bindClosure(Emitter &e, Ref closure, func::FuncOp function,
                                const CallArguments &arguments,
                                SmallVectorImpl<Ref> &all) {
  ArrayRef<Ref> captured = e.elements(closure);
  SmallVector<Parameter> parameters = getParameters(function);
  size_t hidden = function.getNumArguments() - parameters.size();
  CallArguments visible = arguments;
  if (captured.size() < hidden) {
    e.error(90, "a closure of " + function.getSymName() + " lacks captures");
    return failure();
  }
  // What is captured beyond the hidden parameters is bound by position: `self`.
  visible.values.insert(visible.values.begin(), captured.begin() + hidden,
                        captured.end());
  SmallVector<Ref> bound;
  if (failed(bind(e, function.getSymName(), parameters, visible,
                  captured.take_front(hidden), bound)))
    return failure();
  llvm::append_range(all, captured.take_front(hidden));
  llvm::append_range(all, bound);
  return success();
}

SmallVector<Type> myia::typesOf(ArrayRef<Ref> refs) {
  return llvm::map_to_vector(refs, [](Ref ref) { return ref->type; });
}

static Ref callClosure(Emitter &e, Ref callee, ClosureType type,
                       const CallArguments &arguments) {
  if (auto primitive = dyn_cast<PrimAttr>(type.getFunction())) {
    ArrayRef<Ref> captured = e.elements(callee);
    StringRef name = primitive.getName();
    if (name.consume_front("str."))
      return callStringMethod(e, name, captured[0], arguments);
    CallArguments all = arguments;
    all.values.insert(all.values.begin(), captured.begin(), captured.end());
    return callPrimitive(e, primitive.getName(), all);
  }
  auto symbol = cast<FlatSymbolRefAttr>(type.getFunction());
  func::FuncOp function = e.engine.lookupFunction(symbol.getValue());
  SmallVector<Ref> all;
  if (!function)
    return e.error(90, "no function " + symbol.getValue());
  if (auto name = function->getAttrOfType<StringAttr>("myia.implements")) {
    CallArguments visible = arguments;
    ArrayRef<Ref> captured = e.elements(callee);
    visible.values.insert(visible.values.begin(), captured.begin(),
                          captured.end());
    Ref plain = e.closure(symbol, {});
    auto callReal = [&](const CallArguments &real) {
      return call(e, plain, real);
    };
    if (auto result = callOnComplex(e, name.getValue(), visible, callReal))
      return *result;
  }
  if (failed(bindClosure(e, callee, function, arguments, all)))
    return nullptr;
  // What NumPy takes a list for, it takes a tuple for, too; and going through
  // either is the same.
  if (auto taken = function->getAttrOfType<StringAttr>("myia.takes_tuples")) {
    for (Ref &argument : all)
      if (taken.getValue() == "all")
        argument = listsAsTuples(e, argument);
      else if (argument == all.front())
        argument = writtenOut(e, argument);
  }
  Specialisation *target = e.engine.specialise(function, typesOf(all), e);
  if (!target) {
    e.outcome = Outcome::Failed;
    return nullptr;
  }
  return e.engine.call(target, all, e);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

Ref myia::call(Emitter &e, Ref callee, const CallArguments &arguments) {
  if (auto closure = dyn_cast<ClosureType>(callee->type))
    return callClosure(e, callee, closure, arguments);
  if (auto derivative = dyn_cast<DerivativeType>(callee->type))
    return callDerivative(e, callee, derivative, arguments);
  Attribute known = getStatic(callee->type);
  if (auto primitive = dyn_cast_or_null<PrimAttr>(known))
    return callPrimitive(e, primitive.getName(), arguments);
  if (ClassOp cls = asClass(e, callee))
    return construct(e, cls, arguments);
  if (isScalarClass(known)) {
    CallArguments all = arguments;
    all.values.insert(all.values.begin(), callee);
    return callPrimitive(e, "myia.cast", all);
  }
  if (getClass(e, callee->type)) {
    Ref method = getAttribute(e, callee, "__call__");
    return method ? call(e, method, arguments) : nullptr;
  }
  return e.error(22, describe(callee->type) + " is not callable");
}
