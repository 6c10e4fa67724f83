//===- Boxes.cpp - Instances of recursive classes as arguments ------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tree or list of instances has one signature whatever its size: the class,
// and the types of the fields that annotations leave open. So the walk that
// makes the signature only collects the instances, children first; the boxes
// are made once it is known which code is called and how its boxes are laid
// out. Nothing recurses over the instances.
//
//===----------------------------------------------------------------------===//

#include "Fill.h"
#include "Flatten.h"

#include <algorithm>

using namespace mlir::myia::python;

//===----------------------------------------------------------------------===//
// The signature
//===----------------------------------------------------------------------===//

namespace {
/// Collects the instances that hang together.
class Collector {
public:
  Collector(Arguments &arguments, Arguments::Box &box)
      : arguments(arguments), box(box) {}

  bool run(PyObject *root);

private:
  /// An instance of any dataclass, and what is still to be looked at below it.
  struct Frame {
    PyObject *object;
    ClassInfo *info;
    std::vector<PyObject *> children;
  };

  bool enter(PyObject *object, ClassInfo *info);
  bool addOpen(const ClassInfo &info, size_t field, PyObject *value);
  bool addChildren(PyObject *value, std::vector<PyObject *> &children);

  Arguments &arguments;
  Arguments::Box &box;
  std::vector<Frame> stack;
  std::unordered_map<PyObject *, bool> done;
  /// The words that each open field was found with, by class and field.
  std::map<std::pair<const ClassInfo *, size_t>,
           std::vector<std::vector<uint64_t>>>
      open;
};
} // namespace

/// The type of a field that annotations leave open is part of the signature.
/// Those that differ between instances are too: strings are alternatives, and
/// the compiler refuses other ones, and too many.
bool Collector::addOpen(const ClassInfo &info, size_t field, PyObject *value) {
  Arguments alone;
  if (!flatten(alone, value))
    return false;
  std::vector<uint64_t> words(alone.words.begin(), alone.words.end());
  constexpr size_t tooMany = 32;
  auto &known = open[{&info, field}];
  if (known.size() == tooMany ||
      std::find(known.begin(), known.end(), words) != known.end())
    return true;
  known.push_back(words);
  arguments.words.push(reinterpret_cast<uintptr_t>(&info));
  arguments.words.push(field);
  for (uint64_t word : words)
    arguments.words.push(word);
  for (PyObject *named : alone.named)
    arguments.named.push(named);
  return true;
}

bool Collector::addChildren(PyObject *value,
                            std::vector<PyObject *> &children) {
  bool isNested = PyTuple_CheckExact(value) || PyList_CheckExact(value);
  if (!isNested) {
    if (Py_TYPE(value)->tp_flags & Py_TPFLAGS_HEAPTYPE) {
      // A list may lose it while the instances are looked at.
      Py_INCREF(value);
      arguments.held.push(value);
      children.push_back(value);
    }
    return true;
  }
  NestedLevel level;
  if (!level)
    return false;
  if (PyTuple_CheckExact(value)) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(value); ++i)
      if (!addChildren(PyTuple_GET_ITEM(value, i), children))
        return false;
    return true;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); ++i)
    if (!addChildren(PyList_GET_ITEM(value, i), children))
      return false;
  return true;
}

bool Collector::enter(PyObject *object, ClassInfo *info) {
  stack.push_back({object, info, {}});
  done[object] = false;
  for (size_t i = 0; i < info->fields.size(); ++i) {
    Ref value(PyObject_GetAttr(object, info->fields[i].get()));
    if (!value)
      return false;
    bool added = info->open[i]
                     ? addOpen(*info, i, value.get())
                     : addChildren(value.get(), stack.back().children);
    arguments.held.push(value.release());
    if (!added)
      return false;
  }
  return true;
}

bool Collector::run(PyObject *root) {
  ClassInfo *info = getClassInfo(Py_TYPE(root));
  if (!enter(root, info))
    return false;
  while (!stack.empty()) {
    if (stack.back().children.empty()) {
      Frame &frame = stack.back();
      done[frame.object] = true;
      if (frame.info->isRecursive)
        box.instances.push_back(frame.object);
      stack.pop_back();
      continue;
    }
    PyObject *child = stack.back().children.back();
    stack.back().children.pop_back();
    auto found = done.find(child);
    if (found != done.end()) {
      if (found->second)
        continue;
      PyErr_Format(PyExc_ValueError,
                   "an instance of %s contains itself: compiled code takes no "
                   "cycles",
                   Py_TYPE(child)->tp_name);
      return false;
    }
    info = getClassInfo(Py_TYPE(child));
    if (!info)
      return false;
    if (info->isRecord && !enter(child, info))
      return false;
  }
  return true;
}

bool mlir::myia::python::flattenBox(Arguments &arguments, PyObject *value) {
  arguments.boxes.emplace_back();
  Arguments::Box &box = arguments.boxes.back();
  box.slot = arguments.slots.size();
  box.object = value;
  arguments.slots.push(0);
  return Collector(arguments, box).run(value);
}

//===----------------------------------------------------------------------===//
// The boxes
//===----------------------------------------------------------------------===//

namespace {
/// Makes the boxes of one argument.
class BoxMaker {
public:
  BoxMaker(Arguments &arguments, Arguments::Box &box, const BoxLayouts &layouts)
      : box(box), layouts(layouts), filler(arguments, layouts, box, made) {}

  /// The box of the last instance; null with a Python error set on failure.
  MyiaObject *run(size_t rootLayout);

private:
  Arguments::Box &box;
  const BoxLayouts &layouts;
  std::unordered_map<PyObject *, MyiaObject *> made;
  Filler filler;
};
} // namespace

MyiaObject *BoxMaker::run(size_t rootLayout) {
  MyiaObject *object = nullptr;
  for (PyObject *instance : box.instances) {
    ptrdiff_t index = layouts.find(rootLayout, Py_TYPE(instance));
    if (index < 0)
      return nullptr;
    const Layout &layout = layouts[index];
    object = box.add(
        myia_box_allocate(layouts.type(index), 8 * layout.countSlots()));
    if (!object)
      return nullptr;
    made[instance] = object;
    auto *slot = static_cast<int64_t *>(object->data);
    if (!filler.fill(layout, instance, slot))
      return nullptr;
  }
  // The instances hold references to each other; the argument is one more.
  for (MyiaObject *other : box.objects) {
    bool isBox = other->type->kind == MYIA_BOX;
    if (other == object || !isBox || --other->references)
      continue;
    PyErr_SetString(PyExc_RuntimeError,
                    "an instance changed while it was passed to compiled code");
    return nullptr;
  }
  return object;
}

bool mlir::myia::python::makeBoxes(Arguments &arguments,
                                   const BoxLayouts &layouts,
                                   const std::vector<size_t> &roots) {
  for (size_t i = 0; i < arguments.boxes.size(); ++i) {
    Arguments::Box &box = arguments.boxes[i];
    MyiaObject *object = BoxMaker(arguments, box, layouts).run(roots.at(i));
    if (!object)
      return false;
    box.root = object;
    arguments.slots[box.slot] = reinterpret_cast<intptr_t>(object);
  }
  return true;
}
