//===- Operations.cpp - Modules, operations, blocks, values in Python -----===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The structure of the IR. Each object keeps the tree that it is part of alive;
// an object whose operation was erased must not be used, as in C++.
//
//===----------------------------------------------------------------------===//

#include "IR.h"

using namespace mlir::myia::python;

/// The attributes of an operation, as a mapping.
namespace {
struct OpAttributes {
  PyOperation op;
};
} // namespace

static PyModule parseModule(std::string_view text,
                            const ContextObject *context) {
  ContextRef ref = resolveContext(context);
  DiagnosticCollector collector(ref);
  // The parser wants a terminated buffer.
  std::string copy(text);
  MlirModule module = mlirModuleCreateParse(ref->context, toRef(copy));
  if (mlirModuleIsNull(module))
    collector.fail("cannot parse the module");
  return {std::make_shared<Owner>(ref, mlirModuleGetOperation(module)), module};
}

static PyModule createModule(const PyLocation *loc) {
  ContextRef ref = loc ? loc->context : resolveContext(nullptr);
  MlirModule module = mlirModuleCreateEmpty(resolveLocation(loc, ref).handle);
  return {std::make_shared<Owner>(ref, mlirModuleGetOperation(module)), module};
}

static PyModule cloneModule(const PyModule &self) {
  MlirOperation op = mlirOperationClone(mlirModuleGetOperation(self.handle));
  return {std::make_shared<Owner>(self.owner->context, op),
          mlirModuleFromOperation(op)};
}

static std::string getAsm(MlirOperation op, bool debugInfo, bool generic) {
  return printToString([&](MlirStringCallback callback, void *data) {
    MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
    if (debugInfo)
      mlirOpPrintingFlagsEnableDebugInfo(flags, true, false);
    if (generic)
      mlirOpPrintingFlagsPrintGenericOpForm(flags);
    mlirOperationPrintWithFlags(op, flags, callback, data);
    mlirOpPrintingFlagsDestroy(flags);
  });
}

static void verify(const PyOperation &self) {
  DiagnosticCollector collector(self.owner->context);
  if (!mlirOperationVerify(self.handle))
    collector.fail("the operation is not valid");
}

static void erase(PyOperation &self) {
  if (mlirBlockIsNull(mlirOperationGetBlock(self.handle)))
    throw nb::value_error("only an operation in a block can be erased");
  for (intptr_t i = 0, n = mlirOperationGetNumResults(self.handle); i < n; ++i)
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(self.handle, i))))
      throw nb::value_error("the operation still has uses");
  mlirOperationDestroy(self.handle);
  self.handle = MlirOperation{nullptr};
}

static void bindModule(nb::module_ &m) {
  auto op = [](const PyModule &self) -> PyOperation {
    return {self.owner, mlirModuleGetOperation(self.handle)};
  };
  nb::class_<PyModule>(m, "Module", "The top of the IR: a list of symbols.")
      .def_static("parse", &parseModule, nb::arg("asm"),
                  nb::arg("context").none() = nb::none())
      .def_static("create", &createModule, nb::arg("loc").none() = nb::none())
      .def_prop_ro("operation", op)
      .def_prop_ro("body",
                   [](const PyModule &self) -> PyBlock {
                     return {self.owner, mlirModuleGetBody(self.handle)};
                   })
      .def_prop_ro("context",
                   [](const PyModule &self) {
                     return ContextObject{self.owner->context};
                   })
      .def("clone", &cloneModule)
      .def("verify", [op](const PyModule &self) { verify(op(self)); })
      .def(
          "get_asm",
          [op](const PyModule &self, bool debugInfo, bool generic) {
            return getAsm(op(self).handle, debugInfo, generic);
          },
          nb::kw_only(), nb::arg("enable_debug_info") = false,
          nb::arg("print_generic_op_form") = false)
      .def("__str__", [op](const PyModule &self) {
        return getAsm(op(self).handle, false, false);
      });
}

static nb::list getResults(const PyOperation &self) {
  nb::list results;
  for (intptr_t i = 0, n = mlirOperationGetNumResults(self.handle); i < n; ++i)
    results.append(PyValue{self.owner, mlirOperationGetResult(self.handle, i)});
  return results;
}

static PyValue getResult(const PyOperation &self) {
  if (mlirOperationGetNumResults(self.handle) != 1)
    throw nb::value_error("the operation does not have exactly one result");
  return {self.owner, mlirOperationGetResult(self.handle, 0)};
}

static nb::list getOperands(const PyOperation &self) {
  nb::list operands;
  for (intptr_t i = 0, n = mlirOperationGetNumOperands(self.handle); i < n; ++i)
    operands.append(
        PyValue{self.owner, mlirOperationGetOperand(self.handle, i)});
  return operands;
}

static nb::list getSuccessors(const PyOperation &self) {
  nb::list blocks;
  for (intptr_t i = 0, n = mlirOperationGetNumSuccessors(self.handle); i < n;
       ++i)
    blocks.append(
        PyBlock{self.owner, mlirOperationGetSuccessor(self.handle, i)});
  return blocks;
}

static nb::list getRegions(const PyOperation &self) {
  nb::list regions;
  for (intptr_t i = 0, n = mlirOperationGetNumRegions(self.handle); i < n; ++i)
    regions.append(
        PyRegion{self.owner, mlirOperationGetRegion(self.handle, i)});
  return regions;
}

static std::optional<PyOperation> getParent(const PyOperation &self) {
  MlirOperation parent = mlirOperationGetParentOperation(self.handle);
  if (mlirOperationIsNull(parent))
    return std::nullopt;
  return PyOperation{self.owner, parent};
}

static void bindOperation(nb::module_ &m) {
  nb::class_<PyOperation> operation(m, "Operation", "An operation.");
  operation
      .def_prop_ro("name",
                   [](const PyOperation &self) {
                     return toStr(
                         mlirIdentifierStr(mlirOperationGetName(self.handle)));
                   })
      .def_prop_ro("result", &getResult)
      .def_prop_ro("results", &getResults)
      .def_prop_ro("operands", &getOperands)
      .def("set_operand",
           [](PyOperation &self, intptr_t index, const PyValue &value) {
             if (index < 0 || index >= mlirOperationGetNumOperands(self.handle))
               throw nb::index_error("no such operand");
             mlirOperationSetOperand(self.handle, index, value.handle);
           })
      .def_prop_ro("successors", &getSuccessors)
      .def_prop_ro("regions", &getRegions)
      .def_prop_ro("attributes",
                   [](const PyOperation &self) { return OpAttributes{self}; })
      .def_prop_ro("parent", &getParent)
      .def_prop_ro("location",
                   [](const PyOperation &self) {
                     return PyLocation{self.owner->context,
                                       mlirOperationGetLocation(self.handle)};
                   })
      .def_prop_ro("context",
                   [](const PyOperation &self) {
                     return ContextObject{self.owner->context};
                   })
      .def("verify", &verify)
      .def("erase", &erase)
      .def(
          "get_asm",
          [](const PyOperation &self, bool debugInfo, bool generic) {
            return getAsm(self.handle, debugInfo, generic);
          },
          nb::kw_only(), nb::arg("enable_debug_info") = false,
          nb::arg("print_generic_op_form") = false)
      .def(
          "__eq__",
          [](const PyOperation &self, const PyOperation &other) {
            return mlirOperationEqual(self.handle, other.handle);
          },
          nb::is_operator())
      .def("__hash__",
           [](const PyOperation &self) {
             return mlirOperationHashValue(self.handle);
           })
      .def("__str__", [](const PyOperation &self) {
        return getAsm(self.handle, false, false);
      });
  bindOperationCreate(m, operation);
}

static void bindOpAttributes(nb::module_ &m) {
  nb::class_<OpAttributes>(m, "OpAttributes", "An operation's attributes.")
      .def("__contains__",
           [](OpAttributes &self, std::string_view name) {
             return !mlirAttributeIsNull(
                 mlirOperationGetAttributeByName(self.op.handle, toRef(name)));
           })
      .def("__getitem__",
           [](OpAttributes &self, std::string_view name) -> PyAttribute {
             MlirAttribute attribute =
                 mlirOperationGetAttributeByName(self.op.handle, toRef(name));
             if (mlirAttributeIsNull(attribute))
               throw nb::key_error(std::string(name).c_str());
             return {self.op.owner->context, attribute};
           })
      .def("__setitem__",
           [](OpAttributes &self, std::string_view name,
              const PyAttribute &value) {
             mlirOperationSetAttributeByName(self.op.handle, toRef(name),
                                             value.handle);
           })
      .def("__delitem__",
           [](OpAttributes &self, std::string_view name) {
             if (!mlirOperationRemoveAttributeByName(self.op.handle,
                                                     toRef(name)))
               throw nb::key_error(std::string(name).c_str());
           })
      .def("__len__", [](OpAttributes &self) {
        return mlirOperationGetNumAttributes(self.op.handle);
      });
}

static PyBlock appendBlock(const PyRegion &self,
                           const std::vector<PyType> &types,
                           const PyLocation *loc) {
  std::vector<MlirType> handles;
  for (const PyType &type : types)
    handles.push_back(type.handle);
  PyLocation location = resolveLocation(loc, self.owner->context);
  std::vector<MlirLocation> locations(types.size(), location.handle);
  MlirBlock block =
      mlirBlockCreate(handles.size(), handles.data(), locations.data());
  mlirRegionAppendOwnedBlock(self.handle, block);
  return {self.owner, block};
}

static nb::list getBlocks(const PyRegion &self) {
  nb::list blocks;
  for (MlirBlock block = mlirRegionGetFirstBlock(self.handle);
       !mlirBlockIsNull(block); block = mlirBlockGetNextInRegion(block))
    blocks.append(PyBlock{self.owner, block});
  return blocks;
}

static nb::list getBlockOperations(const PyBlock &self) {
  nb::list operations;
  for (MlirOperation op = mlirBlockGetFirstOperation(self.handle);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    operations.append(PyOperation{self.owner, op});
  return operations;
}

static nb::list getArguments(const PyBlock &self) {
  nb::list arguments;
  for (intptr_t i = 0, n = mlirBlockGetNumArguments(self.handle); i < n; ++i)
    arguments.append(PyValue{self.owner, mlirBlockGetArgument(self.handle, i)});
  return arguments;
}

static void eraseArgument(PyBlock &self, intptr_t index) {
  if (index < 0 || index >= mlirBlockGetNumArguments(self.handle))
    throw nb::index_error("no such argument");
  mlirBlockEraseArgument(self.handle, index);
}

static void bindBlocks(nb::module_ &m) {
  nb::class_<PyRegion>(m, "Region", "A list of blocks.")
      .def_prop_ro("blocks", &getBlocks)
      .def("append_block", &appendBlock, nb::arg("arg_types") = nb::list(),
           nb::arg("loc").none() = nb::none());
  nb::class_<PyBlock>(m, "Block", "A list of operations with arguments.")
      .def_prop_ro("arguments", &getArguments)
      .def_prop_ro("operations", &getBlockOperations)
      .def_prop_ro("region",
                   [](const PyBlock &self) {
                     return PyRegion{self.owner,
                                     mlirBlockGetParentRegion(self.handle)};
                   })
      .def_prop_ro("owner",
                   [](const PyBlock &self) {
                     return PyOperation{
                         self.owner, mlirBlockGetParentOperation(self.handle)};
                   })
      .def(
          "add_argument",
          [](PyBlock &self, const PyType &type, const PyLocation *loc) {
            PyLocation location = resolveLocation(loc, self.owner->context);
            return PyValue{self.owner,
                           mlirBlockAddArgument(self.handle, type.handle,
                                                location.handle)};
          },
          nb::arg("type"), nb::arg("loc").none() = nb::none())
      .def("erase_argument", &eraseArgument, nb::arg("index"))
      .def("append",
           [](PyBlock &self, PyOperation &op) {
             nb::cast(PyInsertionPoint{self}).attr("insert")(nb::cast(op));
           })
      .def(
          "__eq__",
          [](const PyBlock &self, const PyBlock &other) {
            return mlirBlockEqual(self.handle, other.handle);
          },
          nb::is_operator())
      .def("__hash__", [](const PyBlock &self) {
        return reinterpret_cast<size_t>(self.handle.ptr) >> 4;
      });
}

static nb::object getValueOwner(const PyValue &self) {
  if (mlirValueIsABlockArgument(self.handle))
    return nb::cast(
        PyBlock{self.owner, mlirBlockArgumentGetOwner(self.handle)});
  return nb::cast(PyOperation{self.owner, mlirOpResultGetOwner(self.handle)});
}

static void bindValues(nb::module_ &m) {
  nb::class_<PyValue>(m, "Value", "An operation's result or a block argument.")
      .def_prop_ro("type",
                   [](const PyValue &self) {
                     return PyType{self.owner->context,
                                   mlirValueGetType(self.handle)};
                   })
      .def("set_type",
           [](PyValue &self, const PyType &type) {
             mlirValueSetType(self.handle, type.handle);
           })
      .def_prop_ro("owner", &getValueOwner)
      .def_prop_ro("has_uses",
                   [](const PyValue &self) {
                     return !mlirOpOperandIsNull(
                         mlirValueGetFirstUse(self.handle));
                   })
      .def("replace_all_uses_with",
           [](PyValue &self, const PyValue &value) {
             mlirValueReplaceAllUsesOfWith(self.handle, value.handle);
           })
      .def(
          "__eq__",
          [](const PyValue &self, const PyValue &other) {
            return mlirValueEqual(self.handle, other.handle);
          },
          nb::is_operator())
      .def("__hash__",
           [](const PyValue &self) {
             return reinterpret_cast<size_t>(self.handle.ptr) >> 3;
           })
      .def("__str__", [](const PyValue &self) {
        return printToString([&](MlirStringCallback callback, void *data) {
          mlirValuePrint(self.handle, callback, data);
        });
      });
}

void mlir::myia::python::bindOperations(nb::module_ &m) {
  bindModule(m);
  bindOperation(m);
  bindOpAttributes(m);
  bindBlocks(m);
  bindValues(m);
}
