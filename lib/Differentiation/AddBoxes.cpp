//===- AddBoxes.cpp - Sums of boxes become calls --------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-add-boxes: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAADDBOXES
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
class BoxAdder {
public:
  explicit BoxAdder(ModuleOp module) : symbols(module) {}

  /// Replaces a sum of boxes by a call.
  void replace(AccumulateOp op);

  /// Sums of members that were written and are boxes themselves.
  SmallVector<AccumulateOp> worklist;

private:
  func::FuncOp getFunction(BoxType box, Location loc);

  SymbolTable symbols;
};

struct MyiaAddBoxes : myia::impl::MyiaAddBoxesBase<MyiaAddBoxes> {
  using Base::Base;

  void runOnOperation() override {
    BoxAdder adder(getOperation());
    getOperation().walk([&](AccumulateOp op) {
      if (isa<BoxType>(op.getType()))
        adder.worklist.push_back(op);
    });
    while (!adder.worklist.empty())
      adder.replace(adder.worklist.pop_back_val());
  }
};
} // namespace

void BoxAdder::replace(AccumulateOp op) {
  OpBuilder builder(op);
  func::FuncOp function = getFunction(cast<BoxType>(op.getType()), op.getLoc());
  auto call = func::CallOp::create(builder, op.getLoc(), function,
                                   ValueRange{op.getLhs(), op.getRhs()});
  op.replaceAllUsesWith(call.getResult(0));
  op.erase();
}

/// The function that adds two boxes of a type.
func::FuncOp BoxAdder::getFunction(BoxType box, Location loc) {
  auto record = symbols.lookup<TypeOp>(box.getRecord().getValue());
  std::string name = (record.getSymName() + ".add").str();
  if (auto known = symbols.lookup<func::FuncOp>(name))
    return known;
  OpBuilder builder(record);
  auto function = func::FuncOp::create(
      loc, name, builder.getFunctionType({box, box}, {box}));
  function.setPrivate();
  symbols.insert(function, Block::iterator(record));
  builder.setInsertionPointToStart(function.addEntryBlock());
  Value lhs = function.getArgument(0), rhs = function.getArgument(1);
  auto types = llvm::to_vector(record.getTypes().getAsValueRange<TypeAttr>());

  auto addMembers = [&](OpBuilder &builder, Location loc) {
    auto left = UnboxOp::create(builder, loc, types, lhs);
    auto right = UnboxOp::create(builder, loc, types, rhs);
    SmallVector<Value> sums;
    for (auto [a, b] : llvm::zip(left.getValues(), right.getValues())) {
      auto sum = AccumulateOp::create(builder, loc, a, b);
      if (isa<BoxType>(sum.getType()))
        worklist.push_back(sum);
      sums.push_back(sum);
    }
    Value both = BoxOp::create(builder, loc, box, sums);
    scf::YieldOp::create(builder, loc, both);
  };
  /// `known` if `other` is zero, else what `otherwise` makes.
  auto unlessNull = [&](OpBuilder &builder, Location loc, Value other,
                        Value known, auto otherwise) {
    Value isNull = IsNullOp::create(builder, loc, other);
    return scf::IfOp::create(
               builder, loc, isNull,
               [&](OpBuilder &inner, Location loc) {
                 scf::YieldOp::create(inner, loc, known);
               },
               otherwise)
        .getResult(0);
  };
  Value sum =
      unlessNull(builder, loc, lhs, rhs, [&](OpBuilder &inner, Location loc) {
        Value rest = unlessNull(inner, loc, rhs, lhs, addMembers);
        scf::YieldOp::create(inner, loc, rest);
      });
  func::ReturnOp::create(builder, loc, sum);
  return function;
}
