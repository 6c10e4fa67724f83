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
    no rank-0 tensor is left: function signatures, block arguments, stacks and
    boxes hold one value per leaf. An op of a single result that works element
    by element is repeated per leaf. A `myia.value_and_grad` asks for the
    gradients of the differentiable leaves; one that asks for none becomes a
    call. A `myia.entry` keeps its Python-facing types in the attributes
    `myia.argument_types` and `myia.result_types`.

    Before:
    ```mlir
    func.func @f(%t: !myia.tuple<f64, tensor<f32>>) -> f64 attributes {myia.entry}
    ```
    After:
    ```mlir
    func.func @f(%a: f64, %b: f32) -> f64 attributes {myia.entry,
        myia.argument_types = [!myia.tuple<f64, tensor<f32>>],
        myia.result_types = [f64]}
    ```
  }];
  let dependentDialects = [
    "arith::ArithDialect", "cf::ControlFlowDialect", "func::FuncDialect",
    "myia::MyiaDialect", "scf::SCFDialect", "tensor::TensorDialect",
    "ub::UBDialect"
  ];
}

def MyiaSimplifyBlocks : Pass<"myia-simplify-blocks", "func::FuncOp"> {
  let summary = "Clean a CFG up before it is lifted";
  let description = [{
    1. A conditional branch to a block that always raises becomes a conditional
       `myia.raise_if`.
    2. A block argument that always equals one value, also around loops, becomes
       that value: optimistic copy propagation, the pruning of Braun et al.,
       "Simple and Efficient Construction of Static Single Assignment Form"
       (CC 2013), extended to cycles.
    3. Values that no effect and no condition depends on go, cyclic ones too.
    4. A block is merged with its only successor when that has no other
       predecessor.

    Linear in the size of the function but for degenerate nests of loops.

    Before:
    ```mlir
      cf.br ^header(%n, %x : i64, f64)
    ^header(%m: i64, %y: f64):
      cf.cond_br %c, ^header(%m, %z : i64, f64), ^exit(%m : i64)
    ^exit(%k: i64):
      return %k : i64
    ```
    After:
    ```mlir
      cf.br ^header
    ^header:
      cf.cond_br %c, ^header, ^exit
    ^exit:
      return %n : i64
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "cf::ControlFlowDialect"];
}

def MyiaStructureControlFlow
    : Pass<"myia-structure-control-flow", "func::FuncOp"> {
  let summary = "Lift the CFG to scf";
  let description = [{
    Upstream's CFG-to-SCF lifting (Bahmann et al., "Perfect Reconstructability of
    Control Flow from Demand Dependence Graphs", TACO 2015). Every region of the
    result has one block; a loop is an `scf.while` that does its work in the
    first region, several exits a switch. -myia-normalize-loops gives these the
    form that differentiation relies on.
  }];
  let dependentDialects = [
    "arith::ArithDialect", "cf::ControlFlowDialect", "scf::SCFDialect",
    "ub::UBDialect"
  ];
}

def MyiaNormalizeLoops : Pass<"myia-normalize-loops", "func::FuncOp"> {
  let summary = "Give structured control flow the form that is differentiated";
  let description = [{
    Afterwards:

    * a loop that counts up to a bound by a positive constant is an `scf.for`
      (also over i64);
    * any other loop is an `scf.while` whose first region only computes the
      condition, of pure ops without regions, and hands on nothing that it
      computed;
    * there is no `scf.index_switch`.

    A loop of another form is rotated: its work moves to the second region, and
    a flag remembers whether to go on.

    Before:
    ```mlir
    %r = scf.while (%x = %a) : (f64) -> f64 {
      %y = func.call @f(%x) : (f64) -> f64
      %c = arith.cmpf olt, %y, %t : f64
      scf.condition(%c) %y : f64
    } do {
    ^bb0(%y: f64):
      scf.yield %y : f64
    }
    ```
    After:
    ```mlir
    %r:2 = scf.while (%go = %true, %x = %a, %z = %poison)
        : (i1, f64, f64) -> (f64, f64) {
      scf.condition(%go) %x, %z : f64, f64
    } do {
    ^bb0(%x: f64, %z: f64):
      %y = func.call @f(%x) : (f64) -> f64
      %c = arith.cmpf olt, %y, %t : f64
      scf.yield %c, %y, %y : i1, f64, f64
    }
    ```
  }];
  let dependentDialects = [
    "arith::ArithDialect", "scf::SCFDialect", "ub::UBDialect"
  ];
}

#endif // MYIA_PASSES_TD
