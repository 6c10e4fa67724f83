//===- Text.cpp - What compiled code prints and raises --------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Texts are put together, and printed, by Python itself.
//
//===----------------------------------------------------------------------===//

#include "Call.h"

using namespace mlir::myia::python;

//===----------------------------------------------------------------------===//
// Formatting
//===----------------------------------------------------------------------===//

/// `{value!conversion:spec}`, given (conversion, spec, value).
static PyObject *formatField(PyObject *parts) {
  const char *conversion = PyUnicode_AsUTF8(PyTuple_GET_ITEM(parts, 0));
  if (!conversion)
    return nullptr;
  Ref value = Ref::borrow(PyTuple_GET_ITEM(parts, 2));
  if (*conversion == 's')
    value = Ref(PyObject_Str(value.get()));
  else if (*conversion == 'r')
    value = Ref(PyObject_Repr(value.get()));
  else if (*conversion == 'a')
    value = Ref(PyObject_ASCII(value.get()));
  return value ? PyObject_Format(value.get(), PyTuple_GET_ITEM(parts, 1))
               : nullptr;
}

/// `template.format(*args, **kwargs)`, given (template, args, kwargs).
static PyObject *formatTemplate(PyObject *parts) {
  Ref method(PyObject_GetAttrString(PyTuple_GET_ITEM(parts, 0), "format"));
  return method ? PyObject_Call(method.get(), PyTuple_GET_ITEM(parts, 1),
                                PyTuple_GET_ITEM(parts, 2))
                : nullptr;
}

PyObject *mlir::myia::python::buildText(const Layout &layout,
                                        PyObject *elements) {
  switch (layout.kind) {
  case Layout::Field:
    return formatField(elements);
  case Layout::Percent:
    return PyNumber_Remainder(PyTuple_GET_ITEM(elements, 0),
                              PyTuple_GET_ITEM(elements, 1));
  case Layout::Format:
    return formatTemplate(elements);
  default: {
    Ref empty(PyUnicode_FromString(""));
    return empty ? PyUnicode_Join(empty.get(), elements) : nullptr;
  }
  }
}

//===----------------------------------------------------------------------===//
// The hook
//===----------------------------------------------------------------------===//

/// The code that this thread runs, innermost.
static thread_local const Executable *running;
static thread_local PyObject *errorArguments;

WritingFor::WritingFor(const Executable *executable) : outer(running) {
  running = executable;
}
WritingFor::~WritingFor() { running = outer; }

Ref mlir::myia::python::takeErrorArguments() {
  return Ref(std::exchange(errorArguments, nullptr));
}

/// Python's own `print` on (values, sep, end, flush).
static bool print(PyObject *parts) {
  PyObject *function = PyDict_GetItemString(PyEval_GetBuiltins(), "print");
  Ref options(Py_BuildValue("{sOsOsO}", "sep", PyTuple_GET_ITEM(parts, 1),
                            "end", PyTuple_GET_ITEM(parts, 2), "flush",
                            PyTuple_GET_ITEM(parts, 3)));
  if (!function || !options)
    return false;
  return bool(
      Ref(PyObject_Call(function, PyTuple_GET_ITEM(parts, 0), options.get())));
}

/// False with a Python error set if that failed.
static bool write(const Layout &layout, int64_t purpose, int64_t *slots) {
  Ref value(buildBorrowed(layout, *running->boxes, slots));
  if (!value)
    return false;
  if (purpose == 0)
    return print(value.get());
  Ref(std::exchange(errorArguments, value.release()));
  return true;
}

/// The call path may have given up the interpreter's lock.
static int writeLocked(int64_t purpose, int64_t layout, int64_t *slots) {
  PyGILState_STATE state = PyGILState_Ensure();
  bool done = guarded(
      [&] { return write((*running->written)[layout], purpose, slots); });
  PyGILState_Release(state);
  return !done;
}

void mlir::myia::python::installWriteHook() {
  myia_set_write_hook(writeLocked);
}
