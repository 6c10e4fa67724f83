//===- Lists.cpp - Growing lists ------------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A list's elements lie in one block, which doubles when it is full.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <algorithm>
#include <cstring>

using namespace myia;

MyiaObject *myia_list_create(const MyiaType *type, int64_t stride,
                             int64_t length) {
  int64_t bytes;
  if (__builtin_mul_overflow(length, stride, &bytes))
    return outOfMemory();
  MyiaObject *object = allocateObject(type, sizeof(MyiaList));
  if (!object)
    return nullptr;
  MyiaList *list = getList(object);
  *list = {nullptr, length, length, stride, 0, 0};
  if (stride == 0) { // elements of no size: any number has room
    list->capacity = INT64_MAX;
  } else if (length > 0) {
    list->elements = static_cast<char *>(allocateBlock(bytes, list->sizeClass));
    if (!list->elements) {
      myia_discard(object);
      return nullptr;
    }
    list->capacity = blockBytes(list->sizeClass) / stride;
  }
  return object;
}

void myia_list_grow(MyiaObject *object) {
  MyiaList *list = getList(object);
  int64_t sizeClass;
  size_t used = list->length * list->stride;
  size_t wanted = std::max<size_t>(2 * used, 8 * list->stride);
  auto *elements = static_cast<char *>(allocateBlock(wanted, sizeClass));
  if (list->elements) {
    memcpy(elements, list->elements, used);
    freeBlock(list->elements, list->sizeClass);
  }
  list->elements = elements;
  list->sizeClass = sizeClass;
  list->capacity = blockBytes(sizeClass) / list->stride;
}

MyiaObject *myia_list_copy(MyiaObject *object) {
  MyiaList *list = getList(object);
  MyiaObject *copy = myia_list_create(object->type, list->stride, list->length);
  if (list->length > 0 && list->stride > 0)
    memcpy(getList(copy)->elements, list->elements,
           list->length * list->stride);
  forEachReference(copy, [](MyiaObject *held) { myia_retain(held); });
  return copy;
}

/// Whether memory is ours, and nothing else refers to it.
static bool isUnshared(MyiaObject *object) {
  return object->references == 1 && !object->owner;
}

MyiaObject *myia_list_own(MyiaObject *object) {
  if (!object || isUnshared(object))
    return object;
  MyiaObject *copy = myia_list_copy(object);
  myia_release(object);
  return copy;
}

MyiaObject *myia_list_renew(MyiaObject *object, const MyiaType *type,
                            int64_t stride) {
  MyiaList *list = getList(object);
  if (!isUnshared(object))
    list->marked = 1;
  MyiaObject *renewed = myia_list_create(type, stride, list->length);
  getList(renewed)->length = 0;
  getList(renewed)->marked = list->marked;
  return renewed;
}

void myia_check_unshared(MyiaObject *object, const MyiaSite *site) {
  bool shared = !isUnshared(object);
  if (object->type->kind == MYIA_LIST)
    shared |= getList(object)->marked;
  if (object->type->kind ==
      MYIA_SHAPED_ARRAY) // a view is seen by who sees its base
    if (auto *base = reinterpret_cast<MyiaShapedArray *>(object)->base)
      shared |= !isUnshared(base);
  if (shared)
    myia_raise(site);
}
