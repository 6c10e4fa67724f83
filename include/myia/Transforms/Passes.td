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

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

def MyiaLowerErrors : Pass<"myia-lower-errors", "ModuleOp"> {
  let summary = "Make errors, interrupts and deep recursion explicit";
  let description = [{
    `myia.raise_if` becomes a branch to a call of `myia_raise` with a constant
    that names the exception and its place. Loop headers poll the interrupt flag,
    but for counted loops that only compute. The prologue of a recursive function
    raises RecursionError when little stack is left; functions that may reach one
    get the attribute `myia.recursive`.

    ```mlir
    myia.raise_if %c, "ValueError"("negative")
    // becomes
    scf.if %c {
      %site = llvm.mlir.addressof @myia_site : !llvm.ptr
      llvm.call @myia_raise(%site) : (!llvm.ptr) -> ()
    }
    ```

    Algorithm: strongly connected components of the call graph (Tarjan).
  }];
  let dependentDialects = [
    "arith::ArithDialect", "LLVM::LLVMDialect", "scf::SCFDialect"
  ];
}

def MyiaLowerContainers : Pass<"myia-lower-containers", "ModuleOp"> {
  let summary = "Turn stacks and boxes into loads and stores";
  let description = [{
    Pushing and popping are inline, with a call of the runtime where a chunk
    begins or ends; a box is an object whose payload is the record. Every value
    takes a slot of 8 bytes. Layouts tell the runtime where references lie (see
    `Runtime.h`). References move into a stack with push and out with pop; into
    a box with box, while unbox retains what it takes out.

    ```mlir
    %s1 = myia.push %s0, %x : f64
    // becomes, in short
    if (limit - top < 8) call @myia_stack_grow(%s0, 8)
    llvm.store %x, %top
    ```
  }];
  let dependentDialects = [
    "arith::ArithDialect", "LLVM::LLVMDialect", "scf::SCFDialect",
    "myia::MyiaDialect"
  ];
}

def MyiaLowerRuntime : Pass<"myia-lower-runtime", "ModuleOp"> {
  let summary = "Turn objects into pointers";
  let description = [{
    Arrays, stacks and boxes become `!llvm.ptr`, the address of the object's
    header. A launch allocates its results and calls the kernel with the
    addresses of the elements; element access is a load or a store; a matrix
    product is a call of the runtime; counting is a call each.

    ```mlir
    %c = myia.launch @add(%a, %b) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    // becomes
    %c = llvm.call @myia_array_allocate(%c12) : (i64) -> !llvm.ptr
    func.call @add(%a_data, %b_data, %c_data) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> ()
    ```

    Limits: static shapes, and what -myia-outline-kernels leaves.
  }];
  let dependentDialects = [
    "arith::ArithDialect", "LLVM::LLVMDialect", "func::FuncDialect"
  ];
}

def MyiaWrapEntries : Pass<"myia-wrap-entries", "ModuleOp"> {
  let summary = "Give every entry the calling convention of MyiaEntry";
  let description = [{
    For each function `f` with `myia.entry`, the public function
    `myia_entry_f(arguments, results)` loads one 64-bit slot per argument and
    stores one per result. Arguments are borrowed: those that `f` consumes
    (`myia.owned`) are retained. An entry that may recurse runs on the large
    stack. All other functions become internal.

    ```mlir
    func.func @myia_entry_f(%arguments: !llvm.ptr, %results: !llvm.ptr)
    ```
  }];
  let dependentDialects = [
    "arith::ArithDialect", "LLVM::LLVMDialect", "func::FuncDialect"
  ];
}

def MyiaLowerMath : Pass<"myia-lower-math", "ModuleOp"> {
  let summary = "Choose how mathematical functions are computed";
  let description = [{
    Single-precision exp, tanh, erf and expm1 become polynomials that the
    optimiser can vectorise; functions without an accurate LLVM intrinsic become
    calls of the C library. Floating-point arithmetic may be contracted to fused
    multiply-adds; nothing else is relaxed here.

    ```mlir
    %y = math.tanh %x : f64
    // becomes
    %y = func.call @tanh(%x) : (f64) -> f64
    ```
  }];
  let dependentDialects = [
    "arith::ArithDialect", "func::FuncDialect", "LLVM::LLVMDialect",
    "math::MathDialect", "vector::VectorDialect"
  ];
}

#endif // MYIA_PASSES_TD
