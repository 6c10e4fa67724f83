//===- Fill.cpp - Python values into slots by a layout --------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The signature was found in an earlier walk, and Python code may have run in
// between: every value is checked again.
//
//===----------------------------------------------------------------------===//

#include "Fill.h"

#include "Flatten.h"

using namespace mlir::myia::python;

bool Filler::refuse(const Layout &layout, PyObject *value) {
  if (!box) {
    PyErr_SetString(PyExc_RuntimeError,
                    "a list changed while it was passed to compiled code");
    return false;
  }
  static const std::pair<Layout::Kind, const char *> names[] = {
      {Layout::Bool, "a bool"},
      {Layout::Int, "an int"},
      {Layout::Float, "a float"},
      {Layout::List, "a list"},
      {Layout::Array, "an array of this dtype and shape"},
      {Layout::Scalar, "a NumPy scalar of this dtype"}};
  const char *wanted = "of another type";
  for (auto [kind, name] : names)
    if (kind == layout.kind)
      wanted = name;
  PyErr_Format(PyExc_TypeError,
               "a field of an argument must be %s, as it is annotated [got %R]",
               wanted, Py_TYPE(value));
  return false;
}

static int getTypeNumber(const Layout &layout) {
  return reinterpret_cast<PyArray_Descr *>(layout.descr.get())->type_num;
}

/// Whether an array has the dtype and the sizes of a layout.
static bool acceptsArray(const Layout &layout, int dtype, PyObject *value) {
  if (!PyArray_CheckExact(value))
    return false;
  auto *array = reinterpret_cast<PyArrayObject *>(value);
  if (PyArray_TYPE(array) != dtype ||
      size_t(PyArray_NDIM(array)) != layout.shape.size())
    return false;
  return !layout.knowsShape ||
         std::equal(layout.shape.begin(), layout.shape.end(),
                    PyArray_DIMS(array));
}

/// Whether a NumPy scalar, or an array without sizes, has this dtype.
static bool acceptsScalar(int dtype, PyObject *value) {
  if (PyArray_CheckExact(value)) {
    auto *array = reinterpret_cast<PyArrayObject *>(value);
    return PyArray_NDIM(array) == 0 && PyArray_TYPE(array) == dtype;
  }
  if (!PyArray_IsScalar(value, Generic))
    return false;
  Ref own(reinterpret_cast<PyObject *>(PyArray_DescrFromScalar(value)));
  return own && reinterpret_cast<PyArray_Descr *>(own.get())->type_num == dtype;
}

/// Real numbers that meet complex ones are promoted as well.
static bool acceptsComplex(const Layout &layout, PyObject *value,
                           bool promotes) {
  const Layout &part = layout.elements.front();
  if (part.kind == Layout::Float)
    return PyComplex_CheckExact(value) ||
           (promotes && (PyFloat_CheckExact(value) ||
                         PyLong_CheckExact(value) || PyBool_Check(value)));
  int dtype =
      getTypeNumber(part) == NPY_FLOAT32 ? NPY_COMPLEX64 : NPY_COMPLEX128;
  return part.kind == Layout::Array ? acceptsArray(part, dtype, value)
                                    : acceptsScalar(dtype, value);
}

static bool isSameConstant(PyObject *known, PyObject *value) {
  return known == value ||
         (PyUnicode_CheckExact(known) && PyUnicode_CheckExact(value) &&
          PyUnicode_Compare(known, value) == 0);
}

/// Whether a dict has the keys of a layout, in their order.
static bool acceptsDict(const Layout &layout, PyObject *value) {
  if (!PyDict_CheckExact(value) ||
      size_t(PyDict_GET_SIZE(value)) != layout.elements.size())
    return false;
  PyObject *key, *item;
  Py_ssize_t index = 0;
  for (Py_ssize_t at = 0; PyDict_Next(value, &at, &key, &item); ++index)
    if (!isSameConstant(PyTuple_GET_ITEM(layout.fields.get(), index), key))
      return false;
  return true;
}

/// Numbers that meet in a list are promoted; a field has the type that its
/// annotation says, for which an int counts as a float.
bool Filler::accepts(const Layout &layout, PyObject *value) {
  bool promotes = !box;
  switch (layout.kind) {
  case Layout::Bool:
    return PyBool_Check(value);
  case Layout::Int:
    return PyLong_CheckExact(value) || (promotes && PyBool_Check(value));
  case Layout::Float:
    return PyFloat_CheckExact(value) || PyLong_CheckExact(value) ||
           (promotes && PyBool_Check(value));
  case Layout::Scalar:
    return acceptsScalar(getTypeNumber(layout), value);
  case Layout::Array:
    return acceptsArray(layout, getTypeNumber(layout), value);
  case Layout::List:
    return PyList_CheckExact(value) &&
           (!layout.elements.empty() || PyList_GET_SIZE(value) == 0);
  case Layout::Tuple:
    return PyTuple_CheckExact(value) &&
           size_t(PyTuple_GET_SIZE(value)) == layout.elements.size();
  case Layout::Dict:
    return acceptsDict(layout, value);
  case Layout::Record:
    return reinterpret_cast<PyObject *>(Py_TYPE(value)) == layout.cls.get();
  case Layout::Complex:
    return acceptsComplex(layout, value, promotes);
  case Layout::Static:
    return isSameConstant(layout.value.get(), value);
  case Layout::Box:
    return accepts(layouts[layout.box], value);
  case Layout::Union: // does not nest
  case Layout::Made:  // functions
  case Layout::Text:  // and text that is not constant are no elements
  case Layout::Field:
  case Layout::Percent:
  case Layout::Format:
    return false;
  }
  Py_UNREACHABLE();
}

/// The tag and the first alternative that the value fits; the slots of the
/// others are zero.
bool Filler::fillUnion(const Layout &layout, PyObject *value, int64_t *&slot) {
  int64_t &tag = *slot++;
  tag = -1;
  for (size_t i = 0; i < layout.elements.size(); ++i) {
    const Layout &alternative = layout.elements[i];
    if (tag < 0 && accepts(alternative, value)) {
      tag = i;
      if (!fill(alternative, value, slot))
        return false;
    } else {
      size_t count = alternative.countSlots();
      std::fill_n(slot, count, 0);
      slot += count;
    }
  }
  return tag >= 0 || refuse(layout, value);
}

/// The float that a number of Python is. An int that is none is refused:
/// numbers are promoted, but keep their values.
static bool fillFloat(PyObject *value, int64_t &slot) {
  Ref number(PyNumber_Float(value));
  int same = number ? PyObject_RichCompareBool(number.get(), value, Py_EQ) : -1;
  if (same < 0)
    return false;
  if (!same && PyLong_CheckExact(value)) {
    PyErr_Format(PyExc_OverflowError,
                 "%R does not fit a float, as which it is passed to compiled "
                 "code because other values in its place are floats",
                 value);
    return false;
  }
  double result = PyFloat_AS_DOUBLE(number.get());
  memcpy(&slot, &result, sizeof(result));
  return true;
}

bool Filler::fillNumber(const Layout &layout, PyObject *value, int64_t &slot) {
  if (layout.kind == Layout::Float) {
    if (!PyFloat_CheckExact(value))
      return fillFloat(value, slot);
    double number = PyFloat_AS_DOUBLE(value);
    memcpy(&slot, &number, sizeof(number));
    return true;
  }
  if (PyBool_Check(value)) {
    slot = value == Py_True;
    return true;
  }
  if (layout.kind == Layout::Int)
    return toInt64(value, slot);
  Arguments alone;
  if (!flatten(alone, value))
    return false;
  slot = alone.slots[0];
  return true;
}

bool Filler::fillFields(const Layout &layout, PyObject *value, int64_t *&slot) {
  for (size_t i = 0; i < layout.elements.size(); ++i) {
    PyObject *name = PyTuple_GET_ITEM(layout.fields.get(), i);
    PyObject *field = layout.kind == Layout::Dict
                          ? PyObject_GetItem(value, name)
                          : PyObject_GetAttr(value, name);
    if (!field)
      return false;
    arguments.held.push(field);
    if (!fill(layout.elements[i], field, slot))
      return false;
  }
  return true;
}

/// The real and the imaginary part.
bool Filler::fillComplex(const Layout &layout, PyObject *value,
                         int64_t *&slot) {
  const Layout &part = layout.elements.front();
  if (part.kind == Layout::Float && !PyComplex_CheckExact(value)) {
    slot[1] = 0;
    slot += 2;
    return fillNumber(part, value, slot[-2]);
  }
  if (part.kind == Layout::Array) {
    for (const char *name : {"real", "imag"}) {
      Ref found(PyObject_GetAttrString(value, name));
      if (!found || !fillArray(part, found.get(), *slot++))
        return false;
    }
    return true;
  }
  Arguments alone;
  if (!flatten(alone, value))
    return false;
  *slot++ = alone.slots[0];
  *slot++ = alone.slots[1];
  return true;
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

static void setSizes(MyiaObject *object, PyArrayObject *array) {
  auto *shaped = reinterpret_cast<MyiaShapedArray *>(object);
  for (int i = 0; i < PyArray_NDIM(array); ++i)
    shaped->sizes[i] = PyArray_DIM(array, i);
}

/// Refers to an array of Python, which the call keeps alive.
void Filler::keep(const Layout &layout, PyArrayObject *array, int64_t &slot) {
  Py_INCREF(array);
  arguments.held.push(reinterpret_cast<PyObject *>(array));
  if (layout.knowsShape) {
    arguments.arrays.push({0, array, &slot});
    return;
  }
  static const MyiaType shapedType = {MYIA_SHAPED_ARRAY, 0, nullptr};
  auto *shaped = reinterpret_cast<MyiaShapedArray *>(
      arguments.addBlock(sizeof(MyiaShapedArray)));
  makeHeader(shaped->object, &shapedType, PyArray_DATA(array),
             PyArray_NBYTES(array), array);
  shaped->base = nullptr;
  setSizes(&shaped->object, array);
  slot = reinterpret_cast<intptr_t>(shaped);
}

bool Filler::fillArray(const Layout &layout, PyObject *value, int64_t &slot) {
  if (layout.shape.size() > MYIA_MAX_SIZES && !layout.knowsShape)
    return refuse(layout, value);
  auto *descr = reinterpret_cast<PyArray_Descr *>(layout.descr.get());
  Py_INCREF(descr);
  Ref array(PyArray_FromAny(
      value, descr, 0, 0, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_NOTSWAPPED, nullptr));
  if (!array)
    return false;
  auto *data = reinterpret_cast<PyArrayObject *>(array.get());
  if (!box) {
    keep(layout, data, slot);
    return true;
  }
  int64_t bytes = PyArray_NBYTES(data);
  MyiaObject *object =
      box->add(layout.knowsShape ? myia_array_allocate(bytes)
                                 : myia_shaped_allocate(bytes));
  if (!object)
    return false;
  if (!layout.knowsShape)
    setSizes(object, data);
  memcpy(object->data, PyArray_DATA(data), bytes);
  slot = reinterpret_cast<intptr_t>(object);
  return true;
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

/// Storing an element may run Python code, which may change the list.
bool Filler::fillElements(const Layout &layout, PyObject *value,
                          MyiaList &list) {
  auto *slot = reinterpret_cast<int64_t *>(list.elements);
  Py_ssize_t length = list.length;
  for (Py_ssize_t i = 0; i < length; ++i) {
    if (PyList_GET_SIZE(value) != length)
      return refuse(layout, value);
    Ref item = Ref::borrow(PyList_GET_ITEM(value, i));
    if (!fill(layout.elements.front(), item.get(), slot))
      return false;
  }
  return true;
}

bool Filler::fillList(const Layout &layout, PyObject *value, int64_t &slot) {
  Py_ssize_t length = PyList_GET_SIZE(value);
  int64_t stride = layout.list->stride;
  if (box) {
    MyiaObject *object =
        box->add(myia_list_create(&layout.list->type, stride, length));
    if (!object)
      return false;
    slot = reinterpret_cast<intptr_t>(object);
    auto &list = *static_cast<MyiaList *>(object->data);
    if (list.elements)
      memset(list.elements, 0, length * stride);
    return fillElements(layout, value, list);
  }
  struct Block {
    MyiaObject header;
    MyiaList list;
  };
  size_t bytes = sizeof(Block) + length * stride;
  auto *block = reinterpret_cast<Block *>(arguments.addBlock(bytes));
  auto *elements = reinterpret_cast<char *>(block + 1);
  block->list = {elements, length, length, stride, 0, 0};
  makeHeader(block->header, &layout.list->type, &block->list, sizeof(MyiaList),
             value);
  slot = reinterpret_cast<intptr_t>(&block->header);
  return fillElements(layout, value, block->list);
}

bool Filler::fill(const Layout &layout, PyObject *value, int64_t *&slot) {
  if (layout.kind == Layout::Union)
    return fillUnion(layout, value, slot);
  if (!accepts(layout, value))
    return refuse(layout, value);
  switch (layout.kind) {
  case Layout::Tuple:
    for (size_t i = 0; i < layout.elements.size(); ++i)
      if (!fill(layout.elements[i], PyTuple_GET_ITEM(value, i), slot))
        return false;
    return true;
  case Layout::Record:
  case Layout::Dict:
    return fillFields(layout, value, slot);
  case Layout::List:
    return fillList(layout, value, *slot++);
  case Layout::Array:
    return fillArray(layout, value, *slot++);
  case Layout::Box: {
    if (!made)
      return refuse(layout, value);
    auto found = made->find(value);
    if (found == made->end())
      return refuse(layout, value);
    myia_retain(found->second);
    *slot++ = reinterpret_cast<intptr_t>(found->second);
    return true;
  }
  case Layout::Bool:
  case Layout::Int:
  case Layout::Float:
  case Layout::Scalar:
    return fillNumber(layout, value, *slot++);
  case Layout::Complex:
    return fillComplex(layout, value, slot);
  case Layout::Static: // has no slot
    return true;
  case Layout::Union:
  case Layout::Made:
  case Layout::Text:
  case Layout::Field:
  case Layout::Percent:
  case Layout::Format:
    break; // see above, and `accepts`
  }
  Py_UNREACHABLE();
}
