//===- Attributes.cpp - Types and attributes in Python --------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Type and Attribute parse any syntax; the common ones have fast constructors
// under upstream's names, which return plain Type and Attribute objects.
//
//===----------------------------------------------------------------------===//

#include "IR.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "myia-c/Myia.h"

using namespace mlir::myia::python;

static const auto noContext = []() {
  return nb::arg("context").none() = nb::none();
};

static PyType parseType(std::string_view text, const ContextObject *context) {
  ContextRef ref = resolveContext(context);
  DiagnosticCollector collector(ref);
  MlirType type = mlirTypeParseGet(ref->context, toRef(text));
  if (mlirTypeIsNull(type))
    collector.fail("cannot parse the type '" + std::string(text) + "'");
  return {ref, type};
}

static PyAttribute parseAttribute(std::string_view text,
                                  const ContextObject *context) {
  ContextRef ref = resolveContext(context);
  DiagnosticCollector collector(ref);
  MlirAttribute attribute = mlirAttributeParseGet(ref->context, toRef(text));
  if (mlirAttributeIsNull(attribute))
    collector.fail("cannot parse the attribute '" + std::string(text) + "'");
  return {ref, attribute};
}

static std::vector<MlirType> unwrap(const std::vector<PyType> &types) {
  std::vector<MlirType> handles;
  for (const PyType &type : types)
    handles.push_back(type.handle);
  return handles;
}

/// A class that only groups constructors; `T` tells the groups apart.
template <int> struct Constructors {};

static void bindTypeConstructors(nb::module_ &m) {
  nb::class_<Constructors<0>>(m, "IntegerType")
      .def_static(
          "get_signless",
          [](unsigned width, const ContextObject *context) -> PyType {
            ContextRef ref = resolveContext(context);
            return {ref, mlirIntegerTypeGet(ref->context, width)};
          },
          nb::arg("width"), noContext())
      .def_static(
          "get_unsigned",
          [](unsigned width, const ContextObject *context) -> PyType {
            ContextRef ref = resolveContext(context);
            return {ref, mlirIntegerTypeUnsignedGet(ref->context, width)};
          },
          nb::arg("width"), noContext());
  auto simple = [&](auto &&cls, MlirType (*get)(MlirContext)) {
    cls.def_static(
        "get",
        [get](const ContextObject *context) -> PyType {
          ContextRef ref = resolveContext(context);
          return {ref, get(ref->context)};
        },
        noContext());
  };
  simple(nb::class_<Constructors<1>>(m, "F64Type"), mlirF64TypeGet);
  simple(nb::class_<Constructors<2>>(m, "F32Type"), mlirF32TypeGet);
  simple(nb::class_<Constructors<3>>(m, "F16Type"), mlirF16TypeGet);
  simple(nb::class_<Constructors<4>>(m, "BF16Type"), mlirBF16TypeGet);
  simple(nb::class_<Constructors<5>>(m, "IndexType"), mlirIndexTypeGet);
  nb::class_<Constructors<6>>(m, "RankedTensorType")
      .def_static(
          "get",
          [](const std::vector<int64_t> &shape,
             const PyType &element) -> PyType {
            return {element.context,
                    mlirRankedTensorTypeGet(shape.size(), shape.data(),
                                            element.handle,
                                            MlirAttribute{nullptr})};
          },
          nb::arg("shape"), nb::arg("element_type"));
  nb::class_<Constructors<7>>(m, "FunctionType")
      .def_static(
          "get",
          [](const std::vector<PyType> &inputs,
             const std::vector<PyType> &results,
             const ContextObject *context) -> PyType {
            ContextRef ref = resolveContext(context);
            auto in = unwrap(inputs), out = unwrap(results);
            return {ref, mlirFunctionTypeGet(ref->context, in.size(), in.data(),
                                             out.size(), out.data())};
          },
          nb::arg("inputs"), nb::arg("results"), noContext());
}

/// The primitives of the compiler: name, signature, and what its result is.
static nb::list getPrimitives() {
  nb::list list;
  myiaForEachPrimitive(
      [](MyiaPrimitive primitive, void *list) {
        static_cast<nb::list *>(list)->append(
            nb::make_tuple(toStr(primitive.name), toStr(primitive.signature),
                           primitive.fresh, primitive.changesFirst));
      },
      &list);
  return list;
}

static PyAttribute getDictionary(nb::dict values,
                                 const ContextObject *context) {
  ContextRef ref = resolveContext(context);
  std::vector<MlirNamedAttribute> named;
  for (auto [key, value] : values)
    named.push_back(mlirNamedAttributeGet(
        mlirIdentifierGet(ref->context, toRef(nb::cast<std::string_view>(key))),
        nb::cast<PyAttribute &>(value).handle));
  return {ref, mlirDictionaryAttrGet(ref->context, named.size(), named.data())};
}

static PyAttribute getArray(const std::vector<PyAttribute> &values,
                            const ContextObject *context) {
  ContextRef ref = resolveContext(context);
  std::vector<MlirAttribute> handles;
  for (const PyAttribute &value : values)
    handles.push_back(value.handle);
  return {ref, mlirArrayAttrGet(ref->context, handles.size(), handles.data())};
}

static PyAttribute getFloat(const PyType &type, double value) {
  return {type.context, mlirFloatAttrDoubleGet(mlirTypeGetContext(type.handle),
                                               type.handle, value)};
}

/// Constructors from a string.
template <int Tag, MlirAttribute (*Get)(MlirContext, MlirStringRef)>
static void bindStringAttribute(nb::module_ &m, const char *name) {
  nb::class_<Constructors<Tag>>(m, name).def_static(
      "get",
      [](std::string_view value, const ContextObject *context) -> PyAttribute {
        ContextRef ref = resolveContext(context);
        return {ref, Get(ref->context, toRef(value))};
      },
      nb::arg("value"), noContext());
}

static void bindAttributeConstructors(nb::module_ &m) {
  bindStringAttribute<10, mlirStringAttrGet>(m, "StringAttr");
  bindStringAttribute<11, mlirFlatSymbolRefAttrGet>(m, "FlatSymbolRefAttr");
  bindStringAttribute<12, myiaPrimAttrGet>(m, "PrimAttr");
  nb::class_<Constructors<13>>(m, "IntegerAttr")
      .def_static(
          "get",
          [](const PyType &type, int64_t value) -> PyAttribute {
            return {type.context, mlirIntegerAttrGet(type.handle, value)};
          },
          nb::arg("type"), nb::arg("value"));
  nb::class_<Constructors<14>>(m, "FloatAttr")
      .def_static("get", &getFloat, nb::arg("type"), nb::arg("value"))
      .def_static(
          "get_f64",
          [](double value, const ContextObject *context) {
            ContextRef ref = resolveContext(context);
            return getFloat({ref, mlirF64TypeGet(ref->context)}, value);
          },
          nb::arg("value"), noContext());
  nb::class_<Constructors<15>>(m, "BoolAttr")
      .def_static(
          "get",
          [](bool value, const ContextObject *context) -> PyAttribute {
            ContextRef ref = resolveContext(context);
            return {ref, mlirBoolAttrGet(ref->context, value)};
          },
          nb::arg("value"), noContext());
  nb::class_<Constructors<16>>(m, "UnitAttr")
      .def_static(
          "get",
          [](const ContextObject *context) -> PyAttribute {
            ContextRef ref = resolveContext(context);
            return {ref, mlirUnitAttrGet(ref->context)};
          },
          noContext());
  nb::class_<Constructors<17>>(m, "TypeAttr")
      .def_static(
          "get",
          [](const PyType &type) -> PyAttribute {
            return {type.context, mlirTypeAttrGet(type.handle)};
          },
          nb::arg("value"));
  nb::class_<Constructors<18>>(m, "ArrayAttr")
      .def_static("get", &getArray, nb::arg("attributes"), noContext());
  nb::class_<Constructors<19>>(m, "DictAttr")
      .def_static("get", &getDictionary, nb::arg("value"), noContext());
}

/// Equality, hash and printing of a uniqued handle.
template <typename T, auto Equal, auto Print>
static void bindUniqued(nb::class_<T> &cls) {
  cls.def(
         "__eq__",
         [](const T &self, nb::handle other) {
           return nb::isinstance<T>(other) &&
                  Equal(self.handle, nb::cast<T &>(other).handle);
         },
         nb::is_operator())
      .def("__hash__",
           [](const T &self) {
             return reinterpret_cast<size_t>(self.handle.ptr) >> 4;
           })
      .def("__str__",
           [](const T &self) {
             return printToString([&](MlirStringCallback callback, void *data) {
               Print(self.handle, callback, data);
             });
           })
      .def_prop_ro("context",
                   [](const T &self) { return ContextObject{self.context}; });
}

void mlir::myia::python::bindAttributes(nb::module_ &m) {
  m.def("primitives", &getPrimitives,
        "Name and signature of every primitive; whether its result is new, "
        "and whether it is the first argument, changed.");
  nb::class_<PyType> type(m, "Type", "The type of a value.");
  type.def_static("parse", &parseType, nb::arg("asm"), noContext());
  bindUniqued<PyType, mlirTypeEqual, mlirTypePrint>(type);

  nb::class_<PyAttribute> attribute(m, "Attribute", "A compile-time value.");
  attribute.def_static("parse", &parseAttribute, nb::arg("asm"), noContext());
  bindUniqued<PyAttribute, mlirAttributeEqual, mlirAttributePrint>(attribute);

  bindTypeConstructors(m);
  bindAttributeConstructors(m);
}
