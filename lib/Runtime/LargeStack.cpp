//===- LargeStack.cpp - The stack that recursion runs on ------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One per thread, reserved at the first use and aligned to its own size.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <sys/mman.h>
#ifndef __x86_64__
#include <ucontext.h>
#endif

using namespace myia;

namespace {
/// The lowest address of this thread's stack, or null.
__thread char *stackStart __attribute__((tls_model("initial-exec")));

/// Unmaps the stack when the thread ends.
struct ThreadExit {
  ~ThreadExit() {
    if (stackStart)
      munmap(stackStart, MYIA_STACK_BYTES);
    stackStart = nullptr;
  }
};
} // namespace

constexpr size_t stackBytes = MYIA_STACK_BYTES;
/// Below it a store faults, should anything get past the compiled checks.
constexpr size_t guardBytes = 4096;
/// What trimming leaves: enough for shallow recursion to stay warm.
constexpr size_t warmBytes = size_t(1) << 20;

/// Reserves twice the size and keeps the aligned half.
static char *reserveStack() {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *memory = mmap(nullptr, 2 * stackBytes, PROT_NONE, flags, -1, 0);
  if (memory == MAP_FAILED)
    return nullptr;
  auto *first = static_cast<char *>(memory);
  size_t skip = -reinterpret_cast<uintptr_t>(first) & (stackBytes - 1);
  if (skip)
    munmap(first, skip);
  char *start = first + skip;
  if (stackBytes - skip)
    munmap(start + stackBytes, stackBytes - skip);
  if (mprotect(start + guardBytes, stackBytes - guardBytes,
               PROT_READ | PROT_WRITE)) {
    munmap(start, stackBytes);
    return nullptr;
  }
  return start;
}

#ifdef __x86_64__
/// Calls `body` with the stack pointer at `top`. rbx survives the call.
static void callOn(char *top, MyiaEntry body, int64_t *arguments,
                   int64_t *results) {
  asm volatile("movq %%rsp, %%rbx\n\t"
               "movq %[top], %%rsp\n\t"
               "callq *%[body]\n\t"
               "movq %%rbx, %%rsp"
               : "+D"(arguments), "+S"(results)
               : [top] "r"(top), [body] "r"(body)
               : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "memory",
                 "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
                 "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13",
                 "xmm14", "xmm15");
}
#else
/// What the new context is to run; makecontext passes only integers.
struct Job {
  MyiaEntry body;
  int64_t *arguments, *results;
};
static __thread Job *currentJob;

static void callOn(char *top, MyiaEntry body, int64_t *arguments,
                   int64_t *results) {
  Job job = {body, arguments, results};
  currentJob = &job;
  ucontext_t here, there;
  getcontext(&there);
  there.uc_stack.ss_sp = stackStart;
  there.uc_stack.ss_size = top - stackStart;
  there.uc_link = &here;
  makecontext(
      &there,
      [] {
        Job *job = currentJob;
        job->body(job->arguments, job->results);
      },
      0);
  swapcontext(&here, &there);
}
#endif

void myia_on_large_stack(MyiaEntry body, int64_t *arguments, int64_t *results) {
  char *here = static_cast<char *>(__builtin_frame_address(0));
  if (stackStart && here >= stackStart && here < stackStart + stackBytes)
    return body(arguments, results);
  if (!stackStart) {
    stackStart = reserveStack();
    if (!stackStart)
      raiseMemoryError();
    static thread_local ThreadExit exit;
    (void)exit;
  }
  callOn(stackStart + stackBytes, body, arguments, results);
}

void myia::trimLargeStack() {
  if (stackStart)
    madvise(stackStart + guardBytes, stackBytes - guardBytes - warmBytes,
            MADV_DONTNEED);
}
