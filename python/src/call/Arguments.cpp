//===- Arguments.cpp - From Python values to slots ------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over the arguments yields both the signature and the slots. The
// words are prefix code: each starts with a tag, so different structures never
// agree.
//
//===----------------------------------------------------------------------===//

#include "Flatten.h"

using namespace mlir::myia::python;

namespace {

/// Every class met so far. Never freed: a class is seldom collected.
std::unordered_map<PyTypeObject *, ClassInfo> *classes;

} // namespace

MyiaObject *Arguments::Box::add(MyiaObject *object) {
  if (!object) {
    PyErr_NoMemory();
    return nullptr;
  }
  try {
    objects.push_back(object);
  } catch (const std::bad_alloc &) {
    myia_discard(object);
    throw;
  }
  return object;
}

static void addNamed(Arguments &arguments, uint64_t tag, PyObject *object) {
  arguments.words.push(tag);
  arguments.words.push(reinterpret_cast<uintptr_t>(object));
  arguments.named.push(object);
}

/// A compile-time constant: strings by value, functions by what they are made
/// of (flattenFunction), all else by identity.
static bool flattenStatic(Arguments &arguments, PyObject *value) {
  if (PyUnicode_CheckExact(value) && !PyUnicode_CHECK_INTERNED(value)) {
    Py_INCREF(value);
    PyUnicode_InternInPlace(&value);
    arguments.held.push(value);
  }
  addNamed(arguments, word(TagStatic), value);
  return true;
}

/// A function counts by what it does rather than by identity, so that a lambda
/// written in a loop is compiled once: its code, globals and defaults, and the
/// objects that it captured.
static bool flattenFunction(Arguments &arguments, PyObject *value) {
  PyObject *closure = PyFunction_GET_CLOSURE(value);
  Py_ssize_t count = closure ? PyTuple_GET_SIZE(closure) : 0;
  addNamed(arguments, word(TagFunction, count), PyFunction_GET_CODE(value));
  for (PyObject *part :
       {PyFunction_GET_GLOBALS(value), PyFunction_GET_DEFAULTS(value),
        PyFunction_GET_KW_DEFAULTS(value)})
    addNamed(arguments, word(TagStatic), part);
  for (Py_ssize_t i = 0; i < count; ++i)
    addNamed(arguments, word(TagStatic),
             PyCell_GET(PyTuple_GET_ITEM(closure, i)));
  return true;
}

/// `functools.partial(function, *args, **keywords)`: what it holds is passed at
/// run time, and only the names of the keywords belong to the signature.
static bool flattenPartial(Arguments &arguments, PyObject *value) {
  PyObject *parts[3];
  const char *names[] = {"func", "args", "keywords"};
  for (int i = 0; i < 3; ++i) {
    parts[i] = PyObject_GetAttrString(value, names[i]);
    if (!parts[i])
      return false;
    arguments.held.push(parts[i]);
  }
  arguments.words.push(word(TagPartial));
  return PyTuple_CheckExact(parts[1]) && PyDict_CheckExact(parts[2]) &&
         flatten(arguments, parts[0]) && flatten(arguments, parts[1]) &&
         flatten(arguments, parts[2]);
}

/// A method counts by its function, and by what it is bound to.
static bool flattenMethod(Arguments &arguments, PyObject *value) {
  arguments.words.push(word(TagMethod));
  return flatten(arguments, PyMethod_GET_FUNCTION(value)) &&
         flatten(arguments, PyMethod_GET_SELF(value));
}

/// A function that compiled code returned: where it is defined, by value, and
/// what it captured.
static bool flattenClosure(Arguments &arguments, PyObject *value) {
  PyObject *parts = PyObject_GetAttrString(value, "__myia_parts__");
  if (!parts)
    return false;
  arguments.held.push(parts);
  PyObject *outer, *index, *captured;
  if (!PyArg_ParseTuple(parts, "OOO", &outer, &index, &captured))
    return false;
  arguments.words.push(word(TagClosure));
  return flatten(arguments, outer) && flattenKnown(arguments, index) &&
         flatten(arguments, captured);
}

/// The class of a name in a Python module; null if there is none.
static PyTypeObject *findClass(const char *module, const char *name) {
  Ref found(PyImport_ImportModule(module));
  PyObject *cls = found ? PyObject_GetAttrString(found.get(), name) : nullptr;
  PyErr_Clear();
  return reinterpret_cast<PyTypeObject *>(cls);
}

static bool isPartial(PyObject *value) {
  static PyTypeObject *partial;
  if (!partial)
    partial = findClass("functools", "partial");
  return Py_IS_TYPE(value, partial);
}

static bool isClosure(PyObject *value) {
  static PyTypeObject *closure;
  if (!closure)
    closure = findClass("myia.closures", "Closure");
  return PyObject_TypeCheck(value, closure);
}

/// A parameter that the compiled code is made for: numbers by value too.
bool mlir::myia::python::flattenKnown(Arguments &arguments, PyObject *value) {
  if (!value)
    return flatten(arguments, value);
  if (PyBool_Check(value) || PyLong_CheckExact(value)) {
    int overflow;
    int64_t number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow)
      return flattenStatic(arguments, value);
    arguments.words.push(word(TagStatic, PyBool_Check(value) ? 1 : 2));
    arguments.words.push(number);
    return true;
  }
  if (PyFloat_CheckExact(value)) {
    double number = PyFloat_AS_DOUBLE(value);
    uint64_t bits;
    memcpy(&bits, &number, sizeof(bits));
    arguments.words.push(word(TagStatic, 3));
    arguments.words.push(bits);
    return true;
  }
  if (PyTuple_CheckExact(value)) {
    Py_ssize_t size = PyTuple_GET_SIZE(value);
    arguments.words.push(word(TagStatic, 4));
    arguments.words.push(size);
    for (Py_ssize_t i = 0; i < size; ++i)
      if (!flattenKnown(arguments, PyTuple_GET_ITEM(value, i)))
        return false;
    return true;
  }
  return PyFunction_Check(value) ? flattenFunction(arguments, value)
                                 : flattenStatic(arguments, value);
}

/// The name of a dtype in a signature: built-in ones have a number.
static void addDescr(Arguments &arguments, Tag tag, PyArray_Descr *descr,
                     uint64_t rank) {
  if (PyTypeNum_ISUSERDEF(descr->type_num) || PyDataType_REFCHK(descr) ||
      descr->type_num >= NPY_OBJECT) {
    addNamed(arguments, word(tag, 255 | rank << 8),
             reinterpret_cast<PyObject *>(descr));
    return;
  }
  arguments.words.push(word(tag, uint64_t(descr->type_num) | rank << 8));
}

/// A NumPy scalar, or an array without dimensions.
static bool flattenScalar(Arguments &arguments, PyArray_Descr *descr,
                          const void *data) {
  addDescr(arguments, TagScalar, descr, 0);
  if (isComplexWord(word(TagScalar, descr->type_num))) {
    size_t half = PyDataType_ELSIZE(descr) / 2;
    for (size_t i = 0; i < 2; ++i) {
      int64_t part = 0;
      memcpy(&part, static_cast<const char *>(data) + i * half, half);
      arguments.slots.push(part);
    }
    return true;
  }
  int64_t slot = 0;
  size_t bytes = PyDataType_ELSIZE(descr);
  if (bytes <= sizeof(slot))
    memcpy(&slot, data, bytes);
  arguments.slots.push(slot);
  return true;
}

/// Adds the slot of an array.
static void addArray(Arguments &arguments, PyArrayObject *array) {
  arguments.arrays.push({arguments.slots.size(), array, nullptr});
  arguments.slots.push(0);
}

/// Copies of the real and the imaginary part.
static bool addParts(Arguments &arguments, PyArrayObject *array) {
  for (const char *name : {"real", "imag"}) {
    Ref part(PyObject_GetAttrString(reinterpret_cast<PyObject *>(array), name));
    PyObject *copy =
        part ? PyArray_NewCopy(reinterpret_cast<PyArrayObject *>(part.get()),
                               NPY_CORDER)
             : nullptr;
    if (!copy)
      return false;
    arguments.held.push(copy);
    addArray(arguments, reinterpret_cast<PyArrayObject *>(copy));
  }
  return true;
}

static bool flattenArray(Arguments &arguments, PyObject *value) {
  auto *array = reinterpret_cast<PyArrayObject *>(value);
  // Compiled code reads rows of well-placed elements in this machine's order.
  if (!PyArray_ISCARRAY_RO(array) && !PyDataType_REFCHK(PyArray_DESCR(array))) {
    Ref native(reinterpret_cast<PyObject *>(
        PyArray_DescrNewByteorder(PyArray_DESCR(array), NPY_NATIVE)));
    if (!native)
      return false;
    PyObject *copy = PyArray_FromAny(
        value, reinterpret_cast<PyArray_Descr *>(native.release()), 0, 0,
        NPY_ARRAY_CARRAY_RO | NPY_ARRAY_NOTSWAPPED, nullptr);
    if (!copy)
      return false;
    arguments.held.push(copy);
    array = reinterpret_cast<PyArrayObject *>(copy);
  }
  int rank = PyArray_NDIM(array);
  if (rank == 0)
    return flattenScalar(arguments, PyArray_DESCR(array), PyArray_DATA(array));
  addDescr(arguments, TagArray, PyArray_DESCR(array), rank);
  for (int i = 0; i < rank; ++i)
    arguments.words.push(PyArray_DIM(array, i));
  if (isComplexWord(word(TagArray, PyArray_TYPE(array))))
    return addParts(arguments, array);
  addArray(arguments, array);
  return true;
}

/// A subclass may give the elements another meaning: a mask, a unit.
static bool refuseSubclass(PyObject *value) {
  PyErr_Format(PyExc_TypeError,
               "compiled code takes plain NumPy arrays, not %s; pass "
               "numpy.asarray(x) if its elements mean the same",
               Py_TYPE(value)->tp_name);
  return false;
}

static bool flattenNumPyScalar(Arguments &arguments, PyObject *value) {
  Ref descr(reinterpret_cast<PyObject *>(PyArray_DescrFromScalar(value)));
  if (!descr)
    return false;
  auto *type = reinterpret_cast<PyArray_Descr *>(descr.get());
  alignas(16) char data[64];
  bool isNumber = PyTypeNum_ISNUMBER(type->type_num) ||
                  PyTypeNum_ISBOOL(type->type_num) ||
                  PyTypeNum_ISUSERDEF(type->type_num);
  if (!isNumber || PyDataType_ELSIZE(type) > npy_intp(sizeof(data)))
    return flattenStatic(arguments, value);
  PyArray_ScalarAsCtype(value, data);
  // The word may name the descriptor, which the scalar does not keep alive.
  arguments.held.push(descr.release());
  return flattenScalar(arguments, type, data);
}

bool mlir::myia::python::toInt64(PyObject *value, int64_t &number) {
  int overflow;
  number = PyLong_AsLongLongAndOverflow(value, &overflow);
  if (overflow)
    PyErr_SetString(PyExc_OverflowError,
                    "an int of compiled code must fit 64 bits");
  return !overflow;
}

static bool flattenInt(Arguments &arguments, PyObject *value) {
  int64_t number;
  if (!toInt64(value, number))
    return false;
  arguments.words.push(word(TagInt));
  arguments.slots.push(number);
  return true;
}

static bool flattenComplex(Arguments &arguments, PyObject *value) {
  Py_complex number = PyComplex_AsCComplex(value);
  arguments.words.push(word(TagComplex));
  for (double part : {number.real, number.imag}) {
    int64_t slot;
    memcpy(&slot, &part, sizeof(slot));
    arguments.slots.push(slot);
  }
  return true;
}

static bool flattenTuple(Arguments &arguments, PyObject *value) {
  Py_ssize_t size = PyTuple_GET_SIZE(value);
  arguments.words.push(word(TagTuple, size));
  for (Py_ssize_t i = 0; i < size; ++i)
    if (!flatten(arguments, PyTuple_GET_ITEM(value, i)))
      return false;
  return true;
}

/// Keys are part of the signature, in order.
static bool flattenDict(Arguments &arguments, PyObject *value) {
  Py_ssize_t size = PyDict_GET_SIZE(value), count = 0;
  arguments.words.push(word(TagDict, size));
  PyObject *key, *item;
  for (Py_ssize_t at = 0; PyDict_Next(value, &at, &key, &item); ++count) {
    for (PyObject *part : {key, item}) {
      Py_INCREF(part);
      arguments.held.push(part);
    }
    if (!flattenStatic(arguments, key) || !flatten(arguments, item))
      return false;
    // Flattening an item may run Python code.
    if (PyDict_GET_SIZE(value) != size)
      break;
  }
  if (count == size)
    return true;
  PyErr_SetString(PyExc_RuntimeError,
                  "a dict changed while it was passed to compiled code");
  return false;
}

/// The fields of a dataclass, and what their annotations say.
static bool readFields(ClassInfo &info) {
  Ref module(PyImport_ImportModule("myia.frontend.field_types"));
  Ref facts(
      module ? PyObject_CallMethod(module.get(), "facts", "O", info.cls.get())
             : nullptr);
  PyObject *fields, *open;
  int isRecursive;
  if (!facts || !PyArg_ParseTuple(facts.get(), "pO!O!", &isRecursive,
                                  &PyTuple_Type, &fields, &PyTuple_Type, &open))
    return false;
  info.isRecursive = isRecursive;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(fields); ++i) {
    info.fields.push_back(Ref::borrow(PyTuple_GET_ITEM(fields, i)));
    info.open.push_back(PyTuple_GET_ITEM(open, i) == Py_True);
  }
  return true;
}

bool mlir::myia::python::isNamedTuple(PyTypeObject *type) {
  auto *cls = reinterpret_cast<PyObject *>(type);
  return PyType_IsSubtype(type, &PyTuple_Type) &&
         PyObject_HasAttrString(cls, "_fields") &&
         PyObject_HasAttrString(cls, "_field_defaults");
}

ClassInfo *mlir::myia::python::getClassInfo(PyTypeObject *type) {
  static PyTypeObject *lastType;
  static ClassInfo *lastInfo;
  if (type == lastType)
    return lastInfo;
  if (!classes)
    classes = new std::unordered_map<PyTypeObject *, ClassInfo>;
  auto found = classes->find(type);
  if (found == classes->end()) {
    auto *cls = reinterpret_cast<PyObject *>(type);
    ClassInfo info;
    info.cls = Ref::borrow(cls);
    // A class of ours that happens to be a dataclass says so.
    info.isRecord = (isNamedTuple(type) ||
                     PyObject_HasAttrString(cls, "__dataclass_fields__")) &&
                    !PyObject_HasAttrString(cls, "__myia_static__");
    if (info.isRecord && !readFields(info))
      return nullptr;
    found = classes->emplace(type, std::move(info)).first;
  }
  lastType = type;
  lastInfo = &found->second;
  return lastInfo;
}

size_t mlir::myia::python::countFields(uint64_t cls) {
  return getClassInfo(reinterpret_cast<PyTypeObject *>(cls))->fields.size();
}

bool mlir::myia::python::forEachField(
    PyObject *value, const std::function<bool(PyObject *)> &visit) {
  ClassInfo *info = getClassInfo(Py_TYPE(value));
  if (!info)
    return false;
  for (const Ref &field : info->fields) {
    PyObject *item = PyObject_GetAttr(value, field.get());
    if (!item || !visit(item))
      return false;
  }
  return true;
}

static bool flattenOther(Arguments &arguments, PyObject *value) {
  ClassInfo *info = getClassInfo(Py_TYPE(value));
  if (!info)
    return false;
  if (!info->isRecord)
    return flattenStatic(arguments, value);
  addNamed(arguments, word(info->isRecursive ? TagBox : TagRecord),
           info->cls.get());
  if (info->isRecursive)
    return flattenBox(arguments, value);
  return forEachField(value, [&](PyObject *item) {
    arguments.held.push(item);
    return flatten(arguments, item);
  });
}

/// Python's own limit may have been raised beyond what the stack can bear.
static thread_local int nestedLevels;
static constexpr int mostNestedLevels = 500;

NestedLevel::NestedLevel() {
  const char *where = " while passing arguments to compiled code";
  entered = !Py_EnterRecursiveCall(where);
  if (!entered)
    return;
  if (++nestedLevels > mostNestedLevels) {
    PyErr_Format(PyExc_RecursionError, "values are nested too deeply%s", where);
    this->~NestedLevel();
    entered = false;
  }
}

NestedLevel::~NestedLevel() {
  if (!entered)
    return;
  --nestedLevels;
  Py_LeaveRecursiveCall();
}

/// Values that contain others.
static bool flattenNested(Arguments &arguments, PyObject *value) {
  NestedLevel level;
  if (!level)
    return false;
  return PyTuple_CheckExact(value)  ? flattenTuple(arguments, value)
         : PyList_CheckExact(value) ? flattenList(arguments, value)
         : PyDict_CheckExact(value) ? flattenDict(arguments, value)
         : PyMethod_Check(value)    ? flattenMethod(arguments, value)
         : isPartial(value)         ? flattenPartial(arguments, value)
         : isClosure(value)         ? flattenClosure(arguments, value)
                                    : flattenOther(arguments, value);
}

bool mlir::myia::python::flatten(Arguments &arguments, PyObject *value) {
  if (!value) {
    arguments.words.push(word(TagOmitted));
    return true;
  }
  if (PyFloat_CheckExact(value)) {
    double number = PyFloat_AS_DOUBLE(value);
    int64_t slot;
    memcpy(&slot, &number, sizeof(slot));
    arguments.words.push(word(TagFloat));
    arguments.slots.push(slot);
    return true;
  }
  if (PyArray_CheckExact(value))
    return flattenArray(arguments, value);
  if (PyLong_CheckExact(value))
    return flattenInt(arguments, value);
  if (PyBool_Check(value)) {
    arguments.words.push(word(TagBool));
    arguments.slots.push(value == Py_True);
    return true;
  }
  if (PyComplex_CheckExact(value))
    return flattenComplex(arguments, value);
  if (PyFunction_Check(value))
    return flattenFunction(arguments, value);
  if (value == Py_None || PyUnicode_CheckExact(value) || PyType_Check(value))
    return flattenStatic(arguments, value);
  if (PyArray_Check(value))
    return refuseSubclass(value);
  if (PyArray_IsScalar(value, Generic))
    return flattenNumPyScalar(arguments, value);
  return flattenNested(arguments, value);
}
