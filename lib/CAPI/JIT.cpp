//===- JIT.cpp - C interface to machine code ------------------------------===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thin layer over myia/JIT/JIT.h.
//
//===----------------------------------------------------------------------===//

#include "myia-c/JIT.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "myia/JIT/JIT.h"

using namespace mlir;
using namespace mlir::myia;

static std::function<void(llvm::StringRef)>
makeReceiver(MlirStringCallback callback, void *userData) {
  if (!callback)
    return nullptr;
  return [=](llvm::StringRef text) { callback(wrap(text), userData); };
}

MyiaCode myiaCompile(MlirModule module, MyiaCompileOptions options,
                     MlirStringCallback onError, void *userData) {
  JITOptions jitOptions;
  jitOptions.optLevel = options.optLevel;
  jitOptions.showLLVM = makeReceiver(options.showLLVM, options.userData);
  jitOptions.showOptimized =
      makeReceiver(options.showOptimized, options.userData);
  jitOptions.showAssembly =
      makeReceiver(options.showAssembly, options.userData);
  auto code = CompiledModule::compile(unwrap(module), jitOptions);
  if (code)
    return {code->release()};
  std::string message = llvm::toString(code.takeError());
  onError(wrap(StringRef(message)), userData);
  return {nullptr};
}

void *myiaCodeLookup(MyiaCode code, MlirStringRef name) {
  auto address = static_cast<CompiledModule *>(code.ptr)->lookup(unwrap(name));
  if (address)
    return *address;
  llvm::consumeError(address.takeError());
  return nullptr;
}

void myiaCodeDestroy(MyiaCode code) {
  delete static_cast<CompiledModule *>(code.ptr);
}
