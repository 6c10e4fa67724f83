//===- SurfaceOps.cpp - Ops of the surface level -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers and custom syntax of the surface ops, and the definitions of all
// ops' generated methods.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "myia/Dialect/Myia.h"

using namespace mlir;
using namespace mlir::myia;

/// type-list ::= `(` (type (`,` type)*)? `)`
static ParseResult parseTypeList(OpAsmParser &parser, ArrayAttr &types) {
  SmallVector<Attribute> attributes;
  auto parseType = [&]() -> ParseResult {
    Type type;
    if (parser.parseType(type))
      return failure();
    attributes.push_back(TypeAttr::get(type));
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseType))
    return failure();
  types = parser.getBuilder().getArrayAttr(attributes);
  return success();
}

static void printTypeList(OpAsmPrinter &printer, Operation *, ArrayAttr types) {
  printer << "(";
  llvm::interleaveComma(types.getAsValueRange<TypeAttr>(), printer);
  printer << ")";
}

LogicalResult ClassOp::verify() {
  for (NamedAttribute method : getMethods())
    if (!isa<FlatSymbolRefAttr>(method.getValue()))
      return emitOpError("requires functions as methods [got ")
             << method.getValue() << "]";
  for (StringAttr getter : getGetters().getAsRange<StringAttr>())
    if (!getMethods().contains(getter))
      return emitOpError("requires a method for the getter ") << getter;
  return success();
}

LogicalResult CallOp::verify() {
  if (getKeywords().size() > getArgs().size())
    return emitOpError("requires an argument for each of ")
           << getKeywords().size() << " keywords [got " << getArgs().size()
           << "]";
  DenseSet<Attribute> seen;
  for (Attribute keyword : getKeywords())
    if (!seen.insert(keyword).second &&
        cast<StringAttr>(keyword).getValue() != "**")
      return emitOpError("requires distinct keywords [got ")
             << keyword << " twice]";
  int64_t next = 0, positional = getArgs().size() - getKeywords().size();
  for (int64_t position : getStarred()) {
    if (position < next || position >= positional)
      return emitOpError("requires increasing positions of positional "
                         "arguments as `starred` [got ")
             << position << "]";
    next = position + 1;
  }
  return success();
}

bool BuildDictOp::isValue(unsigned position) {
  unsigned before = 0;
  for (int64_t unpacked : getUnpacked()) {
    if (unpacked == (int64_t)position)
      return false;
    before += unpacked < (int64_t)position;
  }
  return (position - before) % 2 == 1;
}

LogicalResult BuildDictOp::verify() {
  int64_t last = -1, size = getEntries().size();
  for (int64_t position : getUnpacked()) {
    if (position <= last || position >= size)
      return emitOpError("requires increasing positions of operands in "
                         "'unpacked' [got ")
             << position << "]";
    last = position;
  }
  if ((size - (int64_t)getUnpacked().size()) % 2)
    return emitOpError("requires a value after each key");
  // What is unpacked stands between two pairs.
  for (int64_t position : getUnpacked())
    if (position + 1 < size && isValue(position + 1))
      return emitOpError("requires a value after each key");
  return success();
}

LogicalResult myia::detail::verifyWitnesses(UpdateOpInterface op) {
  if (op.getSeenBy() == SeenBy::witnesses || op.getWitnesses().empty())
    return success();
  return op->emitOpError("requires no witnesses of an object that is not seen "
                         "by witnesses [got ")
         << op.getWitnesses().size() << "]";
}

unsigned MutateOp::getNumSubscripts() {
  return llvm::count_if(getPath().getAsValueRange<StringAttr>(),
                        [](StringRef step) { return step == "[]"; });
}

unsigned MutateOp::getNumLookedInto() {
  if (getKind())
    return 1 + getArgs().size();
  return 1 + getNumSubscripts() + (getMethod() == "[]=" ? 1 : 0);
}

LogicalResult MutateOp::verify() {
  if (getArgs().size() < getNumSubscripts() + getKeywords().size())
    return emitOpError("requires an operand for each of ")
           << getNumSubscripts() << " subscripts and " << getKeywords().size()
           << " keywords [got " << getArgs().size() << "]";
  if (getKind().has_value() != (getMethod() == "="))
    return emitOpError("requires an operator for the method \"=\" alone [got ")
           << getMethodAttr() << "]";
  return success();
}

LogicalResult GradOp::verify() {
  for (Attribute entry : getWrt())
    if (!isa<IntegerAttr, StringAttr>(entry))
      return emitOpError("requires positions or names of parameters [got ")
             << entry << "]";
  if (getSingle() && getWrt().size() != 1)
    return emitOpError("requires one entry for a single gradient [got ")
           << getWrt().size() << "]";
  return success();
}

ParseResult UnpackSequenceOp::parse(OpAsmParser &parser,
                                    OperationState &result) {
  OpAsmParser::UnresolvedOperand sequence;
  uint64_t count = 0;
  Type any = AnyType::get(parser.getContext());
  if (parser.parseOperand(sequence) || parser.parseColon() ||
      parser.parseInteger(count) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.resolveOperand(sequence, any, result.operands))
    return failure();
  result.addTypes(SmallVector<Type>(count, any));
  return success();
}

void UnpackSequenceOp::print(OpAsmPrinter &printer) {
  printer << " " << getSequence() << " : " << getNumResults();
  printer.printOptionalAttrDict((*this)->getAttrs());
}

LogicalResult UnpackSequenceOp::verify() {
  if (auto position = getStarred(); position && *position >= getNumResults())
    return emitOpError("requires the position of a result as `starred` [got ")
           << *position << "]";
  return success();
}

#include "myia/Dialect/MyiaInterfaces.cpp.inc"

#define GET_OP_CLASSES
#include "myia/Dialect/MyiaOps.cpp.inc"
