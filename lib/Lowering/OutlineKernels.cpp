//===- OutlineKernels.cpp - Array computations as functions on buffers -*- C++
//-*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-outline-kernels: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Transforms/RegionUtils.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAOUTLINEKERNELS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

static MemRefType bufferType(Type array) {
  auto type = cast<RankedTensorType>(array);
  return MemRefType::get(type.getShape(), type.getElementType());
}

namespace {
/// The kernels of a module; equal ones are shared.
class KernelTable {
public:
  explicit KernelTable(ModuleOp module) : symbols(module) {}

  /// Takes over `kernel`; returns it or an equal one.
  func::FuncOp insert(func::FuncOp kernel) {
    SmallVector<func::FuncOp> &candidates = kernels[kernel.getFunctionType()];
    for (func::FuncOp other : candidates)
      if (OperationEquivalence::isRegionEquivalentTo(
              &kernel.getBody(), &other.getBody(),
              OperationEquivalence::IgnoreLocations)) {
        kernel.erase();
        return other;
      }
    symbols.insert(kernel);
    candidates.push_back(kernel);
    return kernel;
  }

  /// A constant buffer of the module.
  memref::GlobalOp insertConstant(Location loc, MemRefType type,
                                  Attribute elements) {
    OpBuilder builder(loc.getContext());
    auto global = memref::GlobalOp::create(
        builder, loc, "constant", builder.getStringAttr("private"), type,
        elements, /*constant=*/true, /*alignment=*/IntegerAttr());
    symbols.insert(global);
    return global;
  }

private:
  SymbolTable symbols;
  DenseMap<FunctionType, SmallVector<func::FuncOp>> kernels;
};

/// The kernel of one array operation while it is being made. Inputs are
/// imported first, then results are added.
class KernelBuilder {
public:
  explicit KernelBuilder(Operation *op)
      : op(op), loc(op->getLoc()), body(op->getContext()) {
    kernel =
        func::FuncOp::create(body, loc, "kernel", body.getFunctionType({}, {}));
    kernel.setPrivate();
    kernel->setAttr("myia.kernel", body.getUnitAttr());
    body.setInsertionPointToStart(kernel.addEntryBlock());
  }

  /// The buffer or scalar that stands for a value outside. A value has one
  /// parameter; constants are repeated in the kernel.
  Value import(Value outer) {
    if (Value known = imported.lookupOrNull(outer))
      return known;
    Value inner;
    if (matchPattern(outer, m_Constant()) &&
        !isa<RankedTensorType>(outer.getType())) {
      inner = body.clone(*outer.getDefiningOp())->getResult(0);
    } else {
      Type type = isa<RankedTensorType>(outer.getType())
                      ? bufferType(outer.getType())
                      : outer.getType();
      inner = kernel.front().addArgument(type, loc);
      inputs.push_back(outer);
    }
    imported.map(outer, inner);
    return inner;
  }

  /// The buffer of a result: the caller's for an array of the shape of `like`,
  /// the kernel's own for a scalar, which the kernel returns.
  Value addResult(Value like) {
    MemRefType type = bufferType(like.getType());
    if (type.getRank() > 0) {
      results.push_back(like.getType());
      fresh.push_back(like);
      return kernel.front().addArgument(type, loc);
    }
    results.push_back(type.getElementType());
    scalars.push_back(memref::AllocaOp::create(body, loc, type));
    return scalars.back();
  }

  /// The next array result is this value, updated in place.
  void addDestination(Value array) { destinations.push_back(array); }

  /// Ends the kernel and puts a launch in the place of the operation.
  void finish(KernelTable &kernels) {
    SmallVector<Value> returned;
    for (Value scalar : scalars)
      returned.push_back(memref::LoadOp::create(body, loc, scalar));
    func::ReturnOp::create(body, loc, returned);
    kernel.setFunctionType(
        body.getFunctionType(kernel.front().getArgumentTypes(),
                             llvm::map_to_vector(returned, [](Value value) {
                               return value.getType();
                             })));
    kernel = kernels.insert(kernel);

    OpBuilder builder(op);
    SmallVector<Value> sizes;
    if (destinations.empty())
      for (Value like : fresh)
        llvm::append_range(sizes, getUnknownSizes(builder, loc, like));
    auto launch = LaunchOp::create(builder, loc, results, kernel.getName(),
                                   inputs, sizes, destinations);
    for (auto [result, replacement] :
         llvm::zip_equal(op->getResults(), launch.getResults()))
      replaceResult(result, replacement);
    op->erase();
  }

  OpBuilder &getBody() { return body; }
  IRMapping &getMapping() { return imported; }

private:
  /// A scalar is what was extracted from the array of rank 0.
  static void replaceResult(Value result, Value replacement) {
    if (isa<RankedTensorType>(replacement.getType())) {
      result.replaceAllUsesWith(replacement);
      return;
    }
    for (Operation *user : llvm::make_early_inc_range(result.getUsers())) {
      user->getResult(0).replaceAllUsesWith(replacement);
      user->erase();
    }
  }

  Operation *op;
  Location loc;
  OpBuilder body;
  func::FuncOp kernel;
  IRMapping imported;
  SmallVector<Value> inputs, fresh, destinations, scalars;
  SmallVector<Type> results;
};
} // namespace

//===----------------------------------------------------------------------===//
// One kind of operation each
//===----------------------------------------------------------------------===//

/// Inside a kernel, arrays that the body indexes by itself are buffers.
static void readBuffers(linalg::GenericOp op) {
  op.getBody()->walk([](tensor::ExtractOp extract) {
    OpBuilder builder(extract);
    // The operand's type changed with its import.
    Value buffer = extract->getOperand(0);
    extract.replaceAllUsesWith(memref::LoadOp::create(builder, extract.getLoc(),
                                                      buffer,
                                                      extract.getIndices())
                                   .getResult());
    extract.erase();
  });
}

/// The op itself, on buffers.
static void outline(linalg::GenericOp op, KernelTable &kernels) {
  KernelBuilder kernel(op);
  Location loc = op.getLoc();
  SmallVector<Value> inputs, outputs;
  for (Value input : op.getInputs())
    inputs.push_back(kernel.import(input));
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op.getRegion(), captured);
  for (Value value : captured)
    kernel.import(value);
  auto getFill = [&](OpOperand &init) -> linalg::FillOp {
    if (!op.payloadUsesValueFromOperand(&init))
      return {};
    return init.get().getDefiningOp<linalg::FillOp>();
  };
  for (OpOperand &init : op.getDpsInitsMutable())
    if (linalg::FillOp fill = getFill(init))
      kernel.import(fill.getInputs().front());

  OpBuilder &body = kernel.getBody();
  for (OpOperand &init : op.getDpsInitsMutable()) {
    outputs.push_back(kernel.addResult(init.get()));
    if (linalg::FillOp fill = getFill(init))
      linalg::FillOp::create(body, loc, kernel.import(fill.getInputs().front()),
                             outputs.back());
    else if (op.payloadUsesValueFromOperand(&init))
      kernel.addDestination(init.get());
  }
  auto onBuffers = linalg::GenericOp::create(body, loc, TypeRange(), inputs,
                                             outputs, op.getIndexingMapsArray(),
                                             op.getIteratorTypesArray());
  op.getRegion().cloneInto(&onBuffers.getRegion(), kernel.getMapping());
  readBuffers(onBuffers);
  kernel.finish(kernels);
}

static void outline(linalg::FillOp op, KernelTable &kernels) {
  if (op->use_empty()) {
    op.erase();
    return;
  }
  KernelBuilder kernel(op);
  Value scalar = kernel.import(op.getInputs().front());
  Value buffer = kernel.addResult(op.getDpsInitOperand(0)->get());
  linalg::FillOp::create(kernel.getBody(), op.getLoc(), scalar, buffer);
  kernel.finish(kernels);
}

/// Copies the source into the part of the destination.
static void outline(tensor::InsertSliceOp op, KernelTable &kernels) {
  KernelBuilder kernel(op);
  Location loc = op.getLoc();
  OpBuilder &body = kernel.getBody();
  Value source = kernel.import(op.getSource());
  auto importAll = [&](ArrayRef<OpFoldResult> values) {
    return llvm::map_to_vector(values, [&](OpFoldResult value) -> OpFoldResult {
      if (auto outer = dyn_cast<Value>(value))
        return kernel.import(outer);
      return value;
    });
  };
  auto offsets = importAll(op.getMixedOffsets()),
       sizes = importAll(op.getMixedSizes()),
       strides = importAll(op.getMixedStrides());
  Value buffer = kernel.addResult(op.getDest());
  kernel.addDestination(op.getDest());
  auto type = memref::SubViewOp::inferRankReducedResultType(
      op.getSourceType().getShape(), cast<MemRefType>(buffer.getType()),
      offsets, sizes, strides);
  Value part = memref::SubViewOp::create(body, loc, cast<MemRefType>(type),
                                         buffer, offsets, sizes, strides);
  linalg::CopyOp::create(body, loc, source, part);
  kernel.finish(kernels);
}

/// An array of constants is a copy of the module's data.
static void outline(arith::ConstantOp op, KernelTable &kernels) {
  KernelBuilder kernel(op);
  MemRefType type = bufferType(op.getType());
  memref::GlobalOp global =
      kernels.insertConstant(op.getLoc(), type, op.getValue());
  Value buffer = kernel.addResult(op.getResult());
  Value source = memref::GetGlobalOp::create(kernel.getBody(), op.getLoc(),
                                             type, global.getName());
  memref::CopyOp::create(kernel.getBody(), op.getLoc(), source, buffer);
  kernel.finish(kernels);
}

/// Whether `op` is an array computation that becomes a kernel.
static bool isOutlined(Operation *op) {
  if (isa<linalg::GenericOp, tensor::InsertSliceOp>(op))
    return true;
  return isa<arith::ConstantOp>(op) &&
         isa<RankedTensorType>(op->getResult(0).getType());
}

namespace {
struct MyiaOutlineKernels
    : public myia::impl::MyiaOutlineKernelsBase<MyiaOutlineKernels> {
  using Base::Base;

  void runOnOperation() final {
    KernelTable kernels(getOperation());
    SmallVector<Operation *> work, rest;
    getOperation().walk([&](Operation *op) {
      if (isOutlined(op))
        work.push_back(op);
      else if (isa<linalg::FillOp, tensor::EmptyOp>(op))
        rest.push_back(op);
    });
    for (Operation *op : work) {
      if (auto generic = dyn_cast<linalg::GenericOp>(op))
        outline(generic, kernels);
      else if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
        outline(insert, kernels);
      else
        outline(cast<arith::ConstantOp>(op), kernels);
    }
    // Users come after what they use.
    for (Operation *op : llvm::reverse(rest)) {
      if (auto fill = dyn_cast<linalg::FillOp>(op))
        outline(fill, kernels);
      else if (op->use_empty())
        op->erase();
    }
  }
};
} // namespace
