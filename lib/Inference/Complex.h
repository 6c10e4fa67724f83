//===- Complex.h - Complex numbers in inference -----------------*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A complex number or array is the pair of its real and imaginary part: two
// Python floats, or two arrays of one shape and dtype.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_COMPLEX_H
#define MYIA_INFERENCE_COMPLEX_H

#include "Emitter.h"

namespace mlir::myia {

/// Whether `type` is a complex number or array.
inline bool isComplex(Type type) { return llvm::isa<ComplexType>(type); }

/// The type of each part of a NumPy complex scalar or array, else null.
RankedTensorType getComplexArray(Type type);

/// The type of an array, or of the parts of a complex one; else null.
RankedTensorType getAnyArray(Type type);

/// Whether `type` is a complex number of Python's.
bool isPythonComplex(Type type);

/// Whether values of `type` may hold complex numbers.
bool holdsComplex(Type type);

/// The complex dtype whose parts have a floating-point type.
inline Type complexDtype(Type part) { return mlir::ComplexType::get(part); }

/// The number or array with these real parts, of one dtype and shape after
/// promotion and broadcasting. Null after an error.
Ref makeComplex(Emitter &emitter, Ref re, Ref im);

/// A real number or array as a complex one; any other value as it is.
Ref asComplex(Emitter &emitter, Ref number);

/// A complex number as NumPy's; any other value as it is.
Ref asComplexArray(Emitter &emitter, Ref number);

Ref realPart(Emitter &emitter, Ref number);
Ref imaginaryPart(Emitter &emitter, Ref number);

/// The complex number whose parts `function` makes of each part; null when it
/// gives null.
Ref mapParts(Emitter &emitter, Ref number,
             llvm::function_ref<Ref(Ref)> function);

/// An operator, one of whose operands at least is complex, the other a number
/// or array.
Ref complexBinary(Emitter &emitter, BinaryKind kind, Ref lhs, Ref rhs);
Ref complexUnary(Emitter &emitter, UnaryKind kind, Ref operand);
Ref complexTruth(Emitter &emitter, Ref operand);

/// `array[index]`, and the array after `array[index] = value`.
Ref getComplexItem(Emitter &emitter, Ref array, Ref index);
Ref setComplexItem(Emitter &emitter, Ref array, Ref index, Ref value);

/// Calls a function of the prelude's `complex_numbers`.
Ref callComplexFunction(Emitter &emitter, llvm::StringRef name,
                        const CallArguments &arguments);

// ComplexLibrary.cpp

/// Calls the function that is applied to real arguments.
using RealCall = llvm::function_ref<Ref(const CallArguments &)>;

/// What a library function gives for complex arguments, or a complex dtype;
/// nothing if it has none of them. A function that is not known to take complex
/// numbers is an error.
std::optional<Ref> callOnComplex(Emitter &emitter, llvm::StringRef name,
                                 const CallArguments &arguments,
                                 RealCall callReal);

/// Whether a library function of this name is applied to complex numbers as it
/// is written, because it is not about numbers.
bool takesAnything(llvm::StringRef name);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_COMPLEX_H
