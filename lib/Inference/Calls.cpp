//===- Calls.cpp - Calls and derivatives -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Binding arguments to parameters, and calling whatever can be called.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Handlers.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

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

namespace {
/// A Python parameter as `myia.params` describes it.
struct Parameter {
  StringRef name, kind;
  Attribute fallback;

  bool takesPosition() const { return kind != "keyword"; }
  bool takesName() const { return kind != "positional"; }
};
} // namespace

static SmallVector<Parameter> getParameters(func::FuncOp function) {
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
    parameters.push_back(parameter);
  }
  return parameters;
}

/// Binds arguments to parameters as Python does; null entries are not possible:
/// a missing argument is an error.
static LogicalResult bind(Emitter &e, StringRef function,
                          ArrayRef<Parameter> parameters,
                          const CallArguments &arguments,
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
  if (positional > most)
    return fail("takes " + Twine(most) + " positional argument" +
                (most == 1 ? "" : "s") + " but " + Twine(positional) +
                (positional == 1 ? " was given" : " were given"));
  std::copy_n(arguments.values.begin(), positional, bound.begin());
  for (auto [i, keyword] : llvm::enumerate(arguments.keywords)) {
    const Parameter *parameter =
        llvm::find_if(parameters, [keyword = keyword](const Parameter &p) {
          return p.name == keyword && p.takesName();
        });
    if (parameter == parameters.end())
      return fail("got an unexpected keyword argument '" + keyword + "'");
    Ref &slot = bound[parameter - parameters.begin()];
    if (slot)
      return fail("got multiple values for argument '" + keyword + "'");
    slot = arguments.values[positional + i];
  }
  for (auto [parameter, slot] : llvm::zip(parameters, bound)) {
    if (!slot && parameter.fallback)
      slot = constant(e, parameter.fallback);
    if (!slot)
      return fail("missing a required argument: '" + parameter.name + "'");
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Closures, classes
//===----------------------------------------------------------------------===//

/// All arguments of the surface function behind a closure, captures first.
static LogicalResult bindClosure(Emitter &e, Ref closure, func::FuncOp function,
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
  if (failed(bind(e, function.getSymName(), parameters, visible, bound)))
    return failure();
  llvm::append_range(all, captured.take_front(hidden));
  llvm::append_range(all, bound);
  return success();
}

static SmallVector<Type> typesOf(ArrayRef<Ref> refs) {
  return llvm::map_to_vector(refs, [](Ref ref) { return ref->type; });
}

static Ref callClosure(Emitter &e, Ref callee, ClosureType type,
                       const CallArguments &arguments) {
  if (auto primitive = dyn_cast<PrimAttr>(type.getFunction())) {
    CallArguments all = arguments;
    ArrayRef<Ref> captured = e.elements(callee);
    all.values.insert(all.values.begin(), captured.begin(), captured.end());
    return callPrimitive(e, primitive.getName(), all);
  }
  auto symbol = cast<FlatSymbolRefAttr>(type.getFunction());
  func::FuncOp function = e.engine.lookupFunction(symbol.getValue());
  SmallVector<Ref> all;
  if (!function)
    return e.error(90, "no function " + symbol.getValue());
  if (failed(bindClosure(e, callee, function, arguments, all)))
    return nullptr;
  Specialisation *target = e.engine.specialise(function, typesOf(all), e);
  if (!target) {
    e.outcome = Outcome::Failed;
    return nullptr;
  }
  return e.engine.call(target, all, e);
}

static Ref construct(Emitter &e, ClassOp cls, const CallArguments &arguments) {
  SmallVector<Parameter> parameters;
  for (auto field : cls.getFields().getAsValueRange<StringAttr>())
    parameters.push_back({field, "", cls.getDefaults().get(field)});
  SmallVector<Ref> fields;
  if (failed(bind(e, cls.getSymName(), parameters, arguments, fields)))
    return nullptr;
  auto types = typesOf(fields);
  auto type =
      RecordType::get(e.context(), FlatSymbolRefAttr::get(cls.getSymNameAttr()),
                      cls.getFields(), types);
  return e.aggregate(type, fields);
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

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

static Ref gradientOfConstant(Emitter &e, Ref value, Ref argument) {
  Type type = getCotangentType(argument->type);
  if (type == getNoneType(e.context()))
    return e.none();
  Value zero;
  if (isa<FloatType>(type) || getArray(type)) {
    zero = ZeroOp::create(e.builder, e.loc, type);
    return e.engine.make({type, zero, {}});
  }
  SmallVector<Ref> elements;
  for (Ref element : e.elements(argument))
    elements.push_back(gradientOfConstant(e, value, element));
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

static Ref callDerivative(Emitter &e, Ref callee, DerivativeType derivative,
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
      gradients.push_back(gradientOfConstant(e, nullptr, converted[position]));
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
  if (auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(known))
    if (ClassOp cls = e.engine.lookupClass(symbol.getValue()))
      return construct(e, cls, arguments);
  if (isa_and_nonnull<TypeAttr>(known)) {
    CallArguments all = arguments;
    all.values.insert(all.values.begin(), callee);
    return callPrimitive(e, "myia.cast", all);
  }
  if (isa<RecordType>(callee->type)) {
    Ref method = getAttribute(e, callee, "__call__");
    return method ? call(e, method, arguments) : nullptr;
  }
  return e.error(22, describe(callee->type) + " is not callable");
}

//===----------------------------------------------------------------------===//
// The table of surface ops
//===----------------------------------------------------------------------===//

bool myia::raiseIfUnbound(Emitter &e, Ref value) {
  auto type = dyn_cast<IteratorType>(value->type);
  if (!type || type.getKind() != "unbound")
    return false;
  StringRef name = *getStaticString(type.getElements().front());
  e.raise("UnboundLocalError", "cannot access local variable '" + name.str() +
                                   "' where it is not associated with a value");
  return true;
}

/// The result of `array += value`, which NumPy writes into the array: of its
/// shape, and of its dtype if that is of the same kind.
static Ref keepArrayType(Emitter &e, Ref result, RankedTensorType array) {
  RankedTensorType type = getArray(result->type);
  if (!type || type == array)
    return result;
  if (type.getShape() != array.getShape())
    return e.error(30, "an augmented assignment cannot change the shape of the "
                       "array [" +
                           describe(array) + " would become " + describe(type) +
                           "]");
  Type from = type.getElementType(), to = array.getElementType();
  bool sameKind = (isa<FloatType>(from) && isa<FloatType>(to)) ||
                  (from.isInteger() && to.isInteger() && !to.isInteger(1));
  if (!sameKind)
    return e.error(20, "an augmented assignment cannot change the dtype of the "
                       "array [" +
                           describe(array) + " would become " + describe(type) +
                           "]");
  return e.wrap(e.cast(result->value, to));
}

LogicalResult myia::evaluateOp(Emitter &e, Operation &op,
                               ArrayRef<Ref> operands,
                               SmallVectorImpl<Ref> &results) {
  auto one = [&](Ref result) {
    results.push_back(result);
    return success(result != nullptr);
  };
  if (auto x = dyn_cast<ConstantOp>(op))
    return one(constant(e, x.getValue()));
  if (auto x = dyn_cast<UnboundOp>(op))
    return one(e.iterator("unbound", {e.known(x.getNameAttr())}));
  // A variable may be carried around unbound, but not used.
  for (Ref operand : operands)
    if (raiseIfUnbound(e, operand))
      return failure();
  e.mayRaise = llvm::any_of(operands, [](Ref operand) {
    return operand->narrowedFrom && isNone(operand->type);
  });
  if (auto x = dyn_cast<UnaryOp>(op))
    return one(unary(e, x.getKind(), operands[0]));
  if (auto x = dyn_cast<BinaryOp>(op)) {
    // An augmented assignment changes an array for all who see it.
    RankedTensorType array = getArray(operands[0]->type);
    if (op.hasAttr("myia.in_place") && array && array.getRank() > 0)
      return one(
          e.error(2, "an augmented assignment would update an array that "
                     "may be visible elsewhere: write x = x + ... instead"));
    Ref result = binary(e, x.getKind(), operands[0], operands[1]);
    if (result && op.hasAttr("myia.augmented") && array && array.getRank() > 0)
      result = keepArrayType(e, result, array);
    return one(result);
  }
  if (isa<TruthOp>(op))
    return one(truth(e, operands[0]));
  if (auto x = dyn_cast<CallOp>(op)) {
    CallArguments arguments;
    llvm::append_range(arguments.values, operands.drop_front());
    for (auto keyword : x.getKeywords().getAsValueRange<StringAttr>())
      arguments.keywords.push_back(keyword);
    return one(call(e, operands[0], arguments));
  }
  if (auto x = dyn_cast<ClosureOp>(op))
    return one(e.closure(x.getFunctionAttr(), operands));
  if (auto x = dyn_cast<GradOp>(op))
    return one(e.aggregate(DerivativeType::get(e.context(), operands[0]->type,
                                               x.getWrt(), x.getSingle(),
                                               x.getWithValue(), x.getAux()),
                           operands));
  if (auto x = dyn_cast<GetAttrOp>(op))
    return one(getAttribute(e, operands[0], x.getName()));
  if (isa<GetItemOp>(op))
    return one(getItem(e, operands[0], operands[1]));
  if (isa<SetItemOp>(op))
    return one(setItem(e, operands[0], operands[1], operands[2]));
  if (isa<BuildTupleOp>(op))
    return one(e.tuple(operands));
  if (isa<BuildSliceOp>(op))
    return one(e.iterator("slice", operands));
  if (auto x = dyn_cast<UnpackSequenceOp>(op))
    return unpackSequence(e, operands[0], x.getNumResults(), results);
  if (isa<IterOp>(op))
    return one(iterate(e, operands[0]));
  if (isa<HasNextOp>(op))
    return one(hasNext(e, operands[0]));
  if (isa<NextOp>(op)) {
    auto [element, rest] = next(e, operands[0]);
    results.assign({element, rest});
    return success(element && rest);
  }
  return one(e.error(90, "no meaning for " + op.getName().getStringRef()));
}
