//===- ReuseBuffers.cpp - Results in the memory of dead operands -*- C++
//-*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements -myia-reuse-buffers: see Passes.td.
//
//===----------------------------------------------------------------------===//

#include "Ownership.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/SymbolTable.h"
#include "myia/Dialect/Myia.h"
#include "myia/Transforms/Passes.h"

namespace mlir::myia {
#define GEN_PASS_DEF_MYIAREUSEBUFFERS
#include "myia/Transforms/Passes.h.inc"
} // namespace mlir::myia

using namespace mlir;
using namespace mlir::myia;

/// Whether `kernel` reads element i of parameter `input`, and no other, before
/// it writes element i of its one result.
static bool readsOnlyWhatItWrites(func::FuncOp kernel, unsigned input) {
  BlockArgument parameter = kernel.getArgument(input);
  if (!parameter.hasOneUse())
    return false;
  OpOperand &use = *parameter.use_begin();
  auto generic = dyn_cast<linalg::GenericOp>(use.getOwner());
  if (!generic || generic.getNumDpsInits() != 1 || generic.isDpsInit(&use))
    return false;
  OpOperand *output = generic.getDpsInitOperand(0);
  return output->get().hasOneUse() &&
         generic.getMatchingIndexingMap(&use).isIdentity() &&
         generic.getMatchingIndexingMap(output).isIdentity();
}

namespace {
/// Makes variants of kernels that find an input in their output.
class KernelVariants {
public:
  explicit KernelVariants(ModuleOp module) : symbols(module) {}

  func::FuncOp lookup(StringRef kernel) {
    return symbols.lookup<func::FuncOp>(kernel);
  }

  /// The kernel without the parameter `input`, which its last one stands for.
  func::FuncOp getInPlace(func::FuncOp kernel, unsigned input) {
    func::FuncOp &variant = variants[{kernel, input}];
    if (!variant) {
      variant = kernel.clone();
      unsigned output = variant.getNumArguments() - 1;
      variant.getArgument(input).replaceAllUsesWith(
          variant.getArgument(output));
      (void)variant.eraseArgument(input);
      symbols.insert(variant);
    }
    return variant;
  }

private:
  SymbolTable symbols;
  DenseMap<std::pair<Operation *, unsigned>, func::FuncOp> variants;
};
} // namespace

/// The release of an input right after `launch` whose memory can hold the
/// result.
static ReleaseOp findDeadInput(LaunchOp launch, func::FuncOp kernel,
                               const SharingAnalysis &sharing) {
  for (Operation *next = launch->getNextNode();
       auto release = dyn_cast_or_null<ReleaseOp>(next);
       next = next->getNextNode()) {
    Value object = release.getObject();
    if (object.getType() != launch.getResult(0).getType() ||
        sharing.isShared(object) ||
        llvm::count(launch.getInputs(), object) != 1)
      continue;
    unsigned input =
        llvm::find(launch.getInputs(), object) - launch.getInputs().begin();
    if (readsOnlyWhatItWrites(kernel, input))
      return release;
  }
  return {};
}

static void reuseInput(LaunchOp launch, const SharingAnalysis &sharing,
                       KernelVariants &kernels) {
  if (!launch.getDestinations().empty() || launch.getNumResults() != 1)
    return;
  func::FuncOp kernel = kernels.lookup(launch.getKernel());
  ReleaseOp release = findDeadInput(launch, kernel, sharing);
  if (!release)
    return;
  Value object = release.getObject();
  SmallVector<Value> inputs(launch.getInputs());
  unsigned input = llvm::find(inputs, object) - inputs.begin();
  inputs.erase(inputs.begin() + input);
  OpBuilder builder(launch);
  auto inPlace =
      LaunchOp::create(builder, launch.getLoc(), launch.getResultTypes(),
                       kernels.getInPlace(kernel, input).getName(), inputs,
                       /*sizes=*/ValueRange(), object);
  launch.replaceAllUsesWith(inPlace);
  release.erase();
  launch.erase();
}

namespace {
struct MyiaReuseBuffers
    : public myia::impl::MyiaReuseBuffersBase<MyiaReuseBuffers> {
  using Base::Base;

  void runOnOperation() final {
    KernelVariants kernels(getOperation());
    SmallVector<func::FuncOp> functions(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp function : functions) {
      if (function.isExternal() || function->hasAttr("myia.kernel"))
        continue;
      SharingAnalysis sharing(function);
      SmallVector<LaunchOp> launches;
      function.walk([&](LaunchOp launch) { launches.push_back(launch); });
      for (LaunchOp launch : launches)
        reuseInput(launch, sharing, kernels);
    }
  }
};
} // namespace
