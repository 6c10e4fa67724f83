//===- Lists.cpp - Lists ----------------------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Making, reading and converting lists; the rest of their methods is in the
// prelude.
//
//===----------------------------------------------------------------------===//

#include "Lists.h"
#include "Engine.h"
#include "Handlers.h"
#include "Indexing.h"
#include "Primitives.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::myia;

Type myia::getListElement(Type list) {
  ArrayRef<Type> elements = llvm::cast<ListType>(list).getElements();
  return elements.empty() ? Type() : elements.front();
}

static ListType listOf(Emitter &e, Type element) {
  return element ? ListType::get(e.context(), element)
                 : ListType::get(e.context(), {});
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

/// Converts one element after the other; the one at `index`, if given, is
/// replaced by `value` instead. Elements that are lists are moved, so that
/// their counts tell whether others see them.
static Value convertElements(Emitter &e, Value list, ListType type, Value index,
                             Ref value) {
  OpBuilder &b = e.builder;
  auto renew = ListRenewOp::create(b, e.loc, list.getType(), type, list);
  Type from = getListElement(list.getType()), to = getListElement(type);
  if (!from)
    return renew.getResult();
  bool moves = holdsLists(from);
  Value length = ListLengthOp::create(b, e.loc, renew.getOld());
  Value zero = e.integerConstant(0), one = e.integerConstant(1);
  auto loop = scf::ForOp::create(b, e.loc, zero, length, one,
                                 {renew.getOld(), renew.getResult()});
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value rest = loop.getRegionIterArg(0), done = loop.getRegionIterArg(1);
  Value position = loop.getInductionVar();
  auto append = [&](Ref element) -> Value {
    return ListAppendOp::create(b, e.loc, done, e.convert(element, to));
  };
  auto convertNext = [&]() -> SmallVector<Value> {
    if (!moves) {
      auto get = ListGetOp::create(b, e.loc, from, rest, position);
      return {rest, append(e.wrap(get.getResult(0)))};
    }
    auto take = ListTakeOp::create(b, e.loc, TypeRange{rest.getType(), from},
                                   rest, position);
    return {take.getRest(), append(e.wrap(take.getValues()[0]))};
  };
  if (!index) {
    scf::YieldOp::create(b, e.loc, convertNext());
    return loop.getResult(1);
  }
  Value isReplaced = arith::CmpIOp::create(b, e.loc, arith::CmpIPredicate::eq,
                                           position, index);
  auto branch = scf::IfOp::create(b, e.loc, loop.getResultTypes(), isReplaced,
                                  /*withElseRegion=*/true);
  scf::YieldOp::create(b, e.loc, branch.getResults());
  b.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(b, e.loc, ValueRange{rest, append(value)});
  b.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(b, e.loc, convertNext());
  return loop.getResult(1);
}

Value myia::convertList(Emitter &e, Ref list, ListType type) {
  if (list->type == type)
    return e.materialize(list);
  return convertElements(e, e.materialize(list), type, nullptr, nullptr);
}

//===----------------------------------------------------------------------===//
// Items
//===----------------------------------------------------------------------===//

Ref myia::listLength(Emitter &e, Ref list) {
  if (auto elements = knownElements(list))
    return e.integer(elements->size());
  return e.wrap(e.emit<ListLengthOp>(e.materialize(list)));
}

Ref myia::listElement(Emitter &e, Ref list, Value index) {
  Type element = getListElement(list->type);
  auto get =
      ListGetOp::create(e.builder, e.loc, element, e.materialize(list), index);
  return e.wrap(get.getResult(0));
}

/// An integer that is not a bool array: what Python's `__index__` takes.
static bool isIndex(Type type) {
  if (Type number = getPythonNumber(type))
    return !number.isF64();
  auto array = getArray(type);
  return array && array.getRank() == 0 && array.getElementType().isInteger() &&
         !array.getElementType().isInteger(1);
}

Value myia::checkedPosition(Emitter &e, Ref list, Ref index,
                            StringRef message) {
  if (!isIndex(index->type)) {
    e.error(20, "list indices must be integers or slices [got " +
                    describe(index->type) + "]");
    return {};
  }
  Value value = e.scalar(index, e.builder.getI64Type());
  Value length = e.scalar(listLength(e, list), e.builder.getI64Type());
  Value negative = e.emit<arith::CmpIOp>(arith::CmpIPredicate::slt, value,
                                         e.integerConstant(0));
  Value wrapped = e.emit<arith::AddIOp>(value, length);
  value = e.emit<arith::SelectOp>(negative, wrapped, value);
  // One unsigned comparison covers both ends.
  Value outside =
      e.emit<arith::CmpIOp>(arith::CmpIPredicate::uge, value, length);
  return e.raiseIf(outside, "IndexError", message) ? value : Value();
}

/// A slice with bounds that need not be known: Python's slice.indices.
static Ref getListSlice(Emitter &e, Ref list, Ref slice) {
  ArrayRef<Ref> bounds = e.elements(slice);
  Value source = e.materialize(list);
  if (llvm::all_of(bounds, [](Ref bound) { return isNone(bound->type); }))
    return e.wrap(
        ListCopyOp::create(e.builder, e.loc, source.getType(), source));
  Type i64 = e.builder.getI64Type();
  using Compare = arith::CmpIPredicate;
  auto integer = [&](Ref bound) -> Value {
    if (isIndex(bound->type))
      return e.scalar(bound, i64);
    e.error(20, "slice indices must be integers or None [got " +
                    describe(bound->type) + "]");
    return {};
  };
  Value zero = e.integerConstant(0), one = e.integerConstant(1);
  Value step = isNone(bounds[2]->type) ? one : integer(bounds[2]);
  if (!step || !e.raiseIf(e.emit<arith::CmpIOp>(Compare::eq, step, zero),
                          "ValueError", "slice step cannot be zero"))
    return nullptr;
  Value length = e.scalar(listLength(e, list), i64);
  Value back = e.emit<arith::CmpIOp>(Compare::slt, step, zero);
  Value last = e.emit<arith::SubIOp>(length, one);
  Value low = e.emit<arith::SelectOp>(back, e.integerConstant(-1), zero);
  Value high = e.emit<arith::SelectOp>(back, last, length);
  auto clamp = [&](Ref bound, Value fallback) -> Value {
    if (isNone(bound->type))
      return fallback;
    Value value = integer(bound);
    if (!value)
      return {};
    Value negative = e.emit<arith::CmpIOp>(Compare::slt, value, zero);
    Value wrapped = e.emit<arith::AddIOp>(value, length);
    value = e.emit<arith::SelectOp>(negative, wrapped, value);
    value = e.emit<arith::MaxSIOp>(value, low);
    return e.emit<arith::MinSIOp>(value, high);
  };
  Value start = clamp(bounds[0], e.emit<arith::SelectOp>(back, high, low));
  Value stop = start
                   ? clamp(bounds[1], e.emit<arith::SelectOp>(back, low, high))
                   : Value();
  if (!stop)
    return nullptr;
  Value span = e.emit<arith::SubIOp>(stop, start);
  Value backSpan = e.emit<arith::SubIOp>(start, stop);
  span = e.emit<arith::SelectOp>(back, backSpan, span);
  Value backStep = e.emit<arith::SubIOp>(zero, step);
  Value stride = e.emit<arith::SelectOp>(back, backStep, step);
  span = e.emit<arith::MaxSIOp>(span, zero);
  Value count = e.emit<arith::CeilDivUIOp>(span, stride);

  OpBuilder &b = e.builder;
  auto type = llvm::cast<ListType>(list->type);
  Value result = MakeListOp::create(b, e.loc, type, 0, ValueRange());
  Type element = getListElement(type);
  if (!element)
    return e.wrap(result);
  auto loop = scf::ForOp::create(b, e.loc, zero, count, one, result);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value offset = e.emit<arith::MulIOp>(loop.getInductionVar(), step);
  Value position = e.emit<arith::AddIOp>(start, offset);
  auto get = ListGetOp::create(b, e.loc, element, source, position);
  result =
      ListAppendOp::create(b, e.loc, loop.getRegionIterArg(0), get.getValues());
  scf::YieldOp::create(b, e.loc, result);
  return e.wrap(loop.getResult(0));
}

Ref myia::getListItem(Emitter &e, Ref list, Ref index) {
  if (isSlice(index))
    return getListSlice(e, list, index);
  std::optional<int64_t> at = getStaticInt(index->type);
  if (auto elements = knownElements(list); elements && at) {
    int64_t size = elements->size();
    if (*at >= -size && *at < size)
      return (*elements)[*at < 0 ? *at + size : *at];
  }
  if (!getListElement(list->type))
    return e.raise("IndexError", "list index out of range");
  Value position = checkedPosition(e, list, index, "list index out of range");
  return position ? listElement(e, list, position) : nullptr;
}

Ref myia::replaceListElement(Emitter &e, Ref list, Value position, Ref value) {
  Type element = getListElement(list->type);
  Type joined = joinListElements(e, element, value->type);
  if (!joined)
    return nullptr;
  Value source = e.materialize(list);
  if (joined != element)
    return e.wrap(
        convertElements(e, source, listOf(e, joined), position, value));
  return e.wrap(ListSetOp::create(e.builder, e.loc, source.getType(), source,
                                  position, e.convert(value, joined)));
}

Ref myia::setListItem(Emitter &e, Ref list, Ref index, Ref value) {
  constexpr StringRef message = "list assignment index out of range";
  if (isSlice(index)) {
    ArrayRef<Ref> bounds = e.elements(index);
    if (!isNone(bounds[2]->type))
      return e.error(1, "assignment to a slice with a step: assign the items "
                        "one by one");
    return callListMethod(e, list, "__setslice__",
                          {{bounds[0], bounds[1], value}, {}});
  }
  if (!getListElement(list->type))
    return e.raise("IndexError", message);
  Value position = checkedPosition(e, list, index, message);
  return position ? replaceListElement(e, list, position, value) : nullptr;
}

Ref myia::appendToList(Emitter &e, Ref list, Ref value) {
  Type joined = joinListElements(e, getListElement(list->type), value->type);
  if (!joined)
    return nullptr;
  ListType type = listOf(e, joined);
  std::optional<ArrayRef<Ref>> known = knownElements(list);
  Value source = convertList(e, list, type);
  Value longer = ListAppendOp::create(e.builder, e.loc, type, source,
                                      e.convert(value, joined));
  if (!known)
    return e.wrap(longer);
  SmallVector<Ref> elements(*known);
  elements.push_back(value);
  return withElements(e, longer, elements);
}

//===----------------------------------------------------------------------===//
// Updates
//===----------------------------------------------------------------------===//

std::pair<Ref, Ref> myia::popFromList(Emitter &e, Ref list) {
  constexpr StringRef message = "pop from empty list";
  Type element = getListElement(list->type);
  if (!element)
    return {e.raise("IndexError", message), nullptr};
  Value length = e.scalar(listLength(e, list), e.builder.getI64Type());
  Value isEmpty = e.emit<arith::CmpIOp>(arith::CmpIPredicate::eq, length,
                                        e.integerConstant(0));
  if (!e.raiseIf(isEmpty, "IndexError", message))
    return {nullptr, nullptr};
  Value source = e.materialize(list);
  auto pop = ListPopOp::create(e.builder, e.loc,
                               TypeRange{source.getType(), element}, source);
  return {e.wrap(pop.getRest()), e.wrap(pop.getValues()[0])};
}

Ref myia::unshared(Emitter &e, Ref object) {
  return e.wrap(UnsharedOp::create(e.builder, e.loc, e.materialize(object)));
}

//===----------------------------------------------------------------------===//
// Methods and operators of the prelude
//===----------------------------------------------------------------------===//

Ref myia::callListMethod(Emitter &e, Ref list, StringRef name,
                         const CallArguments &arguments) {
  std::string symbol = ("list." + name).str();
  if (!e.engine.lookupFunction(symbol))
    return e.error(40, "lists have no attribute '" + name + "' here");
  Ref method = e.closure(FlatSymbolRefAttr::get(e.context(), symbol), {list});
  return call(e, method, arguments);
}

static StringRef operatorName(BinaryKind kind) {
  switch (kind) {
  case BinaryKind::add:
    return "__add__";
  case BinaryKind::mul:
    return "__mul__";
  case BinaryKind::eq:
    return "__eq__";
  case BinaryKind::ne:
    return "__ne__";
  case BinaryKind::lt:
    return "__lt__";
  case BinaryKind::le:
    return "__le__";
  case BinaryKind::gt:
    return "__gt__";
  case BinaryKind::ge:
    return "__ge__";
  default:
    return "";
  }
}

Ref myia::listBinary(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (kind == BinaryKind::mul && isIndex(lhs->type))
    std::swap(lhs, rhs);
  bool isTimes = kind == BinaryKind::mul && isIndex(rhs->type);
  bool areLists = isList(lhs->type) && isList(rhs->type);
  StringRef name = operatorName(kind);
  if (isTimes || (areLists && !name.empty() && kind != BinaryKind::mul))
    return callListMethod(e, lhs, name, {{rhs}, {}});
  if (kind == BinaryKind::eq || kind == BinaryKind::ne)
    return e.boolean(kind == BinaryKind::ne);
  return nullptr;
}

Ref myia::augmentedList(Emitter &e, BinaryKind kind, Ref list, Ref value) {
  if (kind == BinaryKind::add)
    return callListMethod(e, list, "__iadd__", {{value}, {}});
  return binary(e, kind, list, value);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

/// `list(iterable)`.
static Ref toList(Emitter &e, StringRef name, Arguments arguments) {
  if (!arguments[0])
    return makeList(e, {});
  Ref iterable = arguments[0];
  if (isa<myia::TupleType>(iterable->type))
    return makeList(e, e.elements(iterable));
  if (isList(iterable->type)) {
    Value source = e.materialize(iterable);
    auto known = knownElements(iterable);
    Value copy = ListCopyOp::create(e.builder, e.loc, source.getType(), source);
    return known ? withElements(e, copy, *known) : e.wrap(copy);
  }
  return callListMethod(e, iterable, "__new__", {});
}

/// The dtype of the array that np.array makes of a list of numbers.
static Ref dtypeOf(Emitter &e, Arguments arguments) {
  Type element = getListElement(arguments[0]->type);
  Type number = element ? getPythonNumber(element) : e.builder.getF64Type();
  return e.known(TypeAttr::get(number ? number : getElementType(element)));
}

/// A primitive that only the prelude calls, whose first argument is a list.
static Handler onList(std::function<Ref(Emitter &, Arguments)> apply) {
  return [apply](Emitter &e, StringRef name, Arguments arguments) {
    return isList(arguments[0]->type) ? apply(e, arguments)
                                      : badArgument(e, name, arguments[0]);
  };
}

void myia::addListPrimitives(PrimitiveTable &table) {
  const std::string module = "myia.prelude.list_intrinsics.";
  table["builtins.list"] = {"iterable? /", toList};
  table[module + "append"] = {
      "xs value", onList([](Emitter &e, Arguments arguments) {
        return appendToList(e, arguments[0], arguments[1]);
      }),
      /*fresh=*/false, /*changesFirst=*/true};
  table[module + "replace"] = {
      "xs index value", onList([](Emitter &e, Arguments arguments) {
        return setListItem(e, arguments[0], arguments[1], arguments[2]);
      })};
  table[module + "dtype"] = {"xs", onList(dtypeOf), /*fresh=*/true};
  table[module + "extensible"] = {
      "xs",
      [](Emitter &e, StringRef, Arguments arguments) {
        Type type = arguments[0]->type;
        return isList(type)
                   ? e.none()
                   : e.error(20, "only the extend() of a list takes a "
                                 "generator, not that of " +
                                     describe(type) + ": give it a list");
      },
      /*fresh=*/true};
  table[module + "drop"] = {"xs", onList([](Emitter &e, Arguments arguments) {
                              return popFromList(e, arguments[0]).first;
                            })};
  table[module + "like"] = {"xs", onList([](Emitter &e, Arguments arguments) {
                              auto type =
                                  llvm::cast<ListType>(arguments[0]->type);
                              Value empty = MakeListOp::create(
                                  e.builder, e.loc, type, 0, ValueRange());
                              return e.wrap(empty);
                            })};
}
