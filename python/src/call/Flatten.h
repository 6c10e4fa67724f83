//===- Flatten.h - Signatures of arguments ----------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The words that describe what compiled code is specialised for: prefix code,
// each value starting with a tag.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_PYTHON_FLATTEN_H
#define MYIA_PYTHON_FLATTEN_H

#include "Call.h"

#include <algorithm>
#include <functional>

namespace mlir::myia::python {

/// The kinds of numbers stand in the order in which they are promoted.
enum Tag : uint64_t {
  TagOmitted,
  TagBool,
  TagInt,
  TagFloat,
  TagComplex,
  TagScalar,
  TagArray,
  TagTuple,
  TagDict,
  TagRecord,
  TagStatic,
  TagFunction,
  TagBox,
  TagList,
  TagPartial,
  TagMethod,
  TagClosure,
  TagUnion,
};

/// A tag with a small number.
constexpr uint64_t word(Tag tag, uint64_t number = 0) {
  return tag | number << 8;
}

/// Whether a word is of a NumPy number or array that is a pair of slots.
inline bool isComplexWord(uint64_t word) {
  Tag tag = Tag(word & 255);
  uint64_t number = word >> 8 & 255;
  return (tag == TagScalar || tag == TagArray) &&
         (number == NPY_CFLOAT || number == NPY_CDOUBLE);
}

/// An int that fits; else false with a Python error set.
bool toInt64(PyObject *value, int64_t &number);

/// Is alive while a value in another one is looked at. False, with a Python
/// error set, where they are nested too deeply, as a list that holds itself is.
class NestedLevel {
public:
  NestedLevel();
  ~NestedLevel();
  explicit operator bool() const { return entered; }

private:
  bool entered;
};

/// Adds a list.
bool flattenList(Arguments &arguments, PyObject *value);

/// The number of fields of the class that a word names.
size_t countFields(uint64_t cls);

/// Calls `visit` with the value of each field of a dataclass instance, a new
/// reference, until it returns false. False if it did, or after a Python error.
bool forEachField(PyObject *value,
                  const std::function<bool(PyObject *)> &visit);

} // namespace mlir::myia::python

#endif // MYIA_PYTHON_FLATTEN_H
