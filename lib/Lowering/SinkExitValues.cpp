//===- SinkExitValues.cpp - Exit values on the paths that exit ------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop with several exits gives, in every iteration, what would be used if it
// ended there. An object that is updated for the next iteration would so stay
// alive beside its update, which then has to copy. Here such a value becomes
// poison on the paths on which the loop goes on. Runs last before references
// are counted: folding would take poison for the other value again.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Matchers.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIASINKEXITVALUES
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// Skips conversions that keep whether a value is zero, as flags are 0 or 1.
static Value skipCasts(Value value) {
  while (
      isa_and_nonnull<arith::TruncIOp, arith::ExtUIOp>(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  return value;
}

static bool areOpposite(Value a, Value b) {
  auto left = a.getDefiningOp<arith::CmpIOp>();
  auto right = b.getDefiningOp<arith::CmpIOp>();
  if (left && right)
    return left.getLhs() == right.getLhs() && left.getRhs() == right.getRhs() &&
           arith::invertPredicate(left.getPredicate()) == right.getPredicate();
  auto flipped = a.getDefiningOp<arith::XOrIOp>();
  return flipped && flipped.getLhs() == b &&
         matchPattern(flipped.getRhs(), m_One());
}

/// Whether `flag` holds when `condition` is `known`, if that decides it.
static std::optional<bool> decide(Value flag, Value condition, bool known) {
  flag = skipCasts(flag);
  APInt constant;
  if (matchPattern(flag, m_ConstantInt(&constant)))
    return !constant.isZero();
  if (flag == condition)
    return known;
  if (areOpposite(flag, condition) || areOpposite(condition, flag))
    return !known;
  return std::nullopt;
}

namespace {
/// What a terminator hands on of a value that matters only where the flag,
/// another operand, does not hold.
struct Exit {
  Operation *terminator;
  unsigned flag, value;
};
} // namespace

/// Adds to a branch a result that is `value` in both regions.
static scf::IfOp addResult(scf::IfOp branch, Value value) {
  OpBuilder builder(branch);
  SmallVector<Type> types(branch.getResultTypes());
  types.push_back(value.getType());
  auto wider =
      scf::IfOp::create(builder, branch.getLoc(), types, branch.getCondition());
  auto number = [&]() -> std::optional<unsigned> {
    auto result = dyn_cast<OpResult>(value);
    if (!result || result.getOwner() != branch)
      return std::nullopt;
    return result.getResultNumber();
  }();
  for (unsigned i : {0, 1}) {
    Region &region = wider->getRegion(i);
    region.takeBody(branch->getRegion(i));
    if (region.empty())
      scf::IfOp::ensureTerminator(region, builder, branch.getLoc());
    Operation *yield = region.front().getTerminator();
    yield->insertOperands(yield->getNumOperands(),
                          number ? yield->getOperand(*number) : value);
  }
  branch->replaceAllUsesWith(wider->getResults().drop_back());
  branch.erase();
  return wider;
}

/// The last branch of a block in which `value` is used.
static scf::IfOp findLastUser(Block &block, Value value) {
  scf::IfOp found;
  for (Operation *user : value.getUsers()) {
    Operation *here = block.findAncestorOpInBlock(*user);
    auto branch = dyn_cast_or_null<scf::IfOp>(here);
    if (branch && here != user && (!found || found->isBeforeInBlock(branch)))
      found = branch;
  }
  return found;
}

static void sink(Exit outermost) {
  SmallVector<Exit> worklist{outermost};
  while (!worklist.empty()) {
    auto [terminator, flag, position] = worklist.pop_back_val();
    Block &block = *terminator->getBlock();
    Value value = terminator->getOperand(position);
    auto branch = value.getDefiningOp<scf::IfOp>();
    if (!branch || branch->getBlock() != &block) {
      branch = findLastUser(block, value);
      if (!branch)
        continue;
    }
    unsigned number = branch.getNumResults();
    if (value.getDefiningOp() == branch && value.hasOneUse()) {
      number = cast<OpResult>(value).getResultNumber();
    } else {
      branch = addResult(branch, value);
      terminator->setOperand(position, branch.getResult(number));
    }
    auto decided = dyn_cast<OpResult>(skipCasts(terminator->getOperand(flag)));
    bool decides = decided && decided.getOwner() == branch;
    for (unsigned i : {0, 1}) {
      Operation *yield = branch->getRegion(i).front().getTerminator();
      Value goesOn = terminator->getOperand(flag);
      if (decides)
        goesOn = yield->getOperand(decided.getResultNumber());
      std::optional<bool> known =
          decide(goesOn, branch.getCondition(), /*known=*/i == 0);
      if (known == true) {
        OpBuilder builder(yield);
        yield->setOperand(number, ub::PoisonOp::create(builder, yield->getLoc(),
                                                       value.getType()));
      } else if (!known && decides) {
        worklist.push_back({yield, decided.getResultNumber(), number});
      }
    }
  }
}

static bool isObject(Type type) { return !type.isIntOrIndexOrFloat(); }

/// Sinks what the loop gives in each iteration but only its end needs. The loop
/// is normal: its first region hands the flag and the variables on.
static void sinkExitValues(scf::WhileOp loop) {
  scf::ConditionOp condition = loop.getConditionOp();
  auto flag = dyn_cast<BlockArgument>(condition.getCondition());
  if (!flag || flag.getOwner() != loop.getBeforeBody())
    return;
  for (auto [i, value] : llvm::enumerate(condition.getArgs())) {
    auto variable = dyn_cast<BlockArgument>(value);
    if (variable && variable.getOwner() == loop.getBeforeBody() &&
        variable.hasOneUse() && isObject(variable.getType()) &&
        loop.getAfterArguments()[i].use_empty())
      sink({loop.getYieldOp(), flag.getArgNumber(), variable.getArgNumber()});
  }
}

namespace {
struct MyiaSinkExitValues
    : myia::impl::MyiaSinkExitValuesBase<MyiaSinkExitValues> {
  using Base::Base;
  void runOnOperation() override { getOperation().walk(sinkExitValues); }
};
} // namespace
