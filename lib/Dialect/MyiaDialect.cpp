//===- MyiaDialect.cpp - Registers the dialect -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect's registration: types, attributes, ops.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Transforms/InliningUtils.h"
#include "myia/Dialect/Myia.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::myia;

#include "myia/Dialect/MyiaDialect.cpp.inc"
#include "myia/Dialect/MyiaEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "myia/Dialect/MyiaAttributes.cpp.inc"

namespace {
/// Every op of the dialect may be inlined: none depends on the function that
/// holds it.
struct MyiaInlinerInterface : public DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
};
} // namespace

void MyiaDialect::initialize() {
  registerTypes();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "myia/Dialect/MyiaAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "myia/Dialect/MyiaOps.cpp.inc"
      >();
  addInterfaces<MyiaInlinerInterface>();
}
