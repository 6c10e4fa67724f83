//===- MyiaListOps.td - Lists ------------------------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lists are values here: an op that changes one gives a new list. Positions are
// valid: what may be out of range is checked before, by `myia.raise_if`.
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_LIST_OPS_TD
#define MYIA_LIST_OPS_TD

include "MyiaTypes.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Myia_ListOp<string mnemonic, list<Trait> traits = []>
    : Op<Myia_Dialect, mnemonic, traits>;

/// Two lists that are made are two lists, even if they are equal: each is
/// changed by itself. That is what the effect says.
def Myia_NewList : Res<Myia_ListType, "", [MemAlloc]>;

def Myia_MakeListOp : Myia_ListOp<"make_list"> {
  let summary = "a list of given elements";
  let description = [{
    C1. The operands are `count` elements, each of the list's element types.

    ```mlir
    %xs = myia.make_list 2(%a, %b) : (f64, f64) -> !myia.list<f64>
    ```
  }];
  let arguments = (ins I64Attr:$count, Variadic<Myia_Typed>:$values);
  let results = (outs Myia_NewList:$result);
  let assemblyFormat = "$count `(` $values `)` attr-dict `:` functional-type($values, $result)";
  let hasVerifier = 1;
}

def Myia_ListCopyOp : Myia_ListOp<"list_copy", [AllTypesMatch<["list", "result"]>]> {
  let summary = "a new list of the same elements";
  let description = [{
    ```mlir
    %ys = myia.list_copy %xs : !myia.list<f64>
    ```
  }];
  let arguments = (ins Myia_ListType:$list);
  let results = (outs Myia_NewList:$result);
  let assemblyFormat = "$list attr-dict `:` type($list)";
}

def Myia_ListLengthOp : Myia_ListOp<"list_length", [Pure]> {
  let summary = "the number of elements of a list";
  let description = [{
    ```mlir
    %n = myia.list_length %xs : !myia.list<f64>
    ```
  }];
  let arguments = (ins Myia_ListType:$list);
  let results = (outs I64:$length);
  let assemblyFormat = "$list attr-dict `:` type($list)";
}

def Myia_ListGetOp : Myia_ListOp<"list_get", [Pure]> {
  let summary = "an element of a list";
  let description = [{
    C1. The result types are the element types of the list.

    ```mlir
    %x = myia.list_get %xs[%i] : (!myia.list<f64>) -> f64
    ```
  }];
  let arguments = (ins Myia_ListType:$list, I64:$index);
  let results = (outs Variadic<Myia_Typed>:$values);
  let assemblyFormat = "$list `[` $index `]` attr-dict `:` functional-type($list, $values)";
  let hasVerifier = 1;
}

def Myia_ListSetOp : Myia_ListOp<"list_set", [Pure, AllTypesMatch<["list", "result"]>]> {
  let summary = "a list with one element replaced";
  let description = [{
    Consumes the list and the values.

    C1. The values are of the element types of the list.

    ```mlir
    %ys = myia.list_set %xs[%i] = %x : !myia.list<f64>, f64
    ```
  }];
  let arguments = (ins Myia_ListType:$list, I64:$index, Variadic<Myia_Typed>:$values);
  let results = (outs Myia_ListType:$result);
  let assemblyFormat = [{
    $list `[` $index `]` `=` $values attr-dict `:` type($list) (`,` type($values)^)?
  }];
  let hasVerifier = 1;
}

def Myia_ListAppendOp
    : Myia_ListOp<"list_append", [Pure, AllTypesMatch<["list", "result"]>]> {
  let summary = "a list with one more element at its end";
  let description = [{
    Consumes the list and the values. The time is constant, on average, when the
    list is changed in place.

    C1. The values are of the element types of the list.

    ```mlir
    %ys = myia.list_append %xs, %x : !myia.list<f64>, f64
    ```
  }];
  let arguments = (ins Myia_ListType:$list, Variadic<Myia_Typed>:$values);
  let results = (outs Myia_ListType:$result);
  let assemblyFormat = [{
    $list (`,` $values^)? attr-dict `:` type($list) (`,` type($values)^)?
  }];
  let hasVerifier = 1;
}

def Myia_ListPopOp : Myia_ListOp<"list_pop", [Pure, AllTypesMatch<["list", "rest"]>]> {
  let summary = "the last element of a list, and the list without it";
  let description = [{
    Consumes the list, which is not empty.

    C1. The values are of the element types of the list.

    ```mlir
    %ys, %x = myia.list_pop %xs : (!myia.list<f64>) -> (!myia.list<f64>, f64)
    ```
  }];
  let arguments = (ins Myia_ListType:$list);
  let results = (outs Myia_ListType:$rest, Variadic<Myia_Typed>:$values);
  let assemblyFormat = "$list attr-dict `:` functional-type($list, results)";
  let hasVerifier = 1;
}

def Myia_ListTakeOp
    : Myia_ListOp<"list_take", [Pure, AllTypesMatch<["list", "rest"]>]> {
  let summary = "an element moved out of a list, to be changed and put back";
  let description = [{
    Consumes the list. Its place holds no object until `myia.list_set` puts the
    changed element back, so the list does not count as one who sees it.

    C1. The values are of the element types of the list.

    ```mlir
    %rest, %row = myia.list_take %grid[%i] : (!myia.list<!myia.list<f64>>)
        -> (!myia.list<!myia.list<f64>>, !myia.list<f64>)
    ```
  }];
  let arguments = (ins Myia_ListType:$list, I64:$index);
  let results = (outs Myia_ListType:$rest, Variadic<Myia_Typed>:$values);
  let assemblyFormat = "$list `[` $index `]` attr-dict `:` functional-type($list, results)";
  let hasVerifier = 1;
}

def Myia_ListRenewOp : Myia_ListOp<"list_renew", [AllTypesMatch<["list", "old"]>]> {
  let summary = "an empty list that will take the place of another";
  let description = [{
    The elements of `old`, which is the operand, will be converted and appended
    to `result`, which has room for them. What others see of the operand they
    will not see of `result`; so if there are others, both lists are marked, and
    `myia.unshared` refuses them.

    ```mlir
    %old, %ys = myia.list_renew %xs : !myia.list<i64> -> !myia.list<f64>
    ```
  }];
  let arguments = (ins Myia_ListType:$list);
  let results = (outs Myia_ListType:$old, Myia_NewList:$result);
  let assemblyFormat = "$list attr-dict `:` type($list) `->` type($result)";
}

def Myia_UnsharedOp
    : Myia_ListOp<"unshared", [MemoryEffects<[MemWrite]>, SameOperandsAndResultType]> {
  let summary = "an object that nothing else refers to, or an error";
  let description = [{
    Raises RuntimeError when an update of the object would be seen through
    another reference, which in Python it would, and as a value it would not.

    ```mlir
    %ys = myia.unshared %xs : !myia.list<f64>
    ```
  }];
  let arguments = (ins Myia_Counted:$object);
  let results = (outs Myia_Counted:$result);
  let assemblyFormat = "$object attr-dict `:` type($object)";
}

//===----------------------------------------------------------------------===//
// Cotangents of lists
//===----------------------------------------------------------------------===//
//
// The cotangent of a list is a list of the parts that have one: of each
// element, what can be differentiated. A part that is absent, because the list
// ends before it, is no object, or there is no list (`myia.zero`), is zero. So
// a sum touches only what contributes. Nothing but the ops below,
// `myia.accumulate` and `myia.fill` may see such a list; -myia-expand-cotangents replaces them.

def Myia_ListPartOp : Myia_ListOp<"list_part", [Pure]> {
  let summary = "a part of the cotangent of a list; zero if it is absent";
  let description = [{
    The adjoint of `myia.list_add`, as a gather is of an adding scatter. `sizes`
    are the unknown sizes of the results, in order.

    C1. The result types are the element types of the list.
    C2. There is a size for each unknown dimension of the results.

    ```mlir
    %dx, %da = myia.list_part %dxs[%i] sizes(%n)
        : (!myia.list<f64, tensor<?xf64>>) -> (f64, tensor<?xf64>)
    ```
  }];
  let arguments = (ins Myia_ListType:$list, I64:$index, Variadic<Index>:$sizes);
  let results = (outs Variadic<Myia_Typed>:$values);
  let assemblyFormat = [{
    $list `[` $index `]` (`sizes` `(` $sizes^ `)`)? attr-dict `:` functional-type($list, $values)
  }];
  let hasVerifier = 1;
}

def Myia_ListAddOp : Myia_ListOp<"list_add", [Pure, AllTypesMatch<["list", "result"]>]> {
  let summary = "the cotangent of a list after adding to one part";
  let description = [{
    C1. The values are of the element types of the list.

    ```mlir
    %1 = myia.list_add %dxs[%i] plus %dx : !myia.list<f64>, f64
    ```
  }];
  let arguments = (ins Myia_ListType:$list, I64:$index, Variadic<Myia_Typed>:$values);
  let results = (outs Myia_ListType:$result);
  let assemblyFormat = [{
    $list `[` $index `]` `plus` $values attr-dict `:` type($list) `,` type($values)
  }];
  let hasVerifier = 1;
}

def Myia_ListClearOp
    : Myia_ListOp<"list_clear", [Pure, AllTypesMatch<["list", "result"]>]> {
  let summary = "the cotangent of a list without one part";
  let description = [{
    What `myia.list_set` leaves of the cotangent of the list before it.

    ```mlir
    %1 = myia.list_clear %dxs[%i] : !myia.list<f64>
    ```
  }];
  let arguments = (ins Myia_ListType:$list, I64:$index);
  let results = (outs Myia_ListType:$result);
  let assemblyFormat = "$list `[` $index `]` attr-dict `:` type($list)";
}

#endif // MYIA_LIST_OPS_TD
