//===- Inference.h - What the compiler knows of the library -----*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The primitives, for the frontend: which library functions inference applies
// itself.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_INFERENCE_H
#define MYIA_INFERENCE_INFERENCE_H

#include "mlir/Support/LLVM.h"

namespace mlir::myia {

/// Calls `function` with the name and the fields (see
/// lib/Inference/Primitives.h) of every primitive.
void forEachPrimitive(
    llvm::function_ref<void(StringRef name, StringRef signature, bool fresh,
                            bool changesFirst)>
        function);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_INFERENCE_H
