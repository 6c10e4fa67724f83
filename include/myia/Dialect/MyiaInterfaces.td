//===- MyiaInterfaces.td - What several ops can be asked ---*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_INTERFACES_TD
#define MYIA_INTERFACES_TD

include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"

def Myia_SeenBy : I64EnumAttr<"SeenBy", "who else sees an object that is updated", [
  I64EnumAttrCase<"none", 0>, I64EnumAttrCase<"witnesses", 1>,
  I64EnumAttrCase<"unknown", 2>, I64EnumAttrCase<"others", 3>
]> { let cppNamespace = "::mlir::myia"; }

def Myia_UpdateOpInterface : OpInterface<"UpdateOpInterface"> {
  let description = [{
    An op that gives the changed form of its first operand, which Python would
    change in place. `seen_by` says who else sees that object, and is looked at
    afterwards: `none`; at most the `witnesses`, whose types have to rule it out;
    `unknown`, which is refused for arrays and dicts, and checked for lists when
    the program runs; or `others`, which is refused. The last operands are the
    witnesses.
  }];
  let cppNamespace = "::mlir::myia";
  let methods = [
    InterfaceMethod<"Who else sees the object.",
                    "::mlir::myia::SeenBy", "getSeenBy">,
    InterfaceMethod<"The values that may be or hold the object.",
                    "::mlir::Operation::operand_range", "getWitnesses">
  ];
  let verify = [{
    return detail::verifyWitnesses(cast<UpdateOpInterface>($_op));
  }];
}

#endif // MYIA_INTERFACES_TD
