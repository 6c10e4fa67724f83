//===- LowerContainers.cpp - Stacks, boxes and lists as memory --*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-lower-containers: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "Ownership.h"
#include "RuntimeModule.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIALOWERCONTAINERS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

namespace {
/// Where the values of a record lie: one slot of 8 bytes each, behind the link
/// words when a stack's record holds references.
struct RecordLayout {
  RecordLayout(TypeRange types, MyiaObjectKind kind) {
    linked = kind == MYIA_STACK && llvm::any_of(types, isCounted);
    bytes = linked ? sizeof(MyiaStackLink) : 0;
    for (Type type : types) {
      if (isCounted(type))
        references.push_back(bytes);
      offsets.push_back(bytes);
      bytes += 8;
    }
  }

  SmallVector<int64_t> offsets, references;
  int64_t bytes;
  bool linked;
};

/// Rewrites one operation after the other.
class ContainerLowering {
public:
  ContainerLowering(Operation *op, RuntimeModule &runtime)
      : builder(op), loc(op->getLoc()), runtime(runtime) {}

  void lower(PushOp op);
  void lower(PopOp op);
  void lower(BoxOp op);
  void lower(UnboxOp op);
  void lower(IsNullOp op);
  void lower(MakeListOp op);
  void lower(ListCopyOp op);
  void lower(ListLengthOp op);
  void lower(ListGetOp op);
  void lower(ListSetOp op);
  void lower(ListAppendOp op);
  void lower(ListPopOp op);
  void lower(ListTakeOp op);
  void lower(ListRenewOp op);
  void lower(UnsharedOp op);

private:
  Value toPointer(Value object) {
    return UnrealizedConversionCastOp::create(builder, loc,
                                              runtime.getPointerType(), object)
        .getResult(0);
  }
  Value fromPointer(Value pointer, Type type) {
    return UnrealizedConversionCastOp::create(builder, loc, type, pointer)
        .getResult(0);
  }
  Value load(Type type, Value base, int64_t offset) {
    return LLVM::LoadOp::create(builder, loc, type,
                                runtime.offset(builder, loc, base, offset));
  }
  void store(Value value, Value base, int64_t offset) {
    LLVM::StoreOp::create(builder, loc, value,
                          runtime.offset(builder, loc, base, offset));
  }
  void callIf(LLVM::ICmpPredicate predicate, Value lhs, Value rhs,
              StringRef function, ValueRange arguments);
  void storeValues(Value record, const RecordLayout &layout, ValueRange values);
  SmallVector<Value> loadValues(Value record, const RecordLayout &layout,
                                TypeRange types);

  Value createList(ListType type, int64_t length);
  Value listElement(Value list, const RecordLayout &layout, Value index);
  void replaceList(Operation *op, Value list, ValueRange values);

  OpBuilder builder;
  Location loc;
  RuntimeModule &runtime;
};
} // namespace

void ContainerLowering::callIf(LLVM::ICmpPredicate predicate, Value lhs,
                               Value rhs, StringRef function,
                               ValueRange arguments) {
  Value condition = LLVM::ICmpOp::create(builder, loc, predicate, lhs, rhs);
  auto branch = scf::IfOp::create(builder, loc, condition,
                                  /*withElseRegion=*/false);
  OpBuilder inside = branch.getThenBodyBuilder();
  runtime.call(inside, loc, function, Type(), arguments);
}

void ContainerLowering::storeValues(Value record, const RecordLayout &layout,
                                    ValueRange values) {
  for (auto [value, offset] : llvm::zip_equal(values, layout.offsets)) {
    Value stored = value;
    if (isCounted(value.getType()))
      stored = toPointer(value);
    else if (isa<IndexType>(value.getType()))
      stored =
          arith::IndexCastOp::create(builder, loc, runtime.getIntType(), value);
    store(stored, record, offset);
  }
}

SmallVector<Value> ContainerLowering::loadValues(Value record,
                                                 const RecordLayout &layout,
                                                 TypeRange types) {
  SmallVector<Value> values;
  for (auto [type, offset] : llvm::zip_equal(types, layout.offsets)) {
    if (isCounted(type))
      values.push_back(
          fromPointer(load(runtime.getPointerType(), record, offset), type));
    else if (isa<IndexType>(type))
      values.push_back(arith::IndexCastOp::create(
          builder, loc, type, load(runtime.getIntType(), record, offset)));
    else
      values.push_back(load(type, record, offset));
  }
  return values;
}

/// Room for the record, then its values, then the new top.
void ContainerLowering::lower(PushOp op) {
  RecordLayout layout(op.getValues().getTypes(), MYIA_STACK);
  Type pointer = runtime.getPointerType(), integer = runtime.getIntType();
  Value stack = toPointer(op.getStack());
  Value size = runtime.integerConstant(builder, loc, layout.bytes);
  Value room =
      LLVM::SubOp::create(builder, loc, load(integer, stack, kStackLimit),
                          load(integer, stack, kStackTop));
  callIf(LLVM::ICmpPredicate::ult, room, size, "myia_stack_grow",
         {stack, size});

  Value record = load(pointer, stack, kStackTop);
  storeValues(record, layout, op.getValues());
  if (layout.linked) {
    store(runtime.layout(builder, loc, MYIA_STACK, layout.references), record,
          0);
    store(load(pointer, stack, kStackReferences), record, kLinkPrevious);
    store(record, stack, kStackReferences);
  }
  store(runtime.offset(builder, loc, record, layout.bytes), stack, kStackTop);
  op.getResult().replaceAllUsesWith(op.getStack());
  op.erase();
}

/// The record's references move to the popped values.
void ContainerLowering::lower(PopOp op) {
  RecordLayout layout(op.getValues().getTypes(), MYIA_STACK);
  Type pointer = runtime.getPointerType();
  Value stack = toPointer(op.getStack());
  callIf(LLVM::ICmpPredicate::eq, load(pointer, stack, kStackTop),
         load(pointer, stack, kStackBase), "myia_stack_shrink", stack);

  Value record = runtime.offset(builder, loc, load(pointer, stack, kStackTop),
                                -layout.bytes);
  SmallVector<Value> values =
      loadValues(record, layout, op.getValues().getTypes());
  if (layout.linked)
    store(load(pointer, record, kLinkPrevious), stack, kStackReferences);
  store(record, stack, kStackTop);
  op.getRest().replaceAllUsesWith(op.getStack());
  op.getValues().replaceAllUsesWith(values);
  op.erase();
}

/// The references of the values move into the box.
void ContainerLowering::lower(BoxOp op) {
  RecordLayout layout(op.getValues().getTypes(), MYIA_BOX);
  Value type = runtime.layout(builder, loc, MYIA_BOX, layout.references);
  Value size = runtime.integerConstant(builder, loc, layout.bytes);
  Value box = runtime
                  .call(builder, loc, "myia_box_allocate",
                        runtime.getPointerType(), {type, size})
                  .getResult();
  storeValues(runtime.offset(builder, loc, box, kObjectPayload), layout,
              op.getValues());
  op.getBox().replaceAllUsesWith(fromPointer(box, op.getBox().getType()));
  op.erase();
}

/// The box keeps its references; each value is one more.
void ContainerLowering::lower(UnboxOp op) {
  RecordLayout layout(op.getValues().getTypes(), MYIA_BOX);
  Value record =
      runtime.offset(builder, loc, toPointer(op.getBox()), kObjectPayload);
  SmallVector<Value> values =
      loadValues(record, layout, op.getValues().getTypes());
  for (Value value : values)
    if (isCounted(value.getType()))
      RetainOp::create(builder, loc, value);
  op.getValues().replaceAllUsesWith(values);
  op.erase();
}

void ContainerLowering::lower(IsNullOp op) {
  Value null = LLVM::ZeroOp::create(builder, loc, runtime.getPointerType());
  op.getResult().replaceAllUsesWith(LLVM::ICmpOp::create(
      builder, loc, LLVM::ICmpPredicate::eq, toPointer(op.getObject()), null));
  op.erase();
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

static RecordLayout layoutOf(ListType type) {
  return RecordLayout(type.getElements(), MYIA_LIST);
}

/// A list of `length` unset elements.
Value ContainerLowering::createList(ListType type, int64_t length) {
  RecordLayout layout = layoutOf(type);
  return runtime
      .call(builder, loc, "myia_list_create", runtime.getPointerType(),
            {runtime.layout(builder, loc, MYIA_LIST, layout.references),
             runtime.integerConstant(builder, loc, layout.bytes),
             runtime.integerConstant(builder, loc, length)})
      .getResult();
}

/// The address of an element.
Value ContainerLowering::listElement(Value list, const RecordLayout &layout,
                                     Value index) {
  Value elements = load(runtime.getPointerType(), list, kListElements);
  auto element =
      LLVM::LLVMArrayType::get(builder.getI8Type(), (unsigned)layout.bytes);
  return LLVM::GEPOp::create(builder, loc, runtime.getPointerType(), element,
                             elements, ArrayRef<LLVM::GEPArg>{index});
}

/// `op` changed `list` in place and gives it first, then `values`.
void ContainerLowering::replaceList(Operation *op, Value list,
                                    ValueRange values) {
  op->getResult(0).replaceAllUsesWith(list);
  op->getResults().drop_front().replaceAllUsesWith(values);
  op->erase();
}

/// The references of the values move into the list.
void ContainerLowering::lower(MakeListOp op) {
  ListType type = op.getResult().getType();
  RecordLayout layout = layoutOf(type);
  Value list = createList(type, op.getCount());
  if (!op.getValues().empty()) {
    Value elements = load(runtime.getPointerType(), list, kListElements);
    size_t leaves = type.getElements().size();
    for (int64_t i = 0, n = op.getCount(); i < n; ++i)
      storeValues(runtime.offset(builder, loc, elements, i * layout.bytes),
                  layout, op.getValues().slice(i * leaves, leaves));
  }
  op.getResult().replaceAllUsesWith(fromPointer(list, type));
  op.erase();
}

void ContainerLowering::lower(ListCopyOp op) {
  Value copy = runtime
                   .call(builder, loc, "myia_list_copy",
                         runtime.getPointerType(), toPointer(op.getList()))
                   .getResult();
  op.getResult().replaceAllUsesWith(
      fromPointer(copy, op.getResult().getType()));
  op.erase();
}

void ContainerLowering::lower(ListLengthOp op) {
  op.getLength().replaceAllUsesWith(
      load(runtime.getIntType(), toPointer(op.getList()), kListLength));
  op.erase();
}

/// The list keeps its references; each value is one more.
void ContainerLowering::lower(ListGetOp op) {
  RecordLayout layout = layoutOf(op.getList().getType());
  Value element = listElement(toPointer(op.getList()), layout, op.getIndex());
  SmallVector<Value> values =
      loadValues(element, layout, op.getValues().getTypes());
  for (Value value : values)
    if (isCounted(value.getType()))
      RetainOp::create(builder, loc, value);
  op.getValues().replaceAllUsesWith(values);
  op.erase();
}

void ContainerLowering::lower(ListSetOp op) {
  RecordLayout layout = layoutOf(op.getList().getType());
  Value element = listElement(toPointer(op.getList()), layout, op.getIndex());
  SmallVector<Value> replaced;
  for (auto [value, offset] : llvm::zip(op.getValues(), layout.offsets))
    if (isCounted(value.getType()))
      replaced.push_back(fromPointer(
          load(runtime.getPointerType(), element, offset), value.getType()));
  storeValues(element, layout, op.getValues());
  for (Value value : replaced)
    ReleaseOp::create(builder, loc, value);
  replaceList(op, op.getList(), {});
}

void ContainerLowering::lower(ListAppendOp op) {
  RecordLayout layout = layoutOf(op.getList().getType());
  Value list = toPointer(op.getList());
  Type integer = runtime.getIntType();
  Value length = load(integer, list, kListLength);
  callIf(LLVM::ICmpPredicate::eq, length, load(integer, list, kListCapacity),
         "myia_list_grow", list);
  storeValues(listElement(list, layout, length), layout, op.getValues());
  Value one = runtime.integerConstant(builder, loc, 1);
  store(LLVM::AddOp::create(builder, loc, length, one), list, kListLength);
  replaceList(op, op.getList(), {});
}

/// The element's references move to the values.
void ContainerLowering::lower(ListPopOp op) {
  RecordLayout layout = layoutOf(op.getList().getType());
  Value list = toPointer(op.getList());
  Value length = load(runtime.getIntType(), list, kListLength);
  Value one = runtime.integerConstant(builder, loc, 1);
  Value last = LLVM::SubOp::create(builder, loc, length, one);
  store(last, list, kListLength);
  replaceList(op, op.getList(),
              loadValues(listElement(list, layout, last), layout,
                         op.getValues().getTypes()));
}

/// The element's references move to the values, and null takes their place.
void ContainerLowering::lower(ListTakeOp op) {
  RecordLayout layout = layoutOf(op.getList().getType());
  Value element = listElement(toPointer(op.getList()), layout, op.getIndex());
  SmallVector<Value> values =
      loadValues(element, layout, op.getValues().getTypes());
  Value null = LLVM::ZeroOp::create(builder, loc, runtime.getPointerType());
  for (int64_t offset : layout.references)
    store(null, element, offset);
  replaceList(op, op.getList(), values);
}

void ContainerLowering::lower(ListRenewOp op) {
  ListType type = op.getResult().getType();
  RecordLayout layout = layoutOf(type);
  Value list =
      runtime
          .call(builder, loc, "myia_list_renew", runtime.getPointerType(),
                {toPointer(op.getList()),
                 runtime.layout(builder, loc, MYIA_LIST, layout.references),
                 runtime.integerConstant(builder, loc, layout.bytes)})
          .getResult();
  op.getResult().replaceAllUsesWith(fromPointer(list, type));
  op.getOld().replaceAllUsesWith(op.getList());
  op.erase();
}

void ContainerLowering::lower(UnsharedOp op) {
  StringRef kind = isa<ListType>(op.getObject().getType()) ? "list" : "array";
  Value site = runtime.site(
      builder, op, "RuntimeError",
      ("this " + kind + " is visible elsewhere: copy it before changing it")
          .str());
  runtime.call(builder, loc, "myia_check_unshared", Type(),
               {toPointer(op.getObject()), site});
  op.getResult().replaceAllUsesWith(op.getObject());
  op.erase();
}

namespace {
struct MyiaLowerContainers
    : public myia::impl::MyiaLowerContainersBase<MyiaLowerContainers> {
  using Base::Base;

  void runOnOperation() final {
    RuntimeModule runtime(getOperation());
    getOperation().walk([&](Operation *op) {
      ContainerLowering lowering(op, runtime);
      llvm::TypeSwitch<Operation *>(op)
          .Case<PushOp, PopOp, BoxOp, UnboxOp, IsNullOp, MakeListOp, ListCopyOp,
                ListLengthOp, ListGetOp, ListSetOp, ListAppendOp, ListPopOp,
                ListTakeOp, ListRenewOp, UnsharedOp>(
              [&](auto op) { lowering.lower(op); });
    });
  }
};
} // namespace
