//===- Binding.h - Arguments to parameters ----------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Python's rules for which argument goes to which parameter.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_PYTHON_BINDING_H
#define MYIA_PYTHON_BINDING_H

#include "Call.h"

namespace mlir::myia::python {

/// The parameters of a Python function, in the order of its code object.
struct Parameters {
  std::vector<Ref> names; // positional ones, then keyword-only ones
  size_t numPositionalOnly = 0, numPositional = 0;
  /// Which have a default. One that is left out is left out of the signature
  /// too, and the compiler takes its default as a constant.
  std::vector<bool> hasDefault;
  /// Which are known to the compiler: there is code for every value.
  std::vector<bool> isKnown;
  bool hasVarPositional = false, hasVarKeyword = false;

  /// Reads a function's signature. False with a Python error set on failure.
  bool read(PyObject *function);
  /// Takes the tuple of the names of parameters that are known.
  void setKnown(PyObject *known);
};

/// The arguments of a call in order: positional parameters, more positional
/// arguments, keyword-only parameters, more keyword arguments. Null is a
/// parameter that was left out.
struct BoundArguments {
  SmallList<PyObject *, 16> values;
  SmallList<PyObject *, 8> extraNames;
  size_t numPositional = 0; // with the more ones
  /// The first parameter from which on arguments go by name.
  size_t numLeading = 0;

  /// False if the arguments do not fit.
  bool bind(const Parameters &parameters, PyObject *const *args,
            Py_ssize_t count, PyObject *names);
  /// The same arguments as a tuple and a dict, in the order of `values`.
  bool collect(const Parameters &parameters, Ref &args, Ref &kwargs) const;
  /// Whether the value at a position is for a parameter that is known.
  bool isKnown(const Parameters &parameters, size_t position) const;
};

} // namespace mlir::myia::python

#endif // MYIA_PYTHON_BINDING_H
