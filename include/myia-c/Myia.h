/*===- Myia.h - C interface of the Myia compiler ------------------*- C -*-===*\
|*                                                                            *|
|* Part of the Myia project, under the Apache License v2.0 with LLVM          *|
|* Exceptions.                                                                *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* What MLIR's own C interface lacks: registration of Myia's dialect and      *|
|* passes, and access to the parts of Myia's types.                           *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef MYIA_C_MYIA_H
#define MYIA_C_MYIA_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Adds the dialects that Myia's pipelines use, and their extensions. */
MLIR_CAPI_EXPORTED void myiaRegisterDialects(MlirDialectRegistry registry);

/** Registers Myia's passes and pipelines, and upstream's. Once per process. */
MLIR_CAPI_EXPORTED void myiaRegisterPasses(void);

/** What a Myia type is; MyiaTypeKindOther for types of other dialects. */
typedef enum MyiaTypeKind {
  MyiaTypeKindOther,
  MyiaTypeKindAny,
  MyiaTypeKindStatic,
  MyiaTypeKindTuple,
  MyiaTypeKindRecord,
  MyiaTypeKindClosure,
  MyiaTypeKindDerivative,
  MyiaTypeKindIterator,
  MyiaTypeKindStack,
  MyiaTypeKindBox,
  MyiaTypeKindUnion,
  MyiaTypeKindList,
  MyiaTypeKindComplex
} MyiaTypeKind;

MLIR_CAPI_EXPORTED MyiaTypeKind myiaTypeGetKind(MlirType type);

/** Elements of a tuple, record, closure, derivative, iterator or complex
 * number; of a list, the type of its elements, if there is one. */
MLIR_CAPI_EXPORTED intptr_t myiaTypeGetNumElements(MlirType type);
MLIR_CAPI_EXPORTED MlirType myiaTypeGetElement(MlirType type, intptr_t index);

/** The symbol of a record's class, a closure's function or a box's record, or
 * the kind of an iterator; null for a closure of a primitive. */
MLIR_CAPI_EXPORTED MlirStringRef myiaTypeGetSymbol(MlirType type);

/** The name of field `index` of a record. */
MLIR_CAPI_EXPORTED MlirStringRef myiaRecordTypeGetField(MlirType type,
                                                        intptr_t index);

/** The value that a static type stands for. */
MLIR_CAPI_EXPORTED MlirAttribute myiaStaticTypeGetValue(MlirType type);

/** The function of a closure: a symbol or a primitive. */
MLIR_CAPI_EXPORTED MlirAttribute myiaClosureTypeGetFunction(MlirType type);

/** What is asked for of a derivative: see `!myia.derivative`. */
typedef struct MyiaDerivativeRequest {
  MlirAttribute wrt;
  bool single, value, aux;
} MyiaDerivativeRequest;

MLIR_CAPI_EXPORTED MyiaDerivativeRequest
myiaDerivativeTypeGetRequest(MlirType type);

/** The name of a Python object, or null if the attribute is none. */
MLIR_CAPI_EXPORTED MlirStringRef myiaObjectAttrGetName(MlirAttribute attribute);

/** `#myia.prim<"name">`. */
MLIR_CAPI_EXPORTED MlirAttribute myiaPrimAttrGet(MlirContext context,
                                                 MlirStringRef name);
/** The name of a primitive, or null if the attribute is none. */
MLIR_CAPI_EXPORTED MlirStringRef myiaPrimAttrGetName(MlirAttribute attribute);

/** What is known of a primitive: the dotted name of the Python object that it
 * implements, its parameters (see lib/Inference/Primitives.h), whether its
 * result never shares memory with an argument, and whether it is the first
 * argument, changed. */
typedef struct MyiaPrimitive {
  MlirStringRef name, signature;
  bool fresh, changesFirst;
} MyiaPrimitive;

typedef void (*MyiaPrimitiveCallback)(MyiaPrimitive primitive, void *userData);

/** Calls `callback` for every primitive, in no particular order. */
MLIR_CAPI_EXPORTED void myiaForEachPrimitive(MyiaPrimitiveCallback callback,
                                             void *userData);

#ifdef __cplusplus
}
#endif

#endif /* MYIA_C_MYIA_H */
