//===- OperationCreate.cpp - Making operations from Python ----------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operation.create and insertion points. The frontend makes every operation
// through here, so lists and tuples are read without intermediate copies.
//
//===----------------------------------------------------------------------===//

#include "IR.h"
#include "llvm/ADT/SmallVector.h"

using namespace mlir::myia::python;

/// Calls `visit` for each element of a list, a tuple or None.
template <typename Visit>
static void forEach(nb::handle sequence, Visit visit) {
  if (sequence.is_none())
    return;
  nb::object fast = nb::steal(
      PySequence_Fast(sequence.ptr(), "a list or a tuple is required"));
  if (!fast.is_valid())
    throw nb::python_error();
  PyObject **items = PySequence_Fast_ITEMS(fast.ptr());
  for (Py_ssize_t i = 0, n = PySequence_Fast_GET_SIZE(fast.ptr()); i < n; ++i)
    visit(nb::handle(items[i]));
}

static void addAttributes(MlirOperationState &state, nb::handle attributes,
                          MlirContext context) {
  if (attributes.is_none())
    return;
  llvm::SmallVector<MlirNamedAttribute, 8> named;
  for (auto [key, value] : nb::cast<nb::dict>(attributes))
    named.push_back(mlirNamedAttributeGet(
        mlirIdentifierGet(context, toRef(nb::cast<std::string_view>(key))),
        nb::cast<PyAttribute &>(value).handle));
  mlirOperationStateAddAttributes(&state, named.size(), named.data());
}

static void insertAt(const PyInsertionPoint &point, MlirOperation op) {
  if (mlirOperationIsNull(point.before))
    mlirBlockAppendOwnedOperation(point.block.handle, op);
  else
    mlirBlockInsertOwnedOperationBefore(point.block.handle, point.before, op);
}

/// Moves a detached operation to the insertion point.
static void insertOperation(const PyInsertionPoint &point, PyOperation &op) {
  if (!mlirBlockIsNull(mlirOperationGetBlock(op.handle)))
    throw nb::value_error("the operation already is in a block");
  insertAt(point, op.handle);
  op.owner->op = MlirOperation{nullptr};
  op.owner->parent = point.block.owner;
}

static PyOperation createOperation(std::string_view name, nb::handle results,
                                   nb::handle operands, nb::handle attributes,
                                   nb::handle successors, int regions,
                                   const PyLocation *loc,
                                   const PyInsertionPoint *ip) {
  auto &points = currentStack<PyInsertionPoint>();
  if (!ip && !points.empty())
    ip = &points.back();
  ContextRef context = ip    ? ip->block.owner->context
                       : loc ? loc->context
                             : resolveContext(nullptr);
  PyLocation location = resolveLocation(loc, context);
  MlirOperationState state =
      mlirOperationStateGet(toRef(name), location.handle);

  llvm::SmallVector<MlirType, 4> types;
  forEach(results, [&](nb::handle type) {
    types.push_back(nb::cast<PyType &>(type).handle);
  });
  llvm::SmallVector<MlirValue, 8> values;
  forEach(operands, [&](nb::handle value) {
    values.push_back(nb::cast<PyValue &>(value).handle);
  });
  llvm::SmallVector<MlirBlock, 2> blocks;
  forEach(successors, [&](nb::handle block) {
    blocks.push_back(nb::cast<PyBlock &>(block).handle);
  });
  addAttributes(state, attributes, context->context);
  mlirOperationStateAddResults(&state, types.size(), types.data());
  mlirOperationStateAddOperands(&state, values.size(), values.data());
  mlirOperationStateAddSuccessors(&state, blocks.size(), blocks.data());
  for (int i = 0; i < regions; ++i) {
    MlirRegion region = mlirRegionCreate();
    mlirOperationStateAddOwnedRegions(&state, 1, &region);
  }
  MlirOperation op = mlirOperationCreate(&state);
  if (!ip)
    return {std::make_shared<Owner>(context, op), op};
  insertAt(*ip, op);
  return {ip->block.owner, op};
}

static PyInsertionPoint atTerminator(const PyBlock &block) {
  MlirOperation terminator = mlirBlockGetTerminator(block.handle);
  if (mlirOperationIsNull(terminator))
    throw nb::value_error("the block has no terminator");
  return {block, terminator};
}

static void bindInsertionPoint(nb::module_ &m) {
  nb::class_<PyInsertionPoint> point(
      m, "InsertionPoint", "Where new operations go; usable in `with`.");
  point
      .def(
          "__init__",
          [](PyInsertionPoint *self, const PyBlock &block) {
            new (self) PyInsertionPoint{block};
          },
          nb::arg("block"))
      .def(
          "__init__",
          [](PyInsertionPoint *self, const PyOperation &before) {
            MlirBlock block = mlirOperationGetBlock(before.handle);
            if (mlirBlockIsNull(block))
              throw nb::value_error("the operation is not in a block");
            new (self) PyInsertionPoint{{before.owner, block}, before.handle};
          },
          nb::arg("before"))
      .def_static(
          "at_block_begin",
          [](const PyBlock &block) -> PyInsertionPoint {
            return {block, mlirBlockGetFirstOperation(block.handle)};
          },
          nb::arg("block"))
      .def_static("at_block_terminator", &atTerminator, nb::arg("block"))
      .def_prop_ro("block", [](PyInsertionPoint &self) { return self.block; })
      .def("insert", &insertOperation, nb::arg("operation"))
      .def("__enter__",
           [](nb::object self) {
             currentStack<PyInsertionPoint>().push_back(
                 nb::cast<PyInsertionPoint &>(self));
             return self;
           })
      .def(
          "__exit__",
          [](PyInsertionPoint &, nb::args) {
            currentStack<PyInsertionPoint>().pop_back();
          },
          nb::arg("exc_info"));
}

void mlir::myia::python::bindOperationCreate(
    nb::module_ &m, nb::class_<PyOperation> &operation) {
  bindInsertionPoint(m);
  auto none = [](const char *name) {
    return nb::arg(name).none() = nb::none();
  };
  operation.def_static(
      "create", &createOperation, nb::arg("name"), none("results"),
      none("operands"), none("attributes"), none("successors"),
      nb::arg("regions") = 0, none("loc"), none("ip"),
      "A new operation at `ip`, or the current insertion point, or detached.");
}
