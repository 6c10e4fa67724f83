//===- Diagnostics.cpp - Diagnostics become Python exceptions -------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A failing call raises MLIRError, whose `error_diagnostics` are what the
// compiler reported meanwhile.
//
//===----------------------------------------------------------------------===//

#include "IR.h"

using namespace mlir::myia::python;

static PyObject *mlirErrorClass = nullptr;

static PyDiagnostic copyDiagnostic(MlirDiagnostic diagnostic,
                                   const ContextRef &context) {
  PyDiagnostic copy;
  copy.severity = mlirDiagnosticGetSeverity(diagnostic);
  copy.message = printToString([&](MlirStringCallback callback, void *data) {
    mlirDiagnosticPrint(diagnostic, callback, data);
  });
  copy.location = {context, mlirDiagnosticGetLocation(diagnostic)};
  for (intptr_t i = 0, n = mlirDiagnosticGetNumNotes(diagnostic); i < n; ++i)
    copy.notes.push_back(
        copyDiagnostic(mlirDiagnosticGetNote(diagnostic, i), context));
  return copy;
}

DiagnosticCollector::DiagnosticCollector(ContextRef ref)
    : context(std::move(ref)) {
  auto handler = [](MlirDiagnostic diagnostic, void *data) {
    auto *self = static_cast<DiagnosticCollector *>(data);
    self->diagnostics.push_back(copyDiagnostic(diagnostic, self->context));
    return mlirLogicalResultSuccess();
  };
  id = mlirContextAttachDiagnosticHandler(context->context, handler, this,
                                          nullptr);
}

DiagnosticCollector::~DiagnosticCollector() {
  mlirContextDetachDiagnosticHandler(context->context, id);
}

void DiagnosticCollector::fail(const std::string &what) {
  std::string message = what;
  for (const PyDiagnostic &diagnostic : diagnostics)
    if (diagnostic.severity == MlirDiagnosticError)
      message += "\nerror: " + diagnostic.message;
  nb::object error = nb::handle(mlirErrorClass)(message);
  error.attr("message") = what;
  error.attr("error_diagnostics") = nb::cast(take());
  PyErr_SetObject(mlirErrorClass, error.ptr());
  throw nb::python_error();
}

static const char *severityName(MlirDiagnosticSeverity severity) {
  switch (severity) {
  case MlirDiagnosticError:
    return "error";
  case MlirDiagnosticWarning:
    return "warning";
  case MlirDiagnosticNote:
    return "note";
  case MlirDiagnosticRemark:
    return "remark";
  }
  return "error";
}

void mlir::myia::python::bindDiagnostics(nb::module_ &m) {
  mlirErrorClass = PyErr_NewExceptionWithDoc(
      "myia._ir.MLIRError",
      "A failed compiler call; `error_diagnostics` says what was reported.",
      nullptr, nullptr);
  m.attr("MLIRError") = nb::borrow(mlirErrorClass);

  nb::class_<PyDiagnostic>(m, "Diagnostic",
                           "What the compiler reported: an error, a warning, a "
                           "remark or a note, and where.")
      .def_prop_ro(
          "severity",
          [](PyDiagnostic &self) { return severityName(self.severity); })
      .def_ro("message", &PyDiagnostic::message)
      .def_ro("location", &PyDiagnostic::location)
      .def_ro("notes", &PyDiagnostic::notes)
      .def("__str__", [](PyDiagnostic &self) {
        return std::string(severityName(self.severity)) + ": " + self.message;
      });
}
