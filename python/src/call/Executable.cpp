//===- Executable.cpp - Machine code for one signature --------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Executable, as Python sees it: an entry with what it takes to call it.
//
//===----------------------------------------------------------------------===//

#include "Call.h"

#include <climits>

using namespace mlir::myia::python;

PyTypeObject *mlir::myia::python::executableType;

/// What a name stands for now, or null; a new reference. A failed lookup is not
/// an error: the name is gone, so the guard fails.
static PyObject *readGuarded(const Guard &guard) {
  PyObject *scope = guard.scope.get();
  PyObject *value;
  if (PyDict_CheckExact(scope)) {
    value = PyDict_GetItemWithError(scope, guard.name.get());
    Py_XINCREF(value);
  } else if (PyCell_Check(scope)) {
    value = PyCell_GET(scope);
    Py_XINCREF(value);
  } else {
    value = PyObject_GetItem(scope, guard.name.get());
  }
  if (!value)
    PyErr_Clear();
  return value;
}

bool mlir::myia::python::guardsHold(Executable *executable) {
  for (const Guard &guard : *executable->guards) {
    PyObject *value = readGuarded(guard);
    Py_XDECREF(value);
    if (value != guard.value.get())
      return false;
  }
  return true;
}

/// Adds the variables that are read. False with a Python error set if one
/// cannot be passed, without if one is gone.
static bool flattenInputs(const Inputs &inputs, Arguments &arguments) {
  for (const Guard &place : inputs.places) {
    Ref value(readGuarded(place));
    if (!value)
      return false;
    arguments.held.push(value.get());
    if (!flatten(arguments, value.release()))
      return false;
  }
  return true;
}

/// Whether the signature ends in that of the inputs.
static bool endsIn(const Arguments &arguments, const Inputs &inputs) {
  size_t count = inputs.words.size();
  return arguments.words.size() >= count &&
         std::equal(inputs.words.begin(), inputs.words.end(),
                    arguments.words.data() + arguments.words.size() - count);
}

bool mlir::myia::python::inputsMatch(Executable *executable) {
  const Inputs &inputs = *executable->inputs;
  if (inputs.places.empty())
    return true;
  Arguments alone;
  return flattenInputs(inputs, alone) &&
         alone.words.size() == inputs.words.size() && endsIn(alone, inputs);
}

static bool addGuard(std::vector<Guard> &guards, PyObject *item) {
  PyObject *scope, *name, *value = nullptr;
  if (!PyArg_ParseTuple(item, "OO|O", &scope, &name, &value))
    return false;
  Py_INCREF(name);
  PyUnicode_InternInPlace(&name);
  guards.push_back({Ref::borrow(scope), Ref(name), Ref::borrow(value)});
  return true;
}

/// The inputs of the values for which the code was made, in a list of (scope,
/// name, value).
static bool parseInputs(PyObject *list, Inputs &inputs) {
  Arguments alone;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); ++i) {
    if (!addGuard(inputs.places, PyList_GET_ITEM(list, i)))
      return false;
    Ref value = std::move(inputs.places.back().value);
    if (!flatten(alone, value.get()))
      return false;
  }
  inputs.words.assign(alone.words.begin(), alone.words.end());
  for (PyObject *object : alone.named)
    inputs.named.push_back(Ref::borrow(object));
  return true;
}

void mlir::myia::python::makeHeader(MyiaObject &header, const MyiaType *type,
                                    void *data, int64_t bytes, void *owner) {
  header.references = INT64_C(1) << 48;
  header.type = type;
  header.previous = header.next = &header;
  header.data = data;
  header.bytes = bytes;
  header.owner = owner;
  header.reserved = 0;
}

/// A header per array argument.
static void makeHeaders(Arguments &arguments, MyiaObject *headers) {
  static const MyiaType arrayType = {MYIA_ARRAY, 0, nullptr};
  MyiaObject *header = headers;
  for (const Arguments::Array &each : arguments.arrays) {
    makeHeader(*header, &arrayType, PyArray_DATA(each.array),
               PyArray_NBYTES(each.array), each.array);
    int64_t &slot = each.place ? *each.place : arguments.slots[each.slot];
    slot = reinterpret_cast<intptr_t>(header++);
  }
}

static const MyiaSite *callEntry(Executable *executable, int64_t *arguments,
                                 int64_t *results) {
  InCompiledCode inside;
  WritingFor writing(executable);
  if (!executable->releaseGil)
    return myia_call(executable->entry, arguments, results);
  // Code that may run long: Ctrl-C must reach it, and other threads run.
  ensureInterruptHandler();
  const MyiaSite *site;
  Py_BEGIN_ALLOW_THREADS site =
      myia_call(executable->entry, arguments, results);
  Py_END_ALLOW_THREADS return site;
}

PyObject *mlir::myia::python::run(Executable *executable,
                                  Arguments &arguments) {
  constexpr size_t few = 16;
  MyiaObject localHeaders[few];
  int64_t localResults[few];
  std::unique_ptr<MyiaObject[]> manyHeaders;
  std::unique_ptr<int64_t[]> manyResults;
  MyiaObject *headers = localHeaders;
  int64_t *results = localResults;
  const Inputs &inputs = *executable->inputs;
  if (!inputs.places.empty() &&
      (!flattenInputs(inputs, arguments) || !endsIn(arguments, inputs))) {
    if (!PyErr_Occurred())
      PyErr_SetString(PyExc_RuntimeError,
                      "a variable that the program reads changed its type "
                      "while the program was called");
    return nullptr;
  }
  if (executable->numResults > few)
    results = (manyResults.reset(new int64_t[executable->numResults]),
               manyResults.get());
  if (arguments.slots.size() != executable->numArguments) {
    PyErr_Format(PyExc_SystemError,
                 "compiled code takes %zu values, but was given %zu",
                 executable->numArguments, arguments.slots.size());
    return nullptr;
  }
  if (!makeLists(arguments, *executable->boxes, *executable->listArguments))
    return nullptr;
  if (arguments.arrays.size() > few)
    headers = (manyHeaders.reset(new MyiaObject[arguments.arrays.size()]),
               manyHeaders.get());
  makeHeaders(arguments, headers);
  if (arguments.boxes.size() != executable->boxArguments->size() ||
      !makeBoxes(arguments, *executable->boxes, *executable->boxArguments)) {
    if (!PyErr_Occurred())
      PyErr_SetString(PyExc_SystemError, "compiled code takes other boxes");
    return nullptr;
  }
  if (const MyiaSite *site =
          callEntry(executable, arguments.slots.data(), results)) {
    raiseSite(site);
    return nullptr;
  }
  arguments.returned = true;
  return buildResult(*executable->result, *executable->boxes, results);
}

//===----------------------------------------------------------------------===//
// The type
//===----------------------------------------------------------------------===//

static PyObject *newExecutable(PyTypeObject *type, PyObject *args,
                               PyObject *kwargs) {
  static const char *names[] = {
      "code",   "address",        "argument_count", "result", "classes",
      "guards", "release_gil",    "written",        "boxes",  "box_arguments",
      "inputs", "list_arguments", nullptr};
  PyObject *code, *result, *classes, *guardList, *writtenList = nullptr;
  PyObject *boxList = nullptr, *rootList = nullptr, *inputList = nullptr;
  PyObject *listList = nullptr;
  unsigned long long address;
  Py_ssize_t count;
  int releaseGil = 0;
  if (!PyArg_ParseTupleAndKeywords(
          args, kwargs, "OKnO!O!O!|pO!O!O!O!O!", const_cast<char **>(names),
          &code, &address, &count, &PyTuple_Type, &result, &PyDict_Type,
          &classes, &PyList_Type, &guardList, &releaseGil, &PyList_Type,
          &writtenList, &PyTuple_Type, &boxList, &PyTuple_Type, &rootList,
          &PyList_Type, &inputList, &PyTuple_Type, &listList))
    return nullptr;
  auto layout = std::make_unique<Layout>();
  auto guards = std::make_unique<std::vector<Guard>>();
  auto boxes = std::make_unique<BoxLayouts>();
  auto roots = std::make_unique<std::vector<size_t>>();
  Ref known(PyDict_Copy(classes));
  if (!known || (boxList && !boxes->parse(boxList, known.get())) ||
      !Layout::parse(result, known.get(), *layout))
    return nullptr;
  auto written = std::make_unique<std::vector<Layout>>();
  for (Py_ssize_t i = 0; writtenList && i < PyList_GET_SIZE(writtenList); ++i) {
    written->emplace_back();
    if (!Layout::parse(PyList_GET_ITEM(writtenList, i), known.get(),
                       written->back()))
      return nullptr;
  }
  auto lists = std::make_unique<std::vector<Layout>>();
  for (Py_ssize_t i = 0; listList && i < PyTuple_GET_SIZE(listList); ++i) {
    lists->emplace_back();
    if (!Layout::parse(PyTuple_GET_ITEM(listList, i), known.get(),
                       lists->back()))
      return nullptr;
  }
  for (Py_ssize_t i = 0; rootList && i < PyTuple_GET_SIZE(rootList); ++i)
    roots->push_back(PyLong_AsSize_t(PyTuple_GET_ITEM(rootList, i)));
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(guardList); ++i)
    if (!addGuard(*guards, PyList_GET_ITEM(guardList, i)))
      return nullptr;
  auto inputs = std::make_unique<Inputs>();
  if (inputList && !parseInputs(inputList, *inputs))
    return nullptr;
  auto *self = reinterpret_cast<Executable *>(type->tp_alloc(type, 0));
  if (!self)
    return nullptr;
  self->entry = reinterpret_cast<MyiaEntry>(address);
  self->numArguments = count;
  self->numResults = layout->countSlots();
  self->releaseGil = releaseGil;
  Py_INCREF(code);
  self->code = code;
  self->result = layout.release();
  self->boxes = boxes.release();
  self->boxArguments = roots.release();
  self->listArguments = lists.release();
  self->guards = guards.release();
  self->inputs = inputs.release();
  self->written = written.release();
  return reinterpret_cast<PyObject *>(self);
}

static PyObject *newGuarded(PyTypeObject *type, PyObject *args,
                            PyObject *kwargs) {
  return guarded([&] { return newExecutable(type, args, kwargs); });
}

static int traverseExecutable(PyObject *object, visitproc visit, void *arg) {
  auto *self = reinterpret_cast<Executable *>(object);
  Py_VISIT(Py_TYPE(object));
  Py_VISIT(self->code);
  if (self->result)
    if (int found = self->result->traverse(visit, arg))
      return found;
  if (self->guards)
    for (const Guard &guard : *self->guards) {
      Py_VISIT(guard.scope.get());
      Py_VISIT(guard.value.get());
    }
  if (self->inputs)
    for (const Guard &place : self->inputs->places)
      Py_VISIT(place.scope.get());
  return 0;
}

static int clearExecutable(PyObject *object) {
  auto *self = reinterpret_cast<Executable *>(object);
  if (self->guards)
    std::vector<Guard>().swap(*self->guards);
  if (self->inputs)
    std::vector<Guard>().swap(self->inputs->places);
  return 0;
}

static void deallocExecutable(PyObject *object) {
  auto *self = reinterpret_cast<Executable *>(object);
  PyTypeObject *type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  delete self->guards;
  delete self->inputs;
  delete self->written;
  delete self->result;
  delete self->boxes;
  delete self->boxArguments;
  delete self->listArguments;
  Py_XDECREF(self->code);
  type->tp_free(object);
  Py_DECREF(type);
}

/// Calls with arguments as they are, without cache or guards: for tests.
static PyObject *callPlainly(PyObject *self, PyObject *args) {
  Arguments arguments;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); ++i)
    if (!flatten(arguments, PyTuple_GET_ITEM(args, i))) {
      if (!PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "an argument has no type");
      return nullptr;
    }
  return run(reinterpret_cast<Executable *>(self), arguments);
}

static PyObject *callExecutable(PyObject *self, PyObject *args, PyObject *) {
  return guarded([&] { return callPlainly(self, args); });
}

PyObject *mlir::myia::python::createExecutableType(PyObject *module) {
  static PyType_Slot slots[] = {
      {Py_tp_doc, const_cast<char *>("Machine code for one signature.")},
      {Py_tp_new, reinterpret_cast<void *>(newGuarded)},
      {Py_tp_call, reinterpret_cast<void *>(callExecutable)},
      {Py_tp_traverse, reinterpret_cast<void *>(traverseExecutable)},
      {Py_tp_clear, reinterpret_cast<void *>(clearExecutable)},
      {Py_tp_dealloc, reinterpret_cast<void *>(deallocExecutable)},
      {0, nullptr}};
  static PyType_Spec spec = {"myia._call.Executable", sizeof(Executable), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots};
  PyObject *type = PyType_FromModuleAndSpec(module, &spec, nullptr);
  executableType = reinterpret_cast<PyTypeObject *>(type);
  return type;
}
