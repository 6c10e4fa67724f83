//===- Errors.cpp - Errors and interrupts of compiled code ----------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A failing operation becomes the exception that CPython would raise, with the
// line of the program in its traceback.
//
//===----------------------------------------------------------------------===//

#include "Call.h"

#include <atomic>
#include <csignal>
#include <frameobject.h>
#include <string_view>

using namespace mlir::myia::python;

//===----------------------------------------------------------------------===//
// Exceptions
//===----------------------------------------------------------------------===//

/// Adds a frame for the place to the traceback of the current exception.
static void addTraceback(const MyiaSite *site) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  Ref globals(PyDict_New());
  PyCodeObject *code = PyCode_NewEmpty(
      site->file, site->function ? site->function : "<myia>", site->line);
  PyFrameObject *frame =
      code && globals
          ? PyFrame_New(PyThreadState_Get(), code, globals.get(), nullptr)
          : nullptr;
  // The exception matters more than its traceback.
  PyErr_Clear();
  PyErr_Restore(type, value, traceback);
  if (frame) {
#if PY_VERSION_HEX < 0x030B0000
    frame->f_lineno = site->line;
#endif
    PyTraceBack_Here(frame);
  }
  Py_XDECREF(frame);
  Py_XDECREF(code);
}

void mlir::myia::python::raiseSite(const MyiaSite *site) {
  // An interrupt has set its exception already: KeyboardInterrupt, or whatever
  // the program's signal handler raised.
  if (!PyErr_Occurred()) {
    PyObject *cls = PyDict_GetItemString(PyEval_GetBuiltins(), site->exception);
    // A library's class; the module keeps it alive.
    if (std::string_view(site->exception) == "numpy.linalg.LinAlgError") {
      PyObject *module = PyImport_ImportModule("numpy.linalg");
      cls = module ? PyObject_GetAttrString(module, "LinAlgError") : nullptr;
      Py_XDECREF(cls);
      Py_XDECREF(module);
      PyErr_Clear();
    }
    if (!cls || !PyExceptionClass_Check(cls))
      cls = PyExc_RuntimeError;
    std::string message(myia_error_message(site, nullptr, 0), '\0');
    myia_error_message(site, message.data(), message.size() + 1);
    Ref arguments = takeErrorArguments();
    if (arguments)
      PyErr_SetObject(cls, arguments.get());
    else if (!message.empty())
      PyErr_SetString(cls, message.c_str());
    else
      PyErr_SetNone(cls);
  }
  if (site->file)
    addTraceback(site);
}

//===----------------------------------------------------------------------===//
// Interrupts
//===----------------------------------------------------------------------===//

/// How deep the main thread is in compiled code.
static std::atomic<int> mainThreadDepth{0};
static unsigned long mainThread;

static bool onMainThread() { return PyThread_get_thread_ident() == mainThread; }

InCompiledCode::InCompiledCode() { mainThreadDepth += onMainThread(); }
InCompiledCode::~InCompiledCode() { mainThreadDepth -= onMainThread(); }

/// Python runs signal handlers on its main thread only. Other threads pass the
/// request on, unless it is stale because the main thread is back in Python.
static int handleInterrupt() {
  if (!onMainThread()) {
    if (mainThreadDepth == 0)
      myia_clear_interrupt();
    return 0;
  }
  myia_clear_interrupt();
  PyGILState_STATE state = PyGILState_Ensure();
  int failed = PyErr_CheckSignals();
  PyGILState_Release(state);
  return failed != 0;
}

static struct sigaction previousAction;

/// Sets the flag that compiled code polls, then does what was done before.
static void onSignal(int number, siginfo_t *info, void *context) {
  myia_request_interrupt();
  if (previousAction.sa_flags & SA_SIGINFO)
    return previousAction.sa_sigaction(number, info, context);
  if (previousAction.sa_handler == SIG_IGN)
    return;
  if (previousAction.sa_handler != SIG_DFL)
    return previousAction.sa_handler(number);
  signal(number, SIG_DFL);
  raise(number);
}

void mlir::myia::python::ensureInterruptHandler() {
  if (!onMainThread())
    return;
  struct sigaction current, action = {};
  sigaction(SIGINT, nullptr, &current);
  if ((current.sa_flags & SA_SIGINFO) && current.sa_sigaction == onSignal)
    return;
  previousAction = current;
  action.sa_sigaction = onSignal;
  action.sa_flags = SA_SIGINFO | (current.sa_flags & (SA_RESTART | SA_ONSTACK));
  action.sa_mask = current.sa_mask;
  sigaction(SIGINT, &action, nullptr);
}

bool mlir::myia::python::installInterruptHandler() {
  Ref threading(PyImport_ImportModule("threading"));
  Ref main(threading ? PyObject_CallMethod(threading.get(), "main_thread", "")
                     : nullptr);
  Ref ident(main ? PyObject_GetAttrString(main.get(), "ident") : nullptr);
  if (!ident)
    return false;
  mainThread = PyLong_AsUnsignedLong(ident.get());
  myia_set_interrupt_hook(handleInterrupt);
  ensureInterruptHandler();
  return true;
}
