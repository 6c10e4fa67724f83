//===- Derivatives.cpp - Calling grad(f) -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a call of a derivative takes, checks and gives: the differentiated
// function is specialised and `myia.value_and_grad` stands for its derivative.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Engine.h"
#include "Handlers.h"

using namespace mlir;
using namespace mlir::myia;

/// The positions, among the bound arguments, that `wrt` asks for.
static LogicalResult getPositions(Emitter &e, DerivativeType derivative,
                                  func::FuncOp function, size_t hidden,
                                  SmallVectorImpl<int64_t> &positions) {
  SmallVector<Parameter> parameters = getParameters(function);
  for (Attribute entry : derivative.getWrt()) {
    if (auto position = dyn_cast<IntegerAttr>(entry)) {
      int64_t value = position.getInt();
      if (value < 0)
        value += parameters.size();
      if (value < 0 || value >= (int64_t)parameters.size()) {
        e.error(21, function.getSymName() + "() has no argument " +
                        Twine(position.getInt()) +
                        " to differentiate [it has " +
                        Twine(parameters.size()) + "]");
        return failure();
      }
      positions.push_back(hidden + value);
      continue;
    }
    StringRef name = cast<StringAttr>(entry).getValue();
    size_t before = positions.size();
    for (auto [i, parameter] : llvm::enumerate(parameters))
      if (name == "*" || parameter.name == name)
        positions.push_back(hidden + i);
    if (positions.size() == before) {
      e.error(21, function.getSymName() + "() has no argument '" + name +
                      "' to differentiate");
      return failure();
    }
  }
  return success();
}

/// The type at which an argument is differentiated: known numbers become
/// run-time ones, and a Python int that is chosen counts as a float.
static Type getDifferentiatedType(Type type) {
  Type number = getPythonNumber(type);
  if (number && !number.isInteger(1))
    return Float64Type::get(type.getContext());
  return widen(type, /*floatsOnly=*/false);
}

/// Zeros in the structure of the gradient for an argument.
static Ref gradientOfConstant(Emitter &e, Ref argument) {
  Type type = getCotangentType(argument->type);
  if (type == getNoneType(e.context()))
    return e.none();
  Value zero;
  if (isa<FloatType>(type) || getArray(type)) {
    zero = isa<FloatType>(type) || getArray(type).hasStaticShape()
               ? ZeroOp::create(e.builder, e.loc, type).getResult()
               : e.constantLike(argument->value, 0);
    return e.engine.make({type, zero, {}});
  }
  if (!getAggregateElements(type))
    return e.error(60, "the gradient with respect to " +
                           describe(argument->type) + " is not known");
  SmallVector<Ref> elements;
  for (Ref element : e.elements(argument)) {
    elements.push_back(gradientOfConstant(e, element));
    if (!elements.back())
      return nullptr;
  }
  return e.aggregate(type, elements);
}

/// The result of a derivative from the value and the gradients.
static Ref arrange(Emitter &e, DerivativeType derivative, Ref value,
                   ArrayRef<Ref> gradients) {
  Ref gradient =
      derivative.getSingle() ? gradients.front() : e.tuple(gradients);
  if (derivative.getValue())
    return e.tuple({value, gradient});
  if (derivative.getAux())
    return e.tuple({gradient, e.elements(value)[1]});
  return gradient;
}

/// Whether values of the type hold instances of recursive classes.
static bool holdsBoxes(Type type) {
  return type
      .walk([](Type inner) {
        return isa<BoxType>(inner) ? WalkResult::interrupt()
                                   : WalkResult::advance();
      })
      .wasInterrupted();
}

Ref myia::callDerivative(Emitter &e, Ref callee, DerivativeType derivative,
                         const CallArguments &arguments) {
  Ref inner = e.elements(callee).front();
  auto closure = dyn_cast<ClosureType>(inner->type);
  auto symbol = closure ? dyn_cast<FlatSymbolRefAttr>(closure.getFunction())
                        : FlatSymbolRefAttr();
  func::FuncOp function =
      symbol ? e.engine.lookupFunction(symbol.getValue()) : func::FuncOp();
  if (!function)
    return e.error(25, "grad needs a Python function [got " +
                           describe(inner->type) + "]: wrap it in a lambda");
  SmallVector<Ref> all;
  if (failed(bindClosure(e, inner, function, arguments, all)))
    return nullptr;
  size_t hidden = function.getNumArguments() - getParameters(function).size();
  SmallVector<int64_t> positions;
  if (failed(getPositions(e, derivative, function, hidden, positions)))
    return nullptr;
  SmallVector<Type> types = llvm::map_to_vector(
      typesOf(all), [](Type type) { return widen(type, /*floatsOnly=*/true); });
  for (int64_t position : positions) {
    types[position] = getDifferentiatedType(all[position]->type);
    if (!isDifferentiable(types[position]))
      return e.error(25, "cannot differentiate with respect to argument " +
                             Twine(position - hidden) + " of " +
                             function.getSymName() + ", of type " +
                             describe(types[position]) +
                             ": it needs floating-point numbers");
    if (holdsBoxes(types[position]))
      return e.error(25, "cannot differentiate with respect to argument " +
                             Twine(position - hidden) + " of " +
                             function.getSymName() + ", of type " +
                             describe(types[position]) +
                             ", a recursive class: differentiate with respect "
                             "to what it is made of");
  }
  Specialisation *target = e.engine.specialise(function, types, e, true);
  if (!target) {
    e.outcome = Outcome::Failed;
    return nullptr;
  }
  if (!target->result || target->raises)
    return e.engine.call(target, all, e); // waits, or never returns

  // The value that is differentiated.
  Type value = target->result;
  if (derivative.getAux()) {
    auto pair = dyn_cast<myia::TupleType>(value);
    if (!pair || pair.getElements().size() != 2)
      return e.error(25,
                     "with has_aux, the function must return a pair (value, "
                     "aux) [got " +
                         describe(value) + "]");
    value = pair.getElements().front();
  }
  Type python = getPythonNumber(value);
  Type element = python ? python : getElementType(value);
  bool isScalar = python || (getArray(value) && getArray(value).getRank() == 0);
  if (!isScalar || !isa_and_nonnull<FloatType>(element))
    return e.error(25, "grad needs a function that returns a real number [" +
                           function.getSymName() + " returns " +
                           describe(value) + "]");
  SmallVector<Ref> converted;
  SmallVector<Value> operands;
  for (auto [ref, type] : llvm::zip(all, types)) {
    operands.push_back(e.convert(ref, type));
    converted.push_back(e.engine.make({type, operands.back(), {}}));
  }
  SmallVector<Ref> gradients;
  if (getStatic(value)) { // a constant
    for (int64_t position : positions)
      gradients.push_back(gradientOfConstant(e, converted[position]));
    Ref result = e.engine.call(target, converted, e);
    return result ? arrange(e, derivative, result, gradients) : nullptr;
  }
  SmallVector<Type> results{target->result};
  for (int64_t position : positions)
    results.push_back(getCotangentType(types[position]));
  target->dependents.insert(&e.version);
  auto op =
      ValueAndGradOp::create(e.builder, e.loc, results,
                             target->typed.getSymName(), operands, positions);
  Ref result = e.engine.make({target->result, op.getResult(0), {}});
  for (Value gradient : op.getResults().drop_front())
    gradients.push_back(e.engine.make({gradient.getType(), gradient, {}}));
  return arrange(e, derivative, result, gradients);
}
