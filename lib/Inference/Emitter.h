//===- Emitter.h - Typed code for one block -*- C++ -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inference is emission: evaluating a surface op emits typed code, and the
// types of the emitted values are what is inferred. An Emitter does so for one
// version of one block. Handlers (one per surface op or primitive) get it, and
// return an abstract value, or null after calling `error`, `raise` or when the
// result of a call is not known yet.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INFERENCE_EMITTER_H
#define MYIA_INFERENCE_EMITTER_H

#include "Abstract.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"

namespace mlir::myia {

class Engine;
struct Version;

/// Why evaluation of a block stopped before its terminator.
enum class Outcome { Normal, Failed, Blocked, Raised };

/// The arguments of a call: `values`, of which the last ones are `keywords`.
struct CallArguments {
  llvm::SmallVector<Ref> values;
  llvm::SmallVector<llvm::StringRef> keywords;

  size_t numPositional() const { return values.size() - keywords.size(); }
};

/// The shape of an array while code for it is emitted: what is not known when
/// compiling is an index. Of a known dimension the value is null.
struct Shape {
  Shape() = default;
  Shape(llvm::ArrayRef<int64_t> known)
      : dims(known), values(known.size(), Value()) {}

  size_t rank() const { return dims.size(); }
  bool isKnown() const {
    return !llvm::any_of(values, [](Value v) { return !!v; });
  }
  void add(int64_t dim, Value value = {}) {
    dims.push_back(dim);
    values.push_back(value);
  }
  /// The values of the unknown dimensions.
  llvm::SmallVector<Value> sizes() const;
  RankedTensorType of(Type element) const {
    return RankedTensorType::get(dims, element);
  }

  llvm::SmallVector<int64_t> dims;
  llvm::SmallVector<Value> values;
};

class Emitter {
public:
  Emitter(Engine &engine, Version &version, Block *block);

  Engine &engine;
  Version &version;
  OpBuilder builder;
  Location loc;
  Outcome outcome = Outcome::Normal;
  /// Set while an op is applied to a None that a union turned out to hold: what
  /// is wrong with it is an error of the running program.
  bool mayRaise = false;

  MLIRContext *context() { return builder.getContext(); }

  //===--------------------------------------------------------------------===//
  // Making values
  //===--------------------------------------------------------------------===//

  /// The abstract value of an emitted SSA value; constants become static.
  Ref wrap(Value value);
  /// A value known at compile time.
  Ref known(Attribute value);
  Ref none() { return known(builder.getUnitAttr()); }
  Ref integer(int64_t value) { return known(builder.getI64IntegerAttr(value)); }
  Ref boolean(bool value) { return known(builder.getBoolAttr(value)); }
  /// An aggregate of the kind of `like` from its elements.
  Ref aggregate(Type like, llvm::ArrayRef<Ref> elements);
  Ref tuple(llvm::ArrayRef<Ref> elements);
  Ref iterator(llvm::StringRef kind, llvm::ArrayRef<Ref> elements);
  /// A closure of a surface function or primitive over `captured`.
  Ref closure(Attribute function, llvm::ArrayRef<Ref> captured);

  /// Emits an op with one result, folding it when its operands are constant.
  template <typename OpTy, typename... Args> Value emit(Args &&...args) {
    return builder.createOrFold<OpTy>(loc, std::forward<Args>(args)...);
  }

  //===--------------------------------------------------------------------===//
  // Using values
  //===--------------------------------------------------------------------===//

  /// The elements of an aggregate, or the fields of a box.
  llvm::ArrayRef<Ref> elements(Ref aggregate);
  /// The SSA value of `ref`, of type `ref->type`.
  Value materialize(Ref ref);
  /// What was found out to be an alternative of a union, taken out of it.
  Ref project(Ref narrowed);
  /// `ref` as a value of the wider type `type`.
  Value convert(Ref ref, Type type);
  /// A Python number as a scalar of type `type`.
  Value scalar(Ref number, Type type);
  /// A number or array as an array of this element type and of a shape that it
  /// broadcasts to.
  Value array(Ref ref, Type element, const Shape &shape);
  /// A scalar or array, elementwise, in another element type, as by `astype`.
  Value cast(Value value, Type element);
  /// A constant of the type of `like`, a number or an array.
  Value constantLike(Value like, double value);
  /// Unsigned integers seen as the signless ones that `arith` computes with;
  /// any other value as it is.
  Value withoutSign(Value value);
  /// The other way round, when `element` is unsigned.
  Value withSign(Value value, Type element);
  /// Whether any of these conditions holds, as a scalar.
  Value any(Value conditions);
  Value integerConstant(int64_t value);
  Value floatConstant(double value);

  //===--------------------------------------------------------------------===//
  // Shapes
  //===--------------------------------------------------------------------===//

  /// The shape of a number or array.
  Shape shapeOf(Ref ref);
  /// The size of an array along an axis, as a Python int.
  Ref sizeOf(Ref array, int64_t axis);
  /// The number of elements, as a Python int.
  Ref countOf(const Shape &shape);
  /// A Python int as a dimension of a shape.
  void addDimension(Shape &shape, Ref size);
  /// A dimension as a Python int.
  Ref dimension(const Shape &shape, int64_t axis);
  /// The shape of two operands broadcast against each other. What is not known
  /// when compiling is checked at run time. Nothing when they do not fit.
  std::optional<Shape> broadcast(const Shape &a, const Shape &b);
  /// Whether `from` may broadcast to `to`, checked as far as it is not known.
  bool broadcastsTo(const Shape &from, const Shape &to);
  /// The same elements in another shape.
  Ref reshape(Ref array, const Shape &shape);

  //===--------------------------------------------------------------------===//
  // Failing
  //===--------------------------------------------------------------------===//

  /// Reports a compile-time error with a code of Errors.def.
  Ref error(unsigned code, const llvm::Twine &message);
  /// Emits code that raises when `condition` holds. Returns false when it
  /// always does: then the rest of the block is never reached. Each {} of the
  /// message stands for one of `values`, 64-bit integers.
  bool raiseIf(Value condition, llvm::StringRef exception,
               llvm::StringRef message, ValueRange values = {});
  Ref raise(llvm::StringRef exception, llvm::StringRef message);
  /// Emits the error of a Python int that an integer type cannot hold. Returns
  /// false when it never can.
  bool fits(Ref number, Type element);

private:
  Value inject(Ref ref, UnionType type);
  Value constantOf(Type number, Attribute value);
};

/// The type as the user would write it, for messages: `float64[2,3]`, `int`.
std::string describe(Type type);

} // namespace mlir::myia

#endif // MYIA_INFERENCE_EMITTER_H
