//===- Calls.h - Binding arguments to parameters ----------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the arguments of a call meet the parameters of what is called.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_CALLS_H
#define MYIA_INFERENCE_CALLS_H

#include "Emitter.h"

namespace mlir::myia {

/// A Python parameter as `myia.params` or the signature of a primitive
/// describes it.
struct Parameter {
  llvm::StringRef name, kind;
  Attribute fallback;
  /// Whether it is null when it is not given.
  bool optional = false;
  /// Whether nothing but None may be given.
  bool onlyNone = false;
  /// The captured value that is the default, or -1.
  int64_t capture = -1;

  /// Whether it is `*rest` or `**rest`: any number of arguments.
  bool isRest() const { return kind == "tuple" || kind == "dict"; }
  bool takesPosition() const { return kind != "keyword" && !isRest(); }
  bool takesName() const { return kind != "positional" && !isRest(); }
};

/// The parameters of a surface function without its captures.
llvm::SmallVector<Parameter> getParameters(func::FuncOp function);

/// Binds arguments to parameters as Python does: a missing argument is an
/// error. `captured` holds defaults.
LogicalResult bind(Emitter &emitter, llvm::StringRef function,
                   llvm::ArrayRef<Parameter> parameters,
                   const CallArguments &arguments, llvm::ArrayRef<Ref> captured,
                   llvm::SmallVectorImpl<Ref> &bound);

/// All arguments of the surface function behind a closure, captures first.
LogicalResult bindClosure(Emitter &emitter, Ref closure, func::FuncOp function,
                          const CallArguments &arguments,
                          llvm::SmallVectorImpl<Ref> &all);

llvm::SmallVector<Type> typesOf(llvm::ArrayRef<Ref> refs);

// Derivatives.cpp
/// The result of calling `grad(f)` or `value_and_grad(f)`.
Ref callDerivative(Emitter &emitter, Ref callee, DerivativeType derivative,
                   const CallArguments &arguments);
/// Zeros in the structure of the gradient with respect to a value.
Ref zeroGradient(Emitter &emitter, Ref value);
/// A call of `function(held, args)`, whose derivative `forward(held, args)` and
/// `backward(residuals, cotangent)` give: that of `args`, none of `held`. None
/// of the three captures anything.
Ref callWithRule(Emitter &emitter, Ref function, Ref forward, Ref backward,
                 Ref held, Ref args);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_CALLS_H
