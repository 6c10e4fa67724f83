//===- Compile.cpp - Machine code and layouts in Python -------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bridge from the compiler to the call path: code with addresses, and types
// as plain Python data ("layouts") that the call path reads without MLIR.
//
//===----------------------------------------------------------------------===//

#include "IR.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "myia-c/JIT.h"
#include "myia-c/Myia.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

using namespace mlir::myia::python;

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

namespace {
struct PyCode {
  MyiaCode handle;
  explicit PyCode(MyiaCode handle) : handle(handle) {}
  PyCode(const PyCode &) = delete;
  ~PyCode() { myiaCodeDestroy(handle); }
};
} // namespace

static void appendText(MlirStringRef text, void *data) {
  static_cast<std::string *>(data)->append(text.data, text.length);
}

/// `show` names a text to return in place of the code, for people.
static std::string showCode(const PyModule &module, unsigned optLevel,
                            const std::string &show) {
  std::string text, message;
  MyiaCompileOptions options = {optLevel, nullptr, nullptr, nullptr, &text};
  if (show == "llvm")
    options.showLLVM = appendText;
  else if (show == "optimized")
    options.showOptimized = appendText;
  else if (show == "assembly")
    options.showAssembly = appendText;
  else
    throw nb::value_error("show takes 'llvm', 'optimized' or 'assembly'");
  DiagnosticCollector collector(module.owner->context);
  MyiaCode code = myiaCompile(module.handle, options, appendText, &message);
  if (!code.ptr)
    collector.fail(message);
  myiaCodeDestroy(code);
  return text;
}

static std::unique_ptr<PyCode> compile(const PyModule &module,
                                       unsigned optLevel) {
  std::string message;
  MyiaCompileOptions options = {optLevel, nullptr, nullptr, nullptr, nullptr};
  DiagnosticCollector collector(module.owner->context);
  MyiaCode code = myiaCompile(module.handle, options, appendText, &message);
  if (!code.ptr)
    collector.fail(message);
  return std::make_unique<PyCode>(code);
}

static uintptr_t lookup(const PyCode &self, std::string_view name) {
  void *address = myiaCodeLookup(self.handle, toRef(name));
  if (!address)
    throw nb::key_error(std::string(name).c_str());
  return reinterpret_cast<uintptr_t>(address);
}

//===----------------------------------------------------------------------===//
// Layouts
//===----------------------------------------------------------------------===//

static std::string print(MlirType type) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirTypePrint(type, callback, data);
  });
}

[[noreturn]] static void refuse(const std::string &what,
                                const std::string &instead = "") {
  throw nb::type_error(
      ("compiled code cannot return " + what + " to Python" + instead).c_str());
}

/// Gives the Python object of a kind and a name, or None.
using Find = nb::callable;

static std::string print(MlirAttribute attribute) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirAttributePrint(attribute, callback, data);
  });
}

/// The object that an attribute names; null if it names none.
static nb::object findNamed(MlirAttribute attribute, const Find &find) {
  if (MlirStringRef name = myiaObjectAttrGetName(attribute); name.data)
    return find("object", toStr(name));
  if (MlirStringRef name = myiaPrimAttrGetName(attribute); name.data)
    return find("primitive", toStr(name));
  if (mlirAttributeIsAFlatSymbolRef(attribute))
    return find("class", toStr(mlirFlatSymbolRefAttrGetValue(attribute)));
  if (mlirAttributeIsAType(attribute))
    return find("dtype", print(mlirTypeAttrGetValue(attribute)));
  return {};
}

/// The value of a compile-time constant.
static nb::object getConstant(MlirAttribute attribute, const Find &find) {
  if (nb::object named = findNamed(attribute, find);
      named.is_valid() && !named.is_none())
    return named;
  if (mlirAttributeIsAUnit(attribute))
    return nb::none();
  if (mlirAttributeIsAString(attribute))
    return toStr(mlirStringAttrGetValue(attribute));
  if (mlirAttributeIsABool(attribute))
    return nb::bool_(mlirBoolAttrGetValue(attribute));
  if (mlirAttributeIsAInteger(attribute))
    return nb::int_(mlirIntegerAttrGetValueInt(attribute));
  if (mlirAttributeIsAFloat(attribute))
    return nb::float_(mlirFloatAttrGetValueDouble(attribute));
  refuse("the constant " + print(attribute));
}

static nb::tuple getTensorLayout(MlirType type) {
  nb::list shape;
  for (intptr_t i = 0, n = mlirShapedTypeGetRank(type); i < n; ++i) {
    if (mlirShapedTypeIsDynamicDim(type, i))
      shape.append(nb::none());
    else
      shape.append(mlirShapedTypeGetDimSize(type, i));
  }
  return nb::make_tuple("array", print(mlirShapedTypeGetElementType(type)),
                        nb::tuple(shape));
}

static bool isText(MlirType type, const std::string &kind) {
  return myiaTypeGetKind(type) == MyiaTypeKindIterator &&
         (kind == "text" || kind == "field" || kind == "percent" ||
          kind == "format");
}

/// What makes the Python object of its parts: a function, range or slice.
static nb::object getMaker(MlirType type, const Find &find) {
  MyiaTypeKind kind = myiaTypeGetKind(type);
  if (kind == MyiaTypeKindIterator) {
    nb::str name = toStr(myiaTypeGetSymbol(type));
    nb::object maker = find("iterator", name);
    if (maker.is_none())
      refuse("what " + std::string(name.c_str()) + "() gives",
             "; return a tuple or a list");
    return maker;
  }
  if (kind == MyiaTypeKindDerivative) {
    MyiaDerivativeRequest request = myiaDerivativeTypeGetRequest(type);
    nb::list wrt;
    for (intptr_t i = 0, n = mlirArrayAttrGetNumElements(request.wrt); i < n;
         ++i)
      wrt.append(getConstant(mlirArrayAttrGetElement(request.wrt, i), find));
    return find("derivative", nb::make_tuple(nb::tuple(wrt), request.single,
                                             request.value, request.aux));
  }
  MlirStringRef symbol = myiaTypeGetSymbol(type);
  nb::object maker =
      symbol.data ? nb::object(find("function", toStr(symbol))) : nb::none();
  if (maker.is_none())
    refuse("a method of an array or list", "; return a lambda that calls it");
  return maker;
}

/// How a value of the type is made from the slots of a call.
static nb::tuple getLayout(MlirType type, const Find &find) {
  if (mlirTypeIsATensor(type) && mlirShapedTypeHasRank(type))
    return getTensorLayout(type);
  MyiaTypeKind kind = myiaTypeGetKind(type);
  if (kind == MyiaTypeKindStatic)
    return nb::make_tuple("static",
                          getConstant(myiaStaticTypeGetValue(type), find));
  if (kind == MyiaTypeKindOther) {
    std::string name = print(type);
    if (name == "i1" || name == "i64" || name == "f64")
      return nb::make_tuple(name);
  }
  if (kind == MyiaTypeKindBox)
    return nb::make_tuple("box", toStr(myiaTypeGetSymbol(type)));
  MlirStringRef symbol = myiaTypeGetSymbol(type);
  std::string text(symbol.data ? symbol.data : "", symbol.length);
  bool isText = ::isText(type, text);
  bool isMade = kind == MyiaTypeKindClosure || kind == MyiaTypeKindDerivative ||
                (kind == MyiaTypeKindIterator && !isText);
  if (kind != MyiaTypeKindTuple && kind != MyiaTypeKindRecord &&
      kind != MyiaTypeKindUnion && kind != MyiaTypeKindList &&
      kind != MyiaTypeKindComplex && !isText && !isMade)
    refuse("a value of type " + print(type));
  nb::list elements, fields;
  for (intptr_t i = 0, n = myiaTypeGetNumElements(type); i < n; ++i) {
    elements.append(getLayout(myiaTypeGetElement(type, i), find));
    if (kind == MyiaTypeKindRecord)
      fields.append(toStr(myiaRecordTypeGetField(type, i)));
  }
  if (isText)
    return nb::make_tuple(text, nb::tuple(elements));
  if (isMade)
    return nb::make_tuple("made", getMaker(type, find), nb::tuple(elements));
  if (kind != MyiaTypeKindRecord)
    return nb::make_tuple(kind == MyiaTypeKindTuple     ? "tuple"
                          : kind == MyiaTypeKindList    ? "list"
                          : kind == MyiaTypeKindComplex ? "complex"
                                                        : "union",
                          nb::tuple(elements));
  return nb::make_tuple("record", toStr(myiaTypeGetSymbol(type)),
                        nb::tuple(fields), nb::tuple(elements));
}

/// The slots that values of the types take, without those that have none.
static size_t countSlots(const std::vector<PyType> &types) {
  std::vector<MlirType> pending;
  for (const PyType &type : types)
    pending.push_back(type.handle);
  size_t count = 0;
  while (!pending.empty()) {
    MlirType type = pending.back();
    pending.pop_back();
    MyiaTypeKind kind = myiaTypeGetKind(type);
    bool isLeaf = kind == MyiaTypeKindOther || kind == MyiaTypeKindBox ||
                  kind == MyiaTypeKindStack || kind == MyiaTypeKindList;
    count += isLeaf || kind == MyiaTypeKindUnion; // a union's tag
    for (intptr_t i = 0, n = isLeaf ? 0 : myiaTypeGetNumElements(type); i < n;
         ++i)
      pending.push_back(myiaTypeGetElement(type, i));
  }
  return count;
}

/// The boxes among the leaves of the types, in order, by symbol.
static std::vector<std::string> getBoxes(const std::vector<PyType> &types) {
  std::vector<MlirType> pending;
  for (auto type = types.rbegin(); type != types.rend(); ++type)
    pending.push_back(type->handle);
  std::vector<std::string> boxes;
  while (!pending.empty()) {
    MlirType type = pending.back();
    pending.pop_back();
    if (myiaTypeGetKind(type) == MyiaTypeKindBox) {
      MlirStringRef symbol = myiaTypeGetSymbol(type);
      boxes.emplace_back(symbol.data, symbol.length);
    }
    for (intptr_t i = myiaTypeGetNumElements(type); i-- > 0;)
      pending.push_back(myiaTypeGetElement(type, i));
  }
  return boxes;
}

/// The lists among the leaves of the types, in order.
static std::vector<PyType> getLists(const std::vector<PyType> &types) {
  std::vector<PyType> pending(types.rbegin(), types.rend()), lists;
  while (!pending.empty()) {
    PyType type = pending.back();
    pending.pop_back();
    if (myiaTypeGetKind(type.handle) == MyiaTypeKindList) {
      lists.push_back(type);
      continue;
    }
    for (intptr_t i = myiaTypeGetNumElements(type.handle); i-- > 0;)
      pending.push_back({type.context, myiaTypeGetElement(type.handle, i)});
  }
  return lists;
}

/// The types that an attribute of an entry lists.
static std::vector<PyType> getTypes(const PyAttribute &attribute) {
  if (!mlirAttributeIsAArray(attribute.handle))
    throw nb::value_error("an array attribute is required");
  std::vector<PyType> types;
  for (intptr_t i = 0, n = mlirArrayAttrGetNumElements(attribute.handle); i < n;
       ++i) {
    MlirAttribute element = mlirArrayAttrGetElement(attribute.handle, i);
    if (!mlirAttributeIsAType(element))
      throw nb::value_error("an array of types is required");
    types.push_back({attribute.context, mlirTypeAttrGetValue(element)});
  }
  return types;
}

void mlir::myia::python::bindCompile(nb::module_ &m) {
  nb::class_<PyCode>(m, "Code", "Machine code, alive as long as this object.")
      .def("lookup", &lookup, nb::arg("name"), "The address of a function.");
  m.def("compile", &compile, nb::arg("module"), nb::arg("opt_level") = 3,
        "Machine code of a module of the LLVM dialect.");
  m.def("show_code", &showCode, nb::arg("module"), nb::arg("opt_level") = 3,
        nb::arg("show") = "assembly",
        "The LLVM IR, optimised LLVM IR or assembly of a module.");
  m.def(
      "layout",
      [](const PyType &type, const nb::callable &find) {
        return getLayout(type.handle, find);
      },
      nb::arg("type"), nb::arg("find"),
      "How the call path makes a Python value of the type. `find` gives the "
      "object of a kind and a name that the module has a constant for, or what "
      "makes a function of its parts.");
  m.def("count_slots", &countSlots, nb::arg("types"),
        "The number of 64-bit slots that values of the types take.");
  m.def("boxes", &getBoxes, nb::arg("types"),
        "The symbols of the boxes that values of the types hold, in order.");
  m.def("lists", &getLists, nb::arg("types"),
        "The lists among the leaves of the types, in order.");
  m.def("types", &getTypes, nb::arg("attribute"),
        "The types that an array attribute lists.");
}
