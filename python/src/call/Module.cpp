//===- Module.cpp - The extension module myia._call -----------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loads with the package; needs the runtime library, not the compiler.
//
//===----------------------------------------------------------------------===//

#define MYIA_IMPORTS_NUMPY
#include "Call.h"

using namespace mlir::myia::python;

static PyObject *liveObjects(PyObject *, PyObject *) {
  return PyLong_FromLongLong(myia_live_objects());
}

static PyObject *useBlas(PyObject *, PyObject *path) {
  const char *text = PyUnicode_AsUTF8(path);
  if (!text)
    return nullptr;
  myia_use_blas_library(text);
  Py_RETURN_NONE;
}

static PyObject *draw(PyObject *, PyObject *) {
  return PyLong_FromLongLong(myia_draw());
}

static PyObject *seed(PyObject *, PyObject *value) {
  int64_t number = PyLong_AsLongLong(value);
  if (number == -1 && PyErr_Occurred())
    return nullptr;
  myia_seed(number);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"live_objects", liveObjects, METH_NOARGS,
     "The number of objects of compiled code that are alive in the process."},
    {"use_blas_library", useBlas, METH_O,
     "The file to load the BLAS from when the first large product runs."},
    {"draw", draw, METH_NOARGS,
     "The next seed of the implicit stream of random numbers."},
    {"seed", seed, METH_O,
     "Makes the implicit stream of random numbers a function of an int."},
    {nullptr, nullptr, 0, nullptr}};

static PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                 "myia._call",
                                 "The call path: from a Python call to machine "
                                 "code and back.",
                                 -1,
                                 methods,
                                 nullptr,
                                 nullptr,
                                 nullptr,
                                 nullptr};

PyMODINIT_FUNC PyInit__call() {
  import_array();
  Ref module(PyModule_Create(&definition));
  if (!module || !installInterruptHandler())
    return nullptr;
  installWriteHook();
  PyObject *executable = createExecutableType(module.get());
  if (!executable ||
      PyModule_AddObject(module.get(), "Executable", executable) < 0)
    return nullptr;
  PyObject *function = createFunctionType(module.get());
  if (!function || PyModule_AddObject(module.get(), "Function", function) < 0)
    return nullptr;
  return module.release();
}
