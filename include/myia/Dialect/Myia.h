//===- Myia.h - The myia dialect --------------------------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Declares the dialect, its types, attributes and ops.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIALECT_MYIA_H
#define MYIA_DIALECT_MYIA_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "myia/Dialect/MyiaDialect.h.inc"
#include "myia/Dialect/MyiaEnums.h.inc"

#define GET_TYPEDEF_CLASSES
#include "myia/Dialect/MyiaTypes.h.inc"

#define GET_ATTRDEF_CLASSES
#include "myia/Dialect/MyiaAttributes.h.inc"

namespace mlir::myia {
class UpdateOpInterface;

namespace detail {
/// C: there are witnesses only where the object is `seen_by witnesses`.
LogicalResult verifyWitnesses(UpdateOpInterface op);
} // namespace detail
} // namespace mlir::myia

#include "myia/Dialect/MyiaInterfaces.h.inc"

#define GET_OP_CLASSES
#include "myia/Dialect/MyiaOps.h.inc"

namespace mlir::myia {

/// The element types of an aggregate (tuple, record, closure, derivative,
/// iterator, complex, static); nothing for any other type.
std::optional<llvm::SmallVector<Type>> getAggregateElements(Type type);

/// The aggregate of the same kind with other element types. Asserts that `type`
/// is an aggregate with as many elements.
Type withAggregateElements(Type type, llvm::ArrayRef<Type> elements);

/// The type of a cotangent of `type`: itself for floating-point scalars and
/// arrays, an aggregate of cotangents for an aggregate, `!myia.stack` for a
/// stack, a box or list of what it holds that has a cotangent, and `None`
/// (`!myia.static<unit>`) for what cannot be differentiated. Null if that is
/// not known: who asks for a derivative then has to refuse.
Type getCotangentType(Type type);

/// Whether a cotangent of `type` can be anything but `None`; so may one that is
/// not known.
bool isDifferentiable(Type type);

/// The type of a gradient with respect to a value of `type`: of the same
/// structure, with `None` for what cannot be differentiated. `getBox` gives
/// that of an instance of a recursive class. Null if it is not known.
Type getGradientType(Type type, llvm::function_ref<Type(BoxType)> getBox);

/// A box of its own for gradients with respect to `box`.
BoxType getGradientBox(BoxType box);

/// Whether a gradient with respect to a value of `type` may be of this type.
bool isGradientType(Type gradient, Type type);

/// Appends the leaf types of `type`: none for a static value, one for whatever
/// is no aggregate, the element type for a rank-0 array.
void appendLeaves(Type type, llvm::SmallVectorImpl<Type> &leaves);

/// The leaves of a gradient of type `gradient` with respect to a value of
/// `type` that has these leaves. `cotangents` are those of the leaves that have
/// one; without them the gradient is zero.
llvm::SmallVector<Value> createGradient(OpBuilder &builder, Location loc,
                                        Type type, Type gradient,
                                        ValueRange leaves,
                                        std::optional<ValueRange> cotangents);

/// The size of `array` along `axis`: a number where it is known, otherwise what
/// the array was made with, or a `tensor.dim` of an array that has it.
OpFoldResult getSize(OpBuilder &builder, Location loc, Value array,
                     int64_t axis);

/// The sizes of the unknown dimensions of `array`.
llvm::SmallVector<Value> getUnknownSizes(OpBuilder &builder, Location loc,
                                         Value array);

/// Adds the pattern that replaces a `tensor.dim` by what `getSize` finds.
void populateSizePatterns(RewritePatternSet &patterns);

/// `!myia.static<unit>`, the type of Python's None.
StaticType getNoneType(MLIRContext *context);

} // namespace mlir::myia

#endif // MYIA_DIALECT_MYIA_H
