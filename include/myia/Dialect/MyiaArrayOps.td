//===- MyiaArrayOps.td - Array primitives ------------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What NumPy has and `arith`, `math` and `tensor` lack. Elementwise operations
// are `arith` and `math` ops on tensors of equal shape; slices are
// `tensor.extract_slice` and `tensor.insert_slice`; element access is
// `tensor.extract` and `tensor.insert`. -myia-lower-arrays turns the ops of
// this file into linalg.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_ARRAY_OPS_TD
#define MYIA_ARRAY_OPS_TD

include "MyiaTypes.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Myia_ArrayOp<string mnemonic, list<Trait> traits = []>
    : Op<Myia_Dialect, mnemonic, !listconcat([Pure], traits)>;

/// An op whose result has no unknown dimension.
class Myia_Unsized<list<OpBuilder> unsized = [OpBuilder<
      (ins "::mlir::Type":$result, "::mlir::Value":$operand),
      [{ build($_builder, $_state, result, operand, ::mlir::ValueRange()); }]>]> {
  list<OpBuilder> builders = unsized;
}

/// The run-time sizes of a result stand before its type.
class Myia_SizedFormat<string operands, string types> {
  string format = operands # " (`sizes` `(` $sizes^ `)`)? attr-dict `:` " # types;
}

def Myia_ReduceKind : I64EnumAttr<"ReduceKind", "how a reduction combines", [
  I64EnumAttrCase<"sum", 0>, I64EnumAttrCase<"prod", 1>,
  I64EnumAttrCase<"max", 2>, I64EnumAttrCase<"min", 3>,
  I64EnumAttrCase<"all", 4>, I64EnumAttrCase<"any", 5>
]> { let cppNamespace = "::mlir::myia"; }

def Myia_SplatOp : Myia_ArrayOp<"splat"> {
  let summary = "an array filled with one scalar";
  let description = [{
    C1. The value is of the result's element type.
    C2. `sizes` are the result's unknown dimensions.

    ```mlir
    %a = myia.splat %x : f32 -> tensor<2x3xf32>
    %b = myia.splat %x sizes(%n) : f32 -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins AnyType:$value, Variadic<Index>:$sizes);
  let results = (outs Myia_Array:$result);
  let builders = Myia_Unsized<>.builders;
  let assemblyFormat = Myia_SizedFormat<"$value", "type($value) `->` type($result)">.format;
  let hasCanonicalizeMethod = 1;
  let hasVerifier = 1;
}

def Myia_BroadcastOp : Myia_ArrayOp<"broadcast"> {
  let summary = "NumPy's broadcast_to";
  let description = [{
    C1. The element types are the same.
    C2. Aligned at the last dimension, each operand dimension is 1 or equal to
        the result's. Where both are unknown they are equal at run time.
    C3. `sizes` are the result's unknown dimensions.

    ```mlir
    %b = myia.broadcast %a : tensor<3xf32> -> tensor<2x3xf32>
    %c = myia.broadcast %a sizes(%n) : tensor<3xf32> -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins Myia_Array:$operand, Variadic<Index>:$sizes);
  let results = (outs Myia_Array:$result);
  let builders = Myia_Unsized<>.builders;
  let assemblyFormat = Myia_SizedFormat<"$operand", "type($operand) `->` type($result)">.format;
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_ReduceOp : Myia_ArrayOp<"reduce"> {
  let summary = "a reduction over some axes";
  let description = [{
    Combines the elements along `axes`, which the result lacks (a result of rank
    0 is the scalar itself). Floating-point sums may be reassociated. `max` and
    `min` propagate NaN, as NumPy's do; `all` and `any` take `i1`.

    C1. `axes` are sorted, distinct and within the operand's rank.
    C2. The result is the operand's shape without `axes`, of the same element
        type: an array, or a scalar when nothing is left.

    ```mlir
    %s = myia.reduce sum %a axes [1] : tensor<2x3xf32> -> tensor<2xf32>
    ```
  }];
  let arguments = (ins Myia_ReduceKind:$kind, Myia_Array:$operand,
                       DenseI64ArrayAttr:$axes);
  let results = (outs AnyType:$result);
  let assemblyFormat =
      "$kind $operand `axes` $axes attr-dict `:` type($operand) `->` type($result)";
  let hasVerifier = 1;
}

def Myia_ArgReduceOp : Myia_ArrayOp<"arg_reduce"> {
  let summary = "the index of the first extremum along an axis";
  let description = [{
    `kind` is `max` or `min`. NaN counts as the extremum. The result has element
    type i64 and lacks `axis` (rank 0: the scalar itself).

    C1. `kind` is `max` or `min`.
    C2. `axis` is within the operand's rank, and the result is the operand's
        shape without it, of element type i64.

    ```mlir
    %i = myia.arg_reduce max %a axis 1 : tensor<2x3xf32> -> tensor<2xi64>
    ```
  }];
  let arguments = (ins Myia_ReduceKind:$kind, Myia_Array:$operand, I64Attr:$axis);
  let results = (outs AnyType:$result);
  let assemblyFormat =
      "$kind $operand `axis` $axis attr-dict `:` type($operand) `->` type($result)";
  let hasVerifier = 1;
}

def Myia_TransposeOp : Myia_ArrayOp<"transpose"> {
  let summary = "permute the axes of an array";
  let description = [{
    Result dimension `i` is operand dimension `permutation[i]`.

    C1. `permutation` is a permutation of the operand's axes.
    C2. The result has the operand's element type and its permuted shape.

    ```mlir
    %t = myia.transpose %a [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
    ```
  }];
  let arguments = (ins Myia_Array:$operand, DenseI64ArrayAttr:$permutation);
  let results = (outs Myia_Array:$result);
  let assemblyFormat =
      "$operand $permutation attr-dict `:` type($operand) `->` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_ReshapeOp : Myia_ArrayOp<"reshape"> {
  let summary = "the same elements in another shape";
  let description = [{
    Row-major order is kept; the result shares the operand's memory.

    C1. Element type and number of elements are the same.
    C2. `sizes` are the result's unknown dimensions.

    ```mlir
    %r = myia.reshape %a : tensor<2x3xf32> -> tensor<6xf32>
    %s = myia.reshape %b sizes(%n) : tensor<?xf32> -> tensor<?x3xf32>
    ```
  }];
  let arguments = (ins Myia_Array:$operand, Variadic<Index>:$sizes);
  let results = (outs Myia_Array:$result);
  let builders = Myia_Unsized<>.builders;
  let assemblyFormat = Myia_SizedFormat<"$operand", "type($operand) `->` type($result)">.format;
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_MatmulOp : Myia_ArrayOp<"matmul"> {
  let summary = "matrix product";
  let description = [{
    `lhs` is MxK (KxM with `transpose_lhs`), `rhs` KxN (NxK with
    `transpose_rhs`), the result MxN. Vectors and batches are reshaped around
    it. A transposed operand is folded into the flag.

    C1. The operands are matrices of one floating-point or integer element type.
    C2. The contracted dimensions are equal.
    C3. The result's dimensions are the operands' other ones.

    ```mlir
    %c = myia.matmul %a, %b transpose_rhs
        : tensor<2x3xf32>, tensor<4x3xf32> -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins Myia_Array:$lhs, Myia_Array:$rhs,
                       UnitAttr:$transpose_lhs, UnitAttr:$transpose_rhs);
  let results = (outs Myia_Array:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs (`transpose_lhs` $transpose_lhs^)?
    (`transpose_rhs` $transpose_rhs^)? attr-dict
    `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
  let hasCanonicalizeMethod = 1;
  let hasVerifier = 1;
}

def Myia_IotaOp : Myia_ArrayOp<"iota"> {
  let summary = "0, 1, 2, ...";
  let description = [{
    C1. The result has rank 1.
    C2. `sizes` are the result's unknown dimensions.

    ```mlir
    %i = myia.iota : tensor<10xi64>
    %j = myia.iota sizes(%n) : tensor<?xi64>
    ```
  }];
  let arguments = (ins Variadic<Index>:$sizes);
  let results = (outs Myia_Array:$result);
  let builders = [OpBuilder<(ins "::mlir::Type":$result), [{
    build($_builder, $_state, result, ::mlir::ValueRange());
  }]>];
  let assemblyFormat = Myia_SizedFormat<"", "type($result)">.format;
  let hasVerifier = 1;
}

def Myia_SignCastOp : Myia_ArrayOp<"sign_cast", [
    Elementwise, Scalarizable, Vectorizable, Tensorizable]> {
  let summary = "the same bits as a signless or unsigned integer";
  let description = [{
    Unsigned integers exist for inference only, which finds types and
    conversions by them; what computes with them is signless.
    -myia-erase-signs drops the casts.

    C1. Integers of one width, or arrays of them of one shape.

    ```mlir
    %b = myia.sign_cast %a : tensor<3xui8> -> tensor<3xi8>
    ```
  }];
  let arguments = (ins AnyType:$operand);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `->` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_ReverseOp : Myia_ArrayOp<"reverse", [
    AllTypesMatch<["operand", "result"]>]> {
  let summary = "the elements along some axes in reverse order";
  let description = [{
    C1. `axes` are sorted, distinct and within the operand's rank.
    C2. The result has the operand's type.

    ```mlir
    %r = myia.reverse %a axes [0] : tensor<2x3xf32>
    ```
  }];
  let arguments = (ins Myia_Array:$operand, DenseI64ArrayAttr:$axes);
  let results = (outs Myia_Array:$result);
  let assemblyFormat = "$operand `axes` $axes attr-dict `:` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_GatherOp : Myia_ArrayOp<"gather"> {
  let summary = "rows of an array, by an array of indices";
  let description = [{
    Element `[i..., j...]` of the result is element `[indices[i...], j...]` of
    the operand. The indices must be within the first dimension: inference
    checks them before.

    C1. The indices are of element type i64, the operand has rank 1 or more.
    C2. The result's shape is that of the indices, then the operand's without
        its first dimension; its element type is the operand's.

    ```mlir
    %r = myia.gather %a[%i]
        : tensor<4x3xf32>, tensor<2x5xi64> -> tensor<2x5x3xf32>
    ```
  }];
  let arguments = (ins Myia_Array:$operand, Myia_Array:$indices);
  let results = (outs Myia_Array:$result);
  let assemblyFormat = [{
    $operand `[` $indices `]` attr-dict
    `:` type($operand) `,` type($indices) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Myia_ScatterKind : I64EnumAttr<"ScatterKind", "what a scatter does", [
  I64EnumAttrCase<"set", 0>, I64EnumAttrCase<"add", 1>
]> { let cppNamespace = "::mlir::myia"; }

def Myia_ScatterOp : Myia_ArrayOp<"scatter", [
    AllTypesMatch<["destination", "result"]>]> {
  let summary = "an array with some rows replaced or added to";
  let description = [{
    The counterpart of `myia.gather`: row `indices[i...]` of the result is
    `updates[i...]`, or the sum of it and the row before. Rows are written in
    the order of the indices: where an index occurs twice, the last row stays,
    and `add` adds both.

    C1. The indices are of element type i64, the destination has rank 1 or more.
    C2. The updates' shape is that of the indices, then the destination's without
        its first dimension; the element types are the same.
    C3. The result has the destination's type.

    ```mlir
    %r = myia.scatter add %u into %a[%i]
        : tensor<2x5x3xf32>, tensor<4x3xf32>, tensor<2x5xi64>
    ```
  }];
  let arguments = (ins Myia_ScatterKind:$kind, Myia_Array:$updates,
                       Myia_Array:$destination, Myia_Array:$indices);
  let results = (outs Myia_Array:$result);
  let assemblyFormat = [{
    $kind $updates `into` $destination `[` $indices `]` attr-dict
    `:` type($updates) `,` type($destination) `,` type($indices)
  }];
  let extraClassDeclaration = [{
    /// The rows are gathered and scattered by one shape rule.
    static ::llvm::SmallVector<int64_t>
    getUpdateShape(::mlir::RankedTensorType array,
                   ::mlir::RankedTensorType indices);
  }];
  let hasVerifier = 1;
}

#endif // MYIA_ARRAY_OPS_TD
