//===- DiscardableAttributes.cpp - Attributes beside an op's own -*- C++
//-*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of all `myia.*` attributes: what may have them, and what they hold.
// Whatever is not in it is an error, so that no typo is taken for silence.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

namespace {
/// A set of attributes or of ops, and what messages call it.
template <typename T> struct Kind {
  StringLiteral name;
  bool (*holds)(T);
};

struct Known {
  StringLiteral name;
  const Kind<Operation *> &holder;
  const Kind<Attribute> &value;
};
} // namespace

template <typename T> static bool is(Attribute value) { return isa<T>(value); }
template <typename T> static bool is(Operation *op) { return isa<T>(op); }

template <typename T> static bool isArrayOf(Attribute value) {
  auto array = dyn_cast<ArrayAttr>(value);
  return array && llvm::all_of(array, llvm::IsaPred<T>);
}

template <typename T> static bool isDictionaryOf(Attribute value) {
  auto entries = dyn_cast<DictionaryAttr>(value);
  return entries && llvm::all_of(entries, [](NamedAttribute entry) {
           return isa<T>(entry.getValue());
         });
}

static bool isCount(Attribute value) {
  auto number = dyn_cast<IntegerAttr>(value);
  return number && number.getType().isSignlessInteger(64) &&
         number.getInt() >= 0;
}

static bool isPositions(Attribute value) {
  auto numbers = dyn_cast<DenseI64ArrayAttr>(value);
  return numbers && llvm::all_of(numbers.asArrayRef(),
                                 [](int64_t number) { return number >= 0; });
}

/// `{name = "x"}` and what else MyiaSurfaceOps.td says of a parameter.
static bool isParameter(Attribute value) {
  auto entries = dyn_cast<DictionaryAttr>(value);
  if (!entries || !entries.getAs<StringAttr>("name"))
    return false;
  return llvm::all_of(entries, [](NamedAttribute entry) {
    StringRef kinds[] = {"positional", "keyword", "tuple", "dict"};
    if (entry.getName() == "kind") {
      auto kind = dyn_cast<StringAttr>(entry.getValue());
      return kind && llvm::is_contained(kinds, kind.getValue());
    }
    if (entry.getName() == "capture")
      return isCount(entry.getValue());
    return entry.getName() == "name" || entry.getName() == "default";
  });
}

static bool isParameters(Attribute value) {
  auto array = dyn_cast<ArrayAttr>(value);
  return array && llvm::all_of(array, isParameter);
}

static const Kind<Attribute> unit{"'unit'", is<UnitAttr>},
    count{"an i64 that is not negative", isCount},
    string{"a string", is<StringAttr>},
    symbol{"a symbol", is<FlatSymbolRefAttr>},
    dictionary{"a dictionary", is<DictionaryAttr>},
    positions{"an array<i64> of numbers that are not negative", isPositions},
    strings{"an array of strings", isArrayOf<StringAttr>},
    symbols{"an array of symbols", isArrayOf<FlatSymbolRefAttr>},
    types{"an array of types", isArrayOf<TypeAttr>},
    stringTable{"a dictionary of strings", isDictionaryOf<StringAttr>},
    parameters{"an array of parameters, such as {name = \"x\"}", isParameters};

static const Kind<Operation *> function{"a function", is<FunctionOpInterface>},
    module{"a module", is<ModuleOp>}, cls{"a 'myia.class'", is<ClassOp>},
    type{"a 'myia.type'", is<TypeOp>}, call{"a 'myia.call'", is<CallOp>},
    mutation{"a 'myia.mutate'", is<MutateOp>},
    surface{"an op of the surface level", [](Operation *op) {
              return isa_and_nonnull<MyiaDialect>(op->getDialect()) &&
                     llvm::any_of(op->getResultTypes(), llvm::IsaPred<AnyType>);
            }};

static const Known table[] = {
    // The Python signature of a surface function.
    {"myia.params", function, parameters},
    {"myia.captures", function, count},
    // Of the prelude: its result is new; a parameter that takes tuples where
    // there are records; what it stands for.
    {"myia.gives_new", function, unit},
    {"myia.takes_tuples", function, string},
    {"myia.implements", function, string},
    // Called from Python, with these types, reading these variables.
    {"myia.entry", function, unit},
    {"myia.argument_types", function, types},
    {"myia.result_types", function, types},
    {"myia.inputs", function, positions},
    // Made by -myia-outline-kernels; found by -myia-lower-errors.
    {"myia.kernel", function, unit},
    {"myia.recursive", function, unit},
    {"myia.written_types", module, types},
    // What a class is beside its fields and methods (see `myia.class`).
    {"myia.bases", cls, symbols},
    {"myia.keyword_only", cls, strings},
    {"myia.hidden", cls, strings},
    {"myia.opaque", cls, strings},
    {"myia.factories", cls, dictionary},
    {"myia.binding", cls, stringTable},
    {"myia.constants", cls, dictionary},
    {"myia.compared", cls, dictionary},
    {"myia.tuple", cls, unit},
    {"myia.frozen", cls, unit},
    // The class that a record belongs to, and its types before flattening.
    {"myia.class", type, symbol},
    {"myia.field_types", type, types},
    // What inference has to refuse where the result of an op is no new one.
    {"myia.fresh", surface, unit},
    {"myia.fresh_dict", surface, unit},
    // The call gives its first argument back, changed.
    {"myia.changed", call, unit},
    // The containers whose parts an op gives or stores; the operands that may
    // be parts which others see; the container whose parts nothing else sees.
    {"myia.parts", surface, positions},
    {"myia.unknown_parts", surface, positions},
    {"myia.owns_parts", mutation, count},
};

/// The parameters are the arguments but for the captures, which defaults name.
static LogicalResult verifySignature(FunctionOpInterface op) {
  auto parameters = op->getAttrOfType<ArrayAttr>("myia.params");
  auto captures = op->getAttrOfType<IntegerAttr>("myia.captures");
  if (!parameters || (op->hasAttr("myia.captures") && !captures))
    return success();
  int64_t numCaptures = captures ? captures.getInt() : 0;
  if ((int64_t)parameters.size() + numCaptures != (int64_t)op.getNumArguments())
    return op->emitOpError("requires an argument for each of ")
           << numCaptures << " captures and " << parameters.size()
           << " parameters [got " << op.getNumArguments() << "]";
  for (auto parameter : parameters.getAsRange<DictionaryAttr>())
    if (auto capture = parameter.getAs<IntegerAttr>("capture");
        capture && capture.getInt() >= numCaptures)
      return op->emitOpError("requires a capture as the default of ")
             << parameter.get("name") << " [got " << capture.getInt() << " of "
             << numCaptures << "]";
  return success();
}

LogicalResult MyiaDialect::verifyOperationAttribute(Operation *op,
                                                    NamedAttribute attribute) {
  const Known *known = llvm::find_if(table, [&](const Known &each) {
    return each.name == attribute.getName().getValue();
  });
  if (known == std::end(table))
    return op->emitOpError("has the attribute '")
           << attribute.getName().getValue() << "', which means nothing";
  if (!known->holder.holds(op))
    return op->emitOpError("has the attribute '")
           << known->name << "', which is for " << known->holder.name;
  if (!known->value.holds(attribute.getValue()))
    return op->emitOpError("requires ")
           << known->value.name << " as '" << known->name << "' [got "
           << attribute.getValue() << "]";
  if (known->name == "myia.params")
    return verifySignature(cast<FunctionOpInterface>(op));
  return success();
}

LogicalResult MyiaDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                    unsigned index,
                                                    NamedAttribute attribute) {
  // Set by -myia-count-references: the function takes the reference over.
  if (attribute.getName() == "myia.owned" &&
      isa<UnitAttr>(attribute.getValue()))
    return success();
  return op->emitOpError("has the attribute '")
         << attribute.getName().getValue() << "' on argument " << index
         << ", where only the unit 'myia.owned' may be";
}

LogicalResult MyiaDialect::verifyRegionResultAttribute(
    Operation *op, unsigned, unsigned index, NamedAttribute attribute) {
  return op->emitOpError("has the attribute '")
         << attribute.getName().getValue() << "' on result " << index
         << ", where none may be";
}
