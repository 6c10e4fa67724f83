//===- Comparisons.cpp - Equality, identity and order -----------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `==`, `is`, `<` and `in` mean for values that are no numbers.
//
//===----------------------------------------------------------------------===//

#include "Comparisons.h"
#include "Arithmetic.h"
#include "Classes.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "Primitives.h"
#include "Ranges.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;

Ref myia::tupleEquality(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  ArrayRef<Ref> a = e.elements(lhs), b = e.elements(rhs);
  Ref result = e.boolean(a.size() == b.size());
  if (a.size() == b.size())
    for (auto [x, y] : llvm::zip(a, b)) {
      Ref equal = binary(e, BinaryKind::eq, x, y);
      Ref holds = equal ? truth(e, equal) : nullptr;
      if (!holds)
        return nullptr;
      result = binary(e, BinaryKind::and_, result, holds);
    }
  return kind == BinaryKind::eq ? result : unary(e, UnaryKind::not_, result);
}

/// Whether a value can be compared without raising anything.
static bool isPlain(Ref value) {
  if (isa<myia::TupleType>(value->type))
    return true; // its elements are looked at in turn
  auto array = getArray(value->type);
  return getPythonNumber(value->type) || (array && array.getRank() == 0) ||
         getStaticString(value->type);
}

Ref myia::tupleOrder(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  ArrayRef<Ref> a = e.elements(lhs), b = e.elements(rhs);
  Ref result = binary(e, kind, e.integer(a.size()), e.integer(b.size()));
  Type i1 = e.builder.getI1Type();
  for (size_t i = std::min(a.size(), b.size()); i-- > 0;) {
    if (!isPlain(a[i]) || !isPlain(b[i]))
      return unsupported(e, kind, lhs, rhs);
    Ref equal = binary(e, BinaryKind::eq, a[i], b[i]);
    Ref same = equal ? truth(e, equal) : nullptr;
    if (!same)
      return nullptr;
    if (getStaticInt(same->type) == 1)
      continue;
    Ref order = binary(e, kind, a[i], b[i]);
    Ref holds = order ? truth(e, order) : nullptr;
    if (!holds)
      return nullptr;
    result = e.wrap(e.emit<arith::SelectOp>(
        e.scalar(same, i1), e.scalar(result, i1), e.scalar(holds, i1)));
  }
  return result;
}

/// What is never identical, nor equal, to a value of another kind.
enum class ValueKind {
  None,
  Number,
  String,
  Tuple,
  Record,
  Dict,
  Object,
  Other
};

static ValueKind kindOf(Type type) {
  auto array = getAnyArray(type);
  if (getPythonNumber(type) || isPythonComplex(type) ||
      (array && array.getRank() == 0))
    return ValueKind::Number;
  if (isNone(type))
    return ValueKind::None;
  if (getStaticString(type) || isText(type))
    return ValueKind::String;
  if (isa<myia::TupleType>(type))
    return ValueKind::Tuple;
  if (isDict(type))
    return ValueKind::Dict;
  if (isa<RecordType, BoxType>(type)) // what it overloads was tried before
    return ValueKind::Record;
  return isa_and_nonnull<ObjectAttr>(getStatic(type)) ? ValueKind::Object
                                                      : ValueKind::Other;
}

static bool differInKind(Ref lhs, Ref rhs) {
  ValueKind a = kindOf(lhs->type), b = kindOf(rhs->type);
  return a != b && a != ValueKind::Other && b != ValueKind::Other;
}

/// `x is True`, where x may be a bool that is not known.
static Ref isBoolean(Emitter &e, Ref value, bool wanted) {
  Type number = getPythonNumber(value->type);
  if (!number || !number.isInteger(1))
    return e.boolean(false);
  return wanted ? value : unary(e, UnaryKind::not_, value);
}

static bool isKnownBoolean(Ref ref) {
  auto number = dyn_cast_or_null<IntegerAttr>(getStatic(ref->type));
  return number && number.getType().isInteger(1);
}

/// Whether it is a dtype, not the class of its scalars.
static bool isDtype(Ref ref) {
  auto known = dyn_cast_or_null<TypeAttr>(getStatic(ref->type));
  return known && !isa<RankedTensorType>(known.getValue());
}

/// Whether a dtype equals something: another dtype, or what names one.
static Ref dtypeEquality(Emitter &e, Ref lhs, Ref rhs) {
  Type a = findDtype(e, lhs), b = findDtype(e, rhs);
  if (a && b)
    return e.boolean(a == b);
  return e.error(20, "a dtype is compared with a dtype or the name of one "
                     "[got " +
                         describe(lhs->type) + " and " + describe(rhs->type) +
                         "]");
}

Ref myia::equality(Emitter &e, Ref lhs, Ref rhs) {
  if (isDtype(lhs) || isDtype(rhs))
    return dtypeEquality(e, lhs, rhs);
  if (isRange(lhs->type) && isRange(rhs->type))
    return rangesEqual(e, lhs, rhs);
  for (auto [one, other] : {std::pair(lhs, rhs), std::pair(rhs, lhs)})
    if (auto array = getAnyArray(one->type);
        array && array.getRank() > 0 && isNone(other->type))
      return e.error(20, "== compares the elements of an array with None: use "
                         "`is None`");
  bool known = (getStatic(lhs->type) && getStatic(rhs->type)) ||
               isNone(lhs->type) || isNone(rhs->type) || differInKind(lhs, rhs);
  return known ? e.boolean(lhs->type == rhs->type) : nullptr;
}

Ref myia::identity(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (kind == BinaryKind::is_not) {
    Ref same = identity(e, BinaryKind::is, lhs, rhs);
    return same ? unary(e, UnaryKind::not_, same) : nullptr;
  }
  for (auto [known, other] : {std::pair(lhs, rhs), std::pair(rhs, lhs)})
    if (isKnownBoolean(known))
      return isBoolean(e, other, *getStaticInt(known->type));
  // A function or class is no number, nor an instance.
  for (auto [known, other] : {std::pair(lhs, rhs), std::pair(rhs, lhs)})
    if (isa_and_nonnull<PrimAttr, FlatSymbolRefAttr, TypeAttr>(
            getStatic(known->type)) &&
        kindOf(other->type) != ValueKind::Other)
      return e.boolean(false);
  bool isStatic = getStatic(lhs->type) && getStatic(rhs->type) &&
                  kindOf(lhs->type) != ValueKind::Number;
  bool same = lhs->type == rhs->type;
  if (isStatic || isNone(lhs->type) || isNone(rhs->type) ||
      differInKind(lhs, rhs))
    return e.boolean(same);
  return e.error(20, "`is` compares with None or constants only; use == [got " +
                         describe(lhs->type) + " and " + describe(rhs->type) +
                         "]");
}

Ref myia::contains(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (isDict(rhs->type)) {
    Ref found = dictContains(e, rhs, lhs);
    return !found || kind == BinaryKind::in ? found
                                            : unary(e, UnaryKind::not_, found);
  }
  if (auto elements = dictElements(e, rhs))
    rhs = e.tuple(*elements);
  if (isList(rhs->type)) {
    Ref found = callListMethod(e, rhs, "__contains__", {{lhs}, {}});
    return !found || kind == BinaryKind::in ? found
                                            : unary(e, UnaryKind::not_, found);
  }
  if (Ref result = stringBinary(e, kind, lhs, rhs))
    return result;
  if (isRange(rhs->type)) {
    Ref found = rangeContains(e, rhs, lhs);
    return !found || kind == BinaryKind::in ? found
                                            : unary(e, UnaryKind::not_, found);
  }
  if (auto array = getAnyArray(rhs->type);
      array && array.getRank() > 0 &&
      (isNumeric(lhs->type) || isComplex(lhs->type))) {
    Ref equal = binary(e, BinaryKind::eq, lhs, rhs);
    Ref any = equal ? callPrimitive(e, "numpy.any", {{equal}, {}}) : nullptr;
    Ref found = any ? truth(e, any) : nullptr;
    return found && kind == BinaryKind::not_in
               ? unary(e, UnaryKind::not_, found)
               : found;
  }
  Ref own = callMethod(e, rhs, "__contains__", {lhs});
  if (own || e.outcome != Outcome::Normal)
    return own && kind == BinaryKind::not_in ? unary(e, UnaryKind::not_, own)
           : own                             ? truth(e, own)
                                             : nullptr;
  if (!defines(e, rhs, "__iter__"))
    rhs = asTuple(e, rhs);
  if (!isa<myia::TupleType>(rhs->type))
    return unsupported(e, kind, lhs, rhs);
  Ref found = e.boolean(false);
  for (Ref element : e.elements(rhs)) {
    Ref equal = binary(e, BinaryKind::eq, lhs, element);
    Ref holds = equal ? truth(e, equal) : nullptr;
    if (!holds)
      return nullptr;
    found = binary(e, BinaryKind::or_, found, holds);
  }
  return kind == BinaryKind::in ? found : unary(e, UnaryKind::not_, found);
}
