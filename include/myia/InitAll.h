//===- InitAll.h - Register everything Myia uses ----------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One place for the dialects, extensions, passes and pipelines that the tools,
// the C API and the Python module share.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INITALL_H
#define MYIA_INITALL_H

namespace mlir {
class DialectRegistry;
}

namespace mlir::myia {

/// The dialects of the pipelines, and their interface implementations.
void registerDialects(DialectRegistry &registry);

/// Myia's passes and pipelines, and the upstream passes they are made of.
void registerPasses();

} // namespace mlir::myia

#endif // MYIA_INITALL_H
