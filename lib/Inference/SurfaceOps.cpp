//===- SurfaceOps.cpp - What each surface op means -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of surface ops.
//
//===----------------------------------------------------------------------===//

#include "Classes.h"
#include "Complex.h"
#include "Dicts.h"
#include "Engine.h"
#include "Handlers.h"
#include "Lists.h"

using namespace mlir;
using namespace mlir::myia;

bool myia::raiseIfUnbound(Emitter &e, Ref value) {
  auto type = dyn_cast<IteratorType>(value->type);
  if (!type || type.getKind() != "unbound")
    return false;
  StringRef name = *getStaticString(type.getElements().front());
  e.raise("UnboundLocalError", "cannot access local variable '" + name.str() +
                                   "' where it is not associated with a value");
  return true;
}

/// The result of `array += value`, which NumPy writes into the array: of its
/// shape, and of its dtype if that is of the same kind.
static Ref keepArrayType(Emitter &e, Ref result, Ref before) {
  RankedTensorType type = getAnyArray(result->type),
                   array = getAnyArray(before->type);
  bool isSame = isComplex(result->type) == isComplex(before->type);
  if (!type || (isSame && type == array && type.hasStaticShape()))
    return result;
  if (isComplex(before->type)) {
    result = asComplex(e, result);
    return result
               ? mapParts(e, result,
                          [&](Ref part) {
                            return keepArrayType(e, part, realPart(e, before));
                          })
               : nullptr;
  }
  if (!isSame)
    return e.error(20, "an augmented assignment cannot change the dtype of the "
                       "array [" +
                           describe(before->type) + " would become " +
                           describe(result->type) + "]");
  Shape shape = e.shapeOf(before);
  if (type.getRank() != array.getRank() ||
      !e.broadcastsTo(e.shapeOf(result), shape))
    return e.error(30, "an augmented assignment cannot change the shape of the "
                       "array [" +
                           describe(array) + " would become " + describe(type) +
                           "]");
  Type from = type.getElementType(), to = array.getElementType();
  bool sameKind = (isa<FloatType>(from) && isa<FloatType>(to)) ||
                  (from.isInteger() && to.isInteger() && !to.isInteger(1));
  if (!sameKind)
    return e.error(20, "an augmented assignment cannot change the dtype of the "
                       "array [" +
                           describe(array) + " would become " + describe(type) +
                           "]");
  return e.wrap(e.array(result, to, shape));
}

Ref myia::augmented(Emitter &e, BinaryKind kind, Ref lhs, Ref rhs) {
  if (isList(lhs->type))
    return augmentedList(e, kind, lhs, rhs);
  Ref result = inPlace(e, kind, lhs, rhs);
  if (result || e.outcome != Outcome::Normal)
    return result;
  result = binary(e, kind, lhs, rhs);
  auto array = getAnyArray(lhs->type);
  return result && array && array.getRank() > 0 ? keepArrayType(e, result, lhs)
                                                : result;
}

/// Whether a value may be or hold something that can be updated.
static bool mayHoldMutable(Type type) {
  if (isa<StaticType>(type) || getPythonNumber(type))
    return false;
  if (isDict(type))
    return true;
  if (auto array = getArray(type))
    return array.getRank() > 0;
  if (isList(type))
    return true;
  auto elements = getAggregateElements(type);
  return !elements || llvm::any_of(*elements, mayHoldMutable);
}

bool myia::holdsValues(Emitter &e, Type type) {
  return anyPart(e, type, [](Type part) {
    auto array = getArray(part);
    bool isValue = isDict(part) || (array && array.getRank() > 0);
    return isValue ? WalkResult::interrupt() : WalkResult::advance();
  });
}

/// Whether a part of a container, which is updated, may hold what others see.
static bool isUnknownPart(Emitter &e, Type type, bool isBuiltIn) {
  if (getAnyArray(type))
    return !isBuiltIn;
  if (!isDict(type) || !isBuiltIn)
    return holdsValues(e, type);
  return llvm::any_of(*getAggregateElements(type),
                      [&](Type item) { return holdsValues(e, item); });
}

/// Whether an op does what it does for arrays and numbers: its result shares no
/// memory with them.
static bool isBuiltIn(Emitter &e, Operation &op, ArrayRef<Ref> operands) {
  auto isObject = [](Ref ref) {
    return isa<RecordType, BoxType>(ref->type) && !isDict(ref->type);
  };
  if (isa<UnaryOp, BinaryOp, AugmentOp, GetAttrOp>(op))
    return llvm::none_of(operands, isObject);
  if (isa<SetItemOp>(op))
    return (bool)getAnyArray(operands[0]->type);
  auto closure = dyn_cast<ClosureType>(operands[0]->type);
  if (!isa<CallOp>(op) || !closure)
    return false;
  auto method = dyn_cast<FlatSymbolRefAttr>(closure.getFunction());
  if (!method)
    return true;
  func::FuncOp function = e.engine.lookupFunction(method.getValue());
  return function && function->hasAttr("myia.gives_new");
}

/// A display that nothing but a loop sees is unrolled.
static Ref unrolled(Emitter &e, Value surface, Ref iterable) {
  bool isDisplay = surface.getDefiningOp<BuildListOp>() && surface.hasOneUse();
  return isDisplay ? writtenOut(e, iterable) : iterable;
}

static LogicalResult evaluate(Emitter &e, Operation &op, ArrayRef<Ref> operands,
                              SmallVectorImpl<Ref> &results) {
  auto one = [&](Ref result) {
    results.push_back(result);
    return success(result != nullptr);
  };
  if (auto x = dyn_cast<ConstantOp>(op))
    return one(constant(e, x.getValue()));
  if (auto x = dyn_cast<ReadOp>(op)) {
    Value input = InputOp::create(e.builder, e.loc, x.getType(), x.getIndex());
    return one(e.wrap(input));
  }
  if (auto x = dyn_cast<UnboundOp>(op))
    return one(e.iterator("unbound", {e.known(x.getNameAttr())}));
  // A variable may be carried around unbound, but not used.
  auto update = dyn_cast<UpdateOpInterface>(op);
  unsigned numWitnesses = update ? update.getWitnesses().size() : 0;
  ArrayRef<Ref> witnesses = operands.take_back(numWitnesses);
  for (Ref operand : operands.drop_back(numWitnesses))
    if (raiseIfUnbound(e, operand))
      return failure();
  e.mayRaise = llvm::any_of(operands, [](Ref operand) {
    return operand->narrowedFrom && isNone(operand->type);
  });
  if (auto x = dyn_cast<UnaryOp>(op))
    return one(unary(e, x.getKind(), operands[0]));
  if (auto x = dyn_cast<BinaryOp>(op))
    return one(binary(e, x.getKind(), operands[0], operands[1]));
  if (auto x = dyn_cast<AugmentOp>(op)) {
    Ref object = ownForUpdate(e, x, operands[0], witnesses, true);
    return one(object ? augmented(e, x.getKind(), object, operands[1])
                      : nullptr);
  }
  if (isa<TruthOp>(op))
    return one(truth(e, operands[0]));
  if (auto x = dyn_cast<CallOp>(op)) {
    CallArguments arguments;
    if (failed(spreadArguments(e, x, operands.drop_front(), arguments)))
      return failure();
    return one(call(e, operands[0], arguments));
  }
  if (auto x = dyn_cast<ClosureOp>(op))
    return one(e.closure(x.getFunctionAttr(), operands));
  if (auto x = dyn_cast<GradOp>(op))
    return one(e.aggregate(DerivativeType::get(e.context(), operands[0]->type,
                                               x.getWrt(), x.getSingle(),
                                               x.getWithValue(), x.getAux()),
                           operands));
  if (auto x = dyn_cast<GetAttrOp>(op))
    return one(getAttribute(e, operands[0], x.getName()));
  if (isa<GetItemOp>(op))
    return one(getItem(e, operands[0], operands[1]));
  if (isa<SetItemOp>(op)) {
    bool isNew = !findDictItem(operands[0]->type, operands[1]);
    Ref object = ownForUpdate(e, update, operands[0], witnesses, isNew);
    return one(object ? setItem(e, object, operands[1], operands[2]) : nullptr);
  }
  if (auto x = dyn_cast<SetAttrOp>(op))
    return one(setAttribute(e, x, operands));
  if (auto x = dyn_cast<MutateOp>(op))
    return mutate(e, x, operands, results);
  if (isa<BuildTupleOp>(op))
    return one(e.tuple(operands));
  if (isa<BuildListOp>(op))
    return one(makeList(e, operands));
  if (auto x = dyn_cast<BuildDictOp>(op))
    return one(buildDict(e, x, operands));
  if (isa<BuildSliceOp>(op))
    return one(e.iterator("slice", operands));
  if (auto x = dyn_cast<UnpackSequenceOp>(op))
    return unpackSequence(e, operands[0], x.getNumResults(), x.getStarred(),
                          results);
  if (isa<IterOp>(op))
    return one(iterate(e, unrolled(e, op.getOperand(0), operands[0])));
  if (isa<HasNextOp>(op))
    return one(hasNext(e, operands[0]));
  if (isa<NextOp>(op)) {
    auto [element, rest] = next(e, operands[0]);
    results.assign({element, rest});
    return success(element && rest);
  }
  return one(e.error(90, "no meaning for " + op.getName().getStringRef()));
}

/// Checks what the frontend, which knows no types, took the result of an op
/// for.
static LogicalResult checkOwnership(Emitter &e, Operation &op,
                                    ArrayRef<Ref> operands, Ref result) {
  bool isFresh = op.hasAttr("myia.fresh");
  bool isFreshDict = op.hasAttr("myia.fresh_dict");
  auto containers = op.getAttrOfType<DenseI64ArrayAttr>("myia.parts");
  if (!isFresh && !isFreshDict && !containers)
    return success();
  // What is stored is then seen through the container.
  Type type = (isa<SetItemOp>(op) ? operands[2] : result)->type;
  bool builtIn = isBuiltIn(e, op, operands);
  auto refuse = [&](const Twine &message) {
    e.error(2, message);
    return failure();
  };
  auto unknown = op.getAttrOfType<DenseI64ArrayAttr>("myia.unknown_parts");
  bool isArray = isa<SetItemOp>(op) && getAnyArray(operands[0]->type);
  if (unknown && !isArray && !isa<MutateOp>(op))
    for (int64_t place : unknown.asArrayRef())
      checkParts(e, op, operands[place]);
  if (containers && !unknown && isUnknownPart(e, type, builtIn))
    e.engine.addUnknownPart(e, containers.asArrayRef());
  if (builtIn)
    return success();
  bool holdsDict =
      isFreshDict && anyPart(e, type, [](Type part) {
        return isDict(part) ? WalkResult::interrupt() : WalkResult::advance();
      });
  if (holdsDict || (isFresh && isDict(type)))
    return refuse("what this gives may be a dict that others see, which is "
                  "updated in place: copy it first, with dict(x)");
  if (isFresh && mayHoldMutable(type))
    return refuse("what this gives may share memory with an array or list that "
                  "is updated in place: copy it first, with np.array(x) or "
                  "list(x)");
  return success();
}

LogicalResult myia::evaluateOp(Emitter &e, Operation &op,
                               ArrayRef<Ref> operands,
                               SmallVectorImpl<Ref> &results) {
  if (failed(evaluate(e, op, operands, results)))
    return failure();
  return results.empty() ? success()
                         : checkOwnership(e, op, operands, results[0]);
}
