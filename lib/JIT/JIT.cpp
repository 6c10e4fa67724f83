//===- JIT.cpp - From the LLVM dialect to machine code --------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ORC's LLJIT with LLVM's standard pipeline in front of it. One JIT per module:
// code is freed with the module that it was made from.
//
//===----------------------------------------------------------------------===//

#include "myia/JIT/JIT.h"
#include "Optimize.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "myia/Runtime/Runtime.h"
#include "llvm/ExecutionEngine/Orc/CompileUtils.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <dlfcn.h>

using namespace mlir;
using namespace mlir::myia;
using namespace llvm::orc;

CompiledModule::CompiledModule(std::unique_ptr<LLJIT> jit)
    : jit(std::move(jit)) {}
CompiledModule::~CompiledModule() = default;

/// This machine's processor, with everything that it has.
static llvm::Expected<JITTargetMachineBuilder> detectHost() {
  static bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;
  llvm::Expected<JITTargetMachineBuilder> builder =
      JITTargetMachineBuilder::detectHost();
  if (builder)
    builder->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
  return builder;
}

//===----------------------------------------------------------------------===//
// Long functions
//===----------------------------------------------------------------------===//

namespace {
/// Compiles modules with long functions in linear time, without optimising
/// their machine code.
class Compiler : public IRCompileLayer::IRCompiler {
public:
  explicit Compiler(JITTargetMachineBuilder host)
      : IRCompiler(irManglingOptionsFromTargetOptions(host.getOptions())),
        host(std::move(host)) {}

  llvm::Expected<SimpleCompiler::CompileResult>
  operator()(llvm::Module &module) override {
    JITTargetMachineBuilder builder = host;
    if (llvm::any_of(module, isLong))
      builder.setCodeGenOptLevel(llvm::CodeGenOptLevel::None);
    auto machine = builder.createTargetMachine();
    if (!machine)
      return machine.takeError();
    return SimpleCompiler(**machine)(module);
  }

private:
  const JITTargetMachineBuilder host;
};
} // namespace

/// Moves the long functions to a module of their own, so that what they call is
/// optimised; null if there is none.
static std::unique_ptr<llvm::Module> takeLongFunctions(llvm::Module &module) {
  if (llvm::none_of(module, isLong))
    return nullptr;
  for (llvm::GlobalValue &value : module.global_values()) {
    if (!value.hasLocalLinkage())
      continue;
    if (!value.hasName())
      value.setName("myia.local");
    value.setLinkage(llvm::GlobalValue::ExternalLinkage);
  }
  llvm::ValueToValueMapTy values;
  auto isTaken = [](const llvm::GlobalValue *value) {
    auto *function = llvm::dyn_cast<llvm::Function>(value);
    return function && isLong(*function);
  };
  std::unique_ptr<llvm::Module> taken =
      llvm::CloneModule(module, values, isTaken);
  for (llvm::Function &function : module)
    if (isLong(function))
      function.deleteBody();
  return taken;
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

/// The module as LLVM IR, or an error that the diagnostics explain.
static llvm::Expected<std::unique_ptr<llvm::Module>>
translate(ModuleOp module, llvm::LLVMContext &context) {
  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  module.getContext()->appendDialectRegistry(registry);
  std::unique_ptr<llvm::Module> translated =
      translateModuleToLLVMIR(module, context);
  if (!translated)
    return llvm::createStringError(
        "the module cannot be translated to LLVM IR");
  return translated;
}

/// Lets a dylib find the symbols of the library that holds `address`: Python
/// loads extension modules, and so our libraries, with private symbols.
static llvm::Error addLibraryOf(const void *address, LLJIT &jit) {
  Dl_info info;
  if (!dladdr(address, &info))
    return llvm::createStringError("the runtime library cannot be found");
  auto generator = DynamicLibrarySearchGenerator::Load(
      info.dli_fname, jit.getDataLayout().getGlobalPrefix());
  if (!generator)
    return generator.takeError();
  jit.getMainJITDylib().addGenerator(std::move(*generator));
  return llvm::Error::success();
}

/// The runtime, the C library and its vector functions.
static llvm::Error addLibraries(LLJIT &jit) {
  char prefix = jit.getDataLayout().getGlobalPrefix();
  if (llvm::Error error =
          addLibraryOf(reinterpret_cast<const void *>(&myia_call), jit))
    return error;
  for (const char *name : {"libm.so.6", "libmvec.so.1"}) {
    // Without the vector library, nothing refers to it (Optimize.cpp).
    auto generator = DynamicLibrarySearchGenerator::Load(name, prefix);
    if (generator)
      jit.getMainJITDylib().addGenerator(std::move(*generator));
    else
      llvm::consumeError(generator.takeError());
  }
  auto process = DynamicLibrarySearchGenerator::GetForCurrentProcess(prefix);
  if (!process)
    return process.takeError();
  jit.getMainJITDylib().addGenerator(std::move(*process));
  return llvm::Error::success();
}

static void show(const std::function<void(llvm::StringRef)> &receiver,
                 const llvm::Module &module) {
  if (!receiver)
    return;
  std::string text;
  llvm::raw_string_ostream(text) << module;
  receiver(text);
}

llvm::Expected<std::unique_ptr<CompiledModule>>
CompiledModule::compile(ModuleOp module, const JITOptions &options) {
  auto context = std::make_unique<llvm::LLVMContext>();
  auto translated = translate(module, *context);
  if (!translated)
    return translated.takeError();
  llvm::Module &llvmModule = **translated;
  auto builder = detectHost();
  if (!builder)
    return builder.takeError();
  auto machine = builder->createTargetMachine();
  if (!machine)
    return machine.takeError();
  llvmModule.setDataLayout((*machine)->createDataLayout());
  llvmModule.setTargetTriple((*machine)->getTargetTriple());

  show(options.showLLVM, llvmModule);
  optimize(llvmModule, **machine, options.optLevel);
  show(options.showOptimized, llvmModule);
  if (options.showAssembly)
    options.showAssembly(printAssembly(llvmModule, **machine));

  auto createCompiler = [](JITTargetMachineBuilder host)
      -> llvm::Expected<std::unique_ptr<IRCompileLayer::IRCompiler>> {
    return std::make_unique<Compiler>(std::move(host));
  };
  auto jit = LLJITBuilder()
                 .setJITTargetMachineBuilder(*builder)
                 .setCompileFunctionCreator(createCompiler)
                 .create();
  if (!jit)
    return jit.takeError();
  if (llvm::Error error = addLibraries(**jit))
    return std::move(error);
  std::unique_ptr<llvm::Module> parts[] = {takeLongFunctions(llvmModule),
                                           std::move(*translated)};
  ThreadSafeContext shared(std::move(context));
  for (std::unique_ptr<llvm::Module> &part : parts)
    if (part)
      if (llvm::Error error =
              (*jit)->addIRModule(ThreadSafeModule(std::move(part), shared)))
        return std::move(error);
  return std::unique_ptr<CompiledModule>(new CompiledModule(std::move(*jit)));
}

llvm::Expected<void *> CompiledModule::lookup(llvm::StringRef name) {
  auto address = jit->lookup(name);
  if (!address)
    return address.takeError();
  return address->toPtr<void *>();
}
