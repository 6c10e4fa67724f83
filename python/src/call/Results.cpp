//===- Results.cpp - From slots to Python values --------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arrays are handed over without copying: the ndarray keeps the object alive.
//
//===----------------------------------------------------------------------===//

#include "Call.h"

#include <tuple>

using namespace mlir::myia::python;

//===----------------------------------------------------------------------===//
// Layouts
//===----------------------------------------------------------------------===//

/// The dtype of an MLIR element type; null with a Python error set if NumPy has
/// none.
static PyObject *getDescr(const std::string &name) {
  static const std::pair<const char *, int> known[] = {
#define MYIA_DTYPE(dtype, spelling, number, type) {spelling, number},
#include "myia/Support/Dtypes.def"
  };
  for (auto [type, number] : known)
    if (name == type && number != NPY_NOTYPE)
      return reinterpret_cast<PyObject *>(PyArray_DescrFromType(number));
  if (name == "bf16") {
    Ref module(PyImport_ImportModule("ml_dtypes"));
    Ref type(module ? PyObject_GetAttrString(module.get(), "bfloat16")
                    : nullptr);
    PyArray_Descr *descr = nullptr;
    if (type && PyArray_DescrConverter(type.get(), &descr))
      return reinterpret_cast<PyObject *>(descr);
    return nullptr;
  }
  PyErr_Format(PyExc_TypeError, "NumPy has no dtype for %s", name.c_str());
  return nullptr;
}

static bool parseElements(PyObject *parts, PyObject *names, Layout &layout) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(parts); ++i) {
    layout.elements.emplace_back();
    if (!Layout::parse(PyTuple_GET_ITEM(parts, i), names,
                       layout.elements.back()))
      return false;
  }
  return true;
}

static bool parseArray(PyObject *text, Layout &layout) {
  layout.descr = Ref(getDescr(PyUnicode_AsUTF8(PyTuple_GET_ITEM(text, 1))));
  if (!layout.descr)
    return false;
  PyObject *shape = PyTuple_GET_ITEM(text, 2);
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(shape); ++i) {
    PyObject *size = PyTuple_GET_ITEM(shape, i);
    layout.knowsShape &= size != Py_None;
    layout.shape.push_back(size == Py_None ? 0 : PyLong_AsSsize_t(size));
  }
  layout.kind = layout.shape.empty() ? Layout::Scalar : Layout::Array;
  return true;
}

static bool parseRecord(PyObject *text, PyObject *names, Layout &layout) {
  layout.kind = Layout::Record;
  PyObject *name = PyTuple_GET_ITEM(text, 1);
  if (PyUnicode_CompareWithASCIIString(name, "dict") == 0) {
    layout.kind = Layout::Dict;
    layout.fields = Ref::borrow(PyTuple_GET_ITEM(text, 2));
    return parseElements(PyTuple_GET_ITEM(text, 3), names, layout);
  }
  layout.cls = Ref::borrow(PyDict_GetItemWithError(names, name));
  if (!layout.cls) {
    PyErr_Format(PyExc_KeyError, "no class is given for %R", name);
    return false;
  }
  layout.isTuple =
      isNamedTuple(reinterpret_cast<PyTypeObject *>(layout.cls.get()));
  layout.fields = Ref::borrow(PyTuple_GET_ITEM(text, 2));
  return parseElements(PyTuple_GET_ITEM(text, 3), names, layout);
}

/// Appends which slots of a value hold objects.
static void findReferences(const Layout &layout, int64_t &offset,
                           std::vector<int64_t> &references) {
  switch (layout.kind) {
  case Layout::Array:
  case Layout::Box:
  case Layout::List:
    references.push_back(offset);
    offset += 8;
    return;
  case Layout::Bool:
  case Layout::Int:
  case Layout::Float:
  case Layout::Scalar:
    offset += 8;
    return;
  case Layout::Static:
    return;
  case Layout::Union:
    offset += 8; // the tag
    break;
  case Layout::Tuple:
  case Layout::Record:
  case Layout::Dict:
  case Layout::Complex:
  case Layout::Made:
  case Layout::Text:
  case Layout::Field:
  case Layout::Percent:
  case Layout::Format:
    break;
  }
  for (const Layout &element : layout.elements)
    findReferences(element, offset, references);
}

bool Layout::parse(PyObject *text, PyObject *names, Layout &layout) {
  std::string kind = PyUnicode_AsUTF8(PyTuple_GET_ITEM(text, 0));
  if (kind == "array")
    return parseArray(text, layout);
  if (kind == "record")
    return parseRecord(text, names, layout);
  if (kind == "tuple" || kind == "union" || kind == "complex") {
    layout.kind = kind == "tuple" ? Tuple : kind == "union" ? Union : Complex;
    return parseElements(PyTuple_GET_ITEM(text, 1), names, layout);
  }
  if (kind == "made") {
    layout.kind = Made;
    layout.cls = Ref::borrow(PyTuple_GET_ITEM(text, 1));
    return parseElements(PyTuple_GET_ITEM(text, 2), names, layout);
  }
  if (kind == "box") {
    layout.kind = Box;
    Ref key(Py_BuildValue("(O)", PyTuple_GET_ITEM(text, 1)));
    PyObject *position =
        key ? PyDict_GetItemWithError(names, key.get()) : nullptr;
    if (!position && !PyErr_Occurred())
      PyErr_SetString(PyExc_KeyError, "no record is given for a box");
    layout.box = position ? PyLong_AsSize_t(position) : 0;
    return position;
  }
  static const std::pair<const char *, Layout::Kind> texts[] = {
      {"text", Text},
      {"field", Field},
      {"percent", Percent},
      {"format", Format}};
  for (auto [name, which] : texts)
    if (kind == name) {
      layout.kind = which;
      return parseElements(PyTuple_GET_ITEM(text, 1), names, layout);
    }
  if (kind == "list") {
    layout.kind = List;
    if (!parseElements(PyTuple_GET_ITEM(text, 1), names, layout))
      return false;
    layout.list = std::make_unique<Elements>();
    Elements &list = *layout.list;
    list.stride = 0;
    for (const Layout &element : layout.elements)
      findReferences(element, list.stride, list.references);
    list.type = {MYIA_LIST, int64_t(list.references.size()),
                 list.references.data()};
    return true;
  }
  if (kind == "static") {
    layout.kind = Static;
    layout.value = Ref::borrow(PyTuple_GET_ITEM(text, 1));
    return true;
  }
  static const std::pair<const char *, Layout::Kind> numbers[] = {
      {"i1", Bool}, {"i64", Int}, {"f64", Float}};
  for (auto [name, which] : numbers)
    if (kind == name) {
      layout.kind = which;
      return true;
    }
  PyErr_Format(PyExc_TypeError, "no Python value is made of %s", kind.c_str());
  return false;
}

size_t Layout::countSlots() const {
  if (kind == Static)
    return 0;
  if (!isAggregate())
    return 1;
  size_t count = kind == Union; // the tag
  for (const Layout &element : elements)
    count += element.countSlots();
  return count;
}

int Layout::traverse(visitproc visit, void *arg) const {
  Py_VISIT(cls.get());
  Py_VISIT(value.get());
  for (const Layout &element : elements)
    if (int found = element.traverse(visit, arg))
      return found;
  return 0;
}

//===----------------------------------------------------------------------===//
// Boxes
//===----------------------------------------------------------------------===//

/// The records that a value leads to.
static void findBoxes(const Layout &layout, std::vector<size_t> &boxes) {
  if (layout.kind == Layout::Box)
    boxes.push_back(layout.box);
  for (const Layout &element : layout.elements)
    findBoxes(element, boxes);
}

bool BoxLayouts::parse(PyObject *text, PyObject *names) {
  Py_ssize_t count = PyTuple_GET_SIZE(text);
  for (Py_ssize_t i = 0; i < count; ++i) {
    Ref key(
        Py_BuildValue("(O)", PyTuple_GET_ITEM(PyTuple_GET_ITEM(text, i), 0)));
    Ref position(PyLong_FromSsize_t(i));
    if (!key || !position ||
        PyDict_SetItem(names, key.get(), position.get()) < 0)
      return false;
  }
  records.resize(count);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject *record = PyTuple_GET_ITEM(PyTuple_GET_ITEM(text, i), 1);
    if (!Layout::parse(record, names, records[i]))
      return false;
    int64_t offset = 0;
    findReferences(records[i], offset, references.emplace_back());
    types.push_back({MYIA_BOX, int64_t(references.back().size()),
                     references.back().data()});
  }
  reachable.resize(count);
  for (Py_ssize_t i = 0; i < count; ++i) {
    std::vector<size_t> pending{size_t(i)};
    while (!pending.empty()) {
      size_t next = pending.back();
      pending.pop_back();
      auto *cls = reinterpret_cast<PyTypeObject *>(records[next].cls.get());
      if (reachable[i].emplace(cls, next).second)
        findBoxes(records[next], pending);
    }
  }
  return true;
}

ptrdiff_t BoxLayouts::find(size_t root, PyTypeObject *cls) const {
  auto found = reachable[root].find(cls);
  if (found != reachable[root].end())
    return found->second;
  PyErr_Format(PyExc_TypeError,
               "an argument holds an instance of %s, which its annotations do "
               "not allow",
               cls->tp_name);
  return -1;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

namespace {

/// Reads the slots in order.
class ResultBuilder {
public:
  /// With `borrowed`, the slots keep what they refer to.
  ResultBuilder(const BoxLayouts &boxLayouts, int64_t *slots,
                bool borrowed = false)
      : boxLayouts(boxLayouts), slots(slots), borrowed(borrowed) {}
  ~ResultBuilder();

  /// The value; slots that a failure leaves behind are released at the end.
  PyObject *build(const Layout &layout);
  /// Sets the fields of the instances that were made for boxes.
  bool fillInstances();

private:
  PyObject *makeInstance(const Layout &layout);
  PyObject *buildBox(const Layout &layout, MyiaObject *object);
  bool fillInstance(const Layout &layout, PyObject *instance);
  PyObject *buildTuple(const Layout &layout);
  PyObject *buildRecord(const Layout &layout);
  PyObject *buildUnion(const Layout &layout);
  PyObject *buildComplex(const Layout &layout);
  PyObject *buildDict(const Layout &layout);
  PyObject *buildArray(const Layout &layout, MyiaObject *object);
  PyObject *buildList(const Layout &layout, MyiaObject *object);
  PyObject *buildElements(const Layout &layout, const MyiaList &list);

  const BoxLayouts &boxLayouts;
  int64_t *slots;
  bool borrowed;
  size_t next = 0;
  /// The instance of each box, so that what was shared still is.
  std::unordered_map<MyiaObject *, Ref> instances;
  struct Unfilled {
    MyiaObject *object;
    const Layout *layout;
    PyObject *instance;
  };
  std::vector<Unfilled> unfilled;
  std::vector<MyiaObject *> boxes; // to be given up at the end
  /// Objects that became arrays.
  SmallList<MyiaObject *, 16> made;
  SmallList<MyiaObject *, 16> pending;
  /// How many of `pending` have been taken over.
  size_t taken = 0;

public:
  /// Array slots, in order, so that a failure can release what is left.
  void expect(const Layout &layout, size_t &slot);
};

} // namespace

static constexpr const char *capsuleName = "myia.object";

static void releaseCapsule(PyObject *capsule) {
  myia_release(
      static_cast<MyiaObject *>(PyCapsule_GetPointer(capsule, capsuleName)));
}

void ResultBuilder::expect(const Layout &layout, size_t &slot) {
  if (layout.kind == Layout::Array || layout.kind == Layout::List) {
    auto *object = reinterpret_cast<MyiaObject *>(slots[slot]);
    myia_detach(object);
    pending.push(object);
  }
  if (layout.kind == Layout::Box) {
    auto *object = reinterpret_cast<MyiaObject *>(slots[slot]);
    myia_detach(object);
    boxes.push_back(object);
  }
  if (layout.kind == Layout::Union) {
    size_t tag = slots[slot++];
    for (const Layout &alternative : layout.elements) {
      if (&alternative == &layout.elements[tag])
        expect(alternative, slot);
      else
        slot += alternative.countSlots();
    }
    return;
  }
  if (layout.isAggregate()) {
    for (const Layout &element : layout.elements)
      expect(element, slot);
    return;
  }
  slot += layout.kind != Layout::Static;
}

ResultBuilder::~ResultBuilder() {
  for (size_t i = taken; i < pending.size(); ++i)
    myia_release(pending[i]);
  for (MyiaObject *object : boxes)
    myia_release(object);
}

/// What holds the elements of an array: itself, or what it is a view of.
static MyiaObject *getBase(MyiaObject *object) {
  if (object->type->kind != MYIA_SHAPED_ARRAY)
    return object;
  MyiaObject *base = reinterpret_cast<MyiaShapedArray *>(object)->base;
  return base ? base : object;
}

/// The sizes of an array: those of the layout, or its own.
static const npy_intp *getShape(const Layout &layout,
                                const MyiaObject *object) {
  static_assert(sizeof(npy_intp) == sizeof(int64_t));
  if (layout.knowsShape)
    return layout.shape.data();
  return reinterpret_cast<const npy_intp *>(
      reinterpret_cast<const MyiaShapedArray *>(object)->sizes);
}

/// An array of its own with the object's elements.
static PyObject *copyArray(PyArray_Descr *descr, const Layout &layout,
                           MyiaObject *object) {
  PyObject *array = PyArray_NewFromDescr(
      &PyArray_Type, descr, layout.shape.size(), getShape(layout, object),
      nullptr, nullptr, 0, nullptr);
  if (array) {
    auto *data = reinterpret_cast<PyArrayObject *>(array);
    memcpy(PyArray_DATA(data), object->data, PyArray_NBYTES(data));
  }
  return array;
}

/// The array that keeps the object alive.
static PyObject *wrapArray(PyArray_Descr *descr, const Layout &layout,
                           MyiaObject *object) {
  PyObject *capsule = PyCapsule_New(object, capsuleName, releaseCapsule);
  if (!capsule) {
    Py_DECREF(descr);
    myia_release(object);
    return nullptr;
  }
  PyObject *array = PyArray_NewFromDescr(
      &PyArray_Type, descr, layout.shape.size(), getShape(layout, object),
      nullptr, object->data, NPY_ARRAY_CARRAY, nullptr);
  if (!array)
    Py_DECREF(capsule);
  else
    PyArray_SetBaseObject(reinterpret_cast<PyArrayObject *>(array), capsule);
  return array;
}

/// The compiler may compute two equal arrays once, and a copy of an argument is
/// the argument to it. So that a later change in place of one array is never
/// seen in another, results share no memory with each other nor with arguments.
PyObject *ResultBuilder::buildArray(const Layout &layout, MyiaObject *object) {
  auto *descr = reinterpret_cast<PyArray_Descr *>(layout.descr.get());
  Py_INCREF(descr); // taken over by the array
  if (borrowed)
    return copyArray(descr, layout, object);
  MyiaObject *base = getBase(object);
  bool shared = base->owner;
  ++taken;
  for (MyiaObject *other : made)
    shared |= other == base;
  made.push(base);
  if (!shared)
    return wrapArray(descr, layout, object);
  PyObject *copy = copyArray(descr, layout, object);
  myia_release(object);
  return copy;
}

PyObject *ResultBuilder::buildElements(const Layout &layout,
                                       const MyiaList &list) {
  Ref result(PyList_New(list.length));
  if (!result)
    return nullptr;
  for (Py_ssize_t i = 0; i < list.length; ++i) {
    slots = reinterpret_cast<int64_t *>(list.elements + i * list.stride);
    next = 0;
    PyObject *value = build(layout.elements.front());
    if (!value)
      return nullptr;
    PyList_SET_ITEM(result.get(), i, value);
  }
  return result.release();
}

/// A Python list of the elements: it is Python's to change.
PyObject *ResultBuilder::buildList(const Layout &layout, MyiaObject *object) {
  bool isBorrowed = std::exchange(borrowed, true);
  int64_t *outerSlots = slots;
  size_t outerNext = next;
  taken += !isBorrowed;
  PyObject *result =
      buildElements(layout, *static_cast<MyiaList *>(object->data));
  slots = outerSlots;
  next = outerNext;
  borrowed = isBorrowed;
  if (!isBorrowed)
    myia_release(object);
  return result;
}

PyObject *ResultBuilder::buildTuple(const Layout &layout) {
  Ref tuple(PyTuple_New(layout.elements.size()));
  if (!tuple)
    return nullptr;
  Py_ssize_t index = 0;
  for (const Layout &element : layout.elements) {
    PyObject *value = build(element);
    if (!value)
      return nullptr;
    PyTuple_SET_ITEM(tuple.get(), index++, value);
  }
  return tuple.release();
}

PyObject *ResultBuilder::makeInstance(const Layout &layout) {
  auto *type = reinterpret_cast<PyTypeObject *>(layout.cls.get());
  Ref nothing(PyTuple_New(0));
  return nothing ? PyBaseObject_Type.tp_new(type, nothing.get(), nullptr)
                 : nullptr;
}

/// Fields are set directly: __init__ ran when the program made the record, and
/// a frozen class refuses assignment.
bool ResultBuilder::fillInstance(const Layout &layout, PyObject *instance) {
  Py_ssize_t index = 0;
  for (const Layout &element : layout.elements) {
    Ref value(build(element));
    PyObject *name = PyTuple_GET_ITEM(layout.fields.get(), index++);
    if (!value || PyObject_GenericSetAttr(instance, name, value.get()) < 0)
      return false;
  }
  return true;
}

PyObject *ResultBuilder::buildRecord(const Layout &layout) {
  if (layout.isTuple) {
    auto *type = reinterpret_cast<PyTypeObject *>(layout.cls.get());
    Ref elements(buildTuple(layout));
    Ref arguments(elements ? PyTuple_Pack(1, elements.get()) : nullptr);
    return arguments ? PyTuple_Type.tp_new(type, arguments.get(), nullptr)
                     : nullptr;
  }
  Ref instance(makeInstance(layout));
  if (!instance || !fillInstance(layout, instance.get()))
    return nullptr;
  return instance.release();
}

/// The instance of a box is filled later: trees are as deep as memory allows.
PyObject *ResultBuilder::buildBox(const Layout &layout, MyiaObject *object) {
  Ref &known = instances[object];
  if (!known) {
    const Layout &record = boxLayouts[layout.box];
    known = Ref(makeInstance(record));
    if (!known)
      return nullptr;
    unfilled.push_back({object, &record, known.get()});
  }
  Py_INCREF(known.get());
  return known.get();
}

bool ResultBuilder::fillInstances() {
  borrowed = true;
  while (!unfilled.empty()) {
    Unfilled last = unfilled.back();
    unfilled.pop_back();
    slots = static_cast<int64_t *>(last.object->data);
    next = 0;
    if (!fillInstance(*last.layout, last.instance))
      return false;
  }
  return true;
}

/// The alternative that the tag names; the slots of the others mean nothing.
PyObject *ResultBuilder::buildUnion(const Layout &layout) {
  size_t tag = slots[next++];
  PyObject *value = nullptr;
  for (const Layout &alternative : layout.elements) {
    if (&alternative == &layout.elements[tag])
      value = build(alternative);
    else
      next += alternative.countSlots();
  }
  return value;
}

/// The complex number or array of its real and imaginary part.
PyObject *ResultBuilder::buildComplex(const Layout &layout) {
  Ref re(build(layout.elements[0])),
      im(re ? build(layout.elements[1]) : nullptr);
  if (!im)
    return nullptr;
  if (PyFloat_CheckExact(re.get()))
    return PyComplex_FromDoubles(PyFloat_AS_DOUBLE(re.get()),
                                 PyFloat_AS_DOUBLE(im.get()));
  Ref reArray(PyArray_FROM_O(re.get())), imArray(PyArray_FROM_O(im.get()));
  if (!reArray || !imArray)
    return nullptr;
  auto *first = reinterpret_cast<PyArrayObject *>(reArray.get());
  bool isSingle = PyArray_TYPE(first) == NPY_FLOAT32;
  Ref whole(PyArray_SimpleNew(PyArray_NDIM(first), PyArray_DIMS(first),
                              isSingle ? NPY_COMPLEX64 : NPY_COMPLEX128));
  if (!whole)
    return nullptr;
  auto *array = reinterpret_cast<PyArrayObject *>(whole.get());
  auto *target = static_cast<char *>(PyArray_DATA(array));
  size_t bytes = PyArray_ITEMSIZE(first);
  npy_intp count = PyArray_SIZE(array);
  for (const Ref &part : {std::cref(reArray), std::cref(imArray)}) {
    auto *source = static_cast<const char *>(
        PyArray_DATA(reinterpret_cast<PyArrayObject *>(part.get())));
    for (npy_intp i = 0; i < count; ++i)
      memcpy(target + 2 * i * bytes, source + i * bytes, bytes);
    target += bytes;
  }
  // A scalar for what has no dimensions.
  return PyArray_Return(reinterpret_cast<PyArrayObject *>(whole.release()));
}

PyObject *ResultBuilder::buildDict(const Layout &layout) {
  Ref dict(PyDict_New());
  Py_ssize_t index = 0;
  for (const Layout &element : layout.elements) {
    Ref value(build(element));
    PyObject *name = PyTuple_GET_ITEM(layout.fields.get(), index++);
    if (!dict || !value || PyDict_SetItem(dict.get(), name, value.get()) < 0)
      return nullptr;
  }
  return dict.release();
}

PyObject *ResultBuilder::build(const Layout &layout) {
  switch (layout.kind) {
  case Layout::Bool:
    return PyBool_FromLong(slots[next++] & 1);
  case Layout::Int:
    return PyLong_FromLongLong(slots[next++]);
  case Layout::Float: {
    double number;
    memcpy(&number, &slots[next++], sizeof(number));
    return PyFloat_FromDouble(number);
  }
  case Layout::Scalar:
    return PyArray_Scalar(&slots[next++],
                          reinterpret_cast<PyArray_Descr *>(layout.descr.get()),
                          nullptr);
  case Layout::Array:
    return buildArray(layout, reinterpret_cast<MyiaObject *>(slots[next++]));
  case Layout::List:
    return buildList(layout, reinterpret_cast<MyiaObject *>(slots[next++]));
  case Layout::Tuple:
    return buildTuple(layout);
  case Layout::Record:
    return buildRecord(layout);
  case Layout::Union:
    return buildUnion(layout);
  case Layout::Complex:
    return buildComplex(layout);
  case Layout::Dict:
    return buildDict(layout);
  case Layout::Made: {
    Ref parts(buildTuple(layout));
    return parts ? PyObject_CallObject(layout.cls.get(), parts.get()) : nullptr;
  }
  case Layout::Text:
  case Layout::Field:
  case Layout::Percent:
  case Layout::Format: {
    Ref elements(buildTuple(layout));
    // Instances must be whole before they are written.
    auto position = std::make_tuple(slots, next, borrowed);
    bool filled = elements && fillInstances();
    std::tie(slots, next, borrowed) = position;
    return filled ? buildText(layout, elements.get()) : nullptr;
  }
  case Layout::Box:
    return buildBox(layout, reinterpret_cast<MyiaObject *>(slots[next++]));
  case Layout::Static:
    Py_INCREF(layout.value.get());
    return layout.value.get();
  }
  Py_UNREACHABLE();
}

PyObject *mlir::myia::python::buildResult(const Layout &layout,
                                          const BoxLayouts &boxes,
                                          int64_t *slots) {
  ResultBuilder builder(boxes, slots);
  size_t slot = 0;
  builder.expect(layout, slot);
  Ref value(builder.build(layout));
  return value && builder.fillInstances() ? value.release() : nullptr;
}

PyObject *mlir::myia::python::buildBorrowed(const Layout &layout,
                                            const BoxLayouts &boxes,
                                            int64_t *slots) {
  ResultBuilder builder(boxes, slots, /*borrowed=*/true);
  Ref value(builder.build(layout));
  return value && builder.fillInstances() ? value.release() : nullptr;
}
