//===- Optimize.cpp - LLVM's optimiser for the host -----------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's standard pipeline, told about the processor and glibc's vector
// functions.
//
//===----------------------------------------------------------------------===//

#include "Optimize.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <dlfcn.h>

using namespace llvm;

bool mlir::myia::isLong(const Function &function) {
  constexpr size_t longBlock = 4096;
  return any_of(function, [](const BasicBlock &block) {
    return block.size() > longBlock;
  });
}

/// Marks every function as compiled for the host, vectors at full width.
static void setTargetAttributes(Module &module, const TargetMachine &machine) {
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    function.addFnAttr("prefer-vector-width", "512");
    if (!mlir::myia::isLong(function))
      continue;
    function.removeFnAttr(Attribute::AlwaysInline);
    function.addFnAttr(Attribute::NoInline);
    function.addFnAttr(Attribute::OptimizeNone);
  }
}

/// glibc's vector functions, where this system has them.
static bool haveVectorLibrary() {
  static bool have = dlopen("libmvec.so.1", RTLD_LAZY | RTLD_LOCAL) != nullptr;
  return have;
}

void mlir::myia::optimize(Module &module, TargetMachine &machine,
                          unsigned level) {
  setTargetAttributes(module, machine);

  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  TargetLibraryInfoImpl library(machine.getTargetTriple());
  if (haveVectorLibrary())
    library.addVectorizableFunctionsFromVecLib(VectorLibrary::LIBMVEC,
                                               machine.getTargetTriple());
  functions.registerPass([&] { return TargetLibraryAnalysis(library); });

  PipelineTuningOptions tuning;
  tuning.LoopVectorization = tuning.SLPVectorization = level > 1;
  PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);

  const OptimizationLevel levels[] = {
      OptimizationLevel::O0, OptimizationLevel::O1, OptimizationLevel::O2,
      OptimizationLevel::O3};
  OptimizationLevel chosen = levels[std::min(level, 3u)];
  ModulePassManager pipeline =
      chosen == OptimizationLevel::O0
          ? builder.buildO0DefaultPipeline(chosen)
          : builder.buildPerModuleDefaultPipeline(chosen);
  pipeline.run(module, modules);
}

std::string mlir::myia::printAssembly(const Module &module,
                                      TargetMachine &machine) {
  std::unique_ptr<Module> copy = CloneModule(module);
  SmallVector<char, 0> buffer;
  raw_svector_ostream stream(buffer);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr,
                                  CodeGenFileType::AssemblyFile))
    return "";
  passes.run(*copy);
  return std::string(buffer.begin(), buffer.end());
}
