//===- Blocks.cpp - The cache of memory blocks ----------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks come in size classes, four per doubling. Freed small blocks wait in a
// list of their thread, large ones in a list of the process: fresh pages cost
// far more than the work that most kernels do on them.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <cstdlib>
#include <mutex>
#include <sys/mman.h>

using namespace myia;

namespace {

constexpr int64_t numClasses = 4 * 40;
constexpr size_t minimumBytes = 128;
constexpr size_t smallLimit = size_t(1) << 15;
constexpr size_t hugePage = size_t(1) << 21;
/// What one thread keeps per small class, and the process in large blocks.
constexpr size_t threadCacheBytes = size_t(1) << 18;
constexpr size_t largeCacheBytes = size_t(1) << 29;

/// A block that waits for its next use.
struct FreeBlock {
  FreeBlock *next;
};

struct FreeList {
  FreeBlock *first;
  size_t bytes;
};

constexpr int64_t numSmallClasses = 4 * 8 + 1;

/// Plain data, so that access needs no guard; `ThreadExit` empties it.
__thread FreeList smallLists[numSmallClasses]
    __attribute__((tls_model("initial-exec")));
__thread bool exitRegistered __attribute__((tls_model("initial-exec")));

std::mutex largeMutex;
FreeList largeLists[numClasses];
size_t largeCached = 0;

struct ThreadExit {
  ~ThreadExit() {
    for (FreeList &list : smallLists) {
      while (FreeBlock *block = list.first) {
        list.first = block->next;
        free(block);
      }
      // What is freed later on this thread goes to the system at once.
      list.bytes = threadCacheBytes;
    }
  }
};

} // namespace

/// The smallest class whose blocks hold `bytes`.
static int64_t getClass(size_t bytes) {
  if (bytes <= minimumBytes)
    return 0;
  int log = 63 - __builtin_clzll(bytes - 1); // 2^log < bytes <= 2^(log + 1)
  int64_t quarter = ((bytes - 1) >> (log - 2)) & 3;
  return (log - 7) * 4 + quarter + 1;
}

size_t myia::blockBytes(int64_t sizeClass) {
  size_t power = minimumBytes << (sizeClass / 4);
  return power + power / 4 * (sizeClass % 4);
}

/// The head of `list`, or null.
static void *popBlock(FreeList &list, size_t bytes) {
  FreeBlock *block = list.first;
  if (block) {
    list.first = block->next;
    list.bytes -= bytes;
  }
  return block;
}

static void pushBlock(FreeList &list, void *memory, size_t bytes) {
  auto *block = static_cast<FreeBlock *>(memory);
  block->next = list.first;
  list.first = block;
  list.bytes += bytes;
}

/// Fresh memory from the system.
static void *allocateFresh(size_t bytes) {
  size_t alignment = bytes < hugePage ? 64 : hugePage;
  size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  void *block = aligned_alloc(alignment, rounded);
  if (!block)
    return outOfMemory();
  if (bytes >= hugePage)
    madvise(block, rounded, MADV_HUGEPAGE);
  return block;
}

void *myia::allocateBlock(size_t bytes, int64_t &sizeClass) {
  if (bytes > (size_t(1) << 44))
    return outOfMemory();
  sizeClass = getClass(bytes);
  size_t size = blockBytes(sizeClass);
  if (size <= smallLimit) {
    if (void *block = popBlock(smallLists[sizeClass], size))
      return block;
    return allocateFresh(size);
  }
  {
    std::lock_guard<std::mutex> lock(largeMutex);
    if (void *block = popBlock(largeLists[sizeClass], size)) {
      largeCached -= size;
      return block;
    }
  }
  return allocateFresh(size);
}

void myia::freeBlock(void *block, int64_t sizeClass) {
  size_t size = blockBytes(sizeClass);
  if (size <= smallLimit) {
    if (__builtin_expect(!exitRegistered, 0)) {
      static thread_local ThreadExit exit;
      (void)exit;
      exitRegistered = true;
    }
    FreeList &list = smallLists[sizeClass];
    if (list.bytes + size > threadCacheBytes)
      return free(block);
    return pushBlock(list, block, size);
  }
  std::lock_guard<std::mutex> lock(largeMutex);
  if (largeCached + size > largeCacheBytes)
    return free(block);
  largeCached += size;
  pushBlock(largeLists[sizeClass], block, size);
}
