//===- MyiaDialect.td - The myia dialect -------------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_DIALECT_TD
#define MYIA_DIALECT_TD

include "mlir/IR/OpBase.td"

def Myia_Dialect : Dialect {
  let name = "myia";
  let cppNamespace = "::mlir::myia";
  let summary = "A differentiable programming language";
  let description = [{
    The dialect has three levels; each op belongs to exactly one of them and its
    operand and result types hold it there:

    * **surface**: what the Python frontend writes. Every value is
      `!myia.any`; operators, calls, closures and attribute access are generic.
      `-myia-infer` replaces the whole level.
    * **typed**: monomorphic, pure, first order. Scalars and elementwise arrays
      are `arith` and `math` ops (on tensors for arrays); this dialect adds
      aggregates, array primitives with NumPy's meaning, derivative ops and the
      containers that derivatives need.
    * **runtime**: what is left after arrays became kernels: objects with
      reference counts, kernel launches, raised errors.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasCanonicalizer = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let extraClassDeclaration = [{
  private:
    void registerTypes();

  public:
  }];
  let dependentDialects = [
    "arith::ArithDialect", "tensor::TensorDialect", "ub::UBDialect",
    "func::FuncDialect"
  ];
}

#endif // MYIA_DIALECT_TD
