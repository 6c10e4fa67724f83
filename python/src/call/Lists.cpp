//===- Lists.cpp - Lists as arguments -------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A list is copied into memory of the call. First its elements are walked to
// find the signature that holds them all; they are stored when the code for it,
// and so their layout, is known.
//
//===----------------------------------------------------------------------===//

#include "Fill.h"
#include "Flatten.h"

using namespace mlir::myia::python;

namespace {

using Words = std::vector<uint64_t>;

/// Reads one value after the other of a signature.
struct Cursor {
  const uint64_t *at;

  explicit Cursor(const Words &words) : at(words.data()) {}
  Tag tag() const { return Tag(*at & 255); }
  uint64_t number() const { return *at >> 8; }
};

} // namespace

//===----------------------------------------------------------------------===//
// Joining
//===----------------------------------------------------------------------===//

/// The size of an array that is not the same everywhere.
static constexpr uint64_t anySize = ~uint64_t(0);

/// The words of an array, or scalar, before its sizes.
static size_t countDtypeWords(const Cursor &cursor) {
  return (cursor.number() & 255) == 255 ? 2 : 1;
}

/// Moves over one value. False for those that no list may hold.
static bool skip(Cursor &cursor) {
  size_t parts = 0;
  switch (cursor.tag()) {
  case TagBool:
  case TagInt:
  case TagFloat:
  case TagComplex:
    ++cursor.at;
    return true;
  case TagScalar:
    cursor.at += countDtypeWords(cursor);
    return true;
  case TagArray:
    cursor.at += countDtypeWords(cursor) + (cursor.number() >> 8);
    return true;
  case TagStatic:
    cursor.at += 2;
    return true;
  case TagTuple:
  case TagUnion:
  case TagList:
    parts = cursor.number();
    ++cursor.at;
    break;
  case TagRecord:
    parts = countFields(cursor.at[1]);
    cursor.at += 2;
    break;
  case TagDict: // keys and values
    parts = 2 * cursor.number();
    ++cursor.at;
    break;
  default:
    return false;
  }
  for (; parts; --parts)
    if (!skip(cursor))
      return false;
  return true;
}

static std::vector<Words> getAlternatives(Cursor &cursor) {
  size_t count = 1;
  if (cursor.tag() == TagUnion) {
    count = cursor.number();
    ++cursor.at;
  }
  std::vector<Words> alternatives;
  for (; count; --count) {
    const uint64_t *begin = cursor.at;
    skip(cursor);
    alternatives.emplace_back(begin, cursor.at);
  }
  return alternatives;
}

static void join(Cursor &a, Cursor &b, Words &joined);

static bool isNumber(Tag tag) { return tag >= TagBool && tag <= TagComplex; }

/// Joins dicts, which need the same keys in the same order.
static bool joinDicts(Cursor a, Cursor b, Words &joined) {
  size_t count = a.number();
  if (*a.at != *b.at)
    return false;
  joined.push_back(*a.at);
  ++a.at;
  ++b.at;
  for (; count; --count) {
    if (!std::equal(a.at, a.at + 2, b.at))
      return false;
    joined.insert(joined.end(), a.at, a.at + 2);
    a.at += 2;
    b.at += 2;
    join(a, b, joined);
  }
  return true;
}

/// Joins what is one kind of value: numbers, which are promoted, lists, arrays
/// of one dtype and rank, tuples of one length, instances of one class. False
/// for others.
static bool joinAlike(Cursor a, Cursor b, Words &joined) {
  if (isNumber(a.tag()) && isNumber(b.tag())) {
    joined.push_back(std::max(*a.at, *b.at));
    return true;
  }
  if (a.tag() == TagList && b.tag() == TagList) {
    size_t parts = std::max(a.number(), b.number());
    joined.push_back(word(TagList, parts));
    Cursor &some = a.number() ? a : b, &other = b.number() ? b : a;
    ++a.at;
    ++b.at;
    if (parts) {
      Cursor first = some, second = other;
      join(first, second, joined);
    }
    return true;
  }
  if (a.tag() == TagDict && b.tag() == TagDict)
    return joinDicts(a, b, joined);
  size_t same = 1, parts = 0;
  switch (a.tag()) {
  case TagTuple:
    parts = a.number();
    break;
  case TagRecord:
    same = 2;
    parts = countFields(a.at[1]);
    break;
  case TagStatic:
    same = 2;
    break;
  case TagScalar:
  case TagArray:
    same = countDtypeWords(a);
    break;
  default:
    return false;
  }
  // The first word says how many there are; the other may have fewer.
  if (*a.at != *b.at || !std::equal(a.at, a.at + same, b.at))
    return false;
  size_t rank = a.tag() == TagArray ? a.number() >> 8 : 0;
  joined.insert(joined.end(), a.at, a.at + same);
  a.at += same;
  b.at += same;
  for (; rank; --rank, ++a.at, ++b.at)
    joined.push_back(*a.at == *b.at ? *a.at : anySize);
  for (; parts; --parts)
    join(a, b, joined);
  return true;
}

/// Code is made for so many alternatives at most. One more is kept, so that
/// specialising refuses the list.
static constexpr size_t mostAlternatives = 16;

/// Adds what a value may be, joined with what is alike. False if that changes
/// nothing.
static bool addAlternative(std::vector<Words> &alternatives,
                           const Words &other) {
  for (Words &words : alternatives) {
    if (words == other)
      return false;
    Words both;
    if (!joinAlike(Cursor(words), Cursor(other), both))
      continue;
    bool changed = both != words;
    words = std::move(both);
    return changed;
  }
  if (alternatives.size() > mostAlternatives)
    return false;
  alternatives.push_back(other);
  return true;
}

/// Appends the signature of what is one of these.
static void addUnion(std::vector<Words> &alternatives, Words &words) {
  std::sort(alternatives.begin(), alternatives.end());
  if (alternatives.size() > 1)
    words.push_back(word(TagUnion, alternatives.size()));
  for (const Words &each : alternatives)
    words.insert(words.end(), each.begin(), each.end());
}

/// The signature of a value that may be either of two. What is not alike is an
/// alternative.
static void join(Cursor &a, Cursor &b, Words &joined) {
  std::vector<Words> alternatives = getAlternatives(a);
  for (const Words &other : getAlternatives(b))
    addAlternative(alternatives, other);
  addUnion(alternatives, joined);
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

namespace {
/// Finds the signature that holds every element of a list.
class ElementWalk {
public:
  explicit ElementWalk(Arguments &arguments) : arguments(arguments) {}

  /// False for an element that no list may hold, as `flatten` does.
  bool add(PyObject *item);
  /// Empty if there was no element.
  void write(Words &words) { addUnion(alternatives, words); }

private:
  void addNumber(Tag tag);
  bool knows(const Arguments &element) const;

  Arguments &arguments;
  std::vector<Words> alternatives;
};
} // namespace

static Tag getNumberTag(PyObject *item) {
  return PyFloat_CheckExact(item)     ? TagFloat
         : PyLong_CheckExact(item)    ? TagInt
         : PyBool_Check(item)         ? TagBool
         : PyComplex_CheckExact(item) ? TagComplex
                                      : TagOmitted;
}

void ElementWalk::addNumber(Tag tag) {
  for (Words &known : alternatives)
    if (isNumber(Cursor(known).tag())) {
      known[0] = std::max(known[0], word(tag));
      return;
    }
  addAlternative(alternatives, {word(tag)});
}

bool ElementWalk::knows(const Arguments &element) const {
  const uint64_t *words = element.words.data();
  size_t count = element.words.size();
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](const Words &known) {
                       return known.size() == count &&
                              std::equal(known.begin(), known.end(), words);
                     });
}

bool ElementWalk::add(PyObject *item) {
  if (Tag tag = getNumberTag(item); tag != TagOmitted) {
    addNumber(tag);
    return true;
  }
  Arguments element;
  if (!flatten(element, item))
    return false;
  if (knows(element))
    return true;
  Words words(element.words.begin(), element.words.end());
  Cursor end(words);
  if (!skip(end))
    return false;
  if (!addAlternative(alternatives, words))
    return true;
  // The list may lose the element before the call is over: what the words name
  // is kept.
  for (PyObject *object : element.named) {
    Py_INCREF(object);
    arguments.held.push(object);
    arguments.named.push(object);
  }
  return true;
}

bool mlir::myia::python::flattenList(Arguments &arguments, PyObject *value) {
  ElementWalk walk(arguments);
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); ++i) {
    // Looking at an element may run Python code.
    Ref item = Ref::borrow(PyList_GET_ITEM(value, i));
    if (!walk.add(item.get()))
      return false;
  }
  Words element;
  walk.write(element);
  arguments.words.push(word(TagList, !element.empty()));
  for (uint64_t each : element)
    arguments.words.push(each);
  arguments.lists.push_back({arguments.slots.size(), value});
  arguments.slots.push(0);
  return true;
}

bool mlir::myia::python::makeLists(Arguments &arguments,
                                   const BoxLayouts &boxes,
                                   const std::vector<Layout> &layouts) {
  if (arguments.lists.size() != layouts.size()) {
    PyErr_SetString(PyExc_SystemError, "compiled code takes other lists");
    return false;
  }
  Filler filler(arguments, boxes);
  for (size_t i = 0; i < layouts.size(); ++i) {
    int64_t *slot = &arguments.slots[arguments.lists[i].slot];
    if (!filler.fill(layouts[i], arguments.lists[i].object, slot))
      return false;
  }
  return true;
}
