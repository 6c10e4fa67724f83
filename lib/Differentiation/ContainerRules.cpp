//===- ContainerRules.cpp - Derivatives of containers -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The cotangent of a stack of records is a stack of the records' cotangents, so
// push and pop are each other's adjoints; the same for box and unbox. A record
// has cotangents for those members whose type has one, whatever their activity:
// what is pushed in one place must be popped in the other.
//
// The cotangent of a list is a list of what its elements have for cotangents,
// where much may be absent: see MyiaListOps.td.
//
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::myia;

/// The members of a record that have cotangents.
static SmallVector<Value> getMembers(ValueRange record) {
  return llvm::filter_to_vector(
      record, [](Value value) { return isDifferentiable(value.getType()); });
}

static SmallVector<Type> getCotangentTypes(ArrayRef<Value> members) {
  return llvm::map_to_vector(
      members, [](Value value) { return getCotangentType(value.getType()); });
}

static SmallVector<Value> getCotangents(Adjoint &adjoint,
                                        ArrayRef<Value> members) {
  return llvm::map_to_vector(members, [&](Value value) {
    return adjoint.cotangents.get(adjoint.builder, adjoint.loc, value);
  });
}

/// Adds to the cotangents of the members of a record.
static void addCotangents(Adjoint &adjoint, ArrayRef<Value> members,
                          ValueRange values) {
  for (auto [member, value] : llvm::zip(members, values))
    if (adjoint.activity.isActive(member))
      adjoint.cotangents.add(adjoint.builder, adjoint.loc, member, value);
}

LogicalResult myia::differentiatePush(Adjoint &adjoint) {
  auto op = cast<PushOp>(adjoint.op);
  SmallVector<Value> members = getMembers(op.getValues());
  Value rest = adjoint.cotangent();
  if (!members.empty()) {
    auto pop = PopOp::create(adjoint.builder, adjoint.loc, rest.getType(),
                             getCotangentTypes(members), rest);
    addCotangents(adjoint, members, pop.getValues());
    rest = pop.getRest();
  }
  if (adjoint.wants(0))
    adjoint.add(0, rest);
  return success();
}

LogicalResult myia::differentiatePop(Adjoint &adjoint) {
  auto op = cast<PopOp>(adjoint.op);
  if (!adjoint.wants(0))
    return success();
  SmallVector<Value> members = getMembers(op.getValues());
  Value stack =
      adjoint.cotangents.get(adjoint.builder, adjoint.loc, op.getRest());
  if (!members.empty())
    stack = PushOp::create(adjoint.builder, adjoint.loc, stack.getType(), stack,
                           getCotangents(adjoint, members));
  adjoint.add(0, stack);
  return success();
}

LogicalResult myia::differentiateBox(Adjoint &adjoint) {
  auto op = cast<BoxOp>(adjoint.op);
  SmallVector<Value> members = getMembers(op.getValues());
  // Nobody may have looked into the box.
  auto zero =
      IsNullOp::create(adjoint.builder, adjoint.loc, adjoint.cotangent());
  auto record = scf::IfOp::create(
      adjoint.builder, adjoint.loc, zero,
      [&](OpBuilder &builder, Location loc) {
        auto zeros = llvm::map_to_vector(members, [&](Value member) {
          return createZero(builder, loc, member);
        });
        scf::YieldOp::create(builder, loc, zeros);
      },
      [&](OpBuilder &builder, Location loc) {
        auto unbox = UnboxOp::create(builder, loc, getCotangentTypes(members),
                                     adjoint.cotangent());
        scf::YieldOp::create(builder, loc, unbox.getValues());
      });
  addCotangents(adjoint, members, record.getResults());
  return success();
}

LogicalResult myia::differentiateUnbox(Adjoint &adjoint) {
  auto op = cast<UnboxOp>(adjoint.op);
  if (!adjoint.wants(0))
    return success();
  SmallVector<Value> members = getMembers(op.getValues());
  adjoint.add(0, BoxOp::create(adjoint.builder, adjoint.loc,
                               getCotangentType(op.getBox().getType()),
                               getCotangents(adjoint, members)));
  return success();
}

/// The cotangent of a gradient is of the type of the cotangent that the
/// gradient was made from.
LogicalResult myia::differentiateFill(Adjoint &adjoint) {
  if (cast<FillOp>(adjoint.op).getCotangent() && adjoint.wants(0))
    adjoint.add(0, adjoint.cotangent());
  return success();
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

/// Adds the parts at `index` of the cotangent of a list to the cotangents of
/// `element`, which was stored there.
static void addParts(Adjoint &adjoint, Value list, Value index,
                     ValueRange element) {
  SmallVector<Value> members = getMembers(element), sizes;
  if (llvm::none_of(members,
                    [&](Value v) { return adjoint.activity.isActive(v); }))
    return;
  for (Value member : members)
    if (isa<RankedTensorType>(member.getType()))
      llvm::append_range(sizes, getPrimalSizes(adjoint.loc, member));
  auto parts =
      ListPartOp::create(adjoint.builder, adjoint.loc,
                         getCotangentTypes(members), list, index, sizes);
  addCotangents(adjoint, members, parts.getValues());
}

/// `list` with the cotangents of `element`, which was read there, added to the
/// parts at `index`.
static Value addToParts(Adjoint &adjoint, Value list, Value index,
                        ValueRange element) {
  return ListAddOp::create(adjoint.builder, adjoint.loc, list, index,
                           getCotangents(adjoint, getMembers(element)));
}

/// The length of a list, taken where it is made, so that it is remembered in
/// the place of the list.
static Value getPrimalLength(Location loc, Value list) {
  OpBuilder builder(list.getContext());
  builder.setInsertionPointAfterValue(list);
  return ListLengthOp::create(builder, loc, list);
}

LogicalResult myia::differentiateMakeList(Adjoint &adjoint) {
  auto op = cast<MakeListOp>(adjoint.op);
  Value list = adjoint.cotangent();
  size_t width = op.getResult().getType().getElements().size();
  for (int64_t i = 0, n = op.getCount(); i < n; ++i) {
    Value index =
        arith::ConstantIntOp::create(adjoint.builder, adjoint.loc, i, 64);
    addParts(adjoint, list, index, op.getValues().slice(i * width, width));
  }
  return success();
}

/// What reads a part of a list: a list itself, or the cotangent of one.
template <typename OpTy>
static LogicalResult differentiateRead(Adjoint &adjoint) {
  auto op = cast<OpTy>(adjoint.op);
  if (!adjoint.wants(0))
    return success();
  Value list =
      adjoint.cotangents.get(adjoint.builder, adjoint.loc, op.getList());
  adjoint.cotangents.set(
      op.getList(), addToParts(adjoint, list, op.getIndex(), op.getValues()));
  return success();
}

LogicalResult myia::differentiateListGet(Adjoint &adjoint) {
  return differentiateRead<ListGetOp>(adjoint);
}

LogicalResult myia::differentiateListPart(Adjoint &adjoint) {
  return differentiateRead<ListPartOp>(adjoint);
}

LogicalResult myia::differentiateListSet(Adjoint &adjoint) {
  auto op = cast<ListSetOp>(adjoint.op);
  Value list = adjoint.cotangent();
  addParts(adjoint, list, op.getIndex(), op.getValues());
  if (adjoint.wants(0))
    adjoint.add(0, ListClearOp::create(adjoint.builder, adjoint.loc, list,
                                       op.getIndex()));
  return success();
}

LogicalResult myia::differentiateListAppend(Adjoint &adjoint) {
  auto op = cast<ListAppendOp>(adjoint.op);
  Value list = adjoint.cotangent();
  Value index = getPrimalLength(adjoint.loc, op.getList());
  addParts(adjoint, list, index, op.getValues());
  if (adjoint.wants(0))
    adjoint.add(0,
                ListClearOp::create(adjoint.builder, adjoint.loc, list, index));
  return success();
}

/// What takes an element out of a list, which was at an index of what is left.
template <typename OpTy>
static LogicalResult differentiateRemoval(Adjoint &adjoint,
                                          function_ref<Value(OpTy)> getIndex) {
  auto op = cast<OpTy>(adjoint.op);
  if (!adjoint.wants(0))
    return success();
  Value rest =
      adjoint.cotangents.get(adjoint.builder, adjoint.loc, op.getRest());
  adjoint.add(0, addToParts(adjoint, rest, getIndex(op), op.getValues()));
  return success();
}

LogicalResult myia::differentiateListPop(Adjoint &adjoint) {
  return differentiateRemoval<ListPopOp>(adjoint, [&](ListPopOp op) {
    return getPrimalLength(adjoint.loc, op.getRest());
  });
}

LogicalResult myia::differentiateListTake(Adjoint &adjoint) {
  return differentiateRemoval<ListTakeOp>(
      adjoint, [](ListTakeOp op) { return op.getIndex(); });
}

LogicalResult myia::differentiateListRenew(Adjoint &adjoint) {
  Value old = adjoint.cotangent();
  if (old && adjoint.wants(0))
    adjoint.add(0, old);
  return success();
}

LogicalResult myia::differentiateListAdd(Adjoint &adjoint) {
  auto op = cast<ListAddOp>(adjoint.op);
  Value list = adjoint.cotangent();
  addParts(adjoint, list, op.getIndex(), op.getValues());
  if (adjoint.wants(0))
    adjoint.add(0, list);
  return success();
}

LogicalResult myia::differentiateListClear(Adjoint &adjoint) {
  auto op = cast<ListClearOp>(adjoint.op);
  if (adjoint.wants(0))
    adjoint.add(0, ListClearOp::create(adjoint.builder, adjoint.loc,
                                       adjoint.cotangent(), op.getIndex()));
  return success();
}
