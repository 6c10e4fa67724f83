//===- Stacks.cpp - Stacks of records -------------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A stack is a list of chunks, each twice as large as the one before, so that
// pushing never moves a record.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <algorithm>
#include <cstring>

using namespace myia;

namespace {
/// Starts each chunk; its records follow.
struct Chunk {
  Chunk *previous;
  int64_t sizeClass;
  char *top;      /* where the records ended when the next chunk was begun */
  int64_t unused; /* keeps the records aligned to 32 */

  char *begin() { return reinterpret_cast<char *>(this + 1); }
  char *end() { return reinterpret_cast<char *>(this) + blockBytes(sizeClass); }
};
} // namespace

constexpr size_t firstChunk = 4096 - sizeof(MyiaObject);
constexpr size_t largestChunk = size_t(1) << 26;

static MyiaStack *getStack(MyiaObject *object) {
  return static_cast<MyiaStack *>(object->data);
}

/// Makes a chunk the one that records are pushed on.
static void useChunk(MyiaStack *stack, Chunk *chunk, char *top) {
  stack->chunks = chunk;
  stack->base = chunk ? chunk->begin() : nullptr;
  stack->limit = chunk ? chunk->end() : nullptr;
  stack->top = top;
}

static Chunk *allocateChunk(size_t bytes, Chunk *previous) {
  int64_t sizeClass;
  auto *chunk =
      static_cast<Chunk *>(allocateBlock(sizeof(Chunk) + bytes, sizeClass));
  chunk->previous = previous;
  chunk->sizeClass = sizeClass;
  return chunk;
}

void myia_stack_grow(MyiaObject *object, int64_t size) {
  MyiaStack *stack = getStack(object);
  auto *current = static_cast<Chunk *>(stack->chunks);
  size_t bytes = firstChunk;
  if (current) {
    current->top = stack->top;
    bytes = std::min(2 * blockBytes(current->sizeClass), largestChunk);
  }
  bytes = std::max(bytes, size_t(size));
  Chunk *chunk = allocateChunk(bytes, current);
  useChunk(stack, chunk, chunk->begin());
}

void myia_stack_shrink(MyiaObject *object) {
  MyiaStack *stack = getStack(object);
  auto *current = static_cast<Chunk *>(stack->chunks);
  // A chunk that was begun for a record may follow one that is empty.
  while (current && stack->top == current->begin()) {
    Chunk *previous = current->previous;
    freeBlock(current, current->sizeClass);
    useChunk(stack, previous, previous ? previous->top : nullptr);
    current = previous;
  }
}

void myia::freeChunks(MyiaObject *object) {
  auto *chunk = static_cast<Chunk *>(getStack(object)->chunks);
  while (chunk) {
    Chunk *previous = chunk->previous;
    freeBlock(chunk, chunk->sizeClass);
    chunk = previous;
  }
}

/// Copies all records into `copy`, a chunk of their total size, newest chunk
/// last, and rewrites the links; every reference is retained once more.
static void copyRecords(MyiaStack *from, MyiaStack *to, size_t total) {
  Chunk *copy = allocateChunk(std::max(total, firstChunk), nullptr);
  char *end = copy->begin() + total;
  useChunk(to, copy, end);
  MyiaStackLink *link = from->references;
  MyiaStackLink **newer = &to->references;
  char *top = from->top;
  for (auto *chunk = static_cast<Chunk *>(from->chunks); chunk;
       chunk = chunk->previous, top = chunk ? chunk->top : nullptr) {
    size_t used = top - chunk->begin();
    end -= used;
    memcpy(end, chunk->begin(), used);
    // The links of this chunk are the newest ones that are left.
    for (char *at = reinterpret_cast<char *>(link);
         link && at >= chunk->begin() && at < top;
         at = reinterpret_cast<char *>(link)) {
      auto *moved =
          reinterpret_cast<MyiaStackLink *>(end + (at - chunk->begin()));
      for (int64_t i = 0; i < link->type->numReferences; ++i)
        myia_retain(*reinterpret_cast<MyiaObject **>(
            reinterpret_cast<char *>(moved) + link->type->references[i]));
      *newer = moved;
      newer = &moved->previous;
      link = link->previous;
    }
  }
  *newer = nullptr;
}

MyiaObject *myia_stack_own(MyiaObject *object) {
  if (!object || object->references == 1)
    return object;
  MyiaStack *from = getStack(object);
  size_t total = 0;
  char *top = from->top;
  for (auto *chunk = static_cast<Chunk *>(from->chunks); chunk;
       chunk = chunk->previous, top = chunk ? chunk->top : nullptr)
    total += top - chunk->begin();
  MyiaObject *copy = myia_stack_create();
  if (total)
    copyRecords(from, getStack(copy), total);
  myia_release(object);
  return copy;
}
