//===- ListOps.cpp - Lists ------------------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers of MyiaListOps.td.
//
//===----------------------------------------------------------------------===//

#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

/// `values` are one element of a list: constraint C1 of most ops.
static LogicalResult verifyElement(Operation *op, ListType list,
                                   TypeRange values) {
  if (TypeRange(list.getElements()) == values)
    return success();
  return op->emitOpError("requires the element types of ")
         << list << " [got (" << values << ")]";
}

LogicalResult MakeListOp::verify() {
  ArrayRef<Type> elements = getResult().getType().getElements();
  SmallVector<Type> expected;
  for (int64_t i = 0, n = getCount(); i < n; ++i)
    llvm::append_range(expected, elements);
  if (TypeRange(expected) == getValues().getTypes())
    return success();
  return emitOpError("requires ")
         << getCount() << " elements of " << getResult().getType() << " [got ("
         << getValues().getTypes() << ")]";
}

LogicalResult ListGetOp::verify() {
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}

LogicalResult ListSetOp::verify() {
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}

LogicalResult ListAppendOp::verify() {
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}

LogicalResult ListPopOp::verify() {
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}

LogicalResult ListTakeOp::verify() {
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}

LogicalResult ListPartOp::verify() {
  int64_t unknown = 0;
  for (Type type : getValues().getTypes())
    if (auto array = dyn_cast<RankedTensorType>(type))
      unknown += array.getNumDynamicDims();
  if (int64_t(getSizes().size()) != unknown)
    return emitOpError("requires ")
           << unknown << " sizes [got " << getSizes().size() << "]";
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}

LogicalResult ListAddOp::verify() {
  return verifyElement(*this, getList().getType(), getValues().getTypes());
}
