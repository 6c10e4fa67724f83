//===- Builtins.cpp - Python's built-in functions -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Built-ins that the prelude cannot express.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace mlir::myia;

static Ref length(Emitter &e, StringRef name, Arguments arguments) {
  Ref object = arguments[0];
  if (isa<myia::TupleType>(object->type))
    return e.integer(e.elements(object).size());
  if (auto array = getArray(object->type); array && array.getRank() > 0)
    return e.sizeOf(object, 0);
  if (isList(object->type))
    return listLength(e, object);
  if (auto string = getStaticString(object->type))
    return e.integer(e.elements(stringCharacters(e, *string)).size());
  if (getClass(e, object->type)) {
    Ref method = getAttribute(e, object, "__len__");
    return method ? call(e, method, {}) : nullptr;
  }
  return e.error(20,
                 "object of type " + describe(object->type) + " has no len()");
}

static Ref range(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<Ref> bounds;
  for (Ref argument : arguments) {
    if (!argument)
      continue;
    Type number = getPythonNumber(argument->type);
    Type element = getElementType(argument->type);
    bool isInteger = (number && !number.isF64()) ||
                     (element && element.isSignlessInteger() &&
                      getArray(argument->type).getRank() == 0);
    if (!isInteger)
      return e.error(20, describe(argument->type) +
                             " cannot be interpreted as an integer");
    bounds.push_back(getStatic(argument->type)
                         ? argument
                         : e.wrap(e.scalar(argument, e.builder.getI64Type())));
  }
  Ref start = bounds.size() > 1 ? bounds[0] : e.integer(0);
  Ref stop = bounds.size() > 1 ? bounds[1] : bounds[0];
  Ref step = bounds.size() > 2 ? bounds[2] : e.integer(1);
  Ref zero = binary(e, BinaryKind::eq, step, e.integer(0));
  if (!e.raiseIf(e.scalar(zero, e.builder.getI1Type()), "ValueError",
                 "range() arg 3 must not be zero"))
    return nullptr;
  return e.iterator("range", {start, stop, step});
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

/// A number that int(), float() and bool() take, or null after an error.
static Ref numberArgument(Emitter &e, StringRef name, Ref argument) {
  auto array = getArray(argument->type);
  if (getPythonNumber(argument->type) || (array && array.getRank() == 0))
    return argument;
  bool maybe =
      array && (!array.hasStaticShape() || array.getNumElements() == 1);
  return maybe ? getOnlyElement(e, argument,
                                "only an array of size 1 can be converted to "
                                "a Python scalar")
               : badArgument(e, name, argument);
}

static Ref toFloat(Emitter &e, StringRef name, Arguments arguments) {
  Ref number = numberArgument(e, name, arguments[0]);
  return number ? e.wrap(e.scalar(number, e.builder.getF64Type())) : nullptr;
}

static Ref toInt(Emitter &e, StringRef name, Arguments arguments) {
  Ref number = numberArgument(e, name, arguments[0]);
  if (!number)
    return nullptr;
  Type type = getPythonNumber(number->type);
  if (!isa<FloatType>(type ? type : getElementType(number->type)))
    return e.wrap(e.scalar(number, e.builder.getI64Type()));
  return callPrimitive(e, "math.trunc", {{number}, {}});
}

//===----------------------------------------------------------------------===//
// max, min
//===----------------------------------------------------------------------===//

/// max(a, b, ...) and max(xs) of numbers, left to right as Python compares.
template <bool isMax>
static Ref extremum(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<Ref> values(arguments);
  if (values.size() == 1) {
    if (auto array = getArray(values[0]->type); array && array.getRank() == 1)
      return callPrimitive(e, isMax ? "numpy.max" : "numpy.min",
                           {{values[0]}, {}});
    if (!isa<myia::TupleType>(values[0]->type))
      return badArgument(e, name, values[0]);
    ArrayRef<Ref> elements = e.elements(values[0]);
    values.assign(elements.begin(), elements.end());
    if (values.empty())
      return e.raise("ValueError",
                     (isMax ? "max()" : "min()") +
                         std::string(" arg is an empty sequence"));
  }
  Ref best = nullptr;
  for (Ref value : values) {
    auto array = getArray(value->type);
    if (!isNumeric(value->type) || (array && array.getRank() > 0))
      return badArgument(e, name, value);
    if (!best) {
      best = value;
    } else if (getPythonNumber(best->type) && getPythonNumber(value->type)) {
      best = pythonExtremum(e, isMax, best, value);
    } else {
      Ref better =
          binary(e, isMax ? BinaryKind::gt : BinaryKind::lt, value, best);
      if (!better)
        return nullptr;
      Type joined = join(best->type, value->type);
      Value chosen = e.scalar(better, e.builder.getI1Type());
      best = e.wrap(e.emit<arith::SelectOp>(chosen, e.convert(value, joined),
                                            e.convert(best, joined)));
    }
  }
  return best;
}

static Ref roundNumber(Emitter &e, StringRef name, Arguments arguments) {
  Ref number = numberArgument(e, name, arguments[0]);
  if (!number)
    return nullptr;
  Type type = getPythonNumber(number->type);
  if (type && !type.isF64())
    return e.wrap(e.scalar(number, e.builder.getI64Type()));
  if (arguments[1] && !isNone(arguments[1]->type))
    return e.error(1, "round with digits is not supported");
  Value rounded =
      e.emit<math::RoundEvenOp>(e.scalar(number, e.builder.getF64Type()));
  return callPrimitive(e, "math.trunc", {{e.wrap(rounded)}, {}});
}

//===----------------------------------------------------------------------===//
// isinstance, type tests
//===----------------------------------------------------------------------===//

/// Whether a class is `cls` or derived from it.
static bool isSubclass(ClassOp own, FlatSymbolRefAttr cls) {
  if (own.getSymName() == cls.getValue())
    return true;
  auto bases = own->getAttrOfType<ArrayAttr>("myia.bases");
  return bases && llvm::is_contained(bases, cls);
}

/// Whether a value of type `type` is an instance of one class.
static std::optional<bool> isInstanceOf(Emitter &e, Type type, Attribute cls) {
  if (auto symbol = dyn_cast<FlatSymbolRefAttr>(cls)) {
    ClassOp own = getClass(e, type);
    return own && isSubclass(own, symbol);
  }
  if (isa<UnitAttr>(cls))
    return isNone(type);
  if (auto known = dyn_cast<ObjectAttr>(cls)) {
    auto object = dyn_cast_or_null<ObjectAttr>(getStatic(type));
    return object && object.getAttributes().get("__class__") == cls;
  }
  Type number = getPythonNumber(type);
  auto primitive = dyn_cast<PrimAttr>(cls);
  StringRef name = primitive ? primitive.getName() : StringRef();
  Type element = getElementType(type);
  if (name == "builtins.float") // np.float64 is a float
    return (number && number.isF64()) ||
           (element && element.isF64() && getArray(type).getRank() == 0);
  if (name == "builtins.int") // and so is bool
    return number && !number.isF64();
  if (name == "builtins.bool")
    return number && number.isInteger(1);
  if (name == "builtins.tuple")
    return isa<myia::TupleType>(type);
  if (name == "builtins.list")
    return isList(type);
  if (name == "builtins.str")
    return isText(type) || getStaticString(type);
  if (name == "numpy.ndarray")
    return element && getArray(type).getRank() > 0;
  return std::nullopt;
}

static Ref isInstance(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<Ref> classes{arguments[1]};
  if (isa<myia::TupleType>(arguments[1]->type))
    classes.assign(e.elements(arguments[1]).begin(),
                   e.elements(arguments[1]).end());
  bool result = false;
  for (Ref cls : classes) {
    Attribute known = getStatic(cls->type);
    auto matches =
        known ? isInstanceOf(e, arguments[0]->type, known) : std::nullopt;
    if (!matches)
      return e.error(20, "isinstance() does not know the class " +
                             describe(cls->type));
    result |= *matches;
  }
  return e.boolean(result);
}

/// Whether a `match` pattern in brackets applies: to tuples and lists.
static Ref isSequence(Emitter &e, StringRef, Arguments arguments) {
  return e.boolean(isa<myia::TupleType>(arguments[0]->type));
}

/// Whether a value may be called what an annotation says: as isinstance, but an
/// int is a float, and a NumPy scalar the Python number of its kind.
static bool satisfies(Emitter &e, Type type, Attribute cls) {
  auto array = getArray(type);
  bool isScalar = array && array.getRank() == 0;
  if (auto primitive = dyn_cast<PrimAttr>(cls)) {
    StringRef name = primitive.getName();
    Type number = isScalar ? array.getElementType() : getPythonNumber(type);
    if (name == "builtins.float")
      return static_cast<bool>(number);
    if (name == "builtins.int" && number)
      return number.isIntOrIndex();
    if (name == "builtins.bool" && number)
      return number.isInteger(1);
    if (name == "builtins.str")
      return isText(type) || getStaticString(type);
    if (name == "numpy.ndarray")
      return static_cast<bool>(array);
  }
  if (auto dtype = dyn_cast<TypeAttr>(cls))
    return isScalar && array.getElementType() == dtype.getValue();
  return isInstanceOf(e, type, cls).value_or(true);
}

/// The value, which must be of one of the classes of its annotation.
static Ref annotated(Emitter &e, StringRef, Arguments arguments) {
  Ref value = arguments[0];
  std::string wanted;
  for (Ref cls : arguments.drop_front()) {
    Attribute known = getStatic(cls->type);
    if (!known || satisfies(e, value->type, known))
      return value;
    auto primitive = dyn_cast<PrimAttr>(known);
    wanted += wanted.empty() ? "" : " or ";
    std::string name = describe(cls->type);
    wanted += primitive ? primitive.getName().rsplit('.').second
                        : StringRef(name).substr(
                              StringRef(name).starts_with("class ") ? 6 : 0);
  }
  return e.error(24, "the annotation says " + wanted + ", but the value is " +
                         describe(value->type));
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static Ref stopGradient(Emitter &e, StringRef name, Arguments arguments) {
  Ref value = arguments[0];
  if (getStatic(value->type) || !isDifferentiable(value->type))
    return value;
  if (auto elements = getAggregateElements(value->type)) {
    SmallVector<Ref> stopped;
    for (Ref element : e.elements(value))
      stopped.push_back(stopGradient(e, name, element));
    return e.aggregate(value->type, stopped);
  }
  return e.wrap(StopGradientOp::create(e.builder, e.loc, value->value));
}

void myia::addBuiltinPrimitives(PrimitiveTable &table) {
  // Numbers share no memory.
  table["builtins.len"] = {"obj /", length, /*fresh=*/true};
  table["builtins.range"] = {"start stop? step? /", range, /*fresh=*/true};
  table["builtins.float"] = {"x /", toFloat, /*fresh=*/true};
  table["builtins.int"] = {"x /", toInt, /*fresh=*/true};
  table["builtins.bool"] = {"x /",
                            [](Emitter &e, StringRef, Arguments arguments) {
                              return truth(e, arguments[0]);
                            },
                            /*fresh=*/true};
  table["builtins.round"] = {"number ndigits?", roundNumber, /*fresh=*/true};
  table["builtins.isinstance"] = {"obj class_or_tuple /", isInstance,
                                  /*fresh=*/true};
  table["builtins.max"] = {"*args", extremum<true>};
  table["builtins.min"] = {"*args", extremum<false>};
  table["builtins.tuple"] = {
      "iterable /", [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        if (isa<myia::TupleType>(arguments[0]->type))
          return arguments[0];
        auto elements = sequenceElements(e, arguments[0]);
        if (elements)
          return e.tuple(*elements);
        return e.outcome == Outcome::Normal ? badArgument(e, name, arguments[0])
                                            : nullptr;
      }};
  table["builtins.zip"] = {"*iterables",
                           [](Emitter &e, StringRef, Arguments arguments) {
                             return e.iterator("zip", arguments);
                           }};
  table["builtins.enumerate"] = {
      "iterable start?", [](Emitter &e, StringRef, Arguments arguments) {
        return e.iterator(
            "enumerate",
            {arguments[0], arguments[1] ? arguments[1] : e.integer(0)});
      }};
  table["builtins.pow"] = {
      "base exp", [](Emitter &e, StringRef, Arguments arguments) {
        return binary(e, BinaryKind::pow, arguments[0], arguments[1]);
      }};
  table["builtins.divmod"] = {
      "x y /", [](Emitter &e, StringRef, Arguments arguments) -> Ref {
        Ref quotient =
            binary(e, BinaryKind::floordiv, arguments[0], arguments[1]);
        Ref rest = quotient
                       ? binary(e, BinaryKind::mod, arguments[0], arguments[1])
                       : nullptr;
        return rest ? e.tuple({quotient, rest}) : nullptr;
      }};
  table["myia.is_sequence"] = {"value", isSequence, /*fresh=*/true};
  table["myia.annotated"] = {"value *classes", annotated};
  table["myia.stop_gradient"] = {"x", stopGradient};
  // Only names: a class for isinstance(), and `...`.
  table["builtins.Ellipsis"] = {};
}
