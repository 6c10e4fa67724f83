//===- Calls.cpp - Calls, errors and interrupts ---------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An entry runs inside myia_call, whose landing point is where a failing
// operation ends up.
//
//===----------------------------------------------------------------------===//

#include "Internal.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

using namespace myia;

__thread Call *myia::currentCall;

volatile int32_t myia_interrupt_requested = 0;
volatile int64_t myia_stack_guard = MYIA_STACK_RESERVE;

/// The values in the message of this thread's last error, and how many are
/// recorded for the next one.
static __thread int64_t errorValues[MYIA_ERROR_VALUES];
static __thread int64_t errorValueCount, pendingValueCount;

static std::atomic<int (*)(void)> interruptHook{nullptr};

static const MyiaSite memoryError = {
    "MemoryError", "out of memory", nullptr, nullptr, 0, 0};

void myia::raiseMemoryError() { myia_raise(&memoryError); }

std::nullptr_t myia::outOfMemory() {
  if (currentCall)
    raiseMemoryError();
  return nullptr;
}

/// Calls a hook, which may run any code of Python's: no error may jump from
/// there to the landing point of the call that is under way.
template <typename Hook> static int callOutside(Hook hook) {
  Call *call = currentCall;
  currentCall = nullptr;
  int result = hook();
  currentCall = call;
  return result;
}

/// Runs the entry with the call's landing point set. Apart from myia_call, so
/// that no value of the caller lives across the landing. __builtin_setjmp
/// saves three registers, where setjmp saves the signal mask too. Machine code
/// made at run time does not bring what UBSan checks function pointers by.
#ifdef __clang__
__attribute__((no_sanitize("function")))
#endif
__attribute__((noinline)) static bool
runEntry(Call *call, MyiaEntry entry, int64_t *arguments, int64_t *results) {
  if (__builtin_setjmp(call->landing))
    return false;
  entry(arguments, results);
  return true;
}

const MyiaSite *myia_call(MyiaEntry entry, int64_t *arguments,
                          int64_t *results) {
  Call call;
  call.objects.previous = call.objects.next = &call.objects;
  call.outer = currentCall;
  currentCall = &call;
  if (!runEntry(&call, entry, arguments, results)) {
    currentCall = call.outer;
    freeObjects(call);
    if (strcmp(call.site->exception, "RecursionError") == 0)
      trimLargeStack();
    return call.site;
  }
  currentCall = call.outer;
  // What is left are the results, a ring without an anchor until detached.
  unlinkObject(&call.objects);
  return nullptr;
}

void myia_raise(const MyiaSite *site) {
  Call *call = currentCall;
  if (!call) {
    fprintf(stderr, "myia: %s outside of a call: %s\n", site->exception,
            site->message);
    abort();
  }
  call->site = site;
  errorValueCount = pendingValueCount;
  pendingValueCount = 0;
  __builtin_longjmp(call->landing, 1);
}

static std::atomic<int (*)(int64_t, int64_t, int64_t *)> writeHook{nullptr};

void myia_set_write_hook(int (*hook)(int64_t, int64_t, int64_t *)) {
  writeHook = hook;
}

void myia_write(const MyiaSite *site, int64_t purpose, int64_t layout,
                int64_t *slots) {
  int (*hook)(int64_t, int64_t, int64_t *) = writeHook.load();
  if (!hook || callOutside([&] { return hook(purpose, layout, slots); }))
    myia_raise(site);
}

void myia_error_value(int64_t value) {
  if (pendingValueCount < MYIA_ERROR_VALUES)
    errorValues[pendingValueCount++] = value;
}

int64_t myia_error_message(const MyiaSite *site, char *buffer, int64_t size) {
  std::string text;
  const char *rest = site->message ? site->message : "";
  for (int64_t i = 0; i < errorValueCount; ++i) {
    const char *place = strstr(rest, "{}");
    if (!place)
      break;
    text.append(rest, place);
    text += std::to_string(errorValues[i]);
    rest = place + 2;
  }
  text += rest;
  return snprintf(buffer, size, "%s", text.c_str());
}

void myia_set_interrupt_hook(int (*hook)(void)) { interruptHook = hook; }

void myia_interrupt(const MyiaSite *site) {
  if (int (*hook)(void) = interruptHook.load()) {
    if (!callOutside(hook))
      return;
  } else {
    myia_clear_interrupt();
  }
  myia_raise(site);
}

void myia_request_interrupt(void) {
  myia_interrupt_requested = 1;
  myia_stack_guard = MYIA_STACK_BYTES;
}

void myia_clear_interrupt(void) {
  myia_interrupt_requested = 0;
  myia_stack_guard = MYIA_STACK_RESERVE;
}

void myia_check_stack(const MyiaSite *overflow, const MyiaSite *interrupt) {
  auto frame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (int64_t(frame & (MYIA_STACK_BYTES - 1)) < MYIA_STACK_RESERVE)
    myia_raise(overflow);
  if (myia_interrupt_requested)
    myia_interrupt(interrupt);
}
