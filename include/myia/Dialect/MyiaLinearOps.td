//===- MyiaLinearOps.td - Linear algebra -------------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decompositions of a square matrix that the runtime computes, with LAPACK where
// it is at hand. Each op also says whether it failed.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LINEAR_OPS_TD
#define MYIA_LINEAR_OPS_TD

include "MyiaArrayOps.td"

class Myia_LinearOp<string mnemonic, list<Trait> traits = []>
    : Myia_ArrayOp<mnemonic, traits> {
  let hasVerifier = 1;
}

def Myia_SolveOp : Myia_LinearOp<"solve", [AllTypesMatch<["rhs", "result"]>]> {
  let summary = "the solution X of A X = B";
  let description = [{
    By LU decomposition with partial pivoting. `singular` holds when a pivot is
    0; the result is then not defined.

    C1. `matrix` is NxN, of element type f32 or f64.
    C2. `rhs` is NxM, of the same element type.

    ```mlir
    %x, %singular = myia.solve %a, %b : tensor<3x3xf64>, tensor<3x2xf64>
    ```
  }];
  let arguments = (ins Myia_Array:$matrix, Myia_Array:$rhs);
  let results = (outs Myia_Array:$result, I1:$singular);
  let assemblyFormat =
      "$matrix `,` $rhs attr-dict `:` type($matrix) `,` type($rhs)";
}

def Myia_CholeskyOp
    : Myia_LinearOp<"cholesky", [AllTypesMatch<["matrix", "result"]>]> {
  let summary = "the lower triangle L with L L' = A";
  let description = [{
    Reads the lower triangle of A only. `indefinite` holds when A is not
    positive definite; the result is then not defined.

    C1. `matrix` is NxN, of element type f32 or f64.

    ```mlir
    %l, %indefinite = myia.cholesky %a : tensor<3x3xf64>
    ```
  }];
  let arguments = (ins Myia_Array:$matrix);
  let results = (outs Myia_Array:$result, I1:$indefinite);
  let assemblyFormat = "$matrix attr-dict `:` type($matrix)";
}

def Myia_DeterminantOp : Myia_LinearOp<"determinant"> {
  let summary = "the determinant of a matrix";
  let description = [{
    By LU decomposition with partial pivoting: 0 when a pivot is 0.

    C1. `matrix` is NxN, of element type f32 or f64; the result is of that type.

    ```mlir
    %d = myia.determinant %a : tensor<3x3xf64> -> f64
    ```
  }];
  let arguments = (ins Myia_Array:$matrix);
  let results = (outs AnyFloat:$result);
  let assemblyFormat =
      "$matrix attr-dict `:` type($matrix) `->` type($result)";
}

#endif // MYIA_LINEAR_OPS_TD
