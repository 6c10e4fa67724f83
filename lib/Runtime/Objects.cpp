//===- Objects.cpp - Counted objects --------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts are plain integers: an object belongs to one call, and so to one
// thread, until it is detached, and its owner then serialises access.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <atomic>
#include <cstring>

using namespace myia;

static std::atomic<int64_t> liveObjects{0};

static const MyiaType arrayType = {MYIA_ARRAY, 0, nullptr};
static const MyiaType stackType = {MYIA_STACK, 0, nullptr};
static const MyiaType shapedType = {MYIA_SHAPED_ARRAY, 0, nullptr};

/// The object whose elements a view shares; null if there is none.
static MyiaObject *baseOf(MyiaObject *object) {
  return object->type->kind == MYIA_SHAPED_ARRAY
             ? reinterpret_cast<MyiaShapedArray *>(object)->base
             : nullptr;
}

MyiaObject *myia::allocateObject(const MyiaType *type, int64_t bytes) {
  if (bytes < 0)
    return outOfMemory();
  int64_t sizeClass;
  auto *object = static_cast<MyiaObject *>(
      allocateBlock(sizeof(MyiaObject) + bytes, sizeClass));
  if (!object)
    return nullptr;
  object->references = 1;
  object->type = type;
  object->data = object + 1;
  object->bytes = bytes;
  object->owner = nullptr;
  object->reserved = sizeClass;
  if (Call *call = currentCall) {
    object->previous = &call->objects;
    object->next = call->objects.next;
    object->next->previous = object;
    call->objects.next = object;
  } else {
    object->previous = object->next = object;
  }
  liveObjects.fetch_add(1, std::memory_order_relaxed);
  return object;
}

MyiaObject *myia_array_allocate(int64_t bytes) {
  return allocateObject(&arrayType, bytes);
}

/// The header, then the words of a MyiaShapedArray, then the elements.
static MyiaShapedArray *allocateShaped(int64_t bytes) {
  constexpr int64_t words = sizeof(MyiaShapedArray) - sizeof(MyiaObject);
  if (bytes < 0 || bytes > INT64_MAX - words)
    return outOfMemory();
  MyiaObject *object = allocateObject(&shapedType, bytes + words);
  if (!object)
    return nullptr;
  object->bytes = bytes;
  auto *array = reinterpret_cast<MyiaShapedArray *>(object);
  object->data = array + 1;
  array->base = nullptr;
  return array;
}

MyiaObject *myia_shaped_allocate(int64_t bytes) {
  return reinterpret_cast<MyiaObject *>(allocateShaped(bytes));
}

MyiaObject *myia_shaped_view(MyiaObject *object) {
  if (!object) // a value that is never used
    return nullptr;
  MyiaShapedArray *view = allocateShaped(0);
  view->object.data = object->data;
  view->object.bytes = object->bytes;
  view->base = object;
  if (MyiaObject *base = baseOf(object)) {
    view->base = base;
    myia_retain(base);
    myia_release(object);
  }
  return &view->object;
}

int64_t myia_array_bytes(int64_t bytes, int64_t size) {
  int64_t product;
  if (bytes < 0 || size < 0 || __builtin_mul_overflow(bytes, size, &product))
    return -1;
  return product;
}

MyiaObject *myia_box_allocate(const MyiaType *type, int64_t bytes) {
  MyiaObject *box = allocateObject(type, bytes);
  if (box)
    memset(box->data, 0, bytes);
  return box;
}

MyiaObject *myia_stack_create(void) {
  MyiaObject *stack = allocateObject(&stackType, sizeof(MyiaStack));
  memset(stack->data, 0, sizeof(MyiaStack));
  return stack;
}

void myia_retain(MyiaObject *object) {
  if (object)
    ++object->references;
}

/// Gives up one reference; a dead object joins the worklist, linked by `next`.
static void dropReference(MyiaObject *object, MyiaObject *&dead) {
  if (!object || --object->references)
    return;
  unlinkObject(object);
  object->next = dead;
  dead = object;
}

/// Drops the references that lie at a type's offsets from `start`.
static void dropReferences(const MyiaType *type, char *start,
                           MyiaObject *&dead) {
  for (int64_t i = 0; i < type->numReferences; ++i)
    dropReference(*reinterpret_cast<MyiaObject **>(start + type->references[i]),
                  dead);
}

static void freeObject(MyiaObject *object) {
  if (object->type->kind == MYIA_STACK)
    freeChunks(object);
  if (object->type->kind == MYIA_LIST && getList(object)->elements)
    freeBlock(getList(object)->elements, getList(object)->sizeClass);
  freeBlock(object, object->reserved);
  liveObjects.fetch_sub(1, std::memory_order_relaxed);
}

void myia_release(MyiaObject *object) {
  MyiaObject *dead = nullptr;
  dropReference(object, dead);
  while (dead) {
    MyiaObject *next = dead;
    dead = next->next;
    if (next->type->kind == MYIA_BOX)
      dropReferences(next->type, static_cast<char *>(next->data), dead);
    dropReference(baseOf(next), dead);
    if (next->type->kind == MYIA_STACK)
      for (auto *link = static_cast<MyiaStack *>(next->data)->references; link;
           link = link->previous)
        dropReferences(link->type, reinterpret_cast<char *>(link), dead);
    if (next->type->kind == MYIA_LIST)
      forEachReference(next,
                       [&](MyiaObject *held) { dropReference(held, dead); });
    freeObject(next);
  }
}

static bool isUnshared(const MyiaObject *object) {
  return object->references == 1 && !object->owner;
}

MyiaObject *myia_array_own(MyiaObject *object) {
  if (!object)
    return object;
  MyiaObject *base = baseOf(object);
  if (isUnshared(object) && (!base || isUnshared(base)))
    return object;
  MyiaObject *copy;
  if (object->type->kind == MYIA_SHAPED_ARRAY) {
    MyiaShapedArray *shaped = allocateShaped(object->bytes);
    memcpy(shaped->sizes, reinterpret_cast<MyiaShapedArray *>(object)->sizes,
           sizeof(shaped->sizes));
    copy = &shaped->object;
  } else {
    copy = myia_array_allocate(object->bytes);
  }
  memcpy(copy->data, object->data, object->bytes);
  myia_release(object);
  return copy;
}

void myia_detach(MyiaObject *object) {
  // What is still to be visited waits on a ring of its own. An object that is
  // a ring by itself was detached before.
  MyiaObject anchor;
  anchor.previous = anchor.next = &anchor;
  auto take = [&](MyiaObject *found) {
    if (!found || found->owner || found->previous == found)
      return;
    unlinkObject(found);
    found->previous = &anchor;
    found->next = anchor.next;
    found->next->previous = found;
    anchor.next = found;
  };
  take(object);
  while (anchor.next != &anchor) {
    MyiaObject *next = anchor.next;
    unlinkObject(next);
    next->previous = next->next = next;
    take(baseOf(next));
    if (next->type->kind == MYIA_LIST)
      forEachReference(next, take);
    if (next->type->kind != MYIA_BOX)
      continue;
    for (int64_t i = 0; i < next->type->numReferences; ++i)
      take(*reinterpret_cast<MyiaObject **>(static_cast<char *>(next->data) +
                                            next->type->references[i]));
  }
}

void myia::freeObjects(Call &call) {
  MyiaObject *object = call.objects.next;
  while (object != &call.objects) {
    MyiaObject *next = object->next;
    freeObject(object);
    object = next;
  }
}

void myia_discard(MyiaObject *object) {
  unlinkObject(object);
  freeObject(object);
}

int64_t myia_live_objects(void) {
  return liveObjects.load(std::memory_order_relaxed);
}
