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

/// `type` with a signless integer in the place of an unsigned one.
static Type eraseSign(Type type) {
  if (auto array = dyn_cast<RankedTensorType>(type))
    return array.clone(eraseSign(array.getElementType()));
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer || !integer.isUnsigned())
    return type;
  return IntegerType::get(type.getContext(), integer.getWidth());
}

/// A constant holds its type a second time.
static void eraseSignOfConstant(arith::ConstantOp op) {
  TypedAttr value = op.getValue();
  Type type = eraseSign(value.getType());
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
    SmallVector<SignCastOp> casts;
    getOperation().walk([&](Operation *op) {
      if (auto cast = dyn_cast<SignCastOp>(op))
        casts.push_back(cast);
      if (auto constant = dyn_cast<arith::ConstantOp>(op))
        eraseSignOfConstant(constant);
      if (auto function = dyn_cast<func::FuncOp>(op))
        function.setFunctionType(FunctionType::get(
            op->getContext(),
            llvm::map_to_vector(function.getArgumentTypes(), eraseSign),
            llvm::map_to_vector(function.getResultTypes(), eraseSign)));
      if (auto type = dyn_cast<TypeOp>(op))
        type.setTypesAttr(erase(type.getTypes()));
      for (Value result : op->getResults())
        result.setType(eraseSign(result.getType()));
      for (Region &region : op->getRegions())
        for (Block &block : region)
          for (BlockArgument argument : block.getArguments())
            argument.setType(eraseSign(argument.getType()));
    });
    for (SignCastOp cast : casts) {
      cast.replaceAllUsesWith(cast.getOperand());
      cast.erase();
    }
  }

private:
  ArrayAttr erase(ArrayAttr types) {
    SmallVector<Type> erased;
    for (Type type : types.getAsValueRange<TypeAttr>())
      erased.push_back(eraseSign(type));
    return Builder(&getContext()).getTypeArrayAttr(erased);
  }
};
} // namespace
