//===- Myia.cpp - C interface of the Myia compiler ------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registration and access to the parts of Myia's types.
//
//===----------------------------------------------------------------------===//

#include "myia-c/Myia.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "myia/Dialect/Myia.h"
#include "myia/Inference/Inference.h"
#include "myia/InitAll.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::myia;

void myiaRegisterDialects(MlirDialectRegistry registry) {
  registerDialects(*unwrap(registry));
}

void myiaRegisterPasses() {
  static bool once = (registerPasses(), true);
  (void)once;
}

MyiaTypeKind myiaTypeGetKind(MlirType type) {
  return llvm::TypeSwitch<Type, MyiaTypeKind>(unwrap(type))
      .Case([](AnyType) { return MyiaTypeKindAny; })
      .Case([](StaticType) { return MyiaTypeKindStatic; })
      .Case([](myia::TupleType) { return MyiaTypeKindTuple; })
      .Case([](RecordType) { return MyiaTypeKindRecord; })
      .Case([](ClosureType) { return MyiaTypeKindClosure; })
      .Case([](DerivativeType) { return MyiaTypeKindDerivative; })
      .Case([](IteratorType) { return MyiaTypeKindIterator; })
      .Case([](StackType) { return MyiaTypeKindStack; })
      .Case([](BoxType) { return MyiaTypeKindBox; })
      .Case([](UnionType) { return MyiaTypeKindUnion; })
      .Case([](ListType) { return MyiaTypeKindList; })
      .Case([](myia::ComplexType) { return MyiaTypeKindComplex; })
      .Default(MyiaTypeKindOther);
}

/// The elements of an aggregate or list, the alternatives of a union; a
/// derivative's only element is its function.
static SmallVector<Type> getElements(Type type) {
  return llvm::TypeSwitch<Type, SmallVector<Type>>(type)
      .Case<myia::TupleType, RecordType, ClosureType, IteratorType, ListType>(
          [](auto aggregate) {
            return SmallVector<Type>(aggregate.getElements());
          })
      .Case([](UnionType several) {
        return SmallVector<Type>(several.getAlternatives());
      })
      .Case([](myia::ComplexType number) {
        return SmallVector<Type>{number.getRe(), number.getIm()};
      })
      .Case([](DerivativeType derivative) {
        return SmallVector<Type>{derivative.getFunction()};
      })
      .Default(SmallVector<Type>());
}

intptr_t myiaTypeGetNumElements(MlirType type) {
  return getElements(unwrap(type)).size();
}

MlirType myiaTypeGetElement(MlirType type, intptr_t index) {
  return wrap(getElements(unwrap(type))[index]);
}

MlirStringRef myiaTypeGetSymbol(MlirType type) {
  return wrap(
      llvm::TypeSwitch<Type, StringRef>(unwrap(type))
          .Case([](RecordType record) { return record.getName().getValue(); })
          .Case([](ClosureType closure) {
            auto symbol = dyn_cast<FlatSymbolRefAttr>(closure.getFunction());
            return symbol ? symbol.getValue() : StringRef();
          })
          .Case([](BoxType box) { return box.getRecord().getValue(); })
          .Case([](IteratorType iterator) {
            return iterator.getKind().getValue();
          })
          .Default(StringRef()));
}

MlirStringRef myiaRecordTypeGetField(MlirType type, intptr_t index) {
  auto record = cast<RecordType>(unwrap(type));
  return wrap(cast<StringAttr>(record.getFields()[index]).getValue());
}

MlirAttribute myiaStaticTypeGetValue(MlirType type) {
  return wrap(cast<StaticType>(unwrap(type)).getValue());
}

MlirAttribute myiaClosureTypeGetFunction(MlirType type) {
  return wrap(cast<ClosureType>(unwrap(type)).getFunction());
}

MyiaDerivativeRequest myiaDerivativeTypeGetRequest(MlirType type) {
  auto derivative = cast<DerivativeType>(unwrap(type));
  return {wrap(Attribute(derivative.getWrt())), derivative.getSingle(),
          derivative.getValue(), derivative.getAux()};
}

MlirStringRef myiaObjectAttrGetName(MlirAttribute attribute) {
  auto object = dyn_cast<ObjectAttr>(unwrap(attribute));
  return wrap(object ? object.getName() : StringRef());
}

MlirAttribute myiaPrimAttrGet(MlirContext context, MlirStringRef name) {
  return wrap(PrimAttr::get(unwrap(context), unwrap(name)));
}

MlirStringRef myiaPrimAttrGetName(MlirAttribute attribute) {
  auto primitive = dyn_cast<PrimAttr>(unwrap(attribute));
  return wrap(primitive ? primitive.getName() : StringRef());
}

void myiaForEachPrimitive(MyiaPrimitiveCallback callback, void *userData) {
  forEachPrimitive(
      [&](StringRef name, StringRef signature, bool fresh, bool changesFirst) {
        callback({wrap(name), wrap(signature), fresh, changesFirst}, userData);
      });
}
