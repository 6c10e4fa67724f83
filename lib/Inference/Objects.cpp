//===- Objects.cpp - Attributes and items -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Attribute access, and subscripts of tuples and records.
//
//===----------------------------------------------------------------------===//

#include "Classes.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Indexing.h"
#include "Lists.h"
#include "Ranges.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::myia;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

Ref myia::noAttribute(Emitter &e, StringRef kind, StringRef name,
                      ArrayRef<StringRef> known) {
  auto distance = [&](StringRef each) { return name.edit_distance(each); };
  const StringRef *nearest =
      llvm::min_element(known, [&](StringRef a, StringRef b) {
        return distance(a) < distance(b);
      });
  std::string hint;
  if (nearest != known.end() && distance(*nearest) <= (name.size() + 1) / 3)
    hint = ("; did you mean '" + *nearest + "'?").str();
  return e.error(40, kind + " have no attribute '" + name + "' here" + hint);
}

/// The attributes of NumPy's arrays that are no methods.
static constexpr StringRef arrayData[] = {"shape", "ndim",     "size",
                                          "dtype", "itemsize", "nbytes",
                                          "real",  "imag",     "T"};

/// The methods of NumPy's arrays that do not change them.
static constexpr StringRef arrayMethods[] = {
    "all",     "any",     "argmax",   "argmin",       "argsort",   "astype",
    "choose",  "clip",    "compress", "conj",         "conjugate", "copy",
    "cumprod", "cumsum",  "diagonal", "dot",          "flatten",   "item",
    "max",     "mean",    "min",      "nonzero",      "prod",      "ravel",
    "repeat",  "reshape", "round",    "searchsorted", "squeeze",   "std",
    "sum",     "take",    "swapaxes", "tolist",       "trace",     "transpose",
    "var"};

static constexpr StringRef listMethods[] = {
    "append", "clear", "copy",   "count",   "extend", "index",
    "insert", "pop",   "remove", "reverse", "sort"};

/// An attribute of an array; `array` is its type, or that of its parts.
static Ref getArrayAttribute(Emitter &e, Ref object, RankedTensorType array,
                             StringRef name) {
  bool isComplex = myia::isComplex(object->type);
  Ref real = isComplex ? realPart(e, object) : object;
  if (name == "shape") {
    SmallVector<Ref> sizes;
    for (int64_t axis = 0; axis < array.getRank(); ++axis)
      sizes.push_back(e.sizeOf(real, axis));
    return e.tuple(sizes);
  }
  if (name == "ndim")
    return e.integer(array.getRank());
  if (name == "size")
    return e.countOf(e.shapeOf(real));
  if (name == "dtype")
    return e.known(TypeAttr::get(isComplex
                                     ? complexDtype(array.getElementType())
                                     : array.getElementType()));
  if (name == "itemsize" || name == "nbytes") {
    Type element = array.getElementType();
    int64_t bytes = llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
    bytes *= isComplex ? 2 : 1;
    return e.integer(name == "nbytes" ? bytes * array.getNumElements() : bytes);
  }
  if (name == "real")
    return real;
  if (name == "imag")
    return isComplex ? imaginaryPart(e, object)
                     : callPrimitive(e, "numpy.zeros_like", {{object}, {}});
  if (name == "T")
    return callPrimitive(e, "numpy.transpose", {{object}, {}});
  std::string method = ("array." + name).str();
  if (e.engine.lookupFunction(method))
    return e.closure(FlatSymbolRefAttr::get(e.context(), method), {object});
  for (std::string primitive : {method, ("numpy." + name).str()})
    if (llvm::is_contained(arrayMethods, name) && isPrimitive(primitive))
      return e.closure(PrimAttr::get(e.context(), primitive), {object});
  if (name == "fill")
    return e.error(2, "'fill' changes the array, which must be a variable of "
                      "this function, or a part of one: give it a name first");
  SmallVector<StringRef> known = llvm::to_vector(ArrayRef(arrayData));
  llvm::append_range(known, arrayMethods);
  return noAttribute(e, "arrays", name, known);
}

static Ref getListAttribute(Emitter &e, Ref object, StringRef name) {
  std::string method = ("list." + name).str();
  if (e.engine.lookupFunction(method))
    return e.closure(FlatSymbolRefAttr::get(e.context(), method), {object});
  if (name == "append" ||
      e.engine.lookupFunction(("list.update." + name).str()))
    return e.error(
        2, "'" + name +
               "' changes the list, which must be a variable "
               "of this function, or a part of one: give it a name first");
  return noAttribute(e, "lists", name, listMethods);
}

Ref myia::getAttribute(Emitter &e, Ref object, StringRef name) {
  if (ClassOp cls = getClass(e, object->type))
    return getInstanceAttribute(e, object, cls, name);
  if (auto array = getAnyArray(object->type))
    return getArrayAttribute(e, object, array, name);
  if (isPythonComplex(object->type) && (name == "real" || name == "imag"))
    return e.elements(object)[name == "imag"];
  if (isPythonComplex(object->type) && name == "conjugate")
    return e.closure(FlatSymbolRefAttr::get(e.context(), "complex.conjugate"),
                     {object});
  if (getStaticString(object->type) || isText(object->type))
    return e.closure(PrimAttr::get(e.context(), ("str." + name).str()),
                     {object});
  if (auto known = dyn_cast_or_null<ObjectAttr>(getStatic(object->type)))
    if (Attribute value = known.getAttributes().get(name))
      return constant(e, value);
  if (isList(object->type))
    return getListAttribute(e, object, name);
  if (isDict(object->type))
    return getDictAttribute(e, object, name);
  if (isRange(object->type))
    return rangeAttribute(e, object, name);
  if (ClassOp cls = asClass(e, object))
    return getClassAttribute(e, cls, name);
  return e.error(40,
                 describe(object->type) + " has no attribute '" + name + "'");
}

//===----------------------------------------------------------------------===//
// Items of tuples
//===----------------------------------------------------------------------===//

/// An element of a tuple at a position that is known at run time only: all of
/// them have one type.
static Ref chooseElement(Emitter &e, ArrayRef<Ref> elements, Ref index) {
  int64_t size = elements.size();
  Type type = size ? widen(elements[0]->type, /*floatsOnly=*/false) : Type();
  bool isUniform = llvm::all_of(elements, [&](Ref element) {
    return widen(element->type, /*floatsOnly=*/false) == type;
  });
  if (!type || isa<StaticType>(type) || !isUniform)
    return e.error(26, "the index of a tuple must be known when compiling, "
                       "unless all elements are of one type");
  using Compare = arith::CmpIPredicate;
  Value at = e.scalar(index, e.builder.getI64Type());
  Value negative =
      e.emit<arith::CmpIOp>(Compare::slt, at, e.integerConstant(0));
  Value wrapped = e.emit<arith::AddIOp>(at, e.integerConstant(size));
  at = e.emit<arith::SelectOp>(negative, wrapped, at);
  Value outside =
      e.emit<arith::CmpIOp>(Compare::uge, at, e.integerConstant(size));
  if (!e.raiseIf(outside, "IndexError", "tuple index out of range"))
    return nullptr;
  Value chosen = e.convert(elements[0], type);
  for (int64_t i = 1; i < size; ++i) {
    Value isHere = e.emit<arith::CmpIOp>(Compare::eq, at, e.integerConstant(i));
    chosen =
        e.emit<arith::SelectOp>(isHere, e.convert(elements[i], type), chosen);
  }
  return e.wrap(chosen);
}

static Ref getTupleItem(Emitter &e, Ref object, Ref index) {
  ArrayRef<Ref> elements = e.elements(object);
  int64_t size = elements.size();
  if (isSlice(index)) {
    std::optional<SliceRange> range = getRange(e, index, e.integer(size));
    if (!range)
      return nullptr;
    auto start = getStaticInt(range->start->type),
         count = getStaticInt(range->count->type),
         step = getStaticInt(range->step->type);
    if (!start || !count || !step)
      return e.error(26, "the bounds of a slice of a tuple must be known when "
                         "compiling");
    SmallVector<Ref> taken;
    for (int64_t i = 0; i < *count; ++i)
      taken.push_back(elements[*start + i * *step]);
    return e.tuple(taken);
  }
  Type number = getPythonNumber(index->type);
  if (!number || number.isF64())
    return e.error(20, "tuple indices must be integers or slices [got " +
                           describe(index->type) + "]");
  std::optional<int64_t> at = getStaticInt(index->type);
  if (!at)
    return chooseElement(e, elements, index);
  if (*at < -size || *at >= size)
    return e.raise("IndexError", "tuple index out of range");
  return elements[*at < 0 ? *at + size : *at];
}

Ref myia::getItem(Emitter &e, Ref object, Ref index) {
  if (!defines(e, object, "__getitem__"))
    object = asTuple(e, object);
  if (isa<myia::TupleType>(object->type))
    return getTupleItem(e, object, index);
  if (getArray(object->type))
    return getArrayItem(e, object, index);
  if (isComplex(object->type))
    return getComplexItem(e, object, index);
  if (isList(object->type))
    return getListItem(e, object, index);
  if (isDict(object->type))
    return getDictItem(e, object, index);
  if (isRange(object->type))
    return rangeItem(e, object, index);
  if (auto text = getStaticString(object->type)) {
    Ref part = getTupleItem(e, stringCharacters(e, *text), index);
    if (!part || !isa<myia::TupleType>(part->type))
      return part;
    std::string joined;
    for (Ref character : e.elements(part))
      joined += *getStaticString(character->type);
    return e.known(e.builder.getStringAttr(joined));
  }
  if (getClass(e, object->type)) {
    Ref method = getAttribute(e, object, "__getitem__");
    return method ? call(e, method, {{index}, {}}) : nullptr;
  }
  return e.error(20, describe(object->type) + " is not subscriptable");
}

Ref myia::setItem(Emitter &e, Ref object, Ref index, Ref value) {
  if (auto array = getArray(object->type); array && array.getRank() > 0)
    return setArrayItem(e, object, index, value);
  if (auto array = getComplexArray(object->type); array && array.getRank() > 0)
    return setComplexItem(e, object, index, value);
  if (isList(object->type))
    return setListItem(e, object, index, value);
  if (isDict(object->type))
    return setDictItem(e, object, index, value);
  return e.error(2, describe(object->type) +
                        " does not support item assignment: "
                        "build a new value instead");
}

/// The elements of a list, whose length is known at run time only; those beside
/// the first and last ones as a list.
static LogicalResult unpackList(Emitter &e, Ref list, unsigned count,
                                std::optional<uint64_t> starred,
                                SmallVectorImpl<Ref> &results) {
  unsigned needed = count - starred.has_value();
  Ref size = listLength(e, list);
  Value length = e.materialize(size);
  std::string expected = (starred ? "at least " : "") + std::to_string(needed);
  auto check = [&](arith::CmpIPredicate predicate, int64_t size,
                   const std::string &message) {
    Value holds =
        e.emit<arith::CmpIOp>(predicate, length, e.integerConstant(size));
    return e.raiseIf(holds, "ValueError", message);
  };
  if (!starred &&
      !check(arith::CmpIPredicate::sgt, needed,
             "too many values to unpack (expected " + expected + ")"))
    return failure();
  auto tooFew = [&](unsigned size) {
    return "not enough values to unpack (expected " + expected + ", got " +
           std::to_string(size) + ")";
  };
  if (!getListElement(list->type) && needed)
    return e.raise("ValueError", tooFew(0)), failure();
  for (unsigned i = 0; i < needed; ++i)
    if (!check(arith::CmpIPredicate::eq, i, tooFew(i)))
      return failure();
  auto fromEnd = [&](unsigned distance) {
    return binary(e, BinaryKind::sub, size, e.integer(distance));
  };
  for (unsigned i = 0; i < count; ++i) {
    if (!starred || i < *starred) {
      results.push_back(listElement(e, list, e.integerConstant(i)));
    } else if (i > *starred) {
      Value at = e.scalar(fromEnd(count - i), e.builder.getI64Type());
      results.push_back(listElement(e, list, at));
    } else {
      Ref slice =
          e.iterator("slice", {e.integer(i), fromEnd(count - i - 1), e.none()});
      results.push_back(getListItem(e, list, slice));
    }
  }
  return success();
}

/// The numbers of a short range whose bounds are known when compiling.
static std::optional<SmallVector<Ref>> knownRange(Emitter &e, Ref range) {
  SmallVector<int64_t> bounds;
  for (Ref part : e.elements(range)) {
    auto known = getStaticInt(part->type);
    if (!known)
      return std::nullopt;
    bounds.push_back(*known);
  }
  SmallVector<Ref> numbers;
  int64_t start = bounds[0], stop = bounds[1], step = bounds[2];
  for (int64_t i = start; step > 0 ? i < stop : i > stop; i += step) {
    if (numbers.size() == 1000) // a tuple is for a few
      return std::nullopt;
    numbers.push_back(e.integer(i));
  }
  return numbers;
}

std::optional<SmallVector<Ref>> myia::sequenceElements(Emitter &e,
                                                       Ref sequence) {
  if (!defines(e, sequence, "__iter__"))
    sequence = asTuple(e, sequence);
  if (isRange(sequence->type))
    return knownRange(e, sequence);
  auto iterator = dyn_cast<IteratorType>(sequence->type);
  if (iterator && iterator.getKind() == "iter")
    return sequenceElements(e, e.elements(sequence)[0]);
  if (isa<myia::TupleType>(sequence->type))
    return SmallVector<Ref>(e.elements(sequence));
  if (auto elements = knownElements(sequence))
    return SmallVector<Ref>(*elements);
  if (auto elements = dictElements(e, sequence))
    return elements;
  if (auto text = getStaticString(sequence->type))
    return SmallVector<Ref>(e.elements(stringCharacters(e, *text)));
  auto array = getAnyArray(sequence->type);
  if (!array || array.getRank() == 0 || array.isDynamicDim(0))
    return std::nullopt;
  SmallVector<Ref> rows;
  for (int64_t i = 0; i < array.getDimSize(0); ++i) {
    rows.push_back(getItem(e, sequence, e.integer(i)));
    if (!rows.back())
      return std::nullopt;
  }
  return rows;
}

/// The rows of an array that has to have `count` of them at run time.
static LogicalResult unpackRows(Emitter &e, Ref array, unsigned count,
                                SmallVectorImpl<Ref> &results) {
  Ref size = e.sizeOf(isComplex(array->type) ? realPart(e, array) : array, 0);
  std::string expected = "(expected " + std::to_string(count) + ")";
  auto raiseIf = [&](BinaryKind kind, const std::string &message) {
    Ref wrong = binary(e, kind, size, e.integer(count));
    return e.raiseIf(e.scalar(wrong, e.builder.getI1Type()), "ValueError",
                     message + expected);
  };
  if (!raiseIf(BinaryKind::gt, "too many values to unpack ") ||
      !raiseIf(BinaryKind::lt, "not enough values to unpack "))
    return failure();
  for (unsigned i = 0; i < count; ++i) {
    results.push_back(getItem(e, array, e.integer(i)));
    if (!results.back())
      return failure();
  }
  return success();
}

LogicalResult myia::unpackSequence(Emitter &e, Ref sequence, unsigned count,
                                   std::optional<uint64_t> starred,
                                   SmallVectorImpl<Ref> &results) {
  auto array = getAnyArray(sequence->type);
  if (array && array.getRank() > 0 && array.isDynamicDim(0) && !starred)
    return unpackRows(e, sequence, count, results);
  if (isList(sequence->type) && !knownElements(sequence))
    return unpackList(e, sequence, count, starred, results);
  std::optional<SmallVector<Ref>> elements = sequenceElements(e, sequence);
  if (!elements) {
    if (e.outcome == Outcome::Normal)
      e.error(27, "cannot unpack " + describe(sequence->type));
    return failure();
  }
  size_t size = elements->size(), needed = count - starred.has_value();
  if (starred ? size < needed : size != needed) {
    std::string expected =
        (starred ? "at least " : "") + std::to_string(needed);
    e.raise("ValueError",
            size > needed
                ? "too many values to unpack (expected " + expected + ")"
                : "not enough values to unpack (expected " + expected +
                      ", got " + std::to_string(size) + ")");
    return failure();
  }
  ArrayRef<Ref> rest(*elements);
  if (!starred) {
    llvm::append_range(results, rest);
    return success();
  }
  size_t extra = size - needed;
  llvm::append_range(results, rest.take_front(*starred));
  results.push_back(e.tuple(rest.slice(*starred, extra)));
  llvm::append_range(results, rest.drop_front(*starred + extra));
  return success();
}
