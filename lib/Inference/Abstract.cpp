//===- Abstract.cpp - The lattice of abstract values -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Numbers, promotion, joins.
//
//===----------------------------------------------------------------------===//

#include "Abstract.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::myia;

Type myia::getPythonNumber(Type type) {
  if (auto known = dyn_cast<StaticType>(type)) {
    auto number = dyn_cast<TypedAttr>(known.getValue());
    if (!isa<IntegerAttr, FloatAttr>(known.getValue()))
      return {};
    type = number.getType();
  }
  if (type.isInteger(1) || type.isInteger(64) || type.isF64())
    return type;
  return {};
}

Type myia::getElementType(Type type) {
  auto array = getArray(type);
  return array ? array.getElementType() : Type();
}

bool myia::isNumeric(Type type) {
  return getPythonNumber(type) || getArray(type);
}

Attribute myia::getStatic(Type type) {
  auto known = dyn_cast<StaticType>(type);
  return known ? known.getValue() : Attribute();
}

std::optional<int64_t> myia::getStaticInt(Type type) {
  auto attr = dyn_cast_or_null<IntegerAttr>(getStatic(type));
  if (!attr)
    return std::nullopt;
  if (attr.getType().isInteger(1))
    return attr.getValue().getZExtValue();
  return attr.getInt();
}

std::optional<StringRef> myia::getStaticString(Type type) {
  auto attr = dyn_cast_or_null<StringAttr>(getStatic(type));
  return attr ? std::optional<StringRef>(attr.getValue()) : std::nullopt;
}

bool myia::isNone(Type type) {
  return isa_and_nonnull<UnitAttr>(getStatic(type));
}

//===----------------------------------------------------------------------===//
// Promotion
//===----------------------------------------------------------------------===//

static unsigned width(Type type) { return type.getIntOrFloatBitWidth(); }

static Type floatOfWidth(MLIRContext *context, unsigned bits) {
  if (bits <= 16)
    return Float16Type::get(context);
  return bits <= 32 ? Type(Float32Type::get(context))
                    : Type(Float64Type::get(context));
}

/// The float type that NumPy pairs with an integer type. `like` decides
/// between the types of 16 bits.
static Type floatForInteger(Type type, Type like = {}) {
  if (type.isInteger(1) || type.isInteger(8))
    return isa_and_nonnull<BFloat16Type>(like)
               ? like
               : Type(Float16Type::get(type.getContext()));
  return floatOfWidth(type.getContext(), width(type) * 2);
}

static Type promoteFloats(Type a, Type b) {
  if (a == b)
    return a;
  if (width(a) == width(b)) // float16 with bfloat16
    return Float32Type::get(a.getContext());
  return width(a) > width(b) ? a : b;
}

/// NumPy's table for two element types.
static Type promoteElements(Type a, Type b) {
  if (a == b)
    return a;
  if (a.isInteger(1))
    return b;
  if (b.isInteger(1))
    return a;
  if (isa<FloatType>(a) && isa<FloatType>(b))
    return promoteFloats(a, b);
  if (isa<FloatType>(a))
    return promoteFloats(a, floatForInteger(b, a));
  if (isa<FloatType>(b))
    return promoteFloats(b, floatForInteger(a, b));
  bool unsignedA = a.isUnsignedInteger(), unsignedB = b.isUnsignedInteger();
  if (unsignedA == unsignedB)
    return width(a) > width(b) ? a : b;
  Type sign = unsignedA ? b : a, noSign = unsignedA ? a : b;
  if (width(sign) > width(noSign))
    return sign;
  if (width(noSign) == 64)
    return Float64Type::get(a.getContext());
  return IntegerType::get(a.getContext(), width(noSign) * 2);
}

/// An array's element type with a weak Python number.
static Type promoteWeak(Type element, Type number) {
  if (number.isInteger(1))
    return element;
  if (number.isInteger(64))
    return element.isInteger(1) ? number : element;
  if (isa<BFloat16Type>(element)) // which NumPy does not know
    return Float32Type::get(element.getContext());
  return isa<FloatType>(element) ? element : number;
}

Type myia::promote(Type lhs, Type rhs) {
  Type a = getElementType(lhs), b = getElementType(rhs);
  if (a && b)
    return promoteElements(a, b);
  if (a)
    return promoteWeak(a, getPythonNumber(rhs));
  if (b)
    return promoteWeak(b, getPythonNumber(lhs));
  a = getPythonNumber(lhs), b = getPythonNumber(rhs);
  if (a.isF64() || b.isF64())
    return a.isF64() ? a : b;
  return width(a) > width(b) ? a : b;
}

Type myia::getFloatFor(Type element) {
  return isa<FloatType>(element) ? element : floatForInteger(element);
}

Type myia::promoteToFloat(Type lhs, Type rhs) {
  Type a = getElementType(lhs), b = getElementType(rhs);
  if (!a || !b || isa<FloatType>(a) || isa<FloatType>(b))
    return getFloatFor(promote(lhs, rhs));
  return promoteFloats(floatForInteger(a), floatForInteger(b));
}

//===----------------------------------------------------------------------===//
// The lattice
//===----------------------------------------------------------------------===//

/// Whether `type` is a single number, Python's or a NumPy scalar, real or
/// complex.
static bool isNumber(Type type) {
  if (auto number = dyn_cast<myia::ComplexType>(type))
    return isNumber(number.getRe());
  if (auto array = getArray(type))
    return array.getRank() == 0;
  return (bool)getPythonNumber(type);
}

/// Whether two aggregates are of one kind, apart from their elements.
static bool sameKind(Type a, Type b, size_t count) {
  auto elements = getAggregateElements(b);
  if (!elements || elements->size() != count || isa<StaticType>(a))
    return false;
  return withAggregateElements(a, *elements) == b;
}

/// Arrays of one rank and element type: sizes that differ are forgotten.
static Type joinArrays(RankedTensorType lhs, RankedTensorType rhs) {
  if (!lhs || !rhs || lhs.getRank() != rhs.getRank() ||
      lhs.getElementType() != rhs.getElementType())
    return {};
  SmallVector<int64_t> shape(lhs.getShape());
  for (auto [size, other] : llvm::zip(shape, rhs.getShape()))
    if (size != other)
      size = ShapedType::kDynamic;
  return lhs.clone(shape);
}

/// A list that has had no element yet joins with any.
static Type joinLists(ListType lhs, ListType rhs) {
  if (lhs.getElements().empty() || rhs.getElements().empty())
    return lhs.getElements().empty() ? rhs : lhs;
  return ListType::get(lhs.getContext(), join(lhs.getElements().front(),
                                              rhs.getElements().front()));
}

static Type joinAlike(Type lhs, Type rhs);

/// Complex numbers join part by part, also with real numbers.
static Type joinComplex(Type lhs, Type rhs) {
  auto a = dyn_cast<myia::ComplexType>(lhs),
       b = dyn_cast<myia::ComplexType>(rhs);
  if (!a)
    return joinComplex(rhs, lhs);
  if (!b) {
    if (!isNumber(lhs) || !isNumber(rhs))
      return {};
    // A real number as the complex one that an operator would make of it.
    Type part = Float64Type::get(lhs.getContext());
    if (Type element = getElementType(rhs)) {
      bool isWeak = !getArray(a.getRe()) && !isa<FloatType>(element);
      element = isWeak ? part : getFloatFor(element);
      if (isa<BFloat16Type>(element))
        return {};
      if (element.isF16())
        element = Float32Type::get(lhs.getContext());
      part = RankedTensorType::get({}, element);
    }
    b = myia::ComplexType::get(lhs.getContext(), part, part);
  }
  Type re = joinAlike(a.getRe(), b.getRe()),
       im = joinAlike(a.getIm(), b.getIm());
  return re && im ? Type(myia::ComplexType::get(lhs.getContext(), re, im))
                  : Type();
}

/// The join of two types that are no unions, or null if only a union holds
/// both.
static Type joinAlike(Type lhs, Type rhs) {
  if (lhs == rhs)
    return lhs;
  if (isa<myia::ComplexType>(lhs) || isa<myia::ComplexType>(rhs))
    return joinComplex(lhs, rhs);
  if (isNumber(lhs) && isNumber(rhs)) {
    Type element = promote(lhs, rhs);
    bool isArray = getArray(lhs) || getArray(rhs);
    return isArray ? RankedTensorType::get({}, element) : element;
  }
  if (Type array = joinArrays(getArray(lhs), getArray(rhs)))
    return array;
  if (isa<ListType>(lhs) && isa<ListType>(rhs))
    return joinLists(cast<ListType>(lhs), cast<ListType>(rhs));
  auto elements = getAggregateElements(lhs);
  if (!elements || !sameKind(lhs, rhs, elements->size()))
    return {};
  auto others = *getAggregateElements(rhs);
  for (auto [element, other] : llvm::zip(*elements, others))
    element = join(element, other);
  return withAggregateElements(lhs, *elements);
}

static SmallVector<Type> getAlternatives(Type type) {
  if (auto several = dyn_cast<UnionType>(type))
    return llvm::to_vector(several.getAlternatives());
  return {type};
}

bool myia::isScalarClass(Attribute known) {
  auto type = dyn_cast_or_null<TypeAttr>(known);
  return type && isa<RankedTensorType>(type.getValue());
}

/// None first, then numbers, then by how the types read.
static Type makeUnion(SmallVector<Type> alternatives) {
  if (alternatives.size() == 1)
    return alternatives.front();
  SmallVector<std::pair<std::pair<int, std::string>, Type>> keyed;
  for (Type type : alternatives) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    keyed.push_back({{isNone(type) ? 0 : isNumber(type) ? 1 : 2, text}, type});
  }
  llvm::sort(keyed, llvm::less_first());
  return UnionType::get(alternatives.front().getContext(),
                        llvm::to_vector(llvm::make_second_range(keyed)));
}

Type myia::join(Type lhs, Type rhs) {
  if (lhs == rhs)
    return lhs;
  SmallVector<Type> alternatives = getAlternatives(lhs);
  for (Type type : getAlternatives(rhs)) {
    Type joined;
    for (Type &other : alternatives)
      if ((joined = joinAlike(other, type))) {
        other = joined;
        break;
      }
    if (!joined)
      alternatives.push_back(type);
  }
  return makeUnion(std::move(alternatives));
}

int64_t myia::findAlternative(UnionType type, Type value) {
  for (auto [i, alternative] : llvm::enumerate(type.getAlternatives()))
    if (joinAlike(alternative, value) == alternative)
      return i;
  return -1;
}

/// A union with every alternative replaced.
template <typename Function>
static Type mapAlternatives(UnionType type, Function function) {
  return makeUnion(llvm::map_to_vector(type.getAlternatives(), function));
}

Type myia::widen(Type type, bool floatsOnly) {
  if (isa<StaticType>(type)) {
    Type number = getPythonNumber(type);
    return number && (!floatsOnly || number.isF64()) ? number : type;
  }
  if (auto several = dyn_cast<UnionType>(type))
    return mapAlternatives(
        several, [&](Type other) { return widen(other, floatsOnly); });
  auto elements = getAggregateElements(type);
  if (!elements)
    return type;
  bool changed = false;
  for (Type &element : *elements) {
    Type wide = widen(element, floatsOnly);
    changed |= wide != element;
    element = wide;
  }
  return changed ? withAggregateElements(type, *elements) : type;
}

Type myia::forgetSizes(Type type) {
  if (auto array = getArray(type))
    return array.clone(
        SmallVector<int64_t>(array.getRank(), ShapedType::kDynamic));
  if (auto several = dyn_cast<UnionType>(type))
    return mapAlternatives(several, forgetSizes);
  if (auto list = dyn_cast<ListType>(type)) {
    SmallVector<Type> elements =
        llvm::map_to_vector(list.getElements(), forgetSizes);
    return ListType::get(type.getContext(), elements);
  }
  auto elements = getAggregateElements(type);
  if (!elements || isa<StaticType>(type))
    return type;
  for (Type &element : *elements)
    element = forgetSizes(element);
  return withAggregateElements(type, *elements);
}

Type myia::getVersionKey(Type type, llvm::DenseMap<Type, Type> &known) {
  if (isNumber(type))
    return NoneType::get(type.getContext());
  if (auto found = known.find(type); found != known.end())
    return found->second;
  auto keyOf = [&](Type part) { return getVersionKey(part, known); };
  if (auto several = dyn_cast<UnionType>(type))
    return known[type] = mapAlternatives(several, keyOf);
  if (isa<ListType>(type)) // the empty one joins with all others
    return ListType::get(type.getContext(), {});
  auto elements = getAggregateElements(type);
  if (!elements || isa<StaticType>(type))
    return type;
  for (Type &element : *elements)
    element = keyOf(element);
  return known[type] = withAggregateElements(type, *elements);
}
