//===- Passes.cpp - Pass pipelines in Python ------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// PassManager, as upstream's. A run returns the warnings and remarks of the
// passes; a failure raises MLIRError with everything they reported.
//
//===----------------------------------------------------------------------===//

#include "IR.h"
#include "mlir-c/Pass.h"

#include <nanobind/stl/unique_ptr.h>

using namespace mlir::myia::python;

namespace {
struct PyPassManager {
  ContextRef context;
  MlirPassManager handle;

  PyPassManager(ContextRef context, MlirPassManager handle)
      : context(std::move(context)), handle(handle) {}
  PyPassManager(const PyPassManager &) = delete;
  ~PyPassManager() { mlirPassManagerDestroy(handle); }
};
} // namespace

static std::unique_ptr<PyPassManager>
parsePipeline(std::string_view pipeline, const ContextObject *context) {
  ContextRef ref = resolveContext(context);
  auto manager =
      std::make_unique<PyPassManager>(ref, mlirPassManagerCreate(ref->context));
  DiagnosticCollector collector(ref);
  std::string message;
  bool failed = false;
  message = printToString([&](MlirStringCallback callback, void *data) {
    failed = mlirLogicalResultIsFailure(mlirParsePassPipeline(
        mlirPassManagerGetAsOpPassManager(manager->handle), toRef(pipeline),
        callback, data));
  });
  if (failed)
    collector.fail("cannot parse the pipeline '" + std::string(pipeline) +
                   "': " + message);
  return manager;
}

static std::vector<PyDiagnostic> runPipeline(PyPassManager &self,
                                             const PyOperation &op) {
  DiagnosticCollector collector(self.context);
  if (mlirLogicalResultIsFailure(
          mlirPassManagerRunOnOp(self.handle, op.handle)))
    collector.fail("the pass pipeline failed");
  return collector.take();
}

static std::string printPipeline(const PyPassManager &self) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirPrintPassPipeline(mlirPassManagerGetAsOpPassManager(self.handle),
                          callback, data);
  });
}

static void enableIRPrinting(PyPassManager &self, bool before, bool after,
                             bool onlyChanges, bool onlyFailure) {
  MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
  mlirPassManagerEnableIRPrinting(self.handle, before, after, true, onlyChanges,
                                  onlyFailure, flags,
                                  MlirStringRef{nullptr, 0});
  mlirOpPrintingFlagsDestroy(flags);
}

void mlir::myia::python::bindPasses(nb::module_ &m) {
  nb::class_<PyPassManager>(m, "PassManager", "A pipeline of passes.")
      .def_static("parse", &parsePipeline, nb::arg("pipeline"),
                  nb::arg("context").none() = nb::none())
      .def("run", &runPipeline, nb::arg("operation"))
      .def(
          "run",
          [](PyPassManager &self, const PyModule &module) {
            return runPipeline(
                self, {module.owner, mlirModuleGetOperation(module.handle)});
          },
          nb::arg("module"))
      .def(
          "enable_verifier",
          [](PyPassManager &self, bool enable) {
            mlirPassManagerEnableVerifier(self.handle, enable);
          },
          nb::arg("enable") = true)
      .def(
          "enable_timing",
          [](PyPassManager &self) { mlirPassManagerEnableTiming(self.handle); })
      .def("enable_ir_printing", &enableIRPrinting,
           nb::arg("print_before_all") = false,
           nb::arg("print_after_all") = true,
           nb::arg("print_after_change") = false,
           nb::arg("print_after_failure") = false)
      .def("__str__", &printPipeline);
}
