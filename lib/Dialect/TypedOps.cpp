//===- TypedOps.cpp - Aggregates, derivatives, containers -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers and folders of MyiaTypedOps.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"
#include "myia/Dialect/Myia.h"
#include "myia/Runtime/Runtime.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Aggregates
//===----------------------------------------------------------------------===//

/// `elements` are the element types of `aggregate`: constraint C1 of pack and
/// unpack.
static LogicalResult verifyElements(Operation *op, Type aggregate,
                                    TypeRange elements) {
  SmallVector<Type> expected = *getAggregateElements(aggregate);
  if (TypeRange(expected) == elements)
    return success();
  return op->emitOpError("requires the element types of ")
         << aggregate << " [got (" << elements << ")]";
}

LogicalResult PackOp::verify() {
  return verifyElements(*this, getAggregate().getType(), getOperandTypes());
}

LogicalResult UnpackOp::verify() {
  return verifyElements(*this, getAggregate().getType(), getResultTypes());
}

/// pack(unpack(x)) is x.
OpFoldResult PackOp::fold(FoldAdaptor) {
  if (getElements().empty())
    return {};
  auto unpack = getElements().front().getDefiningOp<UnpackOp>();
  if (unpack && unpack.getAggregate().getType() == getAggregate().getType() &&
      unpack.getElements() == getElements())
    return unpack.getAggregate();
  return {};
}

/// unpack(pack(x, y)) is x, y.
LogicalResult UnpackOp::fold(FoldAdaptor,
                             SmallVectorImpl<OpFoldResult> &results) {
  auto pack = getAggregate().getDefiningOp<PackOp>();
  if (!pack || getNumResults() == 0)
    return failure();
  llvm::append_range(results, pack.getElements());
  return success();
}

//===----------------------------------------------------------------------===//
// Unions
//===----------------------------------------------------------------------===//

/// Whether `value` is of the type of alternative `position` of `type`.
static LogicalResult verifyAlternative(Operation *op, UnionType type,
                                       int64_t position, Type value) {
  ArrayRef<Type> alternatives = type.getAlternatives();
  if (position >= 0 && position < (int64_t)alternatives.size() &&
      alternatives[position] == value)
    return success();
  return op->emitOpError("requires a value of alternative ")
         << position << " of " << type << " [got " << value << "]";
}

LogicalResult InjectOp::verify() {
  if (getValues().size() != getAlternatives().size())
    return emitOpError("requires a position for each value [got ")
           << getAlternatives().size() << " for " << getValues().size() << "]";
  for (auto [position, value] : llvm::zip(getAlternatives(), getValues()))
    if (failed(verifyAlternative(*this, getType(), position, value.getType())))
      return failure();
  return success();
}

LogicalResult ProjectOp::verify() {
  return verifyAlternative(*this, getOperand().getType(), getAlternative(),
                           getType());
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

/// Whether the first leaf of `type` is a floating-point scalar or rank-0 array.
static bool isRealScalar(Type type) {
  while (auto elements = getAggregateElements(type)) {
    if (elements->empty())
      return false;
    type = elements->front();
  }
  if (auto array = dyn_cast<RankedTensorType>(type))
    return array.getRank() == 0 && isa<FloatType>(array.getElementType());
  return isa<FloatType>(type);
}

LogicalResult
ValueAndGradOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto callee =
      symbolTable.lookupNearestSymbolFrom<func::FuncOp>(*this, getCalleeAttr());
  if (!callee)
    return emitOpError("requires a function [got ") << getCallee() << "]";
  FunctionType type = callee.getFunctionType();
  if (TypeRange(type.getInputs()) != TypeRange(getArgs()))
    return emitOpError("requires arguments of types (")
           << type.getInputs() << ") [got (" << getArgs().getTypes() << ")]";
  if (type.getNumResults() == 0 || !isRealScalar(type.getResult(0)))
    return emitOpError("requires a function whose first result is a real "
                       "floating-point scalar [got (")
           << type.getResults() << ")]";
  SmallVector<Type> expected(type.getResults());
  for (int64_t position : getWrt()) {
    if (position < 0 || position >= (int64_t)getArgs().size())
      return emitOpError("requires argument positions below ")
             << getArgs().size() << " [got " << position << "]";
    Type argument = getArgs()[position].getType();
    Type gradient = getGradientType(argument, [](BoxType box) { return box; });
    expected.push_back(getSparse() ? getCotangentType(argument) : gradient);
    if (!expected.back())
      return emitOpError("requires arguments that have a derivative [got ")
             << argument << "]";
    if (expected.size() > getNumResults())
      continue;
    Type own = getResult(expected.size() - 1).getType();
    if (!getSparse() && isGradientType(own, argument))
      expected.back() = own;
  }
  if (TypeRange(expected) != getResultTypes())
    return emitOpError("requires results (")
           << expected << ") [got (" << getResultTypes() << ")]";
  return success();
}

LogicalResult
CustomVJPOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  for (FlatSymbolRefAttr symbol :
       {getCalleeAttr(), getForwardAttr(), getBackwardAttr()}) {
    auto function =
        symbolTable.lookupNearestSymbolFrom<func::FuncOp>(*this, symbol);
    if (!function)
      return emitOpError("requires functions [got ") << symbol << "]";
    FunctionType type = function.getFunctionType();
    if (symbol != getBackwardAttr() &&
        TypeRange(type.getInputs()) != TypeRange(getArgs()))
      return emitOpError("requires ")
             << symbol << " to take (" << getArgs().getTypes() << ") [got ("
             << type.getInputs() << ")]";
    if (symbol == getCalleeAttr() &&
        TypeRange(type.getResults()) != getResultTypes())
      return emitOpError("requires ")
             << symbol << " to give (" << getResultTypes() << ") [got ("
             << type.getResults() << ")]";
  }
  if (getHeld() > getArgs().size())
    return emitOpError("requires at most ")
           << getArgs().size() << " held operands [got " << getHeld() << "]";
  return success();
}

OpFoldResult AccumulateOp::fold(FoldAdaptor) {
  if (getLhs().getDefiningOp<ZeroOp>())
    return getRhs();
  if (getRhs().getDefiningOp<ZeroOp>())
    return getLhs();
  return {};
}

//===----------------------------------------------------------------------===//
// Containers
//===----------------------------------------------------------------------===//

/// `values` are what the `myia.type` of `box` lists: constraint C1 of box and
/// unbox.
static LogicalResult verifyBox(Operation *op, BoxType box, TypeRange values,
                               SymbolTableCollection &symbolTable) {
  auto record =
      symbolTable.lookupNearestSymbolFrom<TypeOp>(op, box.getRecord());
  if (!record)
    return op->emitOpError("requires a myia.type named ") << box.getRecord();
  auto expected =
      llvm::to_vector(record.getTypes().getAsValueRange<TypeAttr>());
  if (TypeRange(expected) == values)
    return success();
  return op->emitOpError("requires the types (")
         << expected << ") of " << box.getRecord() << " [got (" << values
         << ")]";
}

LogicalResult BoxOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  return verifyBox(*this, getBox().getType(), getValues().getTypes(),
                   symbolTable);
}

LogicalResult UnboxOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  return verifyBox(*this, getBox().getType(), getValues().getTypes(),
                   symbolTable);
}

/// unbox(box(x, y)) is x, y. Not a folder: constant propagation runs those on
/// values that are not final yet, and does not see that x and y changed.
LogicalResult UnboxOp::canonicalize(UnboxOp op, PatternRewriter &rewriter) {
  auto box = op.getBox().getDefiningOp<BoxOp>();
  if (!box)
    return failure();
  rewriter.replaceOp(op, box.getValues());
  return success();
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

LogicalResult RaiseIfOp::verify() {
  size_t places = getMessage().count("{}"), count = getValues().size();
  if (count > 0 && (places != count || count > MYIA_ERROR_VALUES))
    return emitOpError(
               "requires a place {} in the message for each value [got ")
           << places << " places and " << count << " values, at most "
           << MYIA_ERROR_VALUES << "]";
  return success();
}

/// A condition that is known to be false never raises.
LogicalResult RaiseIfOp::canonicalize(RaiseIfOp op, PatternRewriter &rewriter) {
  if (!matchPattern(op.getCondition(), m_Zero()))
    return failure();
  rewriter.eraseOp(op);
  return success();
}
