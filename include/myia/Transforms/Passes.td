//===- Passes.td - Myia's passes ---------------------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_PASSES_TD
#define MYIA_PASSES_TD

include "mlir/Pass/PassBase.td"

def MyiaInfer : Pass<"myia-infer", "ModuleOp"> {
  let summary = "Find the types of a program and specialise it";
  let description = [{
    Turns the surface level into the typed level, starting from the
    `myia.instantiate` ops of the module: an abstract interpreter that emits
    typed code as it goes. A function is specialised per abstract arguments, a
    block per abstract values of its live-ins. Afterwards no surface op is left.
    Errors carry a `MYIA0xx` code and the chain of calls as notes.

    Source: Wadler-style specialisation by abstract interpretation, with the
    lattice and the joins described in docs/rationale.md.
  }];
  let dependentDialects = [
    "arith::ArithDialect", "cf::ControlFlowDialect", "func::FuncDialect",
    "math::MathDialect", "myia::MyiaDialect", "tensor::TensorDialect",
    "ub::UBDialect"
  ];
  let options = [
    Option<"maxSpecialisations", "max-specialisations", "unsigned", "1000",
           "specialisations of one function or block before it is an error">
  ];
}

def MyiaScalarize : Pass<"myia-scalarize", "ModuleOp"> {
  let summary = "Replace aggregates by their elements and rank-0 arrays by scalars";
  let description = [{
    After it, no tuple, record, closure, iterator, derivative or static type and
    no rank-0 tensor is left: function signatures and block arguments hold one
    value per leaf. A public function keeps its Python-facing types in the
    attributes `myia.argument_types` and `myia.result_types`.
  }];
  let dependentDialects = ["arith::ArithDialect", "myia::MyiaDialect"];
}

def MyiaStructureControlFlow
    : Pass<"myia-structure-control-flow", "func::FuncOp"> {
  let summary = "Lift the CFG to scf.if, scf.while and scf.for";
  let description = [{
    Upstream's CFG-to-SCF lifting (Bahmann et al., "Perfect Reconstructability of
    Control Flow from Demand Dependence Graphs", TACO 2015) followed by what
    differentiation relies on: no `scf.index_switch`, `while` loops that count
    become `scf.for`.
  }];
  let dependentDialects = [
    "arith::ArithDialect", "scf::SCFDialect", "ub::UBDialect"
  ];
}

#endif // MYIA_PASSES_TD
