//===- Call.h - What the files of the call path share -----------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The call path is written against CPython's and NumPy's C interfaces alone: it
// costs a hundred nanoseconds, and loads without the compiler.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_PYTHON_CALL_H
#define MYIA_PYTHON_CALL_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#define PY_ARRAY_UNIQUE_SYMBOL myia_call_array_api
#ifndef MYIA_IMPORTS_NUMPY
#define NO_IMPORT_ARRAY
#endif
#include <numpy/arrayobject.h>

#include "myia/Runtime/Runtime.h"

#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mlir::myia::python {

/// A strong reference to a Python object, or null.
class Ref {
public:
  Ref() = default;
  /// Takes over a reference, as what most functions of Python return.
  explicit Ref(PyObject *owned) : object(owned) {}
  Ref(Ref &&other) noexcept : object(other.release()) {}
  Ref &operator=(Ref &&other) noexcept {
    std::swap(object, other.object);
    return *this;
  }
  Ref(const Ref &) = delete;
  ~Ref() { Py_XDECREF(object); }

  static Ref borrow(PyObject *object) {
    Py_XINCREF(object);
    return Ref(object);
  }
  PyObject *get() const { return object; }
  PyObject *release() { return std::exchange(object, nullptr); }
  explicit operator bool() const { return object; }

private:
  PyObject *object = nullptr;
};

/// A list whose first N elements need no allocation. T is plain data.
template <typename T, size_t N> class SmallList {
public:
  SmallList() = default;
  SmallList(const SmallList &) = delete;
  ~SmallList() {
    if (first != local)
      delete[] first;
  }
  void push(T value) {
    if (count == capacity)
      grow();
    first[count++] = value;
  }
  T &operator[](size_t index) { return first[index]; }
  const T &operator[](size_t index) const { return first[index]; }
  T *data() { return first; }
  const T *data() const { return first; }
  size_t size() const { return count; }
  T *begin() { return first; }
  T *end() { return first + count; }

private:
  void grow() {
    T *larger = new T[2 * capacity];
    std::copy(first, first + count, larger);
    if (first != local)
      delete[] first;
    first = larger;
    capacity *= 2;
  }
  T local[N];
  T *first = local;
  size_t count = 0, capacity = N;
};

/// What `body` returns; null, or false, with a Python error set when C++ runs
/// out of memory. Around all that Python calls, which no exception may reach.
template <typename Body> auto guarded(Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::bad_alloc &) {
  } catch (const std::length_error &) {
  }
  PyErr_NoMemory();
  return {};
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// What compiled code is specialised for, as words to compare, and the values
/// that it gets.
struct Arguments {
  SmallList<uint64_t, 32> words;
  SmallList<int64_t, 16> slots;
  /// Objects that words name; they must outlive whoever remembers the words.
  SmallList<PyObject *, 8> named;
  /// References that the call holds: read fields and contiguous copies.
  SmallList<PyObject *, 8> held;
  /// An array, and the slot that its object goes into: that of this number, or
  /// one in a list.
  struct Array {
    size_t slot;
    PyArrayObject *array;
    int64_t *place;
  };
  SmallList<Array, 8> arrays;
  /// An instance of a recursive class, with all that it leads to, children
  /// first. The boxes are made when the code is known.
  struct Box {
    size_t slot;
    PyObject *object;
    std::vector<PyObject *> instances;
    std::vector<MyiaObject *> objects; // all that was made
    MyiaObject *root = nullptr;

    /// Takes over what was made. Null, with a Python error set, if that is
    /// null: there was no memory.
    MyiaObject *add(MyiaObject *object);
  };
  std::deque<Box> boxes;
  /// Set when the call returned, so that counts are exact.
  bool returned = false;
  /// A list, and the slot that its object goes into. It is made when the code
  /// is known.
  struct List {
    size_t slot;
    PyObject *object;
  };
  std::vector<List> lists;
  /// The memory of lists.
  std::vector<std::unique_ptr<char[]>> blocks;

  char *addBlock(size_t bytes) {
    blocks.push_back(std::unique_ptr<char[]>(new char[bytes]));
    return blocks.back().get();
  }

  ~Arguments() {
    for (PyObject *object : held)
      Py_DECREF(object);
    for (Box &box : boxes) {
      if (returned)
        myia_release(box.root);
      else
        for (MyiaObject *object : box.objects)
          myia_discard(object);
    }
  }
};

/// What is known of a class of arguments.
struct ClassInfo {
  Ref cls;
  bool isRecord = false;    // a dataclass or NamedTuple
  bool isRecursive = false; // whose annotations lead back to it
  std::vector<Ref> fields;
  std::vector<char> open; // by field: whether its annotation says too little
};

/// Whether a class is one that `typing.NamedTuple` or `namedtuple` made.
bool isNamedTuple(PyTypeObject *type);
/// Null with a Python error set on failure.
ClassInfo *getClassInfo(PyTypeObject *type);
/// Adds an instance of a recursive class.
bool flattenBox(Arguments &arguments, PyObject *value);
/// Makes the header of an object that a call borrows: its count is out of
/// reach, so that compiled code never frees it.
void makeHeader(MyiaObject &header, const MyiaType *type, void *data,
                int64_t bytes, void *owner);

/// Adds one argument; null stands for a parameter that was left out. False if
/// the value cannot be passed, with a Python error set unless it is
/// specialising that tells why.
bool flatten(Arguments &arguments, PyObject *value);
/// Adds the argument of a parameter that the code is made for: its value is
/// part of the signature.
bool flattenKnown(Arguments &arguments, PyObject *value);

//===----------------------------------------------------------------------===//
// Executables
//===----------------------------------------------------------------------===//

/// How results become Python objects: a tree in prefix order.
struct Layout {
  enum Kind {
    Bool,
    Int,
    Float,
    Scalar,
    Array,
    Box,
    List,
    Tuple,
    Record,
    Dict,
    Union,
    Complex,
    Made,
    Static,
    Text,
    Field,
    Percent,
    Format
  };
  Kind kind;
  Ref descr;                   // Scalar, Array: the dtype
  std::vector<npy_intp> shape; // Array
  bool knowsShape = true;      // Array: or each object has its own
  Ref cls, fields;             // Record: the class and a tuple of names
                               // Made: what is called with the elements
  bool isTuple = false;        // Record: of a NamedTuple
  Ref value;                   // Static
  size_t box = 0;              // Box: the position of its record
  /// List: the bytes of an element, and where they refer to objects.
  struct Elements {
    int64_t stride;
    std::vector<int64_t> references;
    MyiaType type;
  };
  std::unique_ptr<Elements> list;
  std::vector<Layout> elements; // of a List: of one element, if it has any

  /// Reads a layout as myia._ir.layout writes it. `names` has the classes by
  /// symbol, and the positions of records of boxes.
  static bool parse(PyObject *text, PyObject *names, Layout &layout);
  /// Whether the value is made of `elements`.
  bool isAggregate() const { return kind >= Tuple && kind != Static; }
  /// The number of result slots.
  size_t countSlots() const;
  /// Visits the Python objects for the garbage collector.
  int traverse(visitproc visit, void *arg) const;
};

/// What the boxes of a program hold.
class BoxLayouts {
public:
  /// Reads a tuple of pairs of a symbol and a layout; adds the positions of the
  /// symbols to `names`.
  bool parse(PyObject *text, PyObject *names);
  const Layout &operator[](size_t position) const { return records[position]; }
  const MyiaType *type(size_t position) const { return &types[position]; }
  /// The position of the record of a class, among those that the record at
  /// `root` leads to; -1 with a Python error set if there is none.
  ptrdiff_t find(size_t root, PyTypeObject *cls) const;

private:
  std::vector<Layout> records;
  std::deque<std::vector<int64_t>> references;
  std::vector<MyiaType> types;
  std::vector<std::unordered_map<PyTypeObject *, size_t>> reachable;
};

/// Makes the boxes of the arguments, each laid out like the record at its
/// position in `roots`.
bool makeBoxes(Arguments &arguments, const BoxLayouts &layouts,
               const std::vector<size_t> &roots);

/// Makes the lists of the arguments, each by its layout.
bool makeLists(Arguments &arguments, const BoxLayouts &boxes,
               const std::vector<Layout> &layouts);

/// A name that the compiled code read; `value` is null if there was none.
struct Guard {
  Ref scope, name, value;
};

/// The variables around the program that a call passes beside its arguments,
/// and the signature that the code was made for.
struct Inputs {
  std::vector<Guard> places; // without values
  std::vector<uint64_t> words;
  std::vector<Ref> named;
};

/// Machine code for one signature.
struct Executable {
  PyObject_HEAD MyiaEntry entry;
  size_t numArguments, numResults;
  bool releaseGil;
  PyObject *code; // keeps the machine code alive
  Layout *result;
  BoxLayouts *boxes;
  std::vector<size_t>
      *boxArguments; // where the boxes of arguments are laid out
  std::vector<Layout> *listArguments; // what its arguments are lists of
  std::vector<Guard> *guards;
  Inputs *inputs;
  std::vector<Layout> *written; // of the values that it hands to Python
};

extern PyTypeObject *executableType;

/// Whether every name that the code read still means the same.
bool guardsHold(Executable *executable);
/// Whether what the program reads beside its arguments has the types that the
/// code was made for. False with a Python error set if it cannot be passed.
bool inputsMatch(Executable *executable);
/// Calls the code. Null with a Python error set if it raised.
PyObject *run(Executable *executable, Arguments &arguments);
/// The Python value of results; consumes the objects in `slots`, also when it
/// fails.
PyObject *buildResult(const Layout &layout, const BoxLayouts &boxes,
                      int64_t *slots);
/// The Python value of slots that the caller keeps.
PyObject *buildBorrowed(const Layout &layout, const BoxLayouts &boxes,
                        int64_t *slots);
/// The text of a layout that is one, from the values of its elements.
PyObject *buildText(const Layout &layout, PyObject *elements);

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// Names the code whose values the runtime hands to Python while it lives.
class WritingFor {
public:
  explicit WritingFor(const Executable *executable);
  ~WritingFor();

private:
  const Executable *outer;
};
/// The arguments of the exception that is about to be raised, or null.
Ref takeErrorArguments();
void installWriteHook();

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

/// Sets the exception that a site describes, with the place in its traceback.
void raiseSite(const MyiaSite *site);
/// Makes Ctrl-C interrupt compiled code.
bool installInterruptHandler();
/// The same again: `signal.signal` replaces our handler by Python's own.
void ensureInterruptHandler();
/// Marks the main thread as inside compiled code while it lives.
class InCompiledCode {
public:
  InCompiledCode();
  ~InCompiledCode();
};

PyObject *createFunctionType(PyObject *module);
PyObject *createExecutableType(PyObject *module);

} // namespace mlir::myia::python

#endif // MYIA_PYTHON_CALL_H
