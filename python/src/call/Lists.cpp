//===- Lists.cpp - Lists as arguments -------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A list is copied into memory of the call. First its elements are walked to
// find the signature that holds them all, then they are stored by it.
//
//===----------------------------------------------------------------------===//

#include "Flatten.h"

using namespace mlir::myia::python;

namespace {

using Words = std::vector<uint64_t>;

/// Reads one value after the other of a signature.
struct Cursor {
  const uint64_t *at, *end;

  explicit Cursor(const Words &words)
      : at(words.data()), end(words.data() + words.size()) {}
  Tag tag() const { return Tag(*at & 255); }
  uint64_t number() const { return *at >> 8; }
};

} // namespace

/// Copies words that must be the same in both.
static bool joinEqual(Cursor &a, Cursor &b, size_t count, Words &joined) {
  for (; count; --count, ++a.at, ++b.at) {
    if (*a.at != *b.at)
      return false;
    joined.push_back(*a.at);
  }
  return true;
}

static bool join(Cursor &a, Cursor &b, Words &joined);

static bool joinMany(Cursor &a, Cursor &b, size_t count, Words &joined) {
  for (; count; --count)
    if (!join(a, b, joined))
      return false;
  return true;
}

/// An empty list joins with any other.
static bool joinLists(Cursor &a, Cursor &b, Words &joined) {
  bool hasA = a.number(), hasB = b.number();
  ++a.at;
  ++b.at;
  joined.push_back(word(TagList, hasA || hasB));
  if (hasA && hasB)
    return join(a, b, joined);
  if (!hasA && !hasB)
    return true;
  Cursor &some = hasA ? a : b;
  Cursor same = some;
  return join(some, same, joined);
}

/// The signature of a value that may be either of two; false if there is none.
/// Kinds of numbers are promoted.
static bool join(Cursor &a, Cursor &b, Words &joined) {
  auto isNumber = [](Tag tag) { return tag >= TagBool && tag <= TagFloat; };
  if (isNumber(a.tag()) && isNumber(b.tag())) {
    joined.push_back(std::max(*a.at++, *b.at++));
    return true;
  }
  if (a.tag() == TagList && b.tag() == TagList)
    return joinLists(a, b, joined);
  uint64_t number = a.number();
  bool isNamed = (number & 255) == 255;
  if (isComplexWord(*a.at)) // of two slots
    return false;
  switch (a.tag()) {
  case TagTuple:
    return joinEqual(a, b, 1, joined) && joinMany(a, b, number, joined);
  case TagRecord:
    return joinEqual(a, b, 2, joined) &&
           joinMany(a, b, countFields(joined.back()), joined);
  case TagScalar:
    return joinEqual(a, b, 1 + isNamed, joined);
  case TagArray:
    return joinEqual(a, b, 1 + isNamed + (number >> 8), joined);
  case TagStatic:
    return joinEqual(a, b, 2, joined);
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// Storing
//===----------------------------------------------------------------------===//

namespace {

/// The memory of a list that the call borrows.
struct ListBlock {
  MyiaObject header;
  MyiaList list;
  MyiaType type;
};

/// Stores values by a signature, one slot after the other.
class Storer {
public:
  explicit Storer(Arguments &arguments) : arguments(arguments) {}

  /// Stores `value`, moving the cursor over its signature.
  bool store(PyObject *value, Cursor &signature, int64_t *&slot);

private:
  bool storeParts(PyObject *value, Cursor &signature, int64_t *&slot);
  bool storePlain(PyObject *value, Cursor &signature, int64_t *&slot);

  Arguments &arguments;
};

} // namespace

static bool refuseChange() {
  PyErr_SetString(PyExc_RuntimeError,
                  "a list changed while it was passed to compiled code");
  return false;
}

/// Moves over one value, counting its slots; those of objects are noted.
static size_t countSlots(Cursor &signature, size_t first,
                         std::vector<int64_t> &objects) {
  Tag tag = signature.tag();
  uint64_t number = signature.number();
  bool isNamed = (number & 255) == 255;
  ++signature.at;
  size_t parts = 0, slots = 0;
  switch (tag) {
  case TagTuple:
    parts = number;
    break;
  case TagRecord:
    parts = countFields(*signature.at++);
    break;
  case TagStatic:
    ++signature.at;
    return 0;
  case TagScalar:
    signature.at += isNamed;
    return 1;
  case TagArray:
    signature.at += isNamed + (number >> 8);
    objects.push_back(first * 8);
    return 1;
  case TagList: {
    std::vector<int64_t> inner;
    if (number)
      countSlots(signature, 0, inner);
    objects.push_back(first * 8);
    return 1;
  }
  default:
    return 1;
  }
  for (; parts; --parts)
    slots += countSlots(signature, first + slots, objects);
  return slots;
}

/// A list of `value`'s elements; `signature` is that of an element.
static MyiaObject *storeList(Arguments &arguments, PyObject *value,
                             Cursor &signature, bool hasElement) {
  std::vector<int64_t> objects;
  Cursor end = signature;
  size_t slots = hasElement ? countSlots(end, 0, objects) : 0;
  Py_ssize_t length = PyList_GET_SIZE(value);
  size_t bytes = sizeof(ListBlock) + 8 * (objects.size() + slots * length);
  arguments.blocks.emplace_back(new char[bytes]);
  auto *block = reinterpret_cast<ListBlock *>(arguments.blocks.back().get());
  auto *offsets = reinterpret_cast<int64_t *>(block + 1);
  int64_t *slot = offsets + objects.size();
  std::copy(objects.begin(), objects.end(), offsets);
  block->type = {4, int64_t(objects.size()), offsets};
  block->list = {
      reinterpret_cast<char *>(slot), length, length, int64_t(slots * 8), 0, 0};
  makeHeader(block->header, &block->type, &block->list, sizeof(MyiaList),
             value);
  Storer storer(arguments);
  for (Py_ssize_t i = 0; i < length; ++i) {
    Cursor element = signature;
    // Storing an element may run Python code.
    if (i >= PyList_GET_SIZE(value) && !refuseChange())
      return nullptr;
    Ref item = Ref::borrow(PyList_GET_ITEM(value, i));
    if (!storer.store(item.get(), element, slot))
      return nullptr;
  }
  signature = end;
  return &block->header;
}

/// A value of a kind that the rest of the call path knows how to flatten.
bool Storer::storePlain(PyObject *value, Cursor &signature, int64_t *&slot) {
  Arguments plain;
  if (!flatten(plain, value))
    return false;
  bool isNumber = signature.tag() >= TagBool && signature.tag() <= TagFloat;
  Words words(plain.words.begin(), plain.words.end());
  auto *begin = words.data(), *end = begin + words.size();
  bool fits = size_t(signature.end - signature.at) >= words.size() &&
              (isNumber ? words.size() == 1 && words[0] <= *signature.at
                        : std::equal(begin, end, signature.at));
  if (!fits)
    return refuseChange();
  for (PyObject *object : plain.held) {
    Py_INCREF(object);
    arguments.held.push(object);
  }
  if (plain.slots.size() == 1) {
    int64_t bits = plain.slots[0];
    if (signature.tag() == TagFloat && words[0] != word(TagFloat)) {
      double number = double(bits);
      memcpy(&bits, &number, sizeof(bits));
    }
    *slot = bits;
    if (plain.arrays.size() == 1)
      arguments.arrays.push({0, plain.arrays[0].array, slot});
    ++slot;
  }
  signature.at += words.size();
  return true;
}

bool Storer::storeParts(PyObject *value, Cursor &signature, int64_t *&slot) {
  if (signature.tag() == TagTuple) {
    if (uint64_t(PyTuple_GET_SIZE(value)) != signature.number())
      return refuseChange();
    ++signature.at;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(value); ++i)
      if (!store(PyTuple_GET_ITEM(value, i), signature, slot))
        return false;
    return true;
  }
  if (signature.at[1] != reinterpret_cast<uintptr_t>(Py_TYPE(value)))
    return refuseChange();
  signature.at += 2;
  return forEachField(value, [&](PyObject *item) {
    arguments.held.push(item);
    return store(item, signature, slot);
  });
}

bool Storer::store(PyObject *value, Cursor &signature, int64_t *&slot) {
  bool isTuple = signature.tag() == TagTuple && PyTuple_CheckExact(value);
  if (isTuple || signature.tag() == TagRecord)
    return storeParts(value, signature, slot);
  if (signature.tag() != TagList || !PyList_CheckExact(value))
    return storePlain(value, signature, slot);
  bool hasElement = signature.number();
  ++signature.at;
  MyiaObject *list = storeList(arguments, value, signature, hasElement);
  *slot++ = reinterpret_cast<intptr_t>(list);
  return list;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

static Tag getNumberTag(PyObject *item) {
  return PyFloat_CheckExact(item)  ? TagFloat
         : PyLong_CheckExact(item) ? TagInt
         : PyBool_Check(item)      ? TagBool
                                   : TagOmitted;
}

/// The signature of one element. What its words name stays alive with
/// `arguments`.
static bool describe(Arguments &arguments, PyObject *item, Words &words) {
  if (Tag tag = getNumberTag(item); tag != TagOmitted) {
    words.push_back(word(tag));
    return true;
  }
  Arguments plain;
  if (!flatten(plain, item))
    return false;
  words.assign(plain.words.begin(), plain.words.end());
  for (PyObject *object : plain.named)
    arguments.named.push(object);
  for (PyObject *object : plain.held) {
    Py_INCREF(object);
    arguments.held.push(object);
  }
  return true;
}

/// The signature that holds every element, empty if there is none. Where no
/// signature does, it is specialising that says why.
static bool describeElements(Arguments &arguments, PyObject *value,
                             Words &element) {
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); ++i) {
    // Describing an element may run Python code.
    Ref item = Ref::borrow(PyList_GET_ITEM(value, i));
    Tag tag = getNumberTag(item.get());
    if (tag != TagOmitted && element.size() == 1 && element[0] >= word(tag) &&
        element[0] <= word(TagFloat))
      continue;
    Words next, joined;
    if (!describe(arguments, item.get(), next))
      return false;
    Cursor a(element.empty() ? next : element), b(next);
    if (!join(a, b, joined))
      return false;
    element = std::move(joined);
  }
  return true;
}

bool mlir::myia::python::flattenList(Arguments &arguments, PyObject *value) {
  Words element;
  if (!describeElements(arguments, value, element))
    return false;
  arguments.words.push(word(TagList, !element.empty()));
  for (uint64_t each : element)
    arguments.words.push(each);
  Cursor signature(element);
  MyiaObject *list = storeList(arguments, value, signature, !element.empty());
  arguments.slots.push(reinterpret_cast<intptr_t>(list));
  return list;
}
