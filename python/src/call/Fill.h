//===- Fill.h - Python values into slots by a layout ------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What lists and boxes hold is laid out by the compiled code: an element that
// may be of several types has the slots of all of them. So it is stored once
// the code is known.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_PYTHON_FILL_H
#define MYIA_PYTHON_FILL_H

#include "Call.h"

namespace mlir::myia::python {

/// Stores values in slots.
class Filler {
public:
  /// For a list that the call borrows: it refers to the arrays of Python.
  Filler(Arguments &arguments, const BoxLayouts &layouts)
      : arguments(arguments), layouts(layouts) {}
  /// For boxes, which own what they refer to. `made` has the boxes so far.
  Filler(Arguments &arguments, const BoxLayouts &layouts, Arguments::Box &box,
         const std::unordered_map<PyObject *, MyiaObject *> &made)
      : arguments(arguments), layouts(layouts), box(&box), made(&made) {}

  /// Stores `value`, moving `slot` over its slots.
  bool fill(const Layout &layout, PyObject *value, int64_t *&slot);

private:
  bool accepts(const Layout &layout, PyObject *value);
  bool refuse(const Layout &layout, PyObject *value);
  bool fillFields(const Layout &layout, PyObject *value, int64_t *&slot);
  bool fillUnion(const Layout &layout, PyObject *value, int64_t *&slot);
  bool fillNumber(const Layout &layout, PyObject *value, int64_t &slot);
  bool fillComplex(const Layout &layout, PyObject *value, int64_t *&slot);
  bool fillList(const Layout &layout, PyObject *value, int64_t &slot);
  bool fillElements(const Layout &layout, PyObject *value, MyiaList &list);
  bool fillArray(const Layout &layout, PyObject *value, int64_t &slot);
  void keep(const Layout &layout, PyArrayObject *array, int64_t &slot);

  Arguments &arguments;
  const BoxLayouts &layouts;
  Arguments::Box *box = nullptr;
  const std::unordered_map<PyObject *, MyiaObject *> *made = nullptr;
};

} // namespace mlir::myia::python

#endif // MYIA_PYTHON_FILL_H
