//===- Introspection.cpp - What a program asks about its values -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// isinstance, type, hasattr, callable and annotations: what is known when
// compiling.
//
//===----------------------------------------------------------------------===//

#include "Classes.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "Ranges.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;

/// Whether an element type is of one of NumPy's abstract kinds; nothing when
/// `kind` is none.
static std::optional<bool> isOfKind(Type element, StringRef kind) {
  bool isFloat = isa_and_nonnull<FloatType>(element);
  bool isComplex = isa_and_nonnull<mlir::ComplexType>(element);
  bool isInteger = element && !isFloat && !isComplex && !element.isInteger(1);
  bool isUnsigned = isInteger && element.isUnsignedInteger();
  if (kind == "numpy.floating")
    return isFloat;
  if (kind == "numpy.complexfloating")
    return isComplex;
  if (kind == "numpy.inexact")
    return isFloat || isComplex;
  if (kind == "numpy.integer")
    return isInteger;
  if (kind == "numpy.signedinteger")
    return isInteger && !isUnsigned;
  if (kind == "numpy.unsignedinteger")
    return isUnsigned;
  if (kind == "numpy.number")
    return isFloat || isInteger || isComplex;
  if (kind == "numpy.generic")
    return element != nullptr;
  return std::nullopt;
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
  RankedTensorType array = getAnyArray(type);
  Type element = array ? array.getElementType() : Type();
  if (element && isComplex(type))
    element = complexDtype(element);
  if (name == "builtins.complex") // and np.complex128 is one
    return isPythonComplex(type) || (isComplex(type) && array.getRank() == 0 &&
                                     array.getElementType().isF64());
  if (name == "builtins.float") // np.float64 is a float
    return (number && number.isF64()) ||
           (element && element.isF64() && array.getRank() == 0);
  if (name == "builtins.int") // and so is bool
    return number && !number.isF64();
  if (name == "builtins.bool")
    return number && number.isInteger(1);
  if (name == "builtins.tuple")
    return isa<myia::TupleType>(type) || getNamedTuple(e, type);
  if (name == "builtins.list")
    return isList(type);
  if (name == "builtins.dict")
    return isDict(type);
  if (name == "builtins.str")
    return isText(type) || getStaticString(type);
  if (name == "types.NoneType")
    return isNone(type);
  if (name == "numpy.ndarray")
    return element && array.getRank() > 0;
  bool isScalar = element && array.getRank() == 0;
  if (auto dtype = dyn_cast<TypeAttr>(cls)) // np.float32
    return isScalar && element == getElementTypeOrSelf(dtype.getValue());
  if (auto kind = isOfKind(element ? element : number, name))
    return isScalar && *kind;
  return std::nullopt;
}

/// type(x): the class of a value.
static Ref typeOf(Emitter &e, StringRef name, Arguments arguments) {
  Type type = arguments[0]->type;
  auto builtin = [&](StringRef cls) {
    return e.known(PrimAttr::get(e.context(), ("builtins." + cls).str()));
  };
  if (Type number = getPythonNumber(type))
    return builtin(number.isF64()        ? "float"
                   : number.isInteger(1) ? "bool"
                                         : "int");
  if (isPythonComplex(type))
    return builtin("complex");
  if (ClassOp cls = getClass(e, type))
    return e.known(FlatSymbolRefAttr::get(cls.getSymNameAttr()));
  if (isDict(type))
    return builtin("dict");
  if (isa<myia::TupleType>(type))
    return builtin("tuple");
  if (isList(type))
    return builtin("list");
  if (getStaticString(type))
    return builtin("str");
  if (isNone(type))
    return e.known(PrimAttr::get(e.context(), "types.NoneType"));
  auto array = getAnyArray(type);
  if (!array)
    return badArgument(e, name, arguments[0]);
  if (array.getRank() > 0)
    return e.known(PrimAttr::get(e.context(), "numpy.ndarray"));
  if (isComplex(type))
    array = array.clone(complexDtype(array.getElementType()));
  return e.known(TypeAttr::get(array)); // the class of the scalars
}

static Ref isCallable(Emitter &e, StringRef name, Arguments arguments) {
  Type type = arguments[0]->type;
  if (isa<RecordType, BoxType>(type))
    return e.boolean(defines(e, arguments[0], "__call__"));
  Attribute known = getStatic(type);
  return e.boolean(isa<ClosureType, DerivativeType>(type) ||
                   isa_and_nonnull<PrimAttr, FlatSymbolRefAttr>(known) ||
                   isScalarClass(known));
}

/// Whether an instance has a member; nothing for other values.
static std::optional<bool> hasMember(Emitter &e, Ref object, StringRef name) {
  ClassOp cls = getClass(e, object->type);
  return cls ? hasAttribute(cls, name) : std::nullopt;
}

/// getattr(x, "name"[, default]) and hasattr(x, "name"), on dataclasses.
static Ref attribute(Emitter &e, StringRef name, Arguments arguments) {
  auto member = getStaticString(arguments[1]->type);
  std::optional<bool> found;
  if (member)
    found = hasMember(e, arguments[0], *member);
  bool isPlain = !name.ends_with("hasattr") && !arguments[2];
  if (member && isPlain)
    return getAttribute(e, arguments[0], *member);
  if (!found)
    return e.error(20, name +
                           " takes a dataclass and the name of an attribute "
                           "[got " +
                           describe(arguments[0]->type) + " and " +
                           describe(arguments[1]->type) + "]");
  if (name.ends_with("hasattr"))
    return e.boolean(*found);
  return *found ? getAttribute(e, arguments[0], *member) : arguments[2];
}

/// Whether a dtype is of a kind such as np.floating.
static Ref isSubDtype(Emitter &e, StringRef name, Arguments arguments) {
  Type element = findDtype(e, arguments[0]);
  if (!element)
    element = getDtype(e, name, arguments[0]); // which is an error
  if (!element)
    return nullptr;
  auto kind = dyn_cast_or_null<PrimAttr>(getStatic(arguments[1]->type));
  if (kind)
    if (auto matches = isOfKind(element, kind.getName()))
      return e.boolean(*matches);
  Type other = findDtype(e, arguments[1]);
  if (!other)
    other = getDtype(e, name, arguments[1]);
  return other ? e.boolean(element == other) : nullptr;
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
  Type type = arguments[0]->type;
  return e.boolean(isa<myia::TupleType>(type) || isList(type) ||
                   getNamedTuple(e, type));
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
    if (name == "builtins.complex")
      return number || isPythonComplex(type) ||
             (isComplex(type) && getComplexArray(type).getRank() == 0);
    if (name == "builtins.str")
      return isText(type) || getStaticString(type);
    if (name == "numpy.ndarray")
      return static_cast<bool>(getAnyArray(type));
  }
  if (auto dtype = dyn_cast<TypeAttr>(cls); dtype && !isComplex(type))
    return isScalar &&
           array.getElementType() == getElementTypeOrSelf(dtype.getValue());
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

void myia::addIntrospectionPrimitives(PrimitiveTable &table) {
  table["builtins.isinstance"] = {"obj class_or_tuple /", isInstance,
                                  /*fresh=*/true};
  table["builtins.type"] = {"object /", typeOf};
  table["types.NoneType"] = {
      "", [](Emitter &e, StringRef, Arguments) { return e.none(); }};
  table["builtins.callable"] = {"obj /", isCallable, /*fresh=*/true};
  table["builtins.hasattr"] = {"obj name /", attribute, /*fresh=*/true};
  table["builtins.getattr"] = {"obj name default? /", attribute};
  table["numpy.issubdtype"] = {"arg1 arg2", isSubDtype, /*fresh=*/true};
  for (StringRef kind : {"floating", "generic", "inexact", "integer", "number",
                         "signedinteger", "unsignedinteger"})
    table[("numpy." + kind).str()] = {}; // classes, for isinstance()
  table["myia.is_sequence"] = {"value", isSequence, /*fresh=*/true};
  table["myia.annotated"] = {"value *classes", annotated};
}
