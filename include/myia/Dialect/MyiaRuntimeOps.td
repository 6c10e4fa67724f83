//===- MyiaRuntimeOps.td - Objects and kernels -------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_RUNTIME_OPS_TD
#define MYIA_RUNTIME_OPS_TD

include "MyiaTypes.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Myia_RuntimeOp<string mnemonic, list<Trait> traits = []>
    : Op<Myia_Dialect, mnemonic, traits>;

def Myia_RetainOp : Myia_RuntimeOp<"retain", [MemoryEffects<[MemWrite]>]> {
  let summary = "one more reference to an object";
  let description = "Example: `myia.retain %a : tensor<3xf32>`. Null is allowed.";
  let arguments = (ins Myia_Typed:$object);
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
  let arguments = (ins Myia_Typed:$object);
  let assemblyFormat = "$object attr-dict `:` type($object)";
}

#endif // MYIA_RUNTIME_OPS_TD
