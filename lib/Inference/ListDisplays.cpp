//===- ListDisplays.cpp - Lists whose elements are known --------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `[a, b]` is a list, but as long as nothing changes it, its elements are known
// one by one: np.array([[a, b], [c, d]]) is of shape (2, 2), and [a, b][0] is
// a. The abstract value of a list remembers the elements that were put into it;
// a value that comes from several blocks does not.
//
// Whether an update is seen through another reference is for the running
// program to count, so all references must be there: elements are taken from
// here only while nothing but reading was done with a list.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Lists.h"

using namespace mlir;
using namespace mlir::myia;

Type myia::joinListElements(Emitter &e, Type lhs, Type rhs) {
  rhs = widen(rhs, /*floatsOnly=*/false);
  Type joined = lhs ? join(lhs, rhs) : rhs;
  if (!e.engine.isTooLarge(joined))
    return joined;
  e.error(70, "a list whose structure grows with every call or iteration");
  return {};
}

Ref myia::withElements(Emitter &e, Value list, ArrayRef<Ref> elements) {
  return e.engine.make({list.getType(), list, e.engine.copy(elements)});
}

Ref myia::makeList(Emitter &e, ArrayRef<Ref> elements) {
  Type element;
  for (Ref each : elements)
    if (!(element = joinListElements(e, element, each->type)))
      return nullptr;
  SmallVector<Value> values;
  for (Ref each : elements)
    values.push_back(e.convert(each, element));
  auto type = element ? ListType::get(e.context(), element)
                      : ListType::get(e.context(), {});
  Value list =
      MakeListOp::create(e.builder, e.loc, type, elements.size(), values);
  return withElements(e, list, elements);
}

bool myia::holdsLists(Type type) {
  SmallVector<Type> pending{type};
  while (!pending.empty()) {
    Type next = pending.pop_back_val();
    if (isList(next))
      return true;
    if (auto elements = getAggregateElements(next))
      llvm::append_range(pending, *elements);
  }
  return false;
}

/// Whether nothing was done with a list but what gives no way to change it, nor
/// what it holds.
static bool isOnlyRead(Value list) {
  Type element = getListElement(list.getType());
  bool isFlat = !element || !holdsLists(element);
  return llvm::all_of(list.getUsers(), [&](Operation *user) {
    return isa<ListLengthOp>(user) ||
           (isFlat && isa<ListGetOp, ListCopyOp>(user));
  });
}

/// The elements of a list, if they are known. `isPart` says that it was found
/// in another known list.
static std::optional<ArrayRef<Ref>> findElements(Ref list, bool isPart) {
  Value value = isList(list->type) ? list->value : Value();
  if (!value || !(isPart ? value.hasOneUse() : isOnlyRead(value)))
    return std::nullopt;
  auto display = value.getDefiningOp<MakeListOp>();
  bool isEmpty = display && display.getCount() == 0;
  if (list->elements.empty() && !isEmpty)
    return std::nullopt;
  return list->elements;
}

std::optional<ArrayRef<Ref>> myia::knownElements(Ref list) {
  return findElements(list, /*isPart=*/false);
}

Ref myia::writtenOut(Emitter &e, Ref list) {
  constexpr size_t maxElements = 32;
  auto elements = knownElements(list);
  return elements && elements->size() <= maxElements ? e.tuple(*elements)
                                                     : list;
}

static Ref toTuple(Emitter &e, Ref value, bool isPart) {
  std::optional<ArrayRef<Ref>> elements = findElements(value, isPart);
  if (isa<myia::TupleType>(value->type) && holdsLists(value->type))
    elements = e.elements(value);
  if (!elements)
    return value;
  bool isInList = isList(value->type);
  SmallVector<Ref> parts = llvm::map_to_vector(
      *elements, [&](Ref element) { return toTuple(e, element, isInList); });
  return e.tuple(parts);
}

Ref myia::listsAsTuples(Emitter &e, Ref value) {
  return toTuple(e, value, /*isPart=*/false);
}
