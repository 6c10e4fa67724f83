//===- Primitives.h - Library functions that inference knows -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A primitive is a record: the Python object's dotted name, its signature, and
// the handler that infers and emits it. What can be written in Myia's own
// Python is in the prelude instead.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_PRIMITIVES_H
#define MYIA_INFERENCE_PRIMITIVES_H

#include "Emitter.h"
#include "llvm/ADT/StringMap.h"

namespace mlir::myia {

/// The arguments of a primitive in the order of its signature; null where an
/// optional one was not given. Those of `*rest` come one by one, at the end.
using Arguments = llvm::ArrayRef<Ref>;
using Handler = std::function<Ref(Emitter &, llvm::StringRef, Arguments)>;

struct Primitive {
  /// The parameters, separated by spaces, named and in the order of the Python
  /// function: `a` is required, `a?` optional, `a!` optional and refused unless
  /// it is None, `*a` any number of arguments, `**a` any keywords, as a dict;
  /// what comes before `/` is positional only, what comes after `*` keyword
  /// only. Parameters without support may be left out at the end and among
  /// those that are keyword only.
  llvm::StringRef signature;
  /// Null for what is only a name, as the classes that isinstance() knows.
  Handler handler;
  /// Whether the result never shares memory with an argument, nor holds one: it
  /// may be updated in place.
  bool fresh = false;
  /// Whether the result is the first argument, changed, and holds the others as
  /// they are: unions, too.
  bool changesFirst = false;
};

/// The primitives by the dotted names of the Python objects that they
/// implement; `array.sum` is a method of arrays.
using PrimitiveTable = llvm::StringMap<Primitive>;
const PrimitiveTable &getPrimitives();

// One function per file adds its primitives.
void addElementwisePrimitives(PrimitiveTable &table);
void addArrayPrimitives(PrimitiveTable &table);
void addReductionPrimitives(PrimitiveTable &table);
void addReshapingPrimitives(PrimitiveTable &table);
void addBuiltinPrimitives(PrimitiveTable &table);
void addIntrospectionPrimitives(PrimitiveTable &table);
void addTextPrimitives(PrimitiveTable &table);
void addListPrimitives(PrimitiveTable &table);
void addDictPrimitives(PrimitiveTable &table);
void addMaskPrimitives(PrimitiveTable &table);
void addDecompositionPrimitives(PrimitiveTable &table);
void addDtypePrimitives(PrimitiveTable &table);
void addProductPrimitives(PrimitiveTable &table);
void addComplexPrimitives(PrimitiveTable &table);
void addStructurePrimitives(PrimitiveTable &table);

/// Reports that a primitive does not take this argument; returns null.
Ref badArgument(Emitter &emitter, llvm::StringRef function, Ref argument);

/// Any number or array as an array (numbers become NumPy scalars of the dtype
/// that `np.asarray` gives them).
Ref asArray(Emitter &emitter, Ref ref);

/// An int or integer scalar as an int; null for anything else.
Ref getInteger(Emitter &emitter, Ref ref);
/// The array argument of a primitive: a number, an array or a nested tuple of
/// them. Null after an error.
Ref arrayArgument(Emitter &emitter, llvm::StringRef function, Ref argument);

/// What np.asarray makes of a tuple.
Ref arrayFromTuple(Emitter &emitter, llvm::StringRef function, Ref tuple);

/// The element type that holds those of all arrays.
Type getCommonType(llvm::ArrayRef<Ref> arrays);

/// The arrays one after the other along an axis, which all of them have.
Ref joinArrays(Emitter &emitter, llvm::StringRef function,
               llvm::ArrayRef<Ref> parts, int64_t axis);

/// The integers of a shape or axes argument: an int or a tuple of ints that are
/// known at compile time. Nothing after reporting an error.
std::optional<llvm::SmallVector<int64_t>>
getIntegers(Emitter &emitter, llvm::StringRef function, Ref argument);

/// A shape argument: an int or a tuple of ints. Nothing after an error.
std::optional<Shape> getShape(Emitter &emitter, llvm::StringRef function,
                              Ref argument);

/// The element of an array that has to have one element; null after raising
/// ValueError.
Ref getOnlyElement(Emitter &emitter, Ref array, llvm::StringRef message);

/// An axis between 0 and `rank`, counted from the end when negative.
std::optional<int64_t> getAxis(Emitter &emitter, int64_t axis, int64_t rank);

/// The one axis, between 0 and `rank`, that an argument gives.
std::optional<int64_t> getAxis(Emitter &emitter, llvm::StringRef function,
                               Ref argument, int64_t rank);

/// An optional flag, which must be known at compile time. Nothing after
/// reporting an error.
std::optional<bool> getFlag(Emitter &emitter, llvm::StringRef function,
                            Ref argument);

/// The element type that a value names (`np.float32`, `float`, "float32"), or
/// null. It may be complex.
Type findDtype(Emitter &emitter, Ref value);

/// The element type that a dtype argument (`np.float32`, `float`, "float32")
/// names, or null after an error. It is real.
Type getDtype(Emitter &emitter, llvm::StringRef function, Ref argument);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_PRIMITIVES_H
