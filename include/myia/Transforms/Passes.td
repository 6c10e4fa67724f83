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
    "math::MathDialect", "myia::MyiaDialect", "scf::SCFDialect", "tensor::TensorDialect",
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

def MyiaEraseSigns : Pass<"myia-erase-signs", "ModuleOp"> {
  let summary = "Replace unsigned integers by signless ones";
  let description = [{
    Inference chose signed or unsigned operations by the types; afterwards the
    types say nothing more. Every unsigned integer type becomes signless and
    every `myia.sign_cast` goes. Entries keep the types that Python sees in
    their attributes.

    Before:
    ```mlir
    %b = myia.sign_cast %a : tensor<3xui8> -> tensor<3xi8>
    %c = arith.divui %b, %b : tensor<3xi8>
    ```
    After:
    ```mlir
    %c = arith.divui %a, %a : tensor<3xi8>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect"];
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

def MyiaLiftInputs : Pass<"myia-lift-inputs", "ModuleOp"> {
  let summary = "Make parameters of what the program reads beside its arguments";
  let description = [{
    A function that holds a `myia.input`, or calls one that does, gets it as a
    further parameter. Those of the entry come last, in the order of their
    indices, which its attribute `myia.inputs` lists.

    Before:
    ```mlir
    func.func @main(%x: tensor<3xf64>) -> tensor<3xf64> attributes {myia.entry} {
      %w = myia.input 0 : tensor<3xf64>
      %y = arith.mulf %x, %w : tensor<3xf64>
      return %y : tensor<3xf64>
    }
    ```
    After:
    ```mlir
    func.func @main(%x: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64>
        attributes {myia.entry, myia.inputs = array<i64: 0>} {
      %y = arith.mulf %x, %w : tensor<3xf64>
      return %y : tensor<3xf64>
    }
    ```
  }];
  let dependentDialects = ["func::FuncDialect"];
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

def MyiaInsertPolls : Pass<"myia-insert-polls", "ModuleOp"> {
  let summary = "Keep loops and recursions that may never end";
  let description = [{
    Puts a `myia.poll`, whose effect keeps it from being removed as dead, into the
    first region of each `scf.while` and at the beginning of each function that may
    call itself. -myia-normalize-loops takes it out of loops that count.

    Before:
    ```mlir
    scf.while : () -> () {
      %c = arith.cmpi sgt, %n, %zero : i64
      scf.condition(%c)
    } do {
      scf.yield
    }
    ```
    After:
    ```mlir
    scf.while : () -> () {
      myia.poll
      %c = arith.cmpi sgt, %n, %zero : i64
      scf.condition(%c)
    } do {
      scf.yield
    }
    ```

    Algorithm: strongly connected components of the call graph (Tarjan).
  }];
  let dependentDialects = ["myia::MyiaDialect"];
}

def MyiaNormalizeLoops : Pass<"myia-normalize-loops", "func::FuncOp"> {
  let summary = "Give structured control flow the form that is differentiated";
  let description = [{
    Afterwards:

    * a loop that counts up or down to a bound by a constant is an `scf.for`
      (also over i64); downwards, it runs over the complement of the counter;
    * any other loop is an `scf.while` whose first region only computes the
      condition, of pure ops without regions, and hands on nothing that it
      computed;
    * there is no `scf.index_switch`;
    * a `myia.poll` is in the second region of an `scf.while`, never in the body of
      an `scf.for`, which ends.

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
    "arith::ArithDialect", "myia::MyiaDialect", "scf::SCFDialect",
    "ub::UBDialect"
  ];
}

def MyiaInline : Pass<"myia-inline", "ModuleOp"> {
  let summary = "Inline functions that are small or called once";
  let description = [{
    What is inlined is decided bottom-up, by the size that a function has once
    its own calls are inlined; inlining goes top-down, so that every operation
    is copied once and the time is linear in the size of the result. A function
    that may call itself, directly or through others, stays as it is; so does
    one with unstructured control flow that is called from within a loop or
    branch.

    Before:
    ```mlir
    func.func private @square(%x: f64) -> f64 {
      %0 = arith.mulf %x, %x : f64
      return %0 : f64
    }
    func.func @f(%x: f64) -> f64 {
      %0 = call @square(%x) : (f64) -> f64
      return %0 : f64
    }
    ```
    After:
    ```mlir
    func.func @f(%x: f64) -> f64 {
      %0 = arith.mulf %x, %x : f64
      return %0 : f64
    }
    ```
  }];
  let options = [
    Option<"maxSize", "max-size", "unsigned", "100",
           "the most operations of a function that is inlined at several calls">
  ];
}

def MyiaPropagateConstants : Pass<"myia-propagate-constants", "ModuleOp"> {
  let summary = "Sparse conditional constant propagation, through loops and calls";
  let description = [{
    Replaces numbers that are the same whenever the program gets to them, where
    branches that are never taken do not count: Wegman and Zadeck, "Constant
    Propagation with Conditional Branches", TOPLAS 1991, section 3.4. The
    analysis is upstream's, see rationale.md for what is different.

    Before:
    ```mlir
    func.func private @scale(%x: f64, %k: f64) -> f64 {
      %0 = arith.mulf %x, %k : f64
      return %0 : f64
    }
    func.func @f(%x: f64) -> f64 {
      %two = arith.constant 2.0 : f64
      %0 = call @scale(%x, %two) : (f64, f64) -> f64
      %1 = call @scale(%0, %two) : (f64, f64) -> f64
      return %1 : f64
    }
    ```
    After:
    ```mlir
    func.func private @scale(%x: f64, %k: f64) -> f64 {
      %two = arith.constant 2.0 : f64
      %0 = arith.mulf %x, %two : f64
      return %0 : f64
    }
    ```
  }];
}

def MyiaRemoveDeadValues : Pass<"myia-remove-dead-values", "ModuleOp"> {
  let summary = "Remove arguments, results and loop variables that nothing needs";
  let description = [{
    Marks what effects and the results of public functions depend on, through
    loops, branches, calls and recursion; the rest is dead even where it keeps
    itself alive around a cycle. Dead arguments and results of private functions
    are erased, as are calls without effect whose results are dead. Dead loop
    variables and branch results get `ub.poison`, which canonicalisation removes.

    Functions that are referred to other than by a call keep their signature,
    and functions with several blocks keep all they compute.

    Before:
    ```mlir
    func.func private @f(%n: i64, %x: f64, %dead: f64) -> (f64, f64) {
      %0 = arith.mulf %x, %dead : f64
      return %x, %0 : f64, f64
    }
    func.func @g(%n: i64, %x: f64) -> f64 {
      %0:2 = call @f(%n, %x, %x) : (i64, f64, f64) -> (f64, f64)
      return %0#0 : f64
    }
    ```
    After:
    ```mlir
    func.func private @f(%x: f64) -> f64 {
      return %x : f64
    }
    func.func @g(%n: i64, %x: f64) -> f64 {
      %0 = call @f(%x) : (f64) -> f64
      return %0 : f64
    }
    ```
  }];
  let dependentDialects = ["ub::UBDialect"];
}

def MyiaDifferentiate : Pass<"myia-differentiate", "ModuleOp"> {
  let summary = "Replace derivative ops by ordinary functions";
  let description = [{
    Reverse mode on flat, structured typed IR. For each function `f` that a
    `myia.value_and_grad` reaches, and the arguments and results that matter:

    * `f.fwd(arguments) -> (results, residuals)` computes `f` and returns what
      the reverse sweep needs;
    * `f.bwd(residuals, cotangents, accumulators) -> cotangents` adds to the
      arguments' cotangents.

    A loop's residuals are records on a `!myia.stack`, a recursive function's a
    `!myia.box`. The result is typed IR of the same kind, so a derivative of a
    derivative needs nothing more; ops are replaced innermost first. The rules
    are in `Rules.td`. Tensors whose broadcasts have unknown dimensions are
    refused, as is a function that takes its own derivative.

    ```mlir
    %v, %dx = myia.value_and_grad @f(%x) wrt [0] : (f64) -> (f64, f64)
    ```
    becomes
    ```mlir
    %v, %r = call @f.fwd(%x) : (f64) -> (f64, f64)
    %one = arith.constant 1.0 : f64
    %zero = myia.zero : f64
    %dx = call @f.bwd(%r, %one, %zero) : (f64, f64, f64) -> f64
    ```
  }];
  let dependentDialects = [
    "arith::ArithDialect", "func::FuncDialect", "math::MathDialect",
    "myia::MyiaDialect", "scf::SCFDialect", "tensor::TensorDialect",
    "ub::UBDialect"
  ];
}

def MyiaExpandCotangents : Pass<"myia-expand-cotangents", "ModuleOp"> {
  let summary = "Replace what is done with cotangents of boxes and lists by calls";
  let description = [{
    The cotangent of an instance of a recursive class that is used more than
    once is a sum: member by member, where a box that is null counts as zero.
    That of a list is a list where much is absent: what reads and adds to its
    parts (`myia.list_part`, `list_add`, `list_clear`, `fill`) tests for
    that. Each becomes a call of a function, one per op and type; data may hold
    data of its own type, so the functions may be recursive.

    To be run when nothing is differentiated any more.

    ```mlir
    %0 = myia.accumulate %a, %b : !myia.box<@node$ct>
    ```
    becomes
    ```mlir
    %0 = call @node$ct.add(%a, %b) : (!myia.box<@node$ct>, !myia.box<@node$ct>) -> !myia.box<@node$ct>
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "func::FuncDialect",
                           "scf::SCFDialect", "ub::UBDialect"];
}

def MyiaExpandAccumulate : Pass<"myia-expand-accumulate"> {
  let summary = "Replace sums and scalar zeros of cotangents by arithmetic";
  let description = [{
    To be run after inlining, when `myia.accumulate` has met the `myia.zero` ops
    that it folds with.

    ```mlir
    %0 = myia.accumulate %a, %b : f64
    ```
    becomes
    ```mlir
    %0 = arith.addf %a, %b : f64
    ```
  }];
  let dependentDialects = ["arith::ArithDialect"];
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

def MyiaLowerArrays : Pass<"myia-lower-arrays", "func::FuncOp"> {
  let summary = "Turn array ops into linalg ops";
  let description = [{
    Array ops, and `arith` and `math` ops on arrays, become `linalg.generic` on
    tensors. Loops run in the order of the operand's memory; sums may be
    reassociated. An array of equal constants is a scalar in its body; a slice
    reads its elements in its body.

    ```mlir
    %s = myia.reduce sum %a axes [1] : tensor<4x8xf32> -> tensor<4xf32>
    // becomes
    %zero = linalg.fill ... -> tensor<4xf32>
    %s = linalg.generic {iterator_types = ["parallel", "reduction"], ...}
        ins(%a : tensor<4x8xf32>) outs(%zero : tensor<4xf32>) { ... }
    ```

    What stays: `myia.matmul` of f32 and f64, `myia.reshape`, element access and
    `tensor.insert_slice`.

    Limits: static shapes; `-myia-expand-accumulate` has replaced
    `myia.accumulate`, containers of cotangents cannot be added.
  }];
  let dependentDialects = [
    "arith::ArithDialect", "linalg::LinalgDialect", "math::MathDialect",
    "myia::MyiaDialect", "scf::SCFDialect", "tensor::TensorDialect"
  ];
}

def MyiaFuseArrays : Pass<"myia-fuse-arrays", "func::FuncOp"> {
  let summary = "Compute elements where they are used";
  let description = [{
    Fuses a producer into its consumer, a reduction too, when that costs no more
    than storing the array: broadcasts, transpositions, slices and fills always;
    computations when the consumer is the only user and does not repeat costly
    ones. Reads of an array that is updated somewhere stay where they are, so that
    the update can happen in place.

    ```mlir
    %b = arith.mulf %a, %a : tensor<8xf32>
    %s = myia.reduce sum %b axes [0] : tensor<8xf32> -> f32
    // became two linalg.generic and becomes one
    ```
  }];
  let dependentDialects = ["affine::AffineDialect", "linalg::LinalgDialect"];
}

def MyiaOutlineKernels : Pass<"myia-outline-kernels", "ModuleOp"> {
  let summary = "Turn each array computation into a kernel and its launch";
  let description = [{
    Every linalg op becomes a private function (`myia.kernel`) on memrefs that
    writes its results into buffers of the caller, and a `myia.launch`. A result
    of rank 0 is returned as a scalar. An op that updates its output (an
    accumulation, `tensor.insert_slice`) takes it as a destination. Equal kernels
    are shared.

    ```mlir
    %r = linalg.generic ... ins(%a : tensor<8xf32>) outs(%empty : tensor<8xf32>)
    // becomes
    %r = myia.launch @kernel(%a) : (tensor<8xf32>) -> tensor<8xf32>
    func.func private @kernel(%a: memref<8xf32>, %out: memref<8xf32>)
    ```
  }];
  let dependentDialects = [
    "func::FuncDialect", "linalg::LinalgDialect", "memref::MemRefDialect",
    "myia::MyiaDialect"
  ];
}

def MyiaSinkExitValues : Pass<"myia-sink-exit-values", "func::FuncOp"> {
  let summary = "Give what a loop's end needs only where the loop ends";
  let description = [{
    A lifted loop gives in every iteration what would be used if it ended there. An
    object that is then updated for the next iteration would be alive beside its
    update, which must copy it. Where the flag of the loop says that it goes on,
    such a value becomes poison: the branch in which it is used last gives it.

    Before:
    ```mlir
    ^bb0(%a: tensor<4xf64>, %last: tensor<4xf64>):
      %next = scf.if %c -> (tensor<4xf64>) {
        %b = tensor.insert %x into %a[%i] : tensor<4xf64>
        scf.yield %b : tensor<4xf64>
      } else {
        scf.yield %poison : tensor<4xf64>
      }
      scf.yield %c, %next, %a : i1, tensor<4xf64>, tensor<4xf64>
    ```
    After:
    ```mlir
    ^bb0(%a: tensor<4xf64>, %last: tensor<4xf64>):
      %next, %exit = scf.if %c -> (tensor<4xf64>, tensor<4xf64>) {
        %b = tensor.insert %x into %a[%i] : tensor<4xf64>
        scf.yield %b, %poison : tensor<4xf64>, tensor<4xf64>
      } else {
        scf.yield %poison, %a : tensor<4xf64>, tensor<4xf64>
      }
      scf.yield %c, %next, %exit : i1, tensor<4xf64>, tensor<4xf64>
    ```
  }];
  let dependentDialects = ["scf::SCFDialect", "ub::UBDialect"];
}

def MyiaCountReferences : Pass<"myia-count-references", "ModuleOp"> {
  let summary = "Insert retain and release; make updates happen in place";
  let description = [{
    Gives every array, stack and box exactly the references it needs. A value owns
    one reference from its definition to its last use; operations that store,
    carry, return or update it consume the reference, all others borrow. Values
    captured by a loop are borrowed by its body; each branch of an `scf.if` ends a
    value's life by itself. Parameters are borrowed unless the function consumes
    them (`myia.owned`). An update whose operand may be shared gets a `myia.own`,
    outside the loop where there is one.

    ```mlir
    %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
    %s = myia.push %s0, %b : tensor<3xf32>
    %e = tensor.extract %b[%i] : tensor<3xf32>
    // becomes
    %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
    myia.retain %b : tensor<3xf32>
    %s = myia.push %s0, %b : tensor<3xf32>
    %e = tensor.extract %b[%i] : tensor<3xf32>
    myia.release %b : tensor<3xf32>
    ```

    Afterwards operations on objects must not be merged or moved: run CSE before.

    Source: Reinking, Xie, de Moura, Leijen, "Perceus: Garbage Free Reference
    Counting with Reuse", PLDI 2021.
  }];
  let dependentDialects = ["myia::MyiaDialect", "scf::SCFDialect"];
}

def MyiaReuseBuffers : Pass<"myia-reuse-buffers", "ModuleOp"> {
  let summary = "Compute results in the memory of operands that die";
  let description = [{
    A launch whose input is released right after it, is not shared, and is read
    element by element where the result is written, writes its result there. The
    kernel gets a variant without that input.

    ```mlir
    %b = myia.launch @k(%a) : (tensor<3xf32>) -> tensor<3xf32>
    myia.release %a : tensor<3xf32>
    // becomes
    %b = myia.launch @k_0() into(%a : tensor<3xf32>) : () -> tensor<3xf32>
    ```

    Runs after -myia-count-references, of which it relies on the releases.
    Kernels that nothing launches any more are left for -symbol-dce.
  }];
  let dependentDialects = ["func::FuncDialect", "myia::MyiaDialect"];
}

def MyiaLowerErrors : Pass<"myia-lower-errors", "ModuleOp"> {
  let summary = "Make errors, interrupts and deep recursion explicit";
  let description = [{
    `myia.raise_if` becomes a branch to a call of `myia_raise` with a constant
    that names the exception and its place. Loop headers poll the interrupt flag;
    a counted loop that only computes does so every 65536 turns. Before its recursive calls
    a function calls the runtime when less stack is left than `myia_stack_guard`
    says, which raises RecursionError or, since a request sets the guard out of
    reach, handles an interrupt; functions that may reach one get
    the attribute `myia.recursive`. `myia.poll` is dropped.

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
    calls of the C library. The products of a reduction may be contracted with its
    sum to fused multiply-adds; nothing else is relaxed here.

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
