//===- EraseSigns.cpp - Unsigned integers as signless ones ----------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-erase-signs: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAERASESIGNS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// Puts signless integers in the place of unsigned ones, inside of any type.
static AttrTypeReplacer makeReplacer() {
  AttrTypeReplacer replacer;
  replacer.addReplacement([](IntegerType type) -> Type {
    return type.isUnsigned()
               ? IntegerType::get(type.getContext(), type.getWidth())
               : type;
  });
  return replacer;
}

/// A constant holds its type a second time.
static void eraseSignOfConstant(arith::ConstantOp op,
                                AttrTypeReplacer &replacer) {
  TypedAttr value = op.getValue();
  Type type = replacer.replace(value.getType());
  if (type == value.getType())
    return;
  if (auto elements = dyn_cast<DenseElementsAttr>(value))
    op.setValueAttr(
        elements.bitcast(cast<RankedTensorType>(type).getElementType()));
  else
    op.setValueAttr(
        IntegerAttr::get(type, cast<IntegerAttr>(value).getValue()));
}

namespace {
struct MyiaEraseSigns : public myia::impl::MyiaEraseSignsBase<MyiaEraseSigns> {
  using Base::Base;

  void runOnOperation() final {
    AttrTypeReplacer replacer = makeReplacer();
    SmallVector<SignCastOp> casts;
    auto replace = [&](Value value) {
      value.setType(replacer.replace(value.getType()));
    };
    getOperation().walk([&](Operation *op) {
      if (auto cast = dyn_cast<SignCastOp>(op))
        casts.push_back(cast);
      if (auto constant = dyn_cast<arith::ConstantOp>(op))
        eraseSignOfConstant(constant, replacer);
      if (auto function = dyn_cast<func::FuncOp>(op))
        function.setFunctionType(
            cast<FunctionType>(replacer.replace(function.getFunctionType())));
      if (auto type = dyn_cast<TypeOp>(op))
        type.setTypesAttr(cast<ArrayAttr>(replacer.replace(type.getTypes())));
      llvm::for_each(op->getResults(), replace);
      for (Region &region : op->getRegions())
        for (Block &block : region)
          llvm::for_each(block.getArguments(), replace);
    });
    for (SignCastOp cast : casts) {
      cast.replaceAllUsesWith(cast.getOperand());
      cast.erase();
    }
  }
};
} // namespace
