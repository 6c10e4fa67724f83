//===- Emitter.cpp - Typed code for one block -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values, conversions and failures during emission.
//
//===----------------------------------------------------------------------===//

#include "Emitter.h"
#include "Complex.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::myia;

Emitter::Emitter(Engine &engine, Version &version, Block *block)
    : engine(engine), version(version), builder(OpBuilder::atBlockEnd(block)),
      loc(builder.getUnknownLoc()) {}

//===----------------------------------------------------------------------===//
// Making values
//===----------------------------------------------------------------------===//

Ref Emitter::wrap(Value value) {
  Type type = value.getType();
  Attribute constant;
  if (getPythonNumber(type) && matchPattern(value, m_Constant(&constant)) &&
      isa<IntegerAttr, FloatAttr>(constant))
    type = StaticType::get(context(), constant);
  return engine.make({type, value, {}});
}

Ref Emitter::known(Attribute value) {
  return engine.make({StaticType::get(context(), value), {}, {}});
}

Ref Emitter::aggregate(Type like, ArrayRef<Ref> elements) {
  auto types = llvm::map_to_vector(elements, [](Ref r) { return r->type; });
  Type type = withAggregateElements(like, types);
  if (engine.isTooLarge(type))
    return error(70,
                 "a value whose structure grows with every call or iteration");
  return engine.make({type, {}, engine.copy(elements)});
}

Ref Emitter::tuple(ArrayRef<Ref> elements) {
  return aggregate(myia::TupleType::get(context(), {}), elements);
}

Ref Emitter::iterator(StringRef kind, ArrayRef<Ref> elements) {
  return aggregate(
      IteratorType::get(context(), builder.getStringAttr(kind), {}), elements);
}

Ref Emitter::closure(Attribute function, ArrayRef<Ref> captured) {
  return aggregate(ClosureType::get(context(), function, {}), captured);
}

//===----------------------------------------------------------------------===//
// Using values
//===----------------------------------------------------------------------===//

ArrayRef<Ref> Emitter::elements(Ref aggregate) {
  if (!aggregate->elements.empty() || !aggregate->value)
    return aggregate->elements;
  auto members = getAggregateElements(aggregate->type);
  if (members && members->empty())
    return {};
  // Beside the definition, so that it serves every block that sees the value.
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfterValue(aggregate->value);
  Operation *unpack;
  if (auto box = dyn_cast<BoxType>(aggregate->type)) {
    auto types = llvm::to_vector(engine.recursive.getFields(box));
    unpack = UnboxOp::create(builder, loc, types, aggregate->value);
  } else {
    SmallVector<Type> types = *getAggregateElements(aggregate->type);
    unpack = UnpackOp::create(builder, loc, types, aggregate->value);
  }
  SmallVector<Ref> elements;
  for (Value element : unpack->getResults())
    elements.push_back(engine.make({element.getType(), element, {}}));
  aggregate->elements = engine.copy(elements);
  return aggregate->elements;
}

Value Emitter::constantOf(Type number, Attribute value) {
  return arith::ConstantOp::create(builder, loc, number,
                                   llvm::cast<TypedAttr>(value));
}

/// Whether `ref` is known to be an alternative of a union but still in it.
static bool isInUnion(Ref ref) {
  return ref->narrowedFrom && !ref->value && ref->elements.empty() &&
         !isa<StaticType>(ref->type);
}

Ref Emitter::project(Ref narrowed) {
  Ref from = narrowed->narrowedFrom;
  auto type = llvm::cast<UnionType>(from->type);
  int64_t position = llvm::find(type.getAlternatives(), narrowed->type) -
                     type.getAlternatives().begin();
  Value value = ProjectOp::create(builder, loc, narrowed->type,
                                  materialize(from), position);
  return engine.make({narrowed->type, value, {}, from});
}

Value Emitter::materialize(Ref ref) {
  if (isInUnion(ref))
    ref = project(ref);
  if (ref->value && ref->value.getType() == ref->type)
    return ref->value;
  SmallVector<Value> elements;
  if (!isa<StaticType>(ref->type))
    for (Ref element : this->elements(ref))
      elements.push_back(materialize(element));
  return PackOp::create(builder, loc, ref->type, elements);
}

Value Emitter::scalar(Ref number, Type type) {
  if (auto array = getArray(number->type)) {
    Value element =
        tensor::ExtractOp::create(builder, loc, number->value, ValueRange());
    return cast(element, type);
  }
  Value value = number->value;
  Type python = getPythonNumber(number->type);
  if (Attribute constant = getStatic(number->type))
    value = constantOf(python, constant);
  return cast(value, type);
}

/// A union, or one of its alternatives, as a union of more.
Value Emitter::inject(Ref ref, UnionType type) {
  SmallVector<Value> values;
  SmallVector<int64_t> positions;
  auto add = [&](Ref value) {
    int64_t position = findAlternative(type, value->type);
    assert(position >= 0 && "a union is converted to one that holds it");
    positions.push_back(position);
    values.push_back(convert(value, type.getAlternatives()[position]));
    return integerConstant(position);
  };
  Value tag;
  if (auto from = dyn_cast<UnionType>(ref->type)) {
    Value value = materialize(ref);
    Value old = TagOp::create(builder, loc, value);
    for (auto [i, alternative] : llvm::enumerate(from.getAlternatives())) {
      Value position = add(engine.make({alternative, {}, {}, ref}));
      Value holds = emit<arith::CmpIOp>(arith::CmpIPredicate::eq, old,
                                        integerConstant(i));
      tag = tag ? emit<arith::SelectOp>(holds, position, tag) : position;
    }
  } else {
    tag = add(ref);
  }
  return InjectOp::create(builder, loc, type, tag, values, positions);
}

/// A number or array as one of a wider type: of another element type, or with
/// sizes that are no longer known.
static Value generalize(Emitter &e, Ref ref, RankedTensorType type) {
  Type element = type.getElementType();
  if (type.getRank() == 0)
    return e.array(ref, element, {});
  Value value = e.cast(ref->value, element);
  return value.getType() == type ? value : e.emit<tensor::CastOp>(type, value);
}

Value Emitter::convert(Ref ref, Type type) {
  if (ref->type == type)
    return materialize(ref);
  if (isInUnion(ref))
    ref = project(ref);
  if (auto several = dyn_cast<UnionType>(type))
    return inject(ref, several);
  if (getPythonNumber(type) && !isa<StaticType>(type))
    return scalar(ref, type);
  if (auto array = getArray(type))
    return generalize(*this, ref, array);
  if (auto list = llvm::dyn_cast<ListType>(type))
    return convertList(*this, ref, list);
  if (isComplex(type))
    ref = asComplex(*this, ref);
  SmallVector<Value> elements;
  SmallVector<Type> types = *getAggregateElements(type);
  for (auto [element, elementType] : llvm::zip(this->elements(ref), types))
    elements.push_back(convert(element, elementType));
  return PackOp::create(builder, loc, type, elements);
}

/// `value`'s type with another element type.
static Type withElement(Value value, Type element) {
  auto array = dyn_cast<RankedTensorType>(value.getType());
  return array ? Type(array.clone(element)) : element;
}

Value Emitter::withoutSign(Value value) {
  Type element = getElementTypeOrSelf(value);
  if (!element.isUnsignedInteger())
    return value;
  Type signless = builder.getIntegerType(element.getIntOrFloatBitWidth());
  return emit<SignCastOp>(withElement(value, signless), value);
}

Value Emitter::withSign(Value value, Type element) {
  if (!element.isUnsignedInteger())
    return value;
  return emit<SignCastOp>(withElement(value, element), value);
}

Value Emitter::any(Value conditions) {
  auto array = dyn_cast<RankedTensorType>(conditions.getType());
  if (!array)
    return conditions;
  Type i1 = builder.getI1Type();
  auto scalar = RankedTensorType::get({}, i1);
  if (array.getRank() > 0)
    conditions =
        ReduceOp::create(builder, loc, scalar, ReduceKind::any, conditions,
                         llvm::to_vector(llvm::seq(array.getRank())));
  return tensor::ExtractOp::create(builder, loc, conditions, ValueRange());
}

/// Floats as integers of `width` bits, the fraction dropped. What is out of
/// range wraps for small types, as it does in C on most machines.
static Value truncateFloat(Emitter &e, Value value, unsigned width,
                           bool isUnsigned) {
  auto convert = [&](Value from, unsigned bits) {
    Type element = e.builder.getIntegerType(bits);
    return e.emit<arith::FPToSIOp>(withElement(from, element), from);
  };
  if (width == 64 && isUnsigned) {
    // The upper half of the range is moved to where signed integers are.
    if (getElementTypeOrSelf(value).isF16()) // has no such numbers
      return convert(value, 64);
    Value half = e.constantLike(value, 9223372036854775808.0);
    Value high = e.emit<arith::CmpFOp>(arith::CmpFPredicate::OGE, value, half);
    Value moved = e.emit<arith::SelectOp>(
        high, e.emit<arith::SubFOp>(value, half), value);
    Value low = convert(moved, 64);
    Value sign = e.constantLike(low, -9223372036854775808.0);
    return e.emit<arith::SelectOp>(high, e.emit<arith::XOrIOp>(low, sign), low);
  }
  unsigned wide = width == 32 && isUnsigned ? 64 : std::max(width, 32u);
  Value whole = convert(value, wide);
  Type element = e.builder.getIntegerType(width);
  return wide == width
             ? whole
             : e.emit<arith::TruncIOp>(withElement(value, element), whole);
}

Value Emitter::cast(Value value, Type element) {
  Type from = getElementTypeOrSelf(value.getType());
  if (from == element)
    return value;
  bool zeroExtends = from.isInteger(1) || from.isUnsignedInteger();
  value = withoutSign(value);
  Type to = withElement(value, element);
  if (element.isInteger(1)) { // truth
    Value constant = constantLike(value, 0);
    if (isa<FloatType>(from))
      return emit<arith::CmpFOp>(arith::CmpFPredicate::UNE, value, constant);
    return emit<arith::CmpIOp>(arith::CmpIPredicate::ne, value, constant);
  }
  unsigned fromBits = from.getIntOrFloatBitWidth();
  unsigned toBits = element.getIntOrFloatBitWidth();
  if (isa<FloatType>(from) && isa<FloatType>(element)) {
    if (fromBits == toBits) { // float16 and bfloat16
      value = cast(value, builder.getF32Type());
      return cast(value, element);
    }
    return fromBits < toBits ? emit<arith::ExtFOp>(to, value)
                             : emit<arith::TruncFOp>(to, value);
  }
  if (isa<FloatType>(element))
    return zeroExtends ? emit<arith::UIToFPOp>(to, value)
                       : emit<arith::SIToFPOp>(to, value);
  Type signless = builder.getIntegerType(toBits);
  to = withElement(value, signless);
  if (isa<FloatType>(from))
    value = truncateFloat(*this, value, toBits, element.isUnsignedInteger());
  else if (fromBits > toBits)
    value = emit<arith::TruncIOp>(to, value);
  else if (fromBits < toBits)
    value = zeroExtends ? emit<arith::ExtUIOp>(to, value)
                        : emit<arith::ExtSIOp>(to, value);
  return withSign(value, element);
}

Value Emitter::integerConstant(int64_t value) {
  return constantOf(builder.getI64Type(), builder.getI64IntegerAttr(value));
}

Value Emitter::floatConstant(double value) {
  return constantOf(builder.getF64Type(), builder.getF64FloatAttr(value));
}

//===----------------------------------------------------------------------===//
// Failing
//===----------------------------------------------------------------------===//

Ref Emitter::error(unsigned code, const Twine &message) {
  if (outcome != Outcome::Normal)
    return nullptr;
  if (mayRaise && (code == 20 || code == 22 || code == 27 || code == 40))
    return raise(code == 40 ? "AttributeError" : "TypeError", message.str());
  engine.report(loc, code, message, version);
  outcome = Outcome::Failed;
  return nullptr;
}

bool Emitter::raiseIf(Value condition, StringRef exception, StringRef message,
                      ValueRange values) {
  if (matchPattern(condition, m_Zero()))
    return true;
  RaiseIfOp::create(builder, loc, condition, exception, message, values);
  if (!matchPattern(condition, m_One()))
    return true;
  outcome = Outcome::Raised;
  return false;
}

Ref Emitter::raise(StringRef exception, StringRef message) {
  raiseIf(constantOf(builder.getI1Type(), builder.getBoolAttr(true)), exception,
          message);
  return nullptr;
}

bool Emitter::fits(Ref number, Type element) {
  Type python = getPythonNumber(number->type);
  if (!python || !python.isInteger(64) || !element.isInteger() ||
      element.isInteger(1))
    return true;
  unsigned width = element.getIntOrFloatBitWidth();
  bool isUnsigned = element.isUnsignedInteger();
  if (width == 64 && !isUnsigned)
    return true;
  int64_t low = isUnsigned ? 0 : llvm::minIntN(width);
  int64_t high = !isUnsigned   ? llvm::maxIntN(width)
                 : width == 64 ? INT64_MAX
                               : (int64_t)llvm::maxUIntN(width);
  Value value = scalar(number, python);
  Value below = emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value,
                                    integerConstant(low));
  Value above = emit<arith::CmpIOp>(arith::CmpIPredicate::sgt, value,
                                    integerConstant(high));
  std::optional<int64_t> known = getStaticInt(number->type);
  std::string message =
      "Python integer " + (known ? std::to_string(*known) + " " : "") +
      "out of bounds for " + describe(RankedTensorType::get({}, element));
  return raiseIf(emit<arith::OrIOp>(below, above), "OverflowError", message);
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

static std::string describeElement(Type element) {
  Builder b(element.getContext());
#define MYIA_DTYPE(dtype, spelling, number, type)                              \
  if (element == type)                                                         \
    return dtype;
#include "myia/Support/Dtypes.def"
  return "an unknown dtype";
}

static std::string describe(Type type, unsigned depth);

/// A list of types, cut short where it is long or deep.
static std::string describeList(ArrayRef<Type> types, unsigned depth) {
  if (depth > 3 && !types.empty())
    return "...";
  std::string text;
  for (auto [i, type] : llvm::enumerate(types)) {
    if (i == 8)
      return text + ", ...";
    text += (i ? ", " : "") + describe(type, depth);
  }
  return text;
}

std::string myia::describe(Type type) { return ::describe(type, 0); }

static std::string describe(Type type, unsigned depth) {
  if (Type number = getPythonNumber(type))
    return number.isF64() ? "float" : number.isInteger(1) ? "bool" : "int";
  return TypeSwitch<Type, std::string>(type)
      .Case<myia::ComplexType>([&](myia::ComplexType number) -> std::string {
        auto array = getComplexArray(number);
        if (!array)
          return "complex";
        return ::describe(array.clone(complexDtype(array.getElementType())),
                          depth);
      })
      .Case<RankedTensorType>([](RankedTensorType array) {
        std::string text = describeElement(array.getElementType());
        if (array.getRank() == 0)
          return text;
        text += "[";
        for (auto [i, size] : llvm::enumerate(array.getShape()))
          text += (i ? "," : "") +
                  (ShapedType::isDynamic(size) ? "?" : std::to_string(size));
        return text + "]";
      })
      .Case<ListType>([&](ListType list) {
        ArrayRef<Type> elements = list.getElements();
        return elements.empty()
                   ? std::string("list")
                   : "list[" + describeList(elements, depth + 1) + "]";
      })
      .Case<myia::TupleType>([&](myia::TupleType tuple) {
        return "tuple[" + describeList(tuple.getElements(), depth + 1) + "]";
      })
      .Case<RecordType>(
          [](RecordType record) { return record.getName().getValue().str(); })
      .Case<BoxType>([](BoxType box) {
        StringRef name = box.getRecord().getValue(); // @Tree or @Tree.1
        bool isGradient = name.consume_back("$grad");
        auto [stem, number] = name.rsplit('.');
        bool isNumbered =
            !number.empty() && llvm::all_of(number, llvm::isDigit);
        return (isGradient ? "gradient of " : "") +
               (isNumbered ? stem : name).str();
      })
      .Case<ClosureType>([](ClosureType closure) {
        if (auto prim = dyn_cast<PrimAttr>(closure.getFunction()))
          return "function " + prim.getName().str();
        return "function " +
               llvm::cast<FlatSymbolRefAttr>(closure.getFunction())
                   .getValue()
                   .str();
      })
      .Case<DerivativeType>([](DerivativeType derivative) {
        return "derivative of " + ::describe(derivative.getFunction(), 0);
      })
      .Case<UnionType>([&](UnionType several) {
        SmallVector<std::string> texts; // known strings look alike
        for (Type type : several.getAlternatives())
          if (std::string text = describe(type, depth + 1);
              !llvm::is_contained(texts, text))
            texts.push_back(text);
        return llvm::join(texts, " | ");
      })
      .Case<IteratorType>([](IteratorType iterator) {
        if (isText(iterator))
          return std::string("str (put together at run time)");
        StringRef kind = iterator.getKind().getValue();
        bool isNamed = llvm::is_contained(
            {"range", "slice", "zip", "enumerate", "reversed"}, kind);
        return isNamed ? kind.str() : std::string("iterator");
      })
      .Case<StaticType>([](StaticType known) -> std::string {
        return TypeSwitch<Attribute, std::string>(known.getValue())
            .Case<UnitAttr>([](auto) { return "None"; })
            .Case<StringAttr>([](auto) { return "str"; })
            .Case<ObjectAttr>(
                [](ObjectAttr object) { return object.getName().str(); })
            .Case<PrimAttr>([](PrimAttr prim) {
              return "function " + prim.getName().str();
            })
            .Case<FlatSymbolRefAttr>([](FlatSymbolRefAttr symbol) {
              return "class " + symbol.getValue().str();
            })
            .Case<TypeAttr>([](TypeAttr dtype) {
              return (isScalarClass(dtype) ? "class " : "dtype ") +
                     describeElement(getElementTypeOrSelf(dtype.getValue()));
            })
            .Default([](auto) { return "constant"; });
      })
      .Default([](Type) { return "value"; });
}
