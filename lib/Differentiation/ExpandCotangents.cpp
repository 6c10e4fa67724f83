//===- ExpandCotangents.cpp - Cotangents of containers become calls -------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-expand-cotangents: see Passes.td. A function is made once
// for each op and type, so that data which holds data of its own type takes a
// recursive one.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAEXPANDCOTANGENTS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
/// Where code is added.
struct Place {
  OpBuilder &builder;
  Location loc;

  template <typename OpTy, typename... Args> OpTy make(Args &&...args) const {
    return OpTy::create(builder, loc, std::forward<Args>(args)...);
  }
  Value integer(int64_t value) const {
    return make<arith::ConstantIntOp>(value, 64);
  }
  Value compare(arith::CmpIPredicate predicate, Value a, Value b) const {
    return make<arith::CmpIOp>(predicate, a, b);
  }
};

using Body = llvm::function_ref<SmallVector<Value>(Place)>;

class Expander {
public:
  explicit Expander(ModuleOp module) : module(module), symbols(module) {}

  void run();

private:
  void collect(Operation *op);
  void replace(Operation *op);
  func::FuncOp getFunction(Operation *op, StringRef name);
  /// What a function gives for its arguments.
  SmallVector<Value> expand(Operation *op, Place place, ValueRange arguments);

  SmallVector<Value> addBoxes(Place place, Value lhs, Value rhs);
  SmallVector<Value> addLists(Place place, Value lhs, Value rhs);
  SmallVector<Value> getPart(Place place, ValueRange arguments);
  SmallVector<Value> addToPart(Place place, ValueRange arguments);
  SmallVector<Value> clearPart(Place place, Value list, Value index);
  SmallVector<Value> fill(Place place, FillOp op, ValueRange arguments);
  Value fillBox(Place place, FunctionType of, Value cotangent, Value like);
  Value fillList(Place place, FillOp op, Value cotangent, Value like);
  myia::TupleType getFields(Type box);

  ModuleOp module;
  SymbolTable symbols;
  /// By op and type of the container, or types of the gradient.
  llvm::DenseMap<std::pair<StringRef, Type>, func::FuncOp> functions;
  SmallVector<Operation *> worklist;
};

struct MyiaExpandCotangents
    : myia::impl::MyiaExpandCotangentsBase<MyiaExpandCotangents> {
  using Base::Base;
  void runOnOperation() override { Expander(getOperation()).run(); }
};
} // namespace

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void Expander::collect(Operation *op) {
  bool isSum = isa<AccumulateOp>(op) &&
               isa<BoxType, ListType>(op->getResult(0).getType());
  if (isSum || isa<ListPartOp, ListAddOp, ListClearOp, FillOp>(op))
    worklist.push_back(op);
}

void Expander::run() {
  module.walk([&](Operation *op) { collect(op); });
  for (size_t i = 0; i < worklist.size(); ++i) // which grows
    replace(worklist[i]);
}

void Expander::replace(Operation *op) {
  StringRef name = TypeSwitch<Operation *, StringRef>(op)
                       .Case<AccumulateOp>([](auto) { return "add"; })
                       .Case<ListPartOp>([](auto) { return "part"; })
                       .Case<ListAddOp>([](auto) { return "add_to_part"; })
                       .Case<ListClearOp>([](auto) { return "clear_part"; })
                       .Case<FillOp>([](FillOp op) {
                         return op.getCotangent() ? "fill" : "zeros";
                       });
  OpBuilder builder(op);
  auto call = func::CallOp::create(builder, op->getLoc(), getFunction(op, name),
                                   op->getOperands());
  op->replaceAllUsesWith(call.getResults());
  op->erase();
}

func::FuncOp Expander::getFunction(Operation *op, StringRef name) {
  // A gradient is filled in the structure of what it belongs to.
  Type key = op->getOperand(0).getType(), type = key;
  if (auto fill = dyn_cast<FillOp>(op)) {
    key = fill.getOf();
    type = fill.getLike().getType();
  }
  func::FuncOp &known = functions[{name, key}];
  if (known)
    return known;
  auto box = dyn_cast<BoxType>(type);
  std::string prefix = box ? box.getRecord().getValue().str() : "list";
  Location loc = op->getLoc();
  auto function = func::FuncOp::create(loc, prefix + "." + name.str(),
                                       FunctionType::get(op->getContext(),
                                                         op->getOperandTypes(),
                                                         op->getResultTypes()));
  function.setPrivate();
  symbols.insert(function);
  known = function;
  auto builder = OpBuilder::atBlockEnd(function.addEntryBlock());
  SmallVector<Value> results =
      expand(op, {builder, loc}, function.getArguments());
  func::ReturnOp::create(builder, loc, results);
  function.walk([&](Operation *inner) { collect(inner); });
  return function;
}

SmallVector<Value> Expander::expand(Operation *op, Place place,
                                    ValueRange arguments) {
  using Values = SmallVector<Value>;
  return TypeSwitch<Operation *, Values>(op)
      .Case<AccumulateOp>([&](AccumulateOp op) {
        bool isBox = isa<BoxType>(op.getType());
        return isBox ? addBoxes(place, arguments[0], arguments[1])
                     : addLists(place, arguments[0], arguments[1]);
      })
      .Case<ListPartOp>([&](auto) { return getPart(place, arguments); })
      .Case<ListAddOp>([&](auto) { return addToPart(place, arguments); })
      .Case<ListClearOp>([&](ListClearOp) -> Values {
        return clearPart(place, arguments[0], arguments[1]);
      })
      .Case<FillOp>([&](FillOp op) { return fill(place, op, arguments); });
}

//===----------------------------------------------------------------------===//
// Branches and loops
//===----------------------------------------------------------------------===//

static SmallVector<Value> branch(Place place, Value condition, Body then,
                                 Body otherwise) {
  auto fill = [](Body body) {
    return [body](OpBuilder &builder, Location loc) {
      scf::YieldOp::create(builder, loc, body({builder, loc}));
    };
  };
  return llvm::to_vector_of<Value>(
      place.make<scf::IfOp>(condition, fill(then), fill(otherwise))
          .getResults());
}

/// `known` if `other` is zero, else what `otherwise` makes.
static SmallVector<Value> unlessNull(Place place, Value other, Value known,
                                     Body otherwise) {
  return branch(
      place, place.make<IsNullOp>(other),
      [&](Place) { return SmallVector<Value>{known}; }, otherwise);
}

/// A value that goes from `low` to `high`, with a list that `step` changes.
static Value
loop(Place place, Value low, Value high, Value list,
     llvm::function_ref<Value(Place, Value index, Value list)> step) {
  return place
      .make<scf::ForOp>(low, high, place.integer(1), list,
                        [&](OpBuilder &builder, Location loc, Value index,
                            ValueRange carried) {
                          Value next =
                              step({builder, loc}, index, carried.front());
                          scf::YieldOp::create(builder, loc, next);
                        })
      .getResult(0);
}

//===----------------------------------------------------------------------===//
// Boxes
//===----------------------------------------------------------------------===//

SmallVector<Value> Expander::addBoxes(Place place, Value lhs, Value rhs) {
  auto box = cast<BoxType>(lhs.getType());
  auto record = symbols.lookup<TypeOp>(box.getRecord().getValue());
  auto types = llvm::to_vector(record.getTypes().getAsValueRange<TypeAttr>());
  auto addMembers = [&](Place place) {
    auto left = place.make<UnboxOp>(types, lhs);
    auto right = place.make<UnboxOp>(types, rhs);
    SmallVector<Value> sums;
    for (auto [a, b] : llvm::zip(left.getValues(), right.getValues()))
      sums.push_back(place.make<AccumulateOp>(a, b));
    return SmallVector<Value>{place.make<BoxOp>(box, sums)};
  };
  return unlessNull(place, lhs, rhs, [&](Place place) {
    return unlessNull(place, rhs, lhs, addMembers);
  });
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

static ArrayRef<Type> getElements(Value list) {
  return cast<ListType>(list.getType()).getElements();
}

/// What stands for a zero in a list: no array, box or list.
static SmallVector<Value> getAbsent(Place place, Value list) {
  SmallVector<Value> absent;
  for (Type type : getElements(list))
    if (isa<FloatType>(type))
      absent.push_back(place.make<ZeroOp>(type));
    else
      absent.push_back(place.make<ub::PoisonOp>(type)); // as an object: none
  return absent;
}

static Value getLength(Place place, Value list) {
  return branch(
             place, place.make<IsNullOp>(list),
             [](Place place) { return SmallVector<Value>{place.integer(0)}; },
             [&](Place place) {
               return SmallVector<Value>{place.make<ListLengthOp>(list)};
             })
      .front();
}

/// Zeros of types; `sizes` are the unknown ones of arrays, in order.
static SmallVector<Value> getZeros(Place place, TypeRange types,
                                   ValueRange sizes) {
  SmallVector<Value> zeros;
  for (Type type : types) {
    auto array = dyn_cast<RankedTensorType>(type);
    if (!array || array.hasStaticShape()) {
      zeros.push_back(place.make<ZeroOp>(type));
      continue;
    }
    unsigned unknown = array.getNumDynamicDims();
    Value zero = place.make<ZeroOp>(array.getElementType());
    zeros.push_back(
        place.make<SplatOp>(array, zero, sizes.take_front(unknown)));
    sizes = sizes.drop_front(unknown);
  }
  return zeros;
}

SmallVector<Value> Expander::getPart(Place place, ValueRange arguments) {
  Value list = arguments[0], index = arguments[1];
  ValueRange sizes = arguments.drop_front(2);
  TypeRange types = getElements(list);
  auto zeros = [&](Place place) { return getZeros(place, types, sizes); };
  auto read = [&](Place place) {
    SmallVector<Value> parts,
        all = llvm::to_vector_of<Value>(
            place.make<ListGetOp>(types, list, index).getValues());
    ValueRange left = sizes;
    for (Value part : all) {
      auto array = dyn_cast<RankedTensorType>(part.getType());
      if (!array) {
        parts.push_back(part);
        continue;
      }
      ValueRange own = left.take_front(array.getNumDynamicDims());
      left = left.drop_front(own.size());
      parts.push_back(
          branch(
              place, place.make<IsNullOp>(part),
              [&](Place place) { return getZeros(place, array, own); },
              [&](Place) { return SmallVector<Value>{part}; })
              .front());
    }
    return parts;
  };
  Value isInside =
      place.compare(arith::CmpIPredicate::slt, index, getLength(place, list));
  return branch(place, isInside, read, zeros);
}

/// The sum of two parts, of which arrays may be absent.
static Value addParts(Place place, Value a, Value b) {
  if (!isa<RankedTensorType>(a.getType()))
    return place.make<AccumulateOp>(a, b);
  return unlessNull(place, a, b,
                    [&](Place place) {
                      return unlessNull(place, b, a, [&](Place place) {
                        return SmallVector<Value>{
                            place.make<AccumulateOp>(a, b)};
                      });
                    })
      .front();
}

/// The parts are taken out, so that what nobody else holds is updated in place.
SmallVector<Value> Expander::addToPart(Place place, ValueRange arguments) {
  Value list = arguments[0], index = arguments[1];
  ValueRange values = arguments.drop_front(2);
  Type type = list.getType();
  list = branch(
             place, place.make<IsNullOp>(list),
             [&](Place place) {
               return SmallVector<Value>{
                   place.make<MakeListOp>(type, 0, ValueRange())};
             },
             [&](Place) { return SmallVector<Value>{list}; })
             .front();
  Value end = place.make<arith::AddIOp>(index, place.integer(1));
  list = loop(place, place.make<ListLengthOp>(list), end, list,
              [&](Place place, Value, Value list) {
                return place.make<ListAppendOp>(type, list,
                                                getAbsent(place, list));
              });
  auto take =
      place.make<ListTakeOp>(type, TypeRange(getElements(list)), list, index);
  SmallVector<Value> sums;
  for (auto [part, value] : llvm::zip(take.getValues(), values))
    sums.push_back(addParts(place, part, value));
  return {place.make<ListSetOp>(type, take.getRest(), index, sums)};
}

SmallVector<Value> Expander::clearPart(Place place, Value list, Value index) {
  Value isInside =
      place.compare(arith::CmpIPredicate::slt, index, getLength(place, list));
  return branch(
      place, isInside,
      [&](Place place) {
        return SmallVector<Value>{place.make<ListSetOp>(
            list.getType(), list, index, getAbsent(place, list))};
      },
      [&](Place) { return SmallVector<Value>{list}; });
}

SmallVector<Value> Expander::addLists(Place place, Value lhs, Value rhs) {
  Type type = lhs.getType();
  auto addAll = [&](Place place) {
    Value sum =
        loop(place, place.integer(0), place.make<ListLengthOp>(rhs), lhs,
             [&](Place place, Value index, Value sum) {
               auto get = place.make<ListGetOp>(TypeRange(getElements(rhs)),
                                                rhs, index);
               return place.make<ListAddOp>(type, sum, index, get.getValues());
             });
    return SmallVector<Value>{sum};
  };
  return unlessNull(place, lhs, rhs, [&](Place place) {
    return unlessNull(place, rhs, lhs, addAll);
  });
}

//===----------------------------------------------------------------------===//
// Gradients
//===----------------------------------------------------------------------===//

/// What a box holds, as Python sees it.
myia::TupleType Expander::getFields(Type box) {
  auto record =
      symbols.lookup<TypeOp>(cast<BoxType>(box).getRecord().getValue());
  auto types = record->getAttrOfType<ArrayAttr>("myia.field_types");
  if (!types)
    types = record.getTypes();
  return myia::TupleType::get(
      box.getContext(), llvm::to_vector(types.getAsValueRange<TypeAttr>()));
}

/// `cotangent` is a box.
Value Expander::fillBox(Place place, FunctionType of, Value cotangent,
                        Value like) {
  auto unbox = [&](Value box) {
    auto record = symbols.lookup<TypeOp>(
        cast<BoxType>(box.getType()).getRecord().getValue());
    auto types = llvm::to_vector(record.getTypes().getAsValueRange<TypeAttr>());
    return SmallVector<Value>(place.make<UnboxOp>(types, box).getValues());
  };
  SmallVector<Value> members = unbox(like), parts;
  std::optional<ValueRange> cotangents;
  if (cotangent) {
    parts = unbox(cotangent);
    cotangents = parts;
  }
  Type gradient = of.getResult(0);
  return place.make<BoxOp>(gradient, createGradient(place.builder, place.loc,
                                                    getFields(of.getInput(0)),
                                                    getFields(gradient),
                                                    members, cotangents));
}

/// The unknown sizes of an array, which in a union may be no object.
static SmallVector<Value> getSizes(Place place, Value array) {
  if (cast<RankedTensorType>(array.getType()).hasStaticShape())
    return {};
  return branch(
      place, place.make<IsNullOp>(array),
      [&](Place place) {
        unsigned count =
            cast<RankedTensorType>(array.getType()).getNumDynamicDims();
        return SmallVector<Value>(count, place.make<arith::ConstantIndexOp>(0));
      },
      [&](Place place) {
        return getUnknownSizes(place.builder, place.loc, array);
      });
}

Value Expander::fillList(Place place, FillOp op, Value cotangent, Value like) {
  auto of = cast<FunctionType>(op.getOf());
  auto getElement = [](Type list) {
    return myia::TupleType::get(list.getContext(),
                                cast<ListType>(list).getElements());
  };
  Type type = op.getType();
  auto append = [&](Place place, Value index, Value filled) -> Value {
    auto get = place.make<ListGetOp>(TypeRange(getElements(like)), like, index);
    std::optional<ValueRange> cotangents;
    if (cotangent) {
      SmallVector<Value> sizes;
      for (Value member : get.getValues())
        if (isa<RankedTensorType>(member.getType()) &&
            isDifferentiable(member.getType()))
          llvm::append_range(sizes, getSizes(place, member));
      cotangents = place
                       .make<ListPartOp>(TypeRange(getElements(cotangent)),
                                         cotangent, index, sizes)
                       .getValues();
    }
    return place.make<ListAppendOp>(
        type, filled,
        createGradient(place.builder, place.loc, getElement(of.getInput(0)),
                       getElement(of.getResult(0)), get.getValues(),
                       cotangents));
  };
  return loop(place, place.integer(0), place.make<ListLengthOp>(like),
              place.make<MakeListOp>(type, 0, ValueRange()), append);
}

SmallVector<Value> Expander::fill(Place place, FillOp op,
                                  ValueRange arguments) {
  Value like = arguments.back();
  Value cotangent = op.getCotangent() ? arguments.front() : Value();
  auto of = cast<FunctionType>(op.getOf());
  auto isList = isa<ListType>(like.getType());
  auto dense = [&](Place place) {
    return SmallVector<Value>{isList ? fillList(place, op, cotangent, like)
                                     : fillBox(place, of, cotangent, like)};
  };
  auto zeros = [&](Place place) {
    return SmallVector<Value>{
        place.make<FillOp>(op.getType(), Value(), like, of)};
  };
  return branch(
      place, place.make<IsNullOp>(like),
      [&](Place place) {
        return SmallVector<Value>{place.make<ub::PoisonOp>(op.getType())};
      },
      [&](Place place) {
        if (!cotangent || isList)
          return dense(place);
        return branch(place, place.make<IsNullOp>(cotangent), zeros, dense);
      });
}
