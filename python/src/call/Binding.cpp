//===- Binding.cpp - Arguments to parameters ------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The order of the values is the order in which the compiled code takes them.
//
//===----------------------------------------------------------------------===//

#include "Binding.h"

using namespace mlir::myia::python;

static bool readCount(PyObject *code, const char *name, size_t &count) {
  Ref value(PyObject_GetAttrString(code, name));
  if (!value)
    return false;
  count = PyLong_AsSize_t(value.get());
  return true;
}

bool Parameters::read(PyObject *function) {
  PyObject *code = PyFunction_GET_CODE(function);
  size_t numKeywordOnly, flags;
  Ref variables(PyObject_GetAttrString(code, "co_varnames"));
  if (!variables || !readCount(code, "co_argcount", numPositional) ||
      !readCount(code, "co_posonlyargcount", numPositionalOnly) ||
      !readCount(code, "co_kwonlyargcount", numKeywordOnly) ||
      !readCount(code, "co_flags", flags))
    return false;
  hasVarPositional = flags & CO_VARARGS;
  hasVarKeyword = flags & CO_VARKEYWORDS;
  for (size_t i = 0; i < numPositional + numKeywordOnly; ++i)
    names.push_back(Ref::borrow(PyTuple_GET_ITEM(variables.get(), i)));
  PyObject *defaults = PyFunction_GET_DEFAULTS(function);
  PyObject *keywordDefaults = PyFunction_GET_KW_DEFAULTS(function);
  size_t numDefaults = defaults ? PyTuple_GET_SIZE(defaults) : 0;
  for (size_t i = 0; i < names.size(); ++i)
    hasDefault.push_back(
        i < numPositional
            ? i + numDefaults >= numPositional
            : keywordDefaults &&
                  PyDict_Contains(keywordDefaults, names[i].get()) == 1);
  return true;
}

void Parameters::setKnown(PyObject *known) {
  for (const Ref &name : names)
    isKnown.push_back(PySequence_Contains(known, name.get()) == 1);
  if (PyTuple_GET_SIZE(known) == 0)
    isKnown.clear();
}

bool BoundArguments::isKnown(const Parameters &parameters,
                             size_t position) const {
  size_t numMore = numPositional - parameters.numPositional;
  if (position >= parameters.numPositional) {
    if (position < numPositional)
      return false;
    position -= numMore;
  }
  return position < parameters.isKnown.size() && parameters.isKnown[position];
}

/// The position of the parameter that a keyword names, or -1.
static Py_ssize_t findName(const Parameters &parameters, PyObject *name) {
  for (size_t i = parameters.numPositionalOnly; i < parameters.names.size();
       ++i)
    if (parameters.names[i].get() == name)
      return i;
  for (size_t i = parameters.numPositionalOnly; i < parameters.names.size();
       ++i)
    if (PyUnicode_Compare(parameters.names[i].get(), name) == 0)
      return i;
  return -1;
}

bool BoundArguments::bind(const Parameters &parameters, PyObject *const *args,
                          Py_ssize_t count, PyObject *keywords) {
  size_t given = count, total = parameters.names.size();
  if (given > parameters.numPositional && !parameters.hasVarPositional)
    return false;
  size_t numKeywords = keywords ? PyTuple_GET_SIZE(keywords) : 0;
  if (given == total && numKeywords == 0 && total == parameters.numPositional) {
    for (size_t i = 0; i < given; ++i)
      values.push(args[i]);
    numPositional = numLeading = given;
    return true;
  }
  std::vector<PyObject *> named(total, nullptr);
  SmallList<PyObject *, 8> extraValues;
  for (size_t i = 0; i < numKeywords; ++i) {
    PyObject *name = PyTuple_GET_ITEM(keywords, i);
    Py_ssize_t found = findName(parameters, name);
    if (found < 0 && !parameters.hasVarKeyword)
      return false;
    if (found < 0) {
      extraNames.push(name);
      extraValues.push(args[count + i]);
      continue;
    }
    if (named[found] ||
        size_t(found) < std::min(given, parameters.numPositional))
      return false;
    named[found] = args[count + i];
  }
  for (size_t i = 0; i < std::min(given, parameters.numPositional); ++i)
    named[i] = args[i];
  for (size_t i = 0; i < total; ++i)
    if (!named[i] && !parameters.hasDefault[i])
      return false;
  while (numLeading < parameters.numPositional && named[numLeading])
    ++numLeading;
  for (size_t i = 0; i < parameters.numPositional; ++i)
    values.push(named[i]);
  for (size_t i = parameters.numPositional; i < given; ++i)
    values.push(args[i]);
  numPositional = values.size();
  for (size_t i = parameters.numPositional; i < total; ++i)
    values.push(named[i]);
  for (PyObject *value : extraValues)
    values.push(value);
  return true;
}

bool BoundArguments::collect(const Parameters &parameters, Ref &args,
                             Ref &kwargs) const {
  // With more positional arguments than parameters, none was left out.
  size_t leading =
      numPositional > parameters.numPositional ? numPositional : numLeading;
  args = Ref(PyTuple_New(leading));
  kwargs = Ref(PyDict_New());
  if (!args || !kwargs)
    return false;
  for (size_t i = 0; i < leading; ++i) {
    Py_INCREF(values[i]);
    PyTuple_SET_ITEM(args.get(), i, values[i]);
  }
  size_t numExtra = numPositional - parameters.numPositional;
  size_t total = parameters.names.size();
  for (size_t i = leading; i < values.size(); ++i) {
    size_t parameter = i < numPositional ? i : i - numExtra;
    PyObject *name = parameter < total ? parameters.names[parameter].get()
                                       : extraNames[parameter - total];
    if (values[i] && PyDict_SetItem(kwargs.get(), name, values[i]) < 0)
      return false;
  }
  return true;
}
