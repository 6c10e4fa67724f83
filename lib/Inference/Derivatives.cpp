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
#include "Complex.h"
#include "Engine.h"
#include "Handlers.h"

using namespace mlir;
using namespace mlir::myia;

namespace {
/// What a derivative is taken with respect to: a bound argument, or one of
/// those that `*rest` or `**rest` took.
struct Wanted {
  int64_t position;
  int64_t element = -1;

  Type in(Type argument) const {
    return element < 0 ? argument : (*getAggregateElements(argument))[element];
  }
};
} // namespace

/// The argument of a position, as it is counted in the call.
static std::optional<Wanted> findPosition(ArrayRef<Parameter> parameters,
                                          ArrayRef<Type> bound,
                                          int64_t position) {
  int64_t at = 0;
  for (const Parameter &parameter : parameters) {
    int64_t here = at++;
    if (parameter.kind != "tuple") {
      if (here == position)
        return Wanted{here};
      continue;
    }
    int64_t count = getAggregateElements(bound[here])->size();
    if (position >= here && position < here + count)
      return Wanted{here, position - here};
    position -= count - 1; // the parameters after it go by name alone
  }
  return std::nullopt;
}

/// The arguments of a name; "*" is all parameters.
static SmallVector<Wanted> findName(ArrayRef<Parameter> parameters,
                                    ArrayRef<Type> bound, StringRef name) {
  SmallVector<Wanted> found;
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    if (name == "*" || parameter.name == name)
      found.push_back({int64_t(i)});
    auto record = dyn_cast<RecordType>(bound[i]);
    if (name == "*" || parameter.kind != "dict" || !record)
      continue;
    for (auto [j, key] : llvm::enumerate(record.getFields()))
      if (cast<StringAttr>(key).getValue() == name)
        found.push_back({int64_t(i), int64_t(j)});
  }
  return found;
}

/// What `wrt` asks for, among the bound arguments. The first `fixed` of them
/// are captured, or the instance of a method.
static LogicalResult getWanted(Emitter &e, DerivativeType derivative,
                               func::FuncOp function, ArrayRef<Ref> all,
                               size_t fixed, SmallVectorImpl<Wanted> &wanted) {
  SmallVector<Parameter> parameters = getParameters(function);
  size_t hidden = all.size() - parameters.size();
  ArrayRef<Parameter> visible =
      ArrayRef<Parameter>(parameters).drop_front(fixed - hidden);
  SmallVector<Type> types = typesOf(all.drop_front(fixed));
  auto add = [&](Wanted each) {
    each.position += fixed;
    wanted.push_back(each);
  };
  for (Attribute entry : derivative.getWrt()) {
    if (auto position = dyn_cast<IntegerAttr>(entry)) {
      int64_t count = visible.size();
      for (auto [parameter, type] : llvm::zip(visible, types))
        if (parameter.kind == "tuple")
          count += getAggregateElements(type)->size() - 1;
      int64_t value = position.getInt();
      std::optional<Wanted> found =
          findPosition(visible, types, value < 0 ? value + count : value);
      if (!found) {
        e.error(21, function.getSymName() + "() has no argument " +
                        Twine(value) + " to differentiate [it has " +
                        Twine(count) + "]");
        return failure();
      }
      add(*found);
      continue;
    }
    StringRef name = cast<StringAttr>(entry).getValue();
    SmallVector<Wanted> found = findName(visible, types, name);
    if (found.empty()) {
      e.error(21, function.getSymName() + "() has no argument '" + name +
                      "' to differentiate");
      return failure();
    }
    llvm::for_each(found, add);
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

/// Whether there may be None, or no element, in place of what can be
/// differentiated: so may it be in a gradient.
static bool mayHoldNothing(Type type) {
  return type
      .walk([](Type part) {
        auto list = dyn_cast<ListType>(part);
        return isNone(part) || (list && list.getElements().empty())
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

Ref myia::zeroGradient(Emitter &e, Ref argument) {
  Type type = e.engine.recursive.getGradientType(argument->type);
  assert(type && "has been differentiated");
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
    return e.wrap(
        FillOp::create(e.builder, e.loc, type, Value(), e.materialize(argument),
                       FunctionType::get(e.context(), argument->type, type)));
  SmallVector<Ref> elements;
  for (Ref element : e.elements(argument)) {
    elements.push_back(zeroGradient(e, element));
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

Ref myia::callDerivative(Emitter &e, Ref callee, DerivativeType derivative,
                         const CallArguments &arguments) {
  Ref inner = e.elements(callee).front();
  auto closure = dyn_cast<ClosureType>(inner->type);
  auto symbol = closure ? dyn_cast<FlatSymbolRefAttr>(closure.getFunction())
                        : FlatSymbolRefAttr();
  bool isFunction = isa<ClosureType, DerivativeType>(inner->type);
  if (!symbol && isFunction && e.engine.lookupFunction("function.__call__")) {
    // A function that does nothing but call the derivative or the primitive.
    symbol = FlatSymbolRefAttr::get(e.context(), "function.__call__");
    inner = e.closure(symbol, {inner});
  }
  func::FuncOp function =
      symbol ? e.engine.lookupFunction(symbol.getValue()) : func::FuncOp();
  if (!function)
    return e.error(25, "grad needs a Python function [got " +
                           describe(inner->type) + "]: wrap it in a lambda");
  SmallVector<Ref> all;
  if (failed(bindClosure(e, inner, function, arguments, all)))
    return nullptr;
  size_t hidden = function.getNumArguments() - getParameters(function).size();
  size_t fixed = std::max(hidden, e.elements(inner).size());
  SmallVector<Wanted> wanted;
  if (failed(getWanted(e, derivative, function, all, fixed, wanted)))
    return nullptr;
  SmallVector<Type> types = llvm::map_to_vector(
      typesOf(all), [](Type type) { return widen(type, /*floatsOnly=*/true); });
  SmallVector<int64_t> positions;
  for (Wanted each : wanted) {
    if (!llvm::is_contained(positions, each.position))
      positions.push_back(each.position);
    Type &type = types[each.position];
    Type own = getDifferentiatedType(each.in(type));
    auto refuse = [&](const Twine &why) {
      return e.error(25, "cannot differentiate with respect to argument " +
                             Twine(each.position - fixed +
                                   std::max<int64_t>(each.element, 0)) +
                             " of " + function.getSymName() + ", of type " +
                             describe(own) + why);
    };
    RecursiveTypes &recursive = e.engine.recursive;
    if (recursive.leadsTo(own, llvm::IsaPred<myia::ComplexType>))
      return refuse(": differentiate with respect to the real and the "
                    "imaginary part, as two arguments");
    Type gradient = recursive.getGradientType(own);
    if (!gradient)
      return e.error(60, "the gradient with respect to " + describe(own) +
                             " is not known");
    if (!recursive.leadsTo(gradient, llvm::IsaPred<FloatType>) &&
        !mayHoldNothing(own))
      return refuse(": it needs floating-point numbers");
    if (each.element >= 0) {
      SmallVector<Type> elements = *getAggregateElements(type);
      elements[each.element] = own;
      own = withAggregateElements(type, elements);
    }
    type = own;
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
    for (Wanted each : wanted) {
      Ref argument = converted[each.position];
      gradients.push_back(zeroGradient(
          e, each.element < 0 ? argument : e.elements(argument)[each.element]));
    }
    Ref result = e.engine.call(target, converted, e);
    return result ? arrange(e, derivative, result, gradients) : nullptr;
  }
  SmallVector<Type> results{target->result};
  for (int64_t position : positions)
    results.push_back(e.engine.recursive.getGradientType(types[position]));
  target->dependents.insert(&e.version);
  auto op =
      ValueAndGradOp::create(e.builder, e.loc, results,
                             target->typed.getSymName(), operands, positions,
                             /*sparse=*/false);
  Ref result = e.engine.make({target->result, op.getResult(0), {}});
  for (Wanted each : wanted) {
    size_t at = llvm::find(positions, each.position) - positions.begin();
    Value gradient = op.getResult(1 + at);
    Ref whole = e.engine.make({gradient.getType(), gradient, {}});
    gradients.push_back(each.element < 0 ? whole
                                         : e.elements(whole)[each.element]);
  }
  return arrange(e, derivative, result, gradients);
}

//===----------------------------------------------------------------------===//
// Derivatives that the program gives
//===----------------------------------------------------------------------===//

/// The prelude's function behind a closure that captures nothing, for arguments
/// of these types; null after an error. The block runs again once its result
/// is known.
static Specialisation *specialisePlain(Emitter &e, Ref closure,
                                       ArrayRef<Type> types, bool exact) {
  auto symbol = llvm::cast<FlatSymbolRefAttr>(
      llvm::cast<ClosureType>(closure->type).getFunction());
  func::FuncOp function = e.engine.lookupFunction(symbol.getValue());
  Specialisation *found = e.engine.specialise(function, types, e, exact);
  if (!found)
    e.outcome = Outcome::Failed;
  else
    found->dependents.insert(&e.version);
  return found;
}

/// Whether values of both types look alike once they are flat: a Python number
/// and a NumPy scalar do.
static bool isAlike(Type a, Type b) {
  if (a == b)
    return true;
  auto first = getAggregateElements(a), second = getAggregateElements(b);
  if (first && second && !isa<StaticType>(a) && !isa<StaticType>(b))
    return first->size() == second->size() &&
           withAggregateElements(a, *second) == b &&
           llvm::all_of(llvm::zip(*first, *second), [](auto pair) {
             return isAlike(std::get<0>(pair), std::get<1>(pair));
           });
  auto scalar = [](Type type) {
    auto array = getArray(type);
    return array && array.getRank() == 0 ? array.getElementType() : type;
  };
  return scalar(a) == scalar(b);
}

/// Whether cotangents of the type look as gradients do, once they are flat: not
/// where a gradient has None for a part of what is one leaf.
static bool hasPlainCotangent(Emitter &e, Type type) {
  Type gradient = e.engine.recursive.getGradientType(type);
  auto holds = [](Type type, llvm::function_ref<bool(Type)> isWanted) {
    return type
        .walk([&](Type inner) {
          return isWanted(inner) ? WalkResult::interrupt()
                                 : WalkResult::advance();
        })
        .wasInterrupted();
  };
  auto hasGaps = [&](Type inner) {
    return isa<ListType>(inner) && holds(inner, isNone);
  };
  auto isOther = [&](Type inner) {
    if (isa<ClosureType, DerivativeType, IteratorType>(inner))
      return holds(inner, llvm::IsaPred<FloatType>);
    return isa<BoxType, UnionType, myia::ComplexType>(inner);
  };
  return gradient && !holds(gradient, hasGaps) && !holds(type, isOther);
}

Ref myia::callWithRule(Emitter &e, Ref function, Ref forward, Ref backward,
                       Ref held, Ref args) {
  Specialisation *target =
      specialisePlain(e, function, {held->type, args->type}, false);
  if (!target)
    return nullptr;
  Type result = target->result, argument = target->arguments[1];
  if (!result)
    return e.engine.call(target, {held, args}, e);
  for (Type type : {result, argument})
    if (!hasPlainCotangent(e, type))
      return e.error(25, "a function with a derivative of its own cannot take "
                         "or return " +
                             describe(type));
  if (!isDifferentiable(result) || !isDifferentiable(argument))
    return e.engine.call(target, {held, args}, e);
  Specialisation *first = specialisePlain(e, forward, target->arguments, true);
  if (!first)
    return nullptr;
  if (first->raises)
    return e.error(25, "the forward function never returns");
  // It may call the function itself: then its result is known later.
  if (!first->result)
    return e.engine.call(target, {held, args}, e);
  RecursiveTypes &recursive = e.engine.recursive;
  auto pair = llvm::cast<myia::TupleType>(first->result);
  if (!isAlike(pair.getElements()[0], result))
    return e.error(25,
                   "the forward function must return a pair of the result, " +
                       describe(result) + ", and residuals [its result is " +
                       describe(pair.getElements()[0]) + "]");
  Specialisation *second = specialisePlain(
      e, backward, {pair.getElements()[1], recursive.getGradientType(result)},
      true);
  if (!second)
    return nullptr;
  if (second->raises)
    return e.error(25, "the backward function never returns");
  Type wanted = recursive.getGradientType(argument);
  if (second->result && !isAlike(second->result, wanted))
    return e.error(25, "the backward function must return cotangents " +
                           describe(wanted) + " [got " +
                           describe(second->result) + "]");
  Value operands[] = {e.convert(held, target->arguments[0]),
                      e.convert(args, argument)};
  auto symbolOf = [](Specialisation *each) { return each->typed.getSymName(); };
  auto op = CustomVJPOp::create(e.builder, e.loc, result, symbolOf(target),
                                symbolOf(first), symbolOf(second), operands,
                                /*held=*/1);
  return e.engine.make({result, op.getResult(0), {}});
}
