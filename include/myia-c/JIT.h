/*===- JIT.h - C interface to machine code ------------------------*- C -*-===*\
|*                                                                            *|
|* Part of the Myia project, under the Apache License v2.0 with LLVM          *|
|* Exceptions.                                                                *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* Compiles a module of the LLVM dialect into this process.                   *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef MYIA_C_JIT_H
#define MYIA_C_JIT_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Machine code; its functions can be called until it is destroyed. */
typedef struct MyiaCode {
  void *ptr;
} MyiaCode;

/** `optLevel` is LLVM's, 0 to 3. Each callback that is not null gets a text:
 *  the LLVM IR as translated, after optimisation, the assembly. */
typedef struct MyiaCompileOptions {
  unsigned optLevel;
  MlirStringCallback showLLVM;
  MlirStringCallback showOptimized;
  MlirStringCallback showAssembly;
  void *userData;
} MyiaCompileOptions;

/** Null on failure, which `onError` then explains. */
MLIR_CAPI_EXPORTED MyiaCode myiaCompile(MlirModule module,
                                        MyiaCompileOptions options,
                                        MlirStringCallback onError,
                                        void *userData);

/** The address of a function, or null. */
MLIR_CAPI_EXPORTED void *myiaCodeLookup(MyiaCode code, MlirStringRef name);

MLIR_CAPI_EXPORTED void myiaCodeDestroy(MyiaCode code);

#ifdef __cplusplus
}
#endif

#endif /* MYIA_C_JIT_H */
