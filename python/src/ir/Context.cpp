//===- Context.cpp - Contexts and locations in Python ---------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Context and Location, both usable in a `with` statement.
//
//===----------------------------------------------------------------------===//

#include "IR.h"
#include "myia-c/Myia.h"

using namespace mlir::myia::python;

ContextRef mlir::myia::python::resolveContext(const ContextObject *context) {
  if (context)
    return context->ref;
  if (!currentStack<ContextObject>().empty())
    return currentStack<ContextObject>().back().ref;
  throw nb::value_error(
      "no current Context: pass one or use `with Context():`");
}

PyLocation mlir::myia::python::resolveLocation(const PyLocation *location,
                                               const ContextRef &ref) {
  if (location)
    return *location;
  if (!currentStack<PyLocation>().empty())
    return currentStack<PyLocation>().back();
  return {ref, mlirLocationUnknownGet(ref->context)};
}

/// A context with everything registered. Threading is off: one module is
/// compiled at a time, and starting a pool costs more than a small module.
static ContextObject createContext() {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  myiaRegisterDialects(registry);
  myiaRegisterPasses();
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  mlirDialectRegistryDestroy(registry);
  mlirContextGetOrLoadDialect(context, mlirStringRefCreateFromCString("myia"));
  mlirContextGetOrLoadDialect(context, mlirStringRefCreateFromCString("func"));
  mlirContextGetOrLoadDialect(context, mlirStringRefCreateFromCString("cf"));
  return {std::make_shared<ContextHandle>(context)};
}

static PyLocation getFused(const std::vector<PyLocation> &locations,
                           const PyAttribute *metadata,
                           const ContextObject *context) {
  ContextRef ref =
      locations.empty() ? resolveContext(context) : locations[0].context;
  std::vector<MlirLocation> handles;
  for (const PyLocation &location : locations)
    handles.push_back(location.handle);
  MlirAttribute data = metadata ? metadata->handle : MlirAttribute{nullptr};
  return {ref, mlirLocationFusedGet(ref->context, handles.size(),
                                    handles.data(), data)};
}

static void bindLocationConstructors(nb::class_<PyLocation> &location) {
  location
      .def_static(
          "file",
          [](std::string_view file, unsigned line, unsigned column,
             std::optional<unsigned> endLine, std::optional<unsigned> endColumn,
             const ContextObject *context) -> PyLocation {
            ContextRef ref = resolveContext(context);
            return {ref,
                    mlirLocationFileLineColRangeGet(
                        ref->context, toRef(file), line, column,
                        endLine.value_or(line), endColumn.value_or(column))};
          },
          nb::arg("filename"), nb::arg("line"), nb::arg("col"),
          nb::arg("end_line").none() = nb::none(),
          nb::arg("end_col").none() = nb::none(),
          nb::arg("context").none() = nb::none())
      .def_static("fused", &getFused, nb::arg("locations"),
                  nb::arg("metadata").none() = nb::none(),
                  nb::arg("context").none() = nb::none())
      .def_static(
          "callsite",
          [](const PyLocation &callee, const PyLocation &caller) -> PyLocation {
            return {callee.context,
                    mlirLocationCallSiteGet(callee.handle, caller.handle)};
          },
          nb::arg("callee"), nb::arg("caller"))
      .def_static(
          "name",
          [](std::string_view name, const PyLocation *child,
             const ContextObject *context) -> PyLocation {
            ContextRef ref = child ? child->context : resolveContext(context);
            MlirLocation inner = child ? child->handle : MlirLocation{nullptr};
            return {ref, mlirLocationNameGet(ref->context, toRef(name), inner)};
          },
          nb::arg("name"), nb::arg("child_loc").none() = nb::none(),
          nb::arg("context").none() = nb::none())
      .def_static(
          "unknown",
          [](const ContextObject *context) -> PyLocation {
            ContextRef ref = resolveContext(context);
            return {ref, mlirLocationUnknownGet(ref->context)};
          },
          nb::arg("context").none() = nb::none());
}

static std::vector<PyLocation> getFusedLocations(const PyLocation &self) {
  if (!mlirLocationIsAFused(self.handle))
    throw nb::value_error("not a fused location");
  std::vector<MlirLocation> handles(
      mlirLocationFusedGetNumLocations(self.handle));
  if (!handles.empty())
    mlirLocationFusedGetLocations(self.handle, handles.data());
  std::vector<PyLocation> locations;
  for (MlirLocation handle : handles)
    locations.push_back({self.context, handle});
  return locations;
}

/// The accessor, checked: upstream's C API asserts where Python should raise.
template <bool (*Is)(MlirLocation), typename Get>
static auto checked(const char *kind, Get get) {
  return [kind, get](const PyLocation &self) {
    if (!Is(self.handle))
      throw nb::value_error(kind);
    return get(self);
  };
}

static void bindLocationAccessors(nb::class_<PyLocation> &location) {
  constexpr auto isFile = mlirLocationIsAFileLineColRange;
  constexpr auto isCall = mlirLocationIsACallSite;
  constexpr auto isName = mlirLocationIsAName;
  const char *file = "not a file location", *call = "not a call-site location",
             *name = "not a name location";
  location
      .def("is_a_file", [](PyLocation &self) { return isFile(self.handle); })
      .def("is_a_fused",
           [](PyLocation &self) { return mlirLocationIsAFused(self.handle); })
      .def("is_a_callsite",
           [](PyLocation &self) { return isCall(self.handle); })
      .def("is_a_name", [](PyLocation &self) { return isName(self.handle); })
      .def_prop_ro(
          "filename",
          checked<isFile>(
              file,
              [](const PyLocation &self) {
                return toStr(mlirIdentifierStr(
                    mlirLocationFileLineColRangeGetFilename(self.handle)));
              }))
      .def_prop_ro(
          "start_line",
          checked<isFile>(file,
                          [](const PyLocation &self) {
                            return mlirLocationFileLineColRangeGetStartLine(
                                self.handle);
                          }))
      .def_prop_ro(
          "start_col",
          checked<isFile>(file,
                          [](const PyLocation &self) {
                            return mlirLocationFileLineColRangeGetStartColumn(
                                self.handle);
                          }))
      .def_prop_ro(
          "end_line",
          checked<isFile>(file,
                          [](const PyLocation &self) {
                            return mlirLocationFileLineColRangeGetEndLine(
                                self.handle);
                          }))
      .def_prop_ro(
          "end_col",
          checked<isFile>(file,
                          [](const PyLocation &self) {
                            return mlirLocationFileLineColRangeGetEndColumn(
                                self.handle);
                          }))
      .def_prop_ro(
          "callee",
          checked<isCall>(call,
                          [](const PyLocation &self) {
                            return PyLocation{
                                self.context,
                                mlirLocationCallSiteGetCallee(self.handle)};
                          }))
      .def_prop_ro(
          "caller",
          checked<isCall>(call,
                          [](const PyLocation &self) {
                            return PyLocation{
                                self.context,
                                mlirLocationCallSiteGetCaller(self.handle)};
                          }))
      .def_prop_ro("name_str",
                   checked<isName>(name,
                                   [](const PyLocation &self) {
                                     return toStr(mlirIdentifierStr(
                                         mlirLocationNameGetName(self.handle)));
                                   }))
      .def_prop_ro(
          "child_loc",
          checked<isName>(name,
                          [](const PyLocation &self) {
                            return PyLocation{
                                self.context,
                                mlirLocationNameGetChildLoc(self.handle)};
                          }))
      .def_prop_ro("locations", &getFusedLocations);
}

/// `with x:` makes x the current one of its class.
template <typename T> static void bindWith(nb::class_<T> &cls) {
  cls.def("__enter__",
          [](nb::object self) {
            currentStack<T>().push_back(nb::cast<T &>(self));
            return self;
          })
      .def(
          "__exit__", [](T &, nb::args) { currentStack<T>().pop_back(); },
          nb::arg("exc_info"));
}

void mlir::myia::python::bindContext(nb::module_ &m) {
  nb::class_<ContextObject> context(
      m, "Context", "Holds types, attributes and dialects; Myia's are loaded.");
  context
      .def("__init__",
           [](ContextObject *self) {
             new (self) ContextObject(createContext());
           })
      .def_prop_ro_static("current",
                          [](nb::handle) -> std::optional<ContextObject> {
                            if (currentStack<ContextObject>().empty())
                              return std::nullopt;
                            return currentStack<ContextObject>().back();
                          });
  bindWith(context);

  nb::class_<PyLocation> location(m, "Location",
                                  "Where something is in the source.");
  bindLocationConstructors(location);
  bindLocationAccessors(location);
  bindWith(location);
  location
      .def(
          "__eq__",
          [](const PyLocation &self, const PyLocation &other) {
            return mlirLocationEqual(self.handle, other.handle);
          },
          nb::is_operator())
      .def("__hash__",
           [](const PyLocation &self) {
             return reinterpret_cast<size_t>(self.handle.ptr) >> 4;
           })
      .def("__str__", [](const PyLocation &self) {
        return printToString([&](MlirStringCallback callback, void *data) {
          mlirLocationPrint(self.handle, callback, data);
        });
      });
}
