//===- ContainerRules.cpp - Derivatives of stacks and boxes -*- C++ -*-===//
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
//===----------------------------------------------------------------------===//

#include "Adjoint.h"
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
