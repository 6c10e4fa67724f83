//===- Function.cpp - The decorated function ------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Binds the arguments, looks up the machine code for their signature and calls
// it. The compiler is asked once per signature.
//
//===----------------------------------------------------------------------===//

#include "Binding.h"
#include "Call.h"

#include <algorithm>
#include <structmember.h>

using namespace mlir::myia::python;

namespace {

/// The code for one signature.
struct CacheEntry {
  std::vector<uint64_t> words;
  std::vector<Ref> named;
  Ref executable;

  bool matches(const Arguments &arguments) const {
    return words.size() == arguments.words.size() &&
           std::equal(words.begin(), words.end(), arguments.words.data());
  }
};

struct Function {
  PyObject_HEAD vectorcallfunc vectorcall;
  PyObject *dict, *weakrefs;
  PyObject *function, *specialize, *lock;
  Parameters *parameters;
  std::vector<std::unique_ptr<CacheEntry>> *cache;
};

} // namespace

//===----------------------------------------------------------------------===//
// The cache
//===----------------------------------------------------------------------===//

/// The code for the signature, moved to the front; null if there is none, or
/// if a name that it read was bound to something else since.
static Ref findExecutable(Function *self, const Arguments &arguments) {
  auto &cache = *self->cache;
  for (size_t i = 0; i < cache.size(); ++i) {
    if (!cache[i]->matches(arguments))
      continue;
    Ref found = Ref::borrow(cache[i]->executable.get());
    auto *executable = reinterpret_cast<Executable *>(found.get());
    // Reading a name may run Python code, which may change the cache.
    bool holds = guardsHold(executable);
    if (holds && !inputsMatch(executable)) {
      if (PyErr_Occurred())
        return Ref();
      continue;
    }
    if (holds) {
      if (i && i < cache.size())
        std::swap(cache[0], cache[i]);
      return found;
    }
    std::unique_ptr<CacheEntry> stale;
    if (i < cache.size() && cache[i]->executable.get() == found.get()) {
      stale = std::move(cache[i]);
      cache.erase(cache.begin() + i);
    }
    return Ref();
  }
  return Ref();
}

/// Programs that make a new constant for every call must not grow for ever.
constexpr size_t mostSignatures = 1024;

static void addExecutable(Function *self, const Arguments &arguments,
                          PyObject *executable) {
  auto entry = std::make_unique<CacheEntry>();
  const uint64_t *words = arguments.words.data();
  entry->words.assign(words, words + arguments.words.size());
  for (size_t i = 0; i < arguments.named.size(); ++i)
    entry->named.push_back(Ref::borrow(arguments.named[i]));
  entry->executable = Ref::borrow(executable);
  self->cache->insert(self->cache->begin(), std::move(entry));
  if (self->cache->size() > mostSignatures) {
    // Freeing it may run Python code, which must find the cache whole.
    std::unique_ptr<CacheEntry> oldest = std::move(self->cache->back());
    self->cache->pop_back();
  }
}

static bool callMethod(PyObject *object, const char *name) {
  return bool(Ref(PyObject_CallMethod(object, name, "")));
}

static Ref findOrMake(Function *self, const Arguments &arguments,
                      const BoundArguments &bound) {
  Ref found = findExecutable(self, arguments), args, kwargs;
  if (found || PyErr_Occurred())
    return found;
  if (!bound.collect(*self->parameters, args, kwargs))
    return Ref();
  found = Ref(PyObject_CallFunctionObjArgs(self->specialize, args.get(),
                                           kwargs.get(), nullptr));
  if (found && !Py_IS_TYPE(found.get(), executableType)) {
    PyErr_Format(PyExc_TypeError, "specialize returned %R, not an Executable",
                 found.get());
    return Ref();
  }
  if (found)
    addExecutable(self, arguments, found.get());
  return found;
}

/// Has the code made, by one thread at a time.
static Ref specialize(Function *self, const Arguments &arguments,
                      const BoundArguments &bound) {
  if (!callMethod(self->lock, "acquire"))
    return Ref();
  Ref found = guarded([&] { return findOrMake(self, arguments, bound); });
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  bool released = callMethod(self->lock, "release");
  if (released || type)
    PyErr_Restore(type, value, traceback);
  return released ? std::move(found) : Ref();
}

//===----------------------------------------------------------------------===//
// The call
//===----------------------------------------------------------------------===//

/// Compiles nothing: lets the compiler report what is wrong with the call.
static PyObject *reportBadCall(Function *self, PyObject *const *args,
                               Py_ssize_t count, PyObject *names) {
  Ref positional(PyTuple_New(count)), keywords(PyDict_New());
  if (!positional || !keywords)
    return nullptr;
  for (Py_ssize_t i = 0; i < count; ++i) {
    Py_INCREF(args[i]);
    PyTuple_SET_ITEM(positional.get(), i, args[i]);
  }
  for (Py_ssize_t i = 0; names && i < PyTuple_GET_SIZE(names); ++i)
    if (PyDict_SetItem(keywords.get(), PyTuple_GET_ITEM(names, i),
                       args[count + i]) < 0)
      return nullptr;
  Ref result(PyObject_CallFunctionObjArgs(self->specialize, positional.get(),
                                          keywords.get(), nullptr));
  if (result)
    PyErr_SetString(PyExc_TypeError,
                    "the arguments do not fit the function's parameters");
  return nullptr;
}

/// Which arguments `*args` and `**keywords` take is part of the signature: how
/// many go by position, and the names of those that do not.
static bool flattenNames(Arguments &arguments, const Parameters &parameters,
                         BoundArguments &bound) {
  if (parameters.hasVarPositional || parameters.hasVarKeyword)
    arguments.words.push(bound.numPositional);
  for (PyObject *name : bound.extraNames)
    if (!flatten(arguments, name))
      return false;
  return true;
}

static PyObject *callFunction(PyObject *callable, PyObject *const *args,
                              size_t nargsf, PyObject *names) {
  auto *self = reinterpret_cast<Function *>(callable);
  Py_ssize_t count = PyVectorcall_NARGS(nargsf);
  BoundArguments bound;
  if (!bound.bind(*self->parameters, args, count, names))
    return PyErr_Occurred() ? nullptr : reportBadCall(self, args, count, names);
  Arguments arguments;
  bool anyKnown = !self->parameters->isKnown.empty();
  for (size_t i = 0; i < bound.values.size(); ++i) {
    bool isKnown = anyKnown && bound.isKnown(*self->parameters, i);
    if (!(isKnown ? flattenKnown : flatten)(arguments, bound.values[i]))
      return PyErr_Occurred() ? nullptr
                              : reportBadCall(self, args, count, names);
  }
  if (!flattenNames(arguments, *self->parameters, bound))
    return nullptr;
  Ref executable = findExecutable(self, arguments);
  if (!executable) {
    executable = specialize(self, arguments, bound);
    if (!executable)
      return nullptr;
  }
  return run(reinterpret_cast<Executable *>(executable.get()), arguments);
}

static PyObject *callGuarded(PyObject *callable, PyObject *const *args,
                             size_t nargsf, PyObject *names) {
  return guarded([&] { return callFunction(callable, args, nargsf, names); });
}

//===----------------------------------------------------------------------===//
// The type
//===----------------------------------------------------------------------===//

static PyObject *newFunction(PyTypeObject *type, PyObject *args,
                             PyObject *kwargs) {
  static const char *names[] = {"function", "specialize", "known", nullptr};
  PyObject *function, *specialize, *known = nullptr;
  if (!PyArg_ParseTupleAndKeywords(
          args, kwargs, "O!O|O!", const_cast<char **>(names), &PyFunction_Type,
          &function, &specialize, &PyTuple_Type, &known))
    return nullptr;
  auto parameters = std::make_unique<Parameters>();
  if (!parameters->read(function))
    return nullptr;
  if (known)
    parameters->setKnown(known);
  Ref threading(PyImport_ImportModule("threading"));
  Ref lock(threading ? PyObject_CallMethod(threading.get(), "RLock", "")
                     : nullptr);
  auto *self =
      lock ? reinterpret_cast<Function *>(type->tp_alloc(type, 0)) : nullptr;
  if (!self)
    return nullptr;
  self->vectorcall = callGuarded;
  Py_INCREF(function);
  self->function = function;
  Py_INCREF(specialize);
  self->specialize = specialize;
  self->lock = lock.release();
  self->parameters = parameters.release();
  self->cache = new std::vector<std::unique_ptr<CacheEntry>>;
  return reinterpret_cast<PyObject *>(self);
}

static PyObject *newGuarded(PyTypeObject *type, PyObject *args,
                            PyObject *kwargs) {
  return guarded([&] { return newFunction(type, args, kwargs); });
}

static int traverseFunction(PyObject *object, visitproc visit, void *arg) {
  auto *self = reinterpret_cast<Function *>(object);
  Py_VISIT(Py_TYPE(object));
  Py_VISIT(self->dict);
  Py_VISIT(self->function);
  Py_VISIT(self->specialize);
  if (self->cache)
    for (auto &entry : *self->cache) {
      Py_VISIT(entry->executable.get());
      for (Ref &named : entry->named)
        Py_VISIT(named.get());
    }
  return 0;
}

static int clearFunction(PyObject *object) {
  auto *self = reinterpret_cast<Function *>(object);
  Py_CLEAR(self->dict);
  if (self->cache) {
    std::vector<std::unique_ptr<CacheEntry>> cache;
    cache.swap(*self->cache);
  }
  return 0;
}

static void deallocFunction(PyObject *object) {
  auto *self = reinterpret_cast<Function *>(object);
  PyTypeObject *type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  if (self->weakrefs)
    PyObject_ClearWeakRefs(object);
  clearFunction(object);
  delete self->cache;
  delete self->parameters;
  Py_XDECREF(self->function);
  Py_XDECREF(self->specialize);
  Py_XDECREF(self->lock);
  type->tp_free(object);
  Py_DECREF(type);
}

/// A decorated method binds its instance, as a Python function does.
static PyObject *bindMethod(PyObject *self, PyObject *instance, PyObject *) {
  if (instance && instance != Py_None)
    return PyMethod_New(self, instance);
  Py_INCREF(self);
  return self;
}

static PyObject *reprFunction(PyObject *object) {
  auto *self = reinterpret_cast<Function *>(object);
  return PyUnicode_FromFormat("<myia %R>", self->function);
}

static PyObject *getCacheSize(PyObject *object, void *) {
  return PyLong_FromSize_t(reinterpret_cast<Function *>(object)->cache->size());
}

PyObject *mlir::myia::python::createFunctionType(PyObject *module) {
  static PyMemberDef members[] = {
      {"__vectorcalloffset__", T_PYSSIZET, offsetof(Function, vectorcall),
       READONLY, nullptr},
      {"__dictoffset__", T_PYSSIZET, offsetof(Function, dict), READONLY,
       nullptr},
      {"__weaklistoffset__", T_PYSSIZET, offsetof(Function, weakrefs), READONLY,
       nullptr},
      {nullptr, 0, 0, 0, nullptr}};
  static PyGetSetDef properties[] = {
      {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, nullptr,
       nullptr},
      {"cache_size", getCacheSize, nullptr,
       "The number of signatures that there is machine code for.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyType_Slot slots[] = {
      {Py_tp_doc,
       const_cast<char *>("A function whose calls run machine code.")},
      {Py_tp_new, reinterpret_cast<void *>(newGuarded)},
      {Py_tp_call, reinterpret_cast<void *>(PyVectorcall_Call)},
      {Py_tp_members, members},
      {Py_tp_getset, properties},
      {Py_tp_repr, reinterpret_cast<void *>(reprFunction)},
      {Py_tp_descr_get, reinterpret_cast<void *>(bindMethod)},
      {Py_tp_traverse, reinterpret_cast<void *>(traverseFunction)},
      {Py_tp_clear, reinterpret_cast<void *>(clearFunction)},
      {Py_tp_dealloc, reinterpret_cast<void *>(deallocFunction)},
      {0, nullptr}};
  static PyType_Spec spec = {"myia._call.Function", sizeof(Function), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
                                 Py_TPFLAGS_HAVE_VECTORCALL |
                                 Py_TPFLAGS_METHOD_DESCRIPTOR,
                             slots};
  return PyType_FromModuleAndSpec(module, &spec, nullptr);
}
