//===- Overloads.cpp - Operators that classes define ------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which method an operator calls, in the order in which Python tries them: a
// derived class first, then left, then right; one that gives NotImplemented
// hands on to the next.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"
#include "Classes.h"
#include "Engine.h"
#include "Handlers.h"

using namespace mlir;
using namespace mlir::myia;

static bool isNotImplemented(Type type) {
  auto known = dyn_cast_or_null<PrimAttr>(getStatic(type));
  return known && known.getName() == "builtins.NotImplemented";
}

/// What a method gave: null stands for NotImplemented.
static Ref implemented(Emitter &e, StringRef method, Ref result) {
  if (!result || isNotImplemented(result->type))
    return nullptr;
  auto several = dyn_cast<UnionType>(result->type);
  if (several && llvm::any_of(several.getAlternatives(), isNotImplemented))
    return e.error(26, "whether '" + method +
                           "' gives NotImplemented must be known when "
                           "compiling: let it depend on classes alone");
  return result;
}

Ref myia::callMethod(Emitter &e, Ref object, StringRef name,
                     ArrayRef<Ref> arguments) {
  ClassOp cls = getClass(e, object->type);
  if (!cls || !cls.getMethods().get(name))
    return nullptr;
  Ref method = getAttribute(e, object, name);
  if (!method)
    return nullptr;
  Ref result = call(e, method, {SmallVector<Ref>(arguments), {}});
  return implemented(e, name, result);
}

Ref myia::callForNumber(Emitter &e, Ref object, StringRef name) {
  Ref result = callMethod(e, object, name);
  if (!result)
    return nullptr;
  auto array = getArray(result->type);
  if (isNumeric(result->type) && !(array && array.getRank() > 0))
    return result;
  return e.error(20, name + " must give a number here [got " +
                         describe(result->type) + "]");
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

/// The fields that a generated comparison looks at, or null.
static ArrayAttr getCompared(ClassOp cls, StringRef name) {
  auto compared = cls->getAttrOfType<DictionaryAttr>("myia.compared");
  return compared ? compared.getAs<ArrayAttr>(name) : ArrayAttr();
}

bool myia::defines(Emitter &e, Ref object, StringRef method) {
  ClassOp cls = getClass(e, object->type);
  return cls && (cls.getMethods().get(method) || getCompared(cls, method));
}

static StringRef methodOf(BinaryKind comparison) {
  static constexpr const char *names[] = {"__eq__", "__ne__", "__lt__",
                                          "__le__", "__gt__", "__ge__"};
  return names[(unsigned)comparison - (unsigned)BinaryKind::eq];
}

static BinaryKind mirrored(BinaryKind comparison) {
  switch (comparison) {
  case BinaryKind::lt:
    return BinaryKind::gt;
  case BinaryKind::le:
    return BinaryKind::ge;
  case BinaryKind::gt:
    return BinaryKind::lt;
  case BinaryKind::ge:
    return BinaryKind::le;
  default:
    return comparison;
  }
}

/// `lhs.__lt__(rhs)` and the like; null for NotImplemented.
static Ref compareBy(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  ClassOp cls = getClass(e, lhs->type);
  StringRef name = methodOf(kind);
  if (!cls)
    return nullptr;
  if (kind == BinaryKind::ne && !defines(e, lhs, name)) {
    Ref equal = compareBy(e, BinaryKind::eq, lhs, rhs);
    return equal ? unary(e, UnaryKind::not_, equal) : nullptr;
  }
  ArrayAttr compared = getCompared(cls, name);
  if (!compared)
    return callMethod(e, lhs, name, {rhs});
  if (getClass(e, rhs->type) != cls)
    return nullptr;
  SmallVector<Ref> left, right;
  for (auto field : compared.getAsValueRange<StringAttr>()) {
    left.push_back(getInstanceAttribute(e, lhs, cls, field));
    right.push_back(getInstanceAttribute(e, rhs, cls, field));
    if (!left.back() || !right.back())
      return nullptr;
  }
  return binary(e, kind, e.tuple(left), e.tuple(right));
}

/// Whether the class of `derived` comes from that of `base`, and is another.
static bool isDerived(Emitter &e, Ref derived, Ref base) {
  ClassOp own = getClass(e, derived->type), other = getClass(e, base->type);
  return own && other && own != other &&
         isSubclass(own, FlatSymbolRefAttr::get(other.getSymNameAttr()));
}

static Ref overloadedComparison(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  bool isRightFirst = isDerived(e, rhs, lhs);
  for (bool right : {isRightFirst, !isRightFirst}) {
    Ref result = right ? compareBy(e, mirrored(kind), rhs, lhs)
                       : compareBy(e, kind, lhs, rhs);
    if (result || e.outcome != Outcome::Normal)
      return result;
  }
  // Identity decides; what is of different classes is not the same.
  bool isEquality = kind == BinaryKind::eq || kind == BinaryKind::ne;
  ClassOp a = getClass(e, lhs->type), b = getClass(e, rhs->type);
  bool areTuples =
      (!a || a->hasAttr("myia.tuple")) && (!b || b->hasAttr("myia.tuple"));
  return isEquality && a && b && a != b && !areTuples
             ? e.boolean(kind == BinaryKind::ne)
             : nullptr;
}

//===----------------------------------------------------------------------===//
// Other operators
//===----------------------------------------------------------------------===//

/// What NumPy hands to the method of an object: a scalar as Python's number.
static Ref asPythonNumber(Emitter &e, Ref value) {
  Type element = getElementType(value->type);
  OpBuilder &b = e.builder;
  Type number = isa<FloatType>(element) ? Type(b.getF64Type())
                : element.isInteger(1)  ? Type(b.getI1Type())
                                        : Type(b.getI64Type());
  return e.wrap(e.scalar(value, number));
}

Ref myia::overloaded(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (auto array = getArray(lhs->type)) {
    if (getNamedTuple(e, rhs->type))
      return nullptr;
    if (array.getRank() > 0)
      return e.error(20, "NumPy would apply this operator to the elements of " +
                             describe(lhs->type) + " and " +
                             describe(rhs->type) +
                             ", one by one: write the instance first");
    lhs = asPythonNumber(e, lhs);
  }
  if (isComparison(kind))
    return overloadedComparison(e, kind, lhs, rhs);
  StringRef stem = stringifyBinaryKind(kind);
  stem.consume_back("_");
  std::string name = ("__" + stem + "__").str();
  std::string reflected = ("__r" + stem + "__").str();
  bool isSameClass = getClass(e, lhs->type) == getClass(e, rhs->type);
  auto differs = [&] {
    ClassOp own = getClass(e, rhs->type), base = getClass(e, lhs->type);
    return own.getMethods().get(reflected) != base.getMethods().get(reflected);
  };
  bool isRightFirst = isDerived(e, rhs, lhs) && differs();
  for (bool right : {isRightFirst, !isRightFirst}) {
    if (right && isSameClass)
      continue;
    Ref result = right ? callMethod(e, rhs, reflected, {lhs})
                       : callMethod(e, lhs, name, {rhs});
    if (result || e.outcome != Outcome::Normal)
      return result;
  }
  return nullptr;
}
