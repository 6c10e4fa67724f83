//===- Passes.h - Myia's passes and pipelines -------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Declares every pass of Passes.td and the named pipelines made of them.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_TRANSFORMS_PASSES_H
#define MYIA_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassRegistry.h"
#include <memory>

namespace mlir {
class ModuleOp;
namespace func {
class FuncOp;
} // namespace func
namespace LLVM {
class LLVMDialect;
} // namespace LLVM
} // namespace mlir

namespace mlir::myia {

#define GEN_PASS_DECL
#include "myia/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "myia/Transforms/Passes.h.inc"

/// Typed IR with aggregates and a CFG to flat, structured, typed IR
/// (`-myia-to-flat`).
void buildFlatPipeline(OpPassManager &pm);

/// Surface IR to flat, structured, typed IR (`-myia-to-typed`).
void buildTypedPipeline(OpPassManager &pm);

/// Inlines, folds and removes what is dead in typed IR (`-myia-optimize`).
void buildOptimizePipeline(OpPassManager &pm);

/// Removes the derivative ops and optimises (`-myia-to-differentiated`).
void buildDifferentiatedPipeline(OpPassManager &pm);

/// Array ops to fused linalg ops on tensors (`-myia-to-linalg`).
void buildLinalgPipeline(OpPassManager &pm);

/// Linalg ops to kernels and a skeleton that counts references
/// (`-myia-to-kernels`).
void buildKernelsPipeline(OpPassManager &pm);

/// Kernels and their skeleton to the LLVM dialect (`-myia-to-llvm`).
void buildLLVMPipeline(OpPassManager &pm);

/// Everything, from surface IR to the LLVM dialect (`-myia-compile`).
void buildCompilePipeline(OpPassManager &pm);

/// Makes the pipelines known to the pass-pipeline parser and to myia-opt.
void registerMyiaPipelines();

} // namespace mlir::myia

#endif // MYIA_TRANSFORMS_PASSES_H
