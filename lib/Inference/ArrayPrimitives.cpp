//===- ArrayPrimitives.cpp - Library functions on whole arrays --*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Making arrays, and their dtypes.
//
//===----------------------------------------------------------------------===//

#include "ArrayPrimitives.h"
#include "Arithmetic.h"
#include "Handlers.h"
#include "Lists.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::myia;

bool myia::raiseWhen(Emitter &e, Ref condition, StringRef message) {
  return e.raiseIf(e.scalar(condition, e.builder.getI1Type()), "ValueError",
                   message);
}

static Ref full(Emitter &e, StringRef name, Ref shape, Ref value, Ref dtype,
                Type fallback) {
  auto sizes = getShape(e, name, shape);
  Type element =
      dtype && !isNone(dtype->type) ? getDtype(e, name, dtype) : fallback;
  if (!sizes || !element)
    return nullptr;
  if (!e.fits(value, element))
    return nullptr;
  if (!e.broadcastsTo(e.shapeOf(value), *sizes))
    return badArgument(e, name, value);
  return e.wrap(e.array(value, element, *sizes));
}

/// np.arange with a float: as many numbers as NumPy counts.
static Ref arangeFloat(Emitter &e, ArrayRef<Ref> bounds) {
  Type f64 = e.builder.getF64Type();
  Value start =
      bounds.size() > 1 ? e.scalar(bounds[0], f64) : e.floatConstant(0);
  Value stop = e.scalar(bounds[bounds.size() > 1], f64);
  Value step =
      bounds.size() > 2 ? e.scalar(bounds[2], f64) : e.floatConstant(1);
  using Compare = arith::CmpFPredicate;
  if (!e.raiseIf(e.emit<arith::CmpFOp>(Compare::OEQ, step, e.floatConstant(0)),
                 "ZeroDivisionError", "division by zero"))
    return nullptr;
  Value span = e.emit<arith::SubFOp>(stop, start);
  Value count = e.emit<math::CeilOp>(e.emit<arith::DivFOp>(span, step));
  if (!e.raiseIf(
          e.emit<arith::CmpFOp>(Compare::UGE, count, e.floatConstant(1e12)),
          "ValueError", "Maximum allowed size exceeded"))
    return nullptr;
  count = e.emit<arith::MaximumFOp>(count, e.floatConstant(0));
  Shape shape;
  e.addDimension(
      shape, e.wrap(e.emit<arith::FPToSIOp>(e.builder.getI64Type(), count)));
  Ref numbers =
      e.wrap(IotaOp::create(e.builder, e.loc, shape.of(f64), shape.sizes()));
  Value delta =
      e.emit<arith::SubFOp>(e.emit<arith::AddFOp>(start, step), start);
  numbers = binary(e, BinaryKind::mul, numbers, e.wrap(delta));
  return binary(e, BinaryKind::add, numbers, e.wrap(start));
}

static Ref arangeInteger(Emitter &e, ArrayRef<Ref> bounds) {
  Ref start = bounds.size() > 1 ? bounds[0] : e.integer(0);
  Ref stop = bounds.size() > 1 ? bounds[1] : bounds[0];
  Ref step = bounds.size() > 2 ? bounds[2] : e.integer(1);
  // The number of turns of a range: the division rounds up.
  Ref distance = binary(e, BinaryKind::sub, start, stop);
  Ref turns = binary(e, BinaryKind::floordiv, distance, step);
  if (!turns)
    return nullptr;
  turns = binary(e, BinaryKind::sub, e.integer(0), turns);
  Shape shape;
  e.addDimension(shape, pythonExtremum(e, /*isMax=*/true, e.integer(0), turns));
  Type i64 = e.builder.getI64Type();
  Ref result =
      e.wrap(IotaOp::create(e.builder, e.loc, shape.of(i64), shape.sizes()));
  if (getStaticInt(step->type) != 1)
    result = binary(e, BinaryKind::mul, result, step);
  if (getStaticInt(start->type) != 0)
    result = binary(e, BinaryKind::add, result, start);
  return result;
}

static Ref arange(Emitter &e, StringRef name, Arguments arguments) {
  SmallVector<Ref> given, bounds;
  for (Ref argument : arguments.take_front(3)) {
    if (!argument)
      continue;
    auto array = getArray(argument->type);
    bool isSmall = array && isa<FloatType>(array.getElementType()) &&
                   !array.getElementType().isF64();
    if (!isNumeric(argument->type) || isSmall || (array && array.getRank() > 0))
      return badArgument(e, name, argument);
    given.push_back(argument);
    bounds.push_back(getInteger(e, argument));
  }
  Ref result = llvm::is_contained(bounds, nullptr) ? arangeFloat(e, given)
                                                   : arangeInteger(e, bounds);
  if (!result || !arguments[3] || isNone(arguments[3]->type))
    return result;
  Type element = getDtype(e, name, arguments[3]);
  return element ? e.wrap(e.cast(result->value, element)) : nullptr;
}

static Ref same(Emitter &e, StringRef name, Arguments arguments) {
  return arrayArgument(e, name, arguments[0]);
}

static Ref item(Emitter &e, StringRef name, Arguments arguments) {
  RankedTensorType type = typeOf(arguments[0]);
  Ref only =
      getOnlyElement(e, arguments[0],
                     "can only convert an array of size 1 to a Python scalar");
  if (!only)
    return nullptr;
  Type element = type.getElementType();
  Type python = isa<FloatType>(element) ? Type(e.builder.getF64Type())
                : element.isInteger(1)  ? element
                                        : Type(e.builder.getI64Type());
  return e.wrap(e.scalar(only, python));
}

/// `array.astype(dtype)` and `np.float32(x)`.
static Ref castTo(Emitter &e, StringRef name, Ref dtype, Ref value) {
  Type element = getDtype(e, name, dtype);
  if (!element)
    return nullptr;
  if (!e.fits(value, element))
    return nullptr;
  Ref array = arrayArgument(e, name, value);
  return array ? e.wrap(e.cast(array->value, element)) : nullptr;
}

/// Checks that the dtype holds every Python int in `object`, at any depth.
static bool allFit(Emitter &e, StringRef name, Type element, Ref object) {
  SmallVector<Ref> pending{listsAsTuples(e, object)};
  while (!pending.empty()) {
    Ref value = pending.pop_back_val();
    if (isa<myia::TupleType>(value->type)) {
      llvm::append_range(pending, llvm::reverse(e.elements(value)));
    } else if (isList(value->type)) {
      bool isNarrow = isa<IntegerType>(element) && !element.isInteger(1) &&
                      !element.isInteger(64);
      isNarrow |= element.isUnsignedInteger();
      bool hasInts = Type(value->type)
                         .walk([](IntegerType type) {
                           return type.isInteger(64) ? WalkResult::interrupt()
                                                     : WalkResult::advance();
                         })
                         .wasInterrupted();
      if (isNarrow && hasInts)
        return e.error(20, name + "() does not check that " +
                               describe(RankedTensorType::get({}, element)) +
                               " holds the elements of a list: write "
                               "np.array(xs).astype(dtype), which wraps");
    } else if (!e.fits(value, element)) {
      return false;
    }
  }
  return true;
}

/// np.array and np.asarray.
static Ref makeArray(Emitter &e, StringRef name, Arguments arguments) {
  Ref dtype = arguments[1];
  if (!dtype || isNone(dtype->type))
    return arrayArgument(e, name, arguments[0]);
  Type element = getDtype(e, name, dtype);
  if (!element || !allFit(e, name, element, arguments[0]))
    return nullptr;
  return castTo(e, name, dtype, arguments[0]);
}

void myia::addArrayPrimitives(PrimitiveTable &table) {
  table["numpy.asarray"] = {"a dtype?", makeArray};
  table["numpy.array"] = {"object dtype?", makeArray, /*fresh=*/true};
  table["numpy.copy"] = {"a", same, /*fresh=*/true};
  table["numpy.arange"] = {"start_or_stop / stop? step? * dtype?", arange,
                           true};
  table["numpy.full"] = {
      "shape fill_value dtype?",
      [](Emitter &e, StringRef name, Arguments arguments) -> Ref {
        if (!isNumeric(arguments[1]->type))
          return badArgument(e, name, arguments[1]);
        Type number = getPythonNumber(arguments[1]->type);
        return full(e, name, arguments[0], arguments[1], arguments[2],
                    number ? number : getElementType(arguments[1]->type));
      },
      true};
  for (int64_t value : {0, 1}) {
    table[value ? "numpy.ones" : "numpy.zeros"] = {
        "shape dtype?",
        [value](Emitter &e, StringRef name, Arguments arguments) {
          return full(e, name, arguments[0], e.integer(value), arguments[1],
                      e.builder.getF64Type());
        },
        true};
    table[value ? "numpy.ones_like" : "numpy.zeros_like"] = {
        "a dtype?",
        [value](Emitter &e, StringRef name, Arguments arguments) -> Ref {
          Ref array = arrayArgument(e, name, arguments[0]);
          if (!array)
            return nullptr;
          SmallVector<Ref> sizes;
          for (int64_t axis = 0; axis < typeOf(array).getRank(); ++axis)
            sizes.push_back(e.sizeOf(array, axis));
          return full(e, name, e.tuple(sizes), e.integer(value), arguments[1],
                      typeOf(array).getElementType());
        },
        true};
  }
  table["array.astype"] = {"self / dtype",
                           [](Emitter &e, StringRef name, Arguments arguments) {
                             return castTo(e, name, arguments[1], arguments[0]);
                           },
                           /*fresh=*/true};
  table["myia.cast"] = {"dtype x /",
                        [](Emitter &e, StringRef name, Arguments arguments) {
                          return castTo(e, name, arguments[0], arguments[1]);
                        }};
  table["array.item"] = {"self /", item, /*fresh=*/true};
  table["numpy.ndarray"] = {}; // a class, for isinstance()
}
