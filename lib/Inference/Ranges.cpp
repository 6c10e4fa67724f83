//===- Ranges.cpp - Ranges ------------------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What Python's ranges can do beside being run over.
//
//===----------------------------------------------------------------------===//

#include "Ranges.h"
#include "Handlers.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace mlir::myia;

bool myia::isRange(Type type) {
  auto iterator = dyn_cast<IteratorType>(type);
  return iterator && iterator.getKind() == "range";
}

/// Whether values of `type` are integers: Python's, or NumPy scalars.
static bool isInteger(Type type) {
  if (Type number = getPythonNumber(type))
    return !number.isF64();
  auto array = getArray(type);
  return array && array.getRank() == 0 && array.getElementType().isInteger() &&
         !array.getElementType().isInteger(1);
}

Ref myia::makeRange(Emitter &e, StringRef name, ArrayRef<Ref> arguments) {
  SmallVector<Ref> bounds;
  for (Ref argument : arguments) {
    if (!argument)
      continue;
    if (!isInteger(argument->type))
      return e.error(20, describe(argument->type) +
                             " cannot be interpreted as an integer");
    bounds.push_back(getStatic(argument->type)
                         ? argument
                         : e.wrap(e.scalar(argument, e.builder.getI64Type())));
  }
  Ref start = bounds.size() > 1 ? bounds[0] : e.integer(0);
  Ref stop = bounds.size() > 1 ? bounds[1] : bounds[0];
  Ref step = bounds.size() > 2 ? bounds[2] : e.integer(1);
  Ref zero = binary(e, BinaryKind::eq, step, e.integer(0));
  if (!e.raiseIf(e.scalar(zero, e.builder.getI1Type()), "ValueError",
                 "range() arg 3 must not be zero"))
    return nullptr;
  return e.iterator("range", {start, stop, step});
}

Ref myia::reversedRange(Emitter &e, Ref range) {
  // From the last number, the multiple of the step next to the end, back to the
  // first.
  ArrayRef<Ref> parts = e.elements(range);
  Ref start = parts[0], stop = parts[1], step = parts[2];
  Ref isUp = binary(e, BinaryKind::gt, step, e.integer(0));
  Ref sign = e.wrap(
      e.emit<arith::SelectOp>(e.scalar(isUp, e.builder.getI1Type()),
                              e.integerConstant(1), e.integerConstant(-1)));
  Ref span =
      binary(e, BinaryKind::sub, binary(e, BinaryKind::sub, stop, start), sign);
  Ref steps = binary(e, BinaryKind::floordiv, span, step);
  if (!steps)
    return nullptr;
  Ref last = binary(e, BinaryKind::add, start,
                    binary(e, BinaryKind::mul, steps, step));
  Ref before = binary(e, BinaryKind::sub, start, step);
  return e.iterator("range", {last, before, unary(e, UnaryKind::neg, step)});
}

Ref myia::rangeLength(Emitter &e, Ref range) {
  ArrayRef<Ref> parts = e.elements(range);
  // How many steps fit, rounded up.
  Ref back = binary(e, BinaryKind::sub, parts[0], parts[1]);
  Ref steps =
      unary(e, UnaryKind::neg, binary(e, BinaryKind::floordiv, back, parts[2]));
  return pythonExtremum(e, /*isMax=*/true, e.integer(0), steps);
}

/// The number at a position.
static Ref numberAt(Emitter &e, Ref range, Ref position) {
  ArrayRef<Ref> parts = e.elements(range);
  return binary(e, BinaryKind::add, parts[0],
                binary(e, BinaryKind::mul, position, parts[2]));
}

Ref myia::rangeItem(Emitter &e, Ref range, Ref index) {
  if (!isInteger(index->type))
    return e.error(20, "the index of a range must be an integer [got " +
                           describe(index->type) + "]");
  Type i64 = e.builder.getI64Type();
  Value at = e.scalar(index, i64),
        length = e.scalar(rangeLength(e, range), i64);
  Value negative = e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, at,
                                         e.integerConstant(0));
  Value wrapped = e.emit<arith::AddIOp>(at, length);
  at = e.emit<arith::SelectOp>(negative, wrapped, at);
  // One unsigned comparison covers both ends.
  Value outside = e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, at, length);
  if (!e.raiseIf(outside, "IndexError", "range object index out of range"))
    return nullptr;
  return numberAt(e, range, e.wrap(at));
}

/// The int that a float is, and whether it is one.
static std::pair<Ref, Ref> wholeNumber(Emitter &e, Ref value) {
  Value number = e.scalar(value, e.builder.getF64Type());
  auto compare = [&](arith::CmpFPredicate predicate, Value lhs, Value rhs) {
    return e.emit<arith::CmpFOp>(predicate, lhs, rhs);
  };
  using Predicate = arith::CmpFPredicate;
  Value isWhole =
      compare(Predicate::OEQ, number, e.emit<math::FloorOp>(number));
  Value isLarge = compare(Predicate::OLT, e.emit<math::AbsFOp>(number),
                          e.floatConstant(9.2e18));
  Value holds = e.emit<arith::AndIOp>(isWhole, isLarge);
  Value safe = e.emit<arith::SelectOp>(holds, number, e.floatConstant(0.0));
  Value integer = e.emit<arith::FPToSIOp>(e.builder.getI64Type(), safe);
  return {e.wrap(integer), e.wrap(holds)};
}

Ref myia::rangeContains(Emitter &e, Ref range, Ref value) {
  Ref isWhole = e.boolean(true);
  if (!isNumeric(value->type))
    return getStatic(value->type) || isa<myia::TupleType>(value->type)
               ? e.boolean(false)
               : e.error(20, "cannot look for " + describe(value->type) +
                                 " in a range");
  auto array = getArray(value->type);
  if (array &&
      (array.getRank() > 0 || array.getElementType().isUnsignedInteger(64)))
    return e.error(20, "`in` a range takes an int or a float [got " +
                           describe(value->type) + "]: convert it first");
  Ref number;
  if (isInteger(value->type) || (array && array.getElementType().isInteger(1)))
    number = e.wrap(e.scalar(value, e.builder.getI64Type()));
  else
    std::tie(number, isWhole) = wholeNumber(e, value);
  ArrayRef<Ref> parts = e.elements(range);
  Ref distance = binary(e, BinaryKind::sub, number, parts[0]);
  Ref position = binary(e, BinaryKind::floordiv, distance, parts[2]);
  Ref rest = binary(e, BinaryKind::mod, distance, parts[2]);
  Ref found = binary(e, BinaryKind::eq, rest, e.integer(0));
  for (Ref each : {isWhole, binary(e, BinaryKind::ge, position, e.integer(0)),
                   binary(e, BinaryKind::lt, position, rangeLength(e, range))})
    found = binary(e, BinaryKind::and_, found, each);
  return found;
}

Ref myia::rangesEqual(Emitter &e, Ref lhs, Ref rhs) {
  Ref length = rangeLength(e, lhs);
  auto same = [&](Ref a, Ref b) { return binary(e, BinaryKind::eq, a, b); };
  auto either = [&](int64_t most, Ref otherwise) {
    Ref isShort = binary(e, BinaryKind::le, length, e.integer(most));
    return binary(e, BinaryKind::or_, isShort, otherwise);
  };
  ArrayRef<Ref> a = e.elements(lhs), b = e.elements(rhs);
  Ref equal = same(length, rangeLength(e, rhs));
  equal = binary(e, BinaryKind::and_, equal, either(0, same(a[0], b[0])));
  return binary(e, BinaryKind::and_, equal, either(1, same(a[2], b[2])));
}

Ref myia::rangeAttribute(Emitter &e, Ref range, StringRef name) {
  static constexpr const char *names[] = {"start", "stop", "step"};
  for (auto [part, known] : llvm::zip(e.elements(range), names))
    if (name == known)
      return part;
  return e.error(40, "ranges have no attribute '" + name + "' here");
}
