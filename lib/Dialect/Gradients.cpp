//===- Gradients.cpp - Types and structure of gradients -------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A cotangent is what differentiation computes with: leaves, where much may be
// absent. A gradient is what a program gets: it has the structure of what it
// belongs to. Types nest as deeply as inference lets them, so recursion over
// them is bounded.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

// No name in Python has this character.
static constexpr StringLiteral cotangentSuffix = "$ct";
static constexpr StringLiteral gradientSuffix = "$grad";

static BoxType withName(BoxType box, const Twine &name) {
  MLIRContext *context = box.getContext();
  return BoxType::get(context, FlatSymbolRefAttr::get(context, name.str()));
}

Type myia::getCotangentType(Type type) {
  if (isa<FloatType>(type) || isa<StackType>(type))
    return type;
  if (auto array = dyn_cast<RankedTensorType>(type))
    if (isa<FloatType>(array.getElementType()))
      return type;
  if (auto box = dyn_cast<BoxType>(type)) {
    StringRef name = box.getRecord().getValue();
    if (name.ends_with(cotangentSuffix))
      return box; // of what has a cotangent nothing is left out
    name.consume_back(gradientSuffix);
    return withName(box, name + cotangentSuffix);
  }
  if (auto list = dyn_cast<ListType>(type)) {
    SmallVector<Type> elements;
    for (Type element : list.getElements()) {
      if (!isDifferentiable(element))
        continue;
      elements.push_back(getCotangentType(element));
      if (!elements.back())
        return {};
    }
    return elements.empty() ? Type(getNoneType(type.getContext()))
                            : ListType::get(type.getContext(), elements);
  }
  if (isa<TupleType, RecordType>(type)) {
    SmallVector<Type> elements = *getAggregateElements(type);
    for (Type &element : elements) {
      element = getCotangentType(element);
      if (!element)
        return {};
    }
    return withAggregateElements(type, elements);
  }
  // Integers and what is no number; a closure's captures are not arguments. Of
  // complex numbers, the parts are differentiated.
  bool hasNone = isa<IntegerType, IndexType, RankedTensorType, NoneType,
                     StaticType, ClosureType, DerivativeType, IteratorType,
                     UnionType, myia::ComplexType>(type);
  return hasNone ? getNoneType(type.getContext()) : Type();
}

bool myia::isDifferentiable(Type type) {
  if (isa<TupleType, RecordType>(type))
    return llvm::any_of(*getAggregateElements(type), isDifferentiable);
  return getCotangentType(type) != getNoneType(type.getContext());
}

BoxType myia::getGradientBox(BoxType box) {
  return withName(box, box.getRecord().getValue() + gradientSuffix);
}

/// The union of the gradients of alternatives: they stay in their order, so
/// that their leaves do, and those that are None are one.
static Type getGradientUnion(UnionType type,
                             function_ref<Type(BoxType)> getBox) {
  Type none = getNoneType(type.getContext());
  SmallVector<Type> gradients;
  for (Type alternative : type.getAlternatives()) {
    Type gradient = getGradientType(alternative, getBox);
    if (!gradient)
      return {};
    if (gradient == none && !llvm::is_contained(gradients, none))
      gradients.insert(gradients.begin(), none);
    else if (gradient != none)
      gradients.push_back(gradient);
  }
  return gradients.size() == 1
             ? gradients.front()
             : Type(UnionType::get(type.getContext(), gradients));
}

Type myia::getGradientType(Type type, function_ref<Type(BoxType)> getBox) {
  if (auto box = dyn_cast<BoxType>(type))
    return getBox(box);
  if (auto several = dyn_cast<UnionType>(type))
    return getGradientUnion(several, getBox);
  auto list = dyn_cast<ListType>(type);
  if (!list && !isa<TupleType, RecordType>(type))
    return getCotangentType(type);
  SmallVector<Type> elements =
      list ? llvm::to_vector(list.getElements()) : *getAggregateElements(type);
  for (Type &element : elements)
    if (!(element = getGradientType(element, getBox)))
      return {};
  return list ? ListType::get(type.getContext(), elements)
              : withAggregateElements(type, elements);
}

bool myia::isGradientType(Type gradient, Type type) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([](BoxType box) -> Type {
    StringRef name = box.getRecord().getValue();
    name.consume_back(gradientSuffix);
    return withName(box, name);
  });
  Type expected = getGradientType(type, [](BoxType box) { return box; });
  return expected && replacer.replace(expected) == replacer.replace(gradient);
}

void myia::appendLeaves(Type type, SmallVectorImpl<Type> &leaves) {
  SmallVector<Type> pending{type};
  while (!pending.empty()) {
    Type next = pending.pop_back_val();
    auto array = dyn_cast<RankedTensorType>(next);
    if (auto several = dyn_cast<UnionType>(next)) {
      leaves.push_back(IntegerType::get(type.getContext(), 64)); // the tag
      llvm::append_range(pending, llvm::reverse(several.getAlternatives()));
    } else if (auto elements = getAggregateElements(next)) {
      llvm::append_range(pending, llvm::reverse(*elements));
    } else if (auto list = dyn_cast<ListType>(next)) {
      SmallVector<Type> inner;
      for (Type element : list.getElements())
        appendLeaves(element, inner);
      leaves.push_back(ListType::get(type.getContext(), inner));
    } else {
      leaves.push_back(array && array.getRank() == 0 ? array.getElementType()
                                                     : next);
    }
  }
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// Whether a value of type `own` may stand for one of `type`, as itself or as
/// its only leaf. Integers may have lost their signs.
static bool isOrFlattens(Type own, Type type) {
  if (own == type)
    return true;
  SmallVector<Type> leaves;
  appendLeaves(type, leaves);
  auto ownList = dyn_cast<ListType>(own);
  auto list =
      leaves.size() == 1 ? dyn_cast<ListType>(leaves.front()) : ListType();
  return list && ownList &&
         list.getElements().size() == ownList.getElements().size();
}

LogicalResult FillOp::verify() {
  FunctionType of = cast<FunctionType>(getOf());
  if (of.getNumInputs() != 1 || of.getNumResults() != 1 ||
      !isGradientType(of.getResult(0), of.getInput(0)))
    return emitOpError("requires a type and that of its gradient [got ")
           << of << "]";
  if (!isOrFlattens(getLike().getType(), of.getInput(0)) ||
      !isOrFlattens(getType(), of.getResult(0)))
    return emitOpError("requires types that ")
           << of << " stands for [got " << getLike().getType() << " and "
           << getType() << "]";
  Type expected = getCotangentType(getLike().getType());
  if (getCotangent() && getCotangent().getType() != expected)
    return emitOpError("requires the cotangent of ")
           << getLike().getType() << ", " << expected << " [got "
           << getCotangent().getType() << "]";
  return success();
}

LogicalResult FillOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  // Those of cotangents are declared by -myia-differentiate.
  for (Type type : {getLike().getType(), getType()})
    if (auto box = dyn_cast<BoxType>(type))
      if (!symbolTable.lookupNearestSymbolFrom<TypeOp>(*this, box.getRecord()))
        return emitOpError("requires a myia.type named ") << box.getRecord();
  return success();
}

LogicalResult TypeOp::verify() {
  auto fields = (*this)->getAttrOfType<ArrayAttr>("myia.field_types");
  if (!fields)
    return success();
  SmallVector<Type> leaves;
  for (Type type : fields.getAsValueRange<TypeAttr>())
    appendLeaves(type, leaves);
  if (leaves.size() == getTypes().size())
    return success();
  return emitOpError(
             "requires a type for each leaf of 'myia.field_types' [got ")
         << getTypes().size() << " for " << leaves.size() << "]";
}

/// An array of zeros with the sizes of another one. In a union, that may be no
/// object.
static Value createZeros(OpBuilder &builder, Location loc, Value like) {
  auto type = dyn_cast<RankedTensorType>(like.getType());
  if (!type || type.hasStaticShape())
    return ZeroOp::create(builder, loc, like.getType());
  Value isNull = IsNullOp::create(builder, loc, like);
  auto yield = [](OpBuilder &builder, Location loc, Value value) {
    scf::YieldOp::create(builder, loc, value);
  };
  return scf::IfOp::create(
             builder, loc, isNull,
             [&](OpBuilder &builder, Location loc) {
               yield(builder, loc, ub::PoisonOp::create(builder, loc, type));
             },
             [&](OpBuilder &builder, Location loc) {
               Value zero = ZeroOp::create(builder, loc, type.getElementType());
               yield(builder, loc,
                     SplatOp::create(builder, loc, type, zero,
                                     getUnknownSizes(builder, loc, like)));
             })
      .getResult(0);
}

namespace {
/// Takes leaves, and the cotangents of those that have one, in order.
class GradientBuilder {
public:
  GradientBuilder(OpBuilder &builder, Location loc, ValueRange leaves,
                  std::optional<ValueRange> cotangents)
      : builder(builder), loc(loc), leaves(leaves), cotangents(cotangents) {}

  /// Appends the leaves of a gradient.
  void build(Type type, Type gradient, SmallVectorImpl<Value> &result);

private:
  /// The next leaf and its cotangent, if there is one.
  std::pair<Value, Value> take();
  void skip(Type type);
  Value buildLeaf(Type type, Type gradient);
  void buildUnion(UnionType type, UnionType gradient,
                  SmallVectorImpl<Value> &result);
  Value buildTag(Value tag, ArrayRef<int64_t> positions);

  OpBuilder &builder;
  Location loc;
  ValueRange leaves;
  std::optional<ValueRange> cotangents;
};
} // namespace

std::pair<Value, Value> GradientBuilder::take() {
  Value leaf = leaves.front(), cotangent;
  leaves = leaves.drop_front();
  if (cotangents && isDifferentiable(leaf.getType())) {
    cotangent = cotangents->front();
    cotangents = cotangents->drop_front();
  }
  return {leaf, cotangent};
}

void GradientBuilder::skip(Type type) {
  SmallVector<Type> skipped;
  appendLeaves(type, skipped);
  for (size_t i = 0; i < skipped.size(); ++i)
    take();
}

Value GradientBuilder::buildLeaf(Type type, Type gradient) {
  auto [leaf, cotangent] = take();
  if (!isa<BoxType, ListType>(leaf.getType()))
    return cotangent ? cotangent : createZeros(builder, loc, leaf);
  SmallVector<Type> result;
  appendLeaves(gradient, result);
  auto of = FunctionType::get(builder.getContext(), type, gradient);
  return FillOp::create(builder, loc, result, cotangent, leaf, of);
}

/// The position of the gradient of the alternative that a tag names.
Value GradientBuilder::buildTag(Value tag, ArrayRef<int64_t> positions) {
  if (llvm::equal(positions, llvm::seq<int64_t>(0, positions.size())))
    return tag;
  auto number = [&](int64_t value) -> Value {
    return arith::ConstantIntOp::create(builder, loc, value, 64);
  };
  Value result = number(positions.back());
  for (size_t i = 0; i + 1 < positions.size(); ++i) {
    Value isHere = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         tag, number(i));
    result = arith::SelectOp::create(builder, loc, isHere, number(positions[i]),
                                     result);
  }
  return result;
}

void GradientBuilder::buildUnion(UnionType type, UnionType gradient,
                                 SmallVectorImpl<Value> &result) {
  Value tag = take().first;
  SmallVector<int64_t> positions;
  SmallVector<Value> alternatives; // None, which may be several, has no leaves
  for (Type alternative : type.getAlternatives()) {
    const Type *found =
        llvm::find_if(gradient.getAlternatives(), [&](Type type) {
          return isGradientType(type, alternative);
        });
    positions.push_back(found - gradient.getAlternatives().begin());
    build(alternative, *found, alternatives);
  }
  result.push_back(buildTag(tag, positions));
  llvm::append_range(result, alternatives);
}

void GradientBuilder::build(Type type, Type gradient,
                            SmallVectorImpl<Value> &result) {
  if (gradient == getNoneType(gradient.getContext()))
    return skip(type);
  if (auto several = dyn_cast<UnionType>(type))
    return buildUnion(several, cast<UnionType>(gradient), result);
  auto elements = getAggregateElements(type);
  if (!elements) {
    result.push_back(buildLeaf(type, gradient));
    return;
  }
  SmallVector<Type> gradients = *getAggregateElements(gradient);
  for (auto [element, own] : llvm::zip_equal(*elements, gradients))
    build(element, own, result);
}

SmallVector<Value> myia::createGradient(OpBuilder &builder, Location loc,
                                        Type type, Type gradient,
                                        ValueRange leaves,
                                        std::optional<ValueRange> cotangents) {
  SmallVector<Value> result;
  GradientBuilder(builder, loc, leaves, cotangents)
      .build(type, gradient, result);
  return result;
}
