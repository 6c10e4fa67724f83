//===- Internal.h - What the runtime's files share --------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The buffer cache and the state of the calls of a thread.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_RUNTIME_INTERNAL_H
#define MYIA_RUNTIME_INTERNAL_H

#include "myia/Runtime/Runtime.h"

#include <cstddef>

namespace myia {

/// A call that is under way: `objects` is the anchor of the ring of everything
/// that it made, `landing` where an error jumps to.
struct Call {
  MyiaObject objects;
  const MyiaSite *site;
  Call *outer;
  void *landing[5];
};

/// The innermost call of this thread, or null. Initial-exec: one load.
extern __thread Call *currentCall __attribute__((tls_model("initial-exec")));

/// Memory of at least `bytes` bytes, aligned to 64, from the cache; records
/// what freeing needs in `sizeClass`. Without memory it raises MemoryError, and
/// gives null outside of a call.
void *allocateBlock(size_t bytes, int64_t &sizeClass);
void freeBlock(void *block, int64_t sizeClass);
/// The usable size of blocks of a class.
size_t blockBytes(int64_t sizeClass);

/// Frees every object of a call that failed, whatever their counts.
void freeObjects(Call &call);
/// Takes an object off the ring that it is in.
inline void unlinkObject(MyiaObject *object) {
  object->previous->next = object->next;
  object->next->previous = object->previous;
}

/// A fresh object on the current call's ring, or on a ring of its own. Without
/// memory as `allocateBlock`.
MyiaObject *allocateObject(const MyiaType *type, int64_t bytes);

/// Frees the chunks of a stack.
void freeChunks(MyiaObject *stack);

inline MyiaList *getList(MyiaObject *object) {
  return static_cast<MyiaList *>(object->data);
}
/// Calls `visit` with the place of every reference in a list.
template <typename Function>
void forEachReference(MyiaObject *object, Function visit) {
  const MyiaType *type = object->type;
  MyiaList *list = getList(object);
  if (type->numReferences == 0)
    return;
  for (int64_t i = 0; i < list->length; ++i)
    for (int64_t j = 0; j < type->numReferences; ++j)
      visit(*reinterpret_cast<MyiaObject **>(list->elements + i * list->stride +
                                             type->references[j]));
}
/// A function of BLAS or LAPACK by its plain name; null without a library.
void *findBlasFunction(const char *name);

/// After deep recursion: gives the touched pages of this thread's large stack
/// back to the system.
void trimLargeStack();

[[noreturn]] void raiseMemoryError();
/// Raises MemoryError in a call; outside of one it returns null.
std::nullptr_t outOfMemory();

} // namespace myia

#endif // MYIA_RUNTIME_INTERNAL_H
