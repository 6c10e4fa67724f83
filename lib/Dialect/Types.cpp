//===- Types.cpp - Types of the dialect -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parsing and printing of type lists, and the helpers that view every aggregate
// as its list of elements.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "myia/Dialect/Myia.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::myia;

/// types ::= (type (`,` type)*)?
static ParseResult parseTypes(AsmParser &parser, SmallVector<Type> &types) {
  Type type;
  OptionalParseResult first = parser.parseOptionalType(type);
  if (!first.has_value())
    return success();
  if (*first)
    return failure();
  types.push_back(type);
  while (succeeded(parser.parseOptionalComma()))
    if (parser.parseType(types.emplace_back()))
      return failure();
  return success();
}

static void printTypes(AsmPrinter &printer, ArrayRef<Type> types) {
  llvm::interleaveComma(types, printer);
}

/// element-types ::= (`of` type (`,` type)*)?
static ParseResult parseElementTypes(AsmParser &parser,
                                     SmallVector<Type> &types) {
  if (failed(parser.parseOptionalKeyword("of")))
    return success();
  return parseTypes(parser, types);
}

static void printElementTypes(AsmPrinter &printer, ArrayRef<Type> types) {
  if (types.empty())
    return;
  printer << " of ";
  printTypes(printer, types);
}

#define GET_TYPEDEF_CLASSES
#include "myia/Dialect/MyiaTypes.cpp.inc"

void MyiaDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "myia/Dialect/MyiaTypes.cpp.inc"
      >();
}

LogicalResult RecordType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 FlatSymbolRefAttr name, ArrayAttr fields,
                                 ArrayRef<Type> elements) {
  if (fields.size() != elements.size())
    return emitError() << "a record needs one element type per field ["
                       << fields.size() << " fields, " << elements.size()
                       << " types]";
  if (!llvm::all_of(fields, llvm::IsaPred<StringAttr>))
    return emitError() << "field names must be strings";
  return success();
}

LogicalResult UnionType::verify(function_ref<InFlightDiagnostic()> emitError,
                                ArrayRef<Type> alternatives) {
  if (alternatives.size() < 2)
    return emitError() << "a union needs at least two alternatives [got "
                       << alternatives.size() << "]";
  if (llvm::any_of(alternatives, llvm::IsaPred<UnionType>))
    return emitError() << "an alternative of a union cannot be a union";
  return success();
}

/// Whether a part of a complex number is a Python float, known or not.
static bool isPythonFloat(Type type) {
  auto known = dyn_cast<StaticType>(type);
  auto number = known ? dyn_cast<FloatAttr>(known.getValue()) : FloatAttr();
  return (number ? number.getType() : type).isF64();
}

LogicalResult
myia::ComplexType::verify(function_ref<InFlightDiagnostic()> emitError, Type re,
                          Type im) {
  if (isPythonFloat(re) && isPythonFloat(im))
    return success();
  auto array = dyn_cast<RankedTensorType>(re);
  if (!array || re != im ||
      !(array.getElementType().isF32() || array.getElementType().isF64()))
    return emitError() << "the parts of a complex number must be two f64, or "
                          "two arrays of one type, of f32 or f64 [got "
                       << re << " and " << im << "]";
  return success();
}

std::optional<SmallVector<Type>> myia::getAggregateElements(Type type) {
  using Result = std::optional<SmallVector<Type>>;
  return TypeSwitch<Type, Result>(type)
      .Case<TupleType, RecordType, ClosureType, IteratorType>(
          [](auto aggregate) -> Result {
            return llvm::to_vector(aggregate.getElements());
          })
      .Case<myia::ComplexType>([](myia::ComplexType number) -> Result {
        return SmallVector<Type>{number.getRe(), number.getIm()};
      })
      .Case<DerivativeType>([](DerivativeType derivative) -> Result {
        return SmallVector<Type>{derivative.getFunction()};
      })
      .Case<StaticType>(
          [](StaticType) -> Result { return SmallVector<Type>(); })
      .Default([](Type) -> Result { return std::nullopt; });
}

Type myia::withAggregateElements(Type type, ArrayRef<Type> elements) {
  MLIRContext *context = type.getContext();
  return TypeSwitch<Type, Type>(type)
      .Case<TupleType>(
          [&](TupleType) { return TupleType::get(context, elements); })
      .Case<RecordType>([&](RecordType record) {
        return RecordType::get(context, record.getName(), record.getFields(),
                               elements);
      })
      .Case<ClosureType>([&](ClosureType closure) {
        return ClosureType::get(context, closure.getFunction(), elements);
      })
      .Case<IteratorType>([&](IteratorType iterator) {
        return IteratorType::get(context, iterator.getKind(), elements);
      })
      .Case<myia::ComplexType>([&](myia::ComplexType) {
        return myia::ComplexType::get(context, elements[0], elements[1]);
      })
      .Case<DerivativeType>([&](DerivativeType derivative) {
        return DerivativeType::get(context, elements.front(),
                                   derivative.getWrt(), derivative.getSingle(),
                                   derivative.getValue(), derivative.getAux());
      })
      .Case<StaticType>([](StaticType type) { return type; });
}

StaticType myia::getNoneType(MLIRContext *context) {
  return StaticType::get(context, UnitAttr::get(context));
}
