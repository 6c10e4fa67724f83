//===- IR.h - What the files of the extension module share ------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The C++ side of the Python classes: a C API handle each, and what keeps it
// alive. Names and meaning follow upstream's `mlir.ir`.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_PYTHON_IR_H
#define MYIA_PYTHON_IR_H

#include "mlir-c/Diagnostics.h"
#include "mlir-c/IR.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mlir::myia::python {

namespace nb = nanobind;

/// Owns an MLIR context.
struct ContextHandle {
  MlirContext context;
  explicit ContextHandle(MlirContext context) : context(context) {}
  ~ContextHandle() { mlirContextDestroy(context); }
  ContextHandle(const ContextHandle &) = delete;
};
using ContextRef = std::shared_ptr<ContextHandle>;

/// Owns the top of an IR tree: a module or a detached operation. Once the
/// operation is inserted somewhere, `parent` is what keeps it alive.
struct Owner {
  ContextRef context;
  MlirOperation op{nullptr};
  std::shared_ptr<Owner> parent;

  Owner(ContextRef context, MlirOperation op)
      : context(std::move(context)), op(op) {}
  ~Owner() {
    if (!mlirOperationIsNull(op))
      mlirOperationDestroy(op);
  }
  Owner(const Owner &) = delete;
};
using OwnerRef = std::shared_ptr<Owner>;

struct ContextObject {
  ContextRef ref;
};
struct PyLocation {
  ContextRef context;
  MlirLocation handle;
};
struct PyType {
  ContextRef context;
  MlirType handle;
};
struct PyAttribute {
  ContextRef context;
  MlirAttribute handle;
};
struct PyValue {
  OwnerRef owner;
  MlirValue handle;
};
struct PyBlock {
  OwnerRef owner;
  MlirBlock handle;
};
struct PyRegion {
  OwnerRef owner;
  MlirRegion handle;
};
struct PyOperation {
  OwnerRef owner;
  MlirOperation handle;
};
struct PyModule {
  OwnerRef owner;
  MlirModule handle;
};

/// Where new operations go: the end of `block`, or before `before`.
struct PyInsertionPoint {
  PyBlock block;
  MlirOperation before{nullptr};
};

/// What was in force (`with context:`, `with location:`, ...) on this thread.
template <typename T> std::vector<T> &currentStack() {
  static thread_local std::vector<T> stack;
  return stack;
}

/// The given context, else the current location's or context, else an error.
ContextRef resolveContext(const ContextObject *context);
/// The given location, else the current one, else unknown.
PyLocation resolveLocation(const PyLocation *location, const ContextRef &ref);

inline MlirStringRef toRef(std::string_view text) {
  return mlirStringRefCreate(text.data(), text.size());
}
inline nb::str toStr(MlirStringRef text) {
  return nb::str(text.data, text.length);
}

/// Collects what a C API printing function writes.
template <typename Print> std::string printToString(Print print) {
  std::string text;
  print(
      [](MlirStringRef part, void *data) {
        static_cast<std::string *>(data)->append(part.data, part.length);
      },
      static_cast<void *>(&text));
  return text;
}

/// A diagnostic, copied out of MLIR.
struct PyDiagnostic {
  MlirDiagnosticSeverity severity;
  std::string message;
  PyLocation location;
  std::vector<PyDiagnostic> notes;
};

/// Collects the context's diagnostics while it lives.
class DiagnosticCollector {
public:
  explicit DiagnosticCollector(ContextRef context);
  ~DiagnosticCollector();
  DiagnosticCollector(const DiagnosticCollector &) = delete;

  std::vector<PyDiagnostic> take() { return std::move(diagnostics); }
  /// Throws MLIRError with everything collected so far.
  [[noreturn]] void fail(const std::string &what);

private:
  ContextRef context;
  MlirDiagnosticHandlerID id;
  std::vector<PyDiagnostic> diagnostics;
};

void bindDiagnostics(nb::module_ &m);
void bindContext(nb::module_ &m);
void bindAttributes(nb::module_ &m);
void bindOperations(nb::module_ &m);
void bindOperationCreate(nb::module_ &m, nb::class_<PyOperation> &operation);
void bindPasses(nb::module_ &m);
void bindCompile(nb::module_ &m);

} // namespace mlir::myia::python

#endif // MYIA_PYTHON_IR_H
