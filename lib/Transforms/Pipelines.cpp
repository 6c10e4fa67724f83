//===- Pipelines.cpp - The named pipelines --------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each arrow of docs/architecture.md as a pipeline of myia-opt.
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"
#include "myia/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::myia;

/// Upstream pulls a cast that forgets sizes through a loop, as if no iteration
/// changed them.
static std::unique_ptr<Pass>
createCanonicalizer(const GreedyRewriteConfig &config = {}) {
  return createCanonicalizerPass(
      config,
      /*disabledPatterns=*/{"(anonymous namespace)::ForOpTensorCastFolder"});
}

/// Folds and removes what is redundant. Structured functions have one block, so
/// that simplifying regions would only cost time.
static void addCleanUp(OpPassManager &pm) {
  GreedyRewriteConfig config;
  config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  pm.addPass(createCanonicalizer(config));
  pm.addPass(createCSEPass());
}

void myia::buildFlatPipeline(OpPassManager &pm) {
  pm.addPass(createMyiaLiftInputs());
  pm.addPass(createMyiaScalarize());
  pm.addPass(createMyiaEraseSigns());
  pm.addNestedPass<func::FuncOp>(createMyiaSimplifyBlocks());
  pm.addNestedPass<func::FuncOp>(createMyiaStructureControlFlow());
  pm.addPass(createMyiaInsertPolls());
  pm.addPass(createMyiaInline());
  addCleanUp(pm);
  pm.addNestedPass<func::FuncOp>(createMyiaNormalizeLoops());
  addCleanUp(pm);
}

void myia::buildTypedPipeline(OpPassManager &pm) {
  pm.addPass(createMyiaInfer());
  buildFlatPipeline(pm);
}

void myia::buildOptimizePipeline(OpPassManager &pm) {
  pm.addPass(createMyiaInline());
  pm.addPass(createMyiaPropagateConstants());
  pm.addPass(createMyiaRemoveDeadValues());
  addCleanUp(pm);
  pm.addPass(createMyiaRemoveDeadValues());
  addCleanUp(pm);
  pm.addPass(createSymbolDCEPass());
}

void myia::buildDifferentiatedPipeline(OpPassManager &pm) {
  pm.addPass(createMyiaDifferentiate());
  buildOptimizePipeline(pm);
  pm.addPass(createMyiaExpandCotangents());
  pm.addPass(createMyiaExpandAccumulate());
  pm.addPass(createCanonicalizer());
  pm.addPass(createCSEPass());
}

void myia::buildLinalgPipeline(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createMyiaLowerArrays());
  pm.addNestedPass<func::FuncOp>(createMyiaFuseArrays());
  pm.addPass(createCSEPass());
}

void myia::buildKernelsPipeline(OpPassManager &pm) {
  pm.addPass(createMyiaOutlineKernels());
  pm.addNestedPass<func::FuncOp>(createMyiaSinkExitValues());
  pm.addPass(createMyiaCountReferences());
  pm.addPass(createMyiaReuseBuffers());
  pm.addPass(createSymbolDCEPass());
}

void myia::buildLLVMPipeline(OpPassManager &pm) {
  pm.addPass(createMyiaLowerErrors());
  pm.addPass(createMyiaLowerContainers());
  pm.addPass(createMyiaLowerRuntime());
  pm.addPass(createMyiaWrapEntries());
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  // Integer powers are loops over bits.
  ConvertMathToFuncsOptions powers;
  powers.minWidthOfFPowIExponent = 1;
  pm.addPass(createConvertMathToFuncs(powers));
  pm.addPass(createMyiaLowerMath());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
}

void myia::buildCompilePipeline(OpPassManager &pm) {
  buildTypedPipeline(pm);
  buildDifferentiatedPipeline(pm);
  buildLinalgPipeline(pm);
  buildKernelsPipeline(pm);
  buildLLVMPipeline(pm);
}

void myia::registerMyiaPipelines() {
  PassPipelineRegistration<>("myia-to-flat",
                             "typed IR to flat, structured, typed IR",
                             buildFlatPipeline);
  PassPipelineRegistration<>("myia-to-typed",
                             "surface IR to flat, structured, typed IR",
                             buildTypedPipeline);
  PassPipelineRegistration<>("myia-optimize", "clean typed IR up",
                             buildOptimizePipeline);
  PassPipelineRegistration<>("myia-to-differentiated",
                             "typed IR without derivative ops, optimised",
                             buildDifferentiatedPipeline);
  PassPipelineRegistration<>("myia-to-linalg", "array ops to fused linalg ops",
                             buildLinalgPipeline);
  PassPipelineRegistration<>("myia-to-kernels",
                             "linalg ops to kernels and a counted skeleton",
                             buildKernelsPipeline);
  PassPipelineRegistration<>("myia-to-llvm", "kernels and skeleton to LLVM",
                             buildLLVMPipeline);
  PassPipelineRegistration<>("myia-compile", "surface IR to the LLVM dialect",
                             buildCompilePipeline);
}
