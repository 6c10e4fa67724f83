//===- Arguments.cpp - `*xs` and `**options` in calls -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The arguments that a call passes, once what is starred is written out.
//
//===----------------------------------------------------------------------===//

#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace mlir::myia;

LogicalResult myia::spreadArguments(Emitter &e, CallOp op,
                                    ArrayRef<Ref> operands,
                                    CallArguments &arguments) {
  size_t positional = operands.size() - op.getKeywords().size();
  for (auto [i, operand] : llvm::enumerate(operands.take_front(positional))) {
    if (!llvm::is_contained(op.getStarred(), (int64_t)i)) {
      arguments.values.push_back(operand);
      continue;
    }
    std::optional<SmallVector<Ref>> elements = sequenceElements(e, operand);
    if (!elements) {
      StringRef hint = isList(operand->type)
                           ? ", whose length is known when compiling; a column "
                             "of a list of rows is [row[i] for row in rows]"
                           : "";
      e.error(27, "the elements of " + describe(operand->type) +
                      " cannot be arguments: `*` needs a tuple or an array" +
                      hint);
      return failure();
    }
    llvm::append_range(arguments.values, *elements);
  }
  for (auto [keyword, operand] :
       llvm::zip(op.getKeywords().getAsValueRange<StringAttr>(),
                 operands.drop_front(positional))) {
    if (keyword != "**") {
      arguments.keywords.push_back(keyword);
      arguments.values.push_back(operand);
      continue;
    }
    if (!isDict(operand->type)) {
      e.error(20, "the argument after ** must be a dict with known keys [got " +
                      describe(operand->type) + "]");
      return failure();
    }
    auto dict = cast<RecordType>(operand->type);
    for (auto field : dict.getFields().getAsValueRange<StringAttr>())
      arguments.keywords.push_back(field);
    llvm::append_range(arguments.values, e.elements(operand));
  }
  llvm::StringSet<> seen;
  for (StringRef keyword : arguments.keywords)
    if (!seen.insert(keyword).second) {
      e.error(21, "the call gets multiple values for keyword argument '" +
                      keyword + "'");
      return failure();
    }
  return success();
}
