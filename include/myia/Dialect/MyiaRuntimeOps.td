//===- MyiaRuntimeOps.td - Objects and kernels -------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_RUNTIME_OPS_TD
#define MYIA_RUNTIME_OPS_TD

include "MyiaTypes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Myia_RuntimeOp<string mnemonic, list<Trait> traits = []>
    : Op<Myia_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// References
//===----------------------------------------------------------------------===//

def Myia_RetainOp : Myia_RuntimeOp<"retain", [MemoryEffects<[MemWrite]>]> {
  let summary = "one more reference to an object";
  let description = "Example: `myia.retain %a : tensor<3xf32>`. Null is allowed.";
  let arguments = (ins Myia_Counted:$object);
  let assemblyFormat = "$object attr-dict `:` type($object)";
}

def Myia_ReleaseOp : Myia_RuntimeOp<"release", [MemoryEffects<[MemWrite]>]> {
  let summary = "one reference to an object less";
  let description = [{
    The last reference frees it. Null is allowed.

    ```mlir
    myia.release %a : tensor<3xf32>
    ```
  }];
  let arguments = (ins Myia_Counted:$object);
  let assemblyFormat = "$object attr-dict `:` type($object)";
}

def Myia_OwnOp : Myia_RuntimeOp<"own", [MemoryEffects<[MemWrite]>,
                                        SameOperandsAndResultType]> {
  let summary = "an object that has no other reference";
  let description = [{
    Gives up one reference to `object` and returns the same array or stack with
    exactly one: `object` itself when that was the only one, a copy otherwise.
    `-myia-count-references` puts it before an update in place whose operand is
    not known to be unshared.

    ```mlir
    %b = myia.own %a : tensor<3xf32>
    ```
  }];
  let arguments = (ins Myia_Counted:$object);
  let results = (outs Myia_Counted:$result);
  let assemblyFormat = "$object attr-dict `:` type($object)";
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

def Myia_LaunchOp
    : Myia_RuntimeOp<"launch", [MemoryEffects<[MemWrite]>, AttrSizedOperandSegments,
                                DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "run a kernel";
  let description = [{
    `kernel` is a function in destination-passing style: it takes the inputs
    (arrays as memrefs, scalars as they are), then one memref per array result
    that it writes; it returns the scalar results. An array result is a fresh
    array, unless `destinations` are given: then each array result is the
    destination, updated in place (which consumes it). `sizes` are the unknown
    dimensions of fresh arrays.

    C1. The kernel's parameters are the inputs, then the array results, with
        memrefs in place of tensors; its results are the scalar results.
    C2. There are no destinations, or those of the types of the array results.
    C3. `sizes` are the unknown dimensions of the array results, none with
        destinations.

    ```mlir
    %c = myia.launch @add(%a, %b) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %d = myia.launch @increment(%a) into(%c : tensor<3xf32>)
        : (tensor<3xf32>) -> tensor<3xf32>
    %e = myia.launch @fill(%x) sizes(%n) : (f32) -> tensor<?xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Myia_Typed>:$inputs,
                       Variadic<Index>:$sizes, Variadic<Myia_Array>:$destinations);
  let results = (outs Variadic<Myia_Typed>:$results);
  let assemblyFormat = [{
    $kernel `(` $inputs `)` (`sizes` `(` $sizes^ `)`)? (`into` `(` $destinations^ `:` type($destinations) `)`)?
    attr-dict `:` functional-type($inputs, $results)
  }];
  let extraClassDeclaration = [{
    /// The type of a kernel that takes `inputs` and gives `results`.
    static ::mlir::FunctionType getKernelType(::mlir::TypeRange inputs,
                                              ::mlir::TypeRange results,
                                              ::mlir::MLIRContext *context);
  }];
}

#endif // MYIA_RUNTIME_OPS_TD
