//===- MyiaTypedOps.td - Aggregates, derivatives, containers -*- tablegen -*-==//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_TYPED_OPS_TD
#define MYIA_TYPED_OPS_TD

include "MyiaTypes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Myia_TypedOp<string mnemonic, list<Trait> traits = []>
    : Op<Myia_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Aggregates: gone after -myia-scalarize
//===----------------------------------------------------------------------===//

def Myia_PackOp : Myia_TypedOp<"pack", [Pure]> {
  let summary = "an aggregate from its elements";
  let description = [{
    Makes a tuple, record, closure, derivative, iterator, complex or static value
    (which has no elements).

    C1. The operand types are the element types of the result type.

    ```mlir
    %t = myia.pack %a, %b : (i64, f64) -> !myia.tuple<i64, f64>
    ```
  }];
  let arguments = (ins Variadic<Myia_Typed>:$elements);
  let results = (outs Myia_Aggregate:$aggregate);
  let assemblyFormat = "$elements attr-dict `:` functional-type($elements, $aggregate)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_UnpackOp : Myia_TypedOp<"unpack", [Pure]> {
  let summary = "the elements of an aggregate";
  let description = [{
    The inverse of `myia.pack`.

    C1. The result types are the element types of the operand type.

    ```mlir
    %a, %b = myia.unpack %t : (!myia.tuple<i64, f64>) -> (i64, f64)
    ```
  }];
  let arguments = (ins Myia_Aggregate:$aggregate);
  let results = (outs Variadic<Myia_Typed>:$elements);
  let assemblyFormat = "$aggregate attr-dict `:` functional-type($aggregate, $elements)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Myia_InjectOp : Myia_TypedOp<"inject", [Pure]> {
  let summary = "a union from its tag and the values of some alternatives";
  let description = [{
    `alternatives` are the positions, in the result type, of the values. Those
    that are not given are poison: the tag says that they do not hold.

    C1. There is one position per value, and each value is of the type of its
        alternative.

    ```mlir
    %u = myia.inject %tag, %x [1] : (f64) -> !myia.union<!myia.static<unit>, f64>
    ```
  }];
  let arguments = (ins I64:$tag, Variadic<Myia_Typed>:$values,
                       DenseI64ArrayAttr:$alternatives);
  let results = (outs Myia_Union:$result);
  let assemblyFormat = [{
    $tag (`,` $values^)? $alternatives attr-dict `:` functional-type($values, $result)
  }];
  let hasVerifier = 1;
}

def Myia_TagOp : Myia_TypedOp<"tag", [Pure]> {
  let summary = "the position of the alternative that a union holds";
  let description = "Example: `%t = myia.tag %u : !myia.union<!myia.static<unit>, f64>`.";
  let arguments = (ins Myia_Union:$operand);
  let results = (outs I64:$tag);
  let assemblyFormat = "$operand attr-dict `:` qualified(type($operand))";
}

def Myia_ProjectOp : Myia_TypedOp<"project", [Pure]> {
  let summary = "the value of one alternative of a union";
  let description = [{
    Poison if the union holds another one.

    C1. The result is of the type of the alternative.

    ```mlir
    %x = myia.project %u [1] : !myia.union<!myia.static<unit>, f64> -> f64
    ```
  }];
  let arguments = (ins Myia_Union:$operand, I64Attr:$alternative);
  let results = (outs Myia_Typed:$result);
  let assemblyFormat = [{
    $operand `[` $alternative `]` attr-dict `:` qualified(type($operand)) `->` type($result)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives: gone after -myia-differentiate
//===----------------------------------------------------------------------===//

def Myia_ValueAndGradOp
    : Myia_TypedOp<"value_and_grad", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "call a function and differentiate it, in reverse mode";
  let description = [{
    Calls `callee` and returns its results, followed by the gradient of the
    first result with respect to the arguments at the positions `wrt`. The
    gradient of an aggregate is an aggregate; leaves that cannot be
    differentiated have the gradient `None` (`!myia.static<unit>`). With `sparse`
    the cotangents of lists and boxes come as they are, for `myia.fill` to make
    gradients of them; after -myia-scalarize all are.

    C1. `callee` is a typed function whose parameter types are the operand types.
    C2. The first leaf of its first result is a real floating-point scalar (or
        rank-0 array): that is what is differentiated.
    C3. The results are the callee's results and one gradient per entry of
        `wrt`, of the argument's gradient type; with `sparse`, of its cotangent
        type.

    ```mlir
    %v, %dx = myia.value_and_grad @f(%x, %n) wrt [0]
        : (f64, i64) -> (f64, f64)
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<Myia_Typed>:$args,
                       DenseI64ArrayAttr:$wrt, UnitAttr:$sparse);
  let results = (outs Variadic<Myia_Typed>:$results);
  let assemblyFormat = [{
    $callee `(` $args `)` `wrt` $wrt (`sparse` $sparse^)? attr-dict `:` functional-type($args, $results)
  }];
}

def Myia_CustomVJPOp
    : Myia_TypedOp<"custom_vjp", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "call a function that has a derivative of its own";
  let description = [{
    Calls `callee`. Where the call is differentiated, `forward` is called
    instead: it takes the same arguments and gives the same results, followed by
    residuals. `backward` takes the residuals and the cotangents of the results
    that can be differentiated, and gives those of the arguments. The first
    `held` operands have none: to differentiate with respect to them is an error.
    As any function, each of the three takes the variables that the program
    reads after its own arguments; -myia-lift-inputs gives all of them the same.

    C1. `callee` and `forward` take the operands; `callee` gives the results.

    ```mlir
    %0 = myia.custom_vjp @f forward @f_forward backward @f_backward(%k, %x)
        held 1 : (i64, f64) -> f64
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, FlatSymbolRefAttr:$forward,
                       FlatSymbolRefAttr:$backward, Variadic<Myia_Typed>:$args,
                       I64Attr:$held);
  let results = (outs Variadic<Myia_Typed>:$results);
  let assemblyFormat = [{
    $callee `forward` $forward `backward` $backward `(` $args `)` `held` $held
    attr-dict `:` functional-type($args, $results)
  }];
}

def Myia_InputOp : Myia_TypedOp<"input", [Pure]> {
  let summary = "what the call passes beside the arguments";
  let description = [{
    The variable number `index` of those that the program reads (`myia.read`).
    -myia-lift-inputs makes it a parameter of every function that needs it.

    ```mlir
    %w = myia.input 0 : tensor<3xf64>
    ```
  }];
  let arguments = (ins I64Attr:$index);
  let results = (outs Myia_Typed:$result);
  let assemblyFormat = "$index attr-dict `:` type($result)";
}

def Myia_ZeroOp : Myia_TypedOp<"zero", [Pure]> {
  let summary = "the zero cotangent of a type";
  let description = [{
    The neutral element of `myia.accumulate`: `0.0`, an array of zeros, an empty
    stack, no box, no list. Exists so that adding zero can be folded away before any
    array of zeros is made.

    ```mlir
    %0 = myia.zero : tensor<2x3xf32>
    ```
  }];
  let results = (outs Myia_Typed:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Myia_AccumulateOp
    : Myia_TypedOp<"accumulate", [Pure, SameOperandsAndResultType]> {
  let summary = "the sum of two cotangents";
  let description = [{
    `lhs` is the accumulator; it may be updated in place when it is owned.
    Folds when either side is `myia.zero`.

    C1. The type is one that cotangents have: a float, an array of floats, a
        stack, a box, a list, a tuple or a record.

    ```mlir
    %2 = myia.accumulate %0, %1 : tensor<2x3xf32>
    ```
  }];
  let arguments = (ins Myia_Cotangent:$lhs, Myia_Cotangent:$rhs);
  let results = (outs Myia_Cotangent:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
  let hasFolder = 1;
}

def Myia_StopGradientOp
    : Myia_TypedOp<"stop_gradient", [Pure, SameOperandsAndResultType]> {
  let summary = "a value that counts as constant for every derivative";
  let description = "Example: `%1 = myia.stop_gradient %0 : f64`.";
  let arguments = (ins Myia_Typed:$operand);
  let results = (outs Myia_Typed:$result);
  let assemblyFormat = "$operand attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// Containers
//===----------------------------------------------------------------------===//

def Myia_StackOp : Myia_TypedOp<"stack"> {
  let summary = "an empty stack";
  let description = [{
    Two of them are two stacks: pushing consumes its operand, so they must not be
    merged, which is what the effect says.

    ```mlir
    %s = myia.stack
    ```
  }];
  let results = (outs Res<Myia_StackType, "", [MemAlloc]>:$result);
  let assemblyFormat = "attr-dict";
}

def Myia_PushOp : Myia_TypedOp<"push", [Pure]> {
  let summary = "a stack with a record on top";
  let description = [{
    Consumes its operand: in a program that the differentiator makes, no other
    op uses the operand stack afterwards.

    ```mlir
    %s1 = myia.push %s0, %a, %b : f64, tensor<3xf64>
    ```
  }];
  let arguments = (ins Myia_StackType:$stack, Variadic<Myia_Typed>:$values);
  let results = (outs Myia_StackType:$result);
  let assemblyFormat = "$stack (`,` $values^)? attr-dict (`:` type($values)^)?";
}

def Myia_PopOp : Myia_TypedOp<"pop", [Pure]> {
  let summary = "the top record of a stack, and the stack below it";
  let description = [{
    The result types are those of the matching `myia.push`.

    ```mlir
    %s0, %a, %b = myia.pop %s1 : f64, tensor<3xf64>
    ```
  }];
  let arguments = (ins Myia_StackType:$stack);
  let results = (outs Myia_StackType:$rest, Variadic<Myia_Typed>:$values);
  let assemblyFormat = "$stack attr-dict (`:` type($values)^)?";
}

def Myia_TypeOp : Myia_TypedOp<"type", [Symbol]> {
  let summary = "the record that a box holds";
  let description = [{
    Once it has `myia.field_types`, the types of the fields of a Python class:

    C1. There is a type for each leaf of these.

    ```mlir
    myia.type @node(f64, !myia.box<@node>)
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeArrayAttr:$types);
  let assemblyFormat = "$sym_name `` custom<TypeList>($types) attr-dict";
  let hasVerifier = 1;
}

def Myia_BoxOp : Myia_TypedOp<"box", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "put a record behind a counted reference";
  let description = [{
    C1. The operand types are those that the box's `myia.type` lists.

    ```mlir
    %b = myia.box %x, %next : (f64, !myia.box<@node>) -> !myia.box<@node>
    ```
  }];
  let arguments = (ins Variadic<Myia_Typed>:$values);
  let results = (outs Myia_BoxType:$box);
  let assemblyFormat = "$values attr-dict `:` functional-type($values, $box)";
}

def Myia_IsNullOp : Myia_TypedOp<"is_null", [Pure]> {
  let summary = "whether a cotangent is zero because there is no object at all";
  let description = "Example: `%z = myia.is_null %b : !myia.box<@node>`.";
  let arguments = (ins Myia_Counted:$object);
  let results = (outs I1:$result);
  let assemblyFormat = "$object attr-dict `:` type($object)";
}

def Myia_UnboxOp : Myia_TypedOp<"unbox", [NoMemoryEffect, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the record behind a counted reference";
  let description = [{
    Not to be moved above the test that the reference is one: a union's
    alternative that does not hold has none.

    C1. The result types are those that the box's `myia.type` lists.

    ```mlir
    %x, %next = myia.unbox %b : (!myia.box<@node>) -> (f64, !myia.box<@node>)
    ```
  }];
  let arguments = (ins Myia_BoxType:$box);
  let results = (outs Variadic<Myia_Typed>:$values);
  let assemblyFormat = "$box attr-dict `:` functional-type($box, $values)";
  let hasCanonicalizeMethod = 1;
}

def Myia_FillOp : Myia_TypedOp<"fill", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a gradient: a cotangent in the structure of what it belongs to";
  let description = [{
    In the cotangent of a list or an instance of a recursive class much may be
    absent, and what cannot be differentiated is left out. The result is an
    ordinary value, with all parts that `like` has and zeros where the cotangent
    has nothing; without cotangent it is zero everywhere. `of` are the types of
    `like` and of the gradient before -myia-scalarize. If `like` is no object,
    as in an alternative of a union that does not hold, neither is the result.

    C1. The second type is that of gradients with respect to the first one.
    C2. `like` is of the first type and the result of the second one, or each is
        of the only leaf of that type.
    C3. The cotangent is of the type of the cotangent of `like`.
    C4. There are `myia.type`s of `like` and the result, if they are boxes.

    ```mlir
    %1 = myia.fill %d like %xs of (!myia.list<!myia.tuple<i64, f64>>) -> !myia.list<!myia.tuple<!myia.static<unit>, f64>>
        : (!myia.list<f64>, !myia.list<i64, f64>) -> !myia.list<f64>
    ```
  }];
  let arguments = (ins Optional<Myia_Counted>:$cotangent, Myia_WithParts:$like,
                       TypeAttrOf<FunctionType>:$of);
  let results = (outs Myia_Typed:$result);
  let assemblyFormat = [{
    ($cotangent^)? `like` $like `of` $of attr-dict `:` functional-type(operands, $result)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

def Myia_RaiseIfOp : Myia_TypedOp<"raise_if", [MemoryEffects<[MemWrite]>]> {
  let summary = "raise a Python exception when a condition holds";
  let description = [{
    Ends the whole entry call: memory is given back and the exception, a
    built-in class named by `exception`, surfaces in Python with `message` and
    this op's location. Code after it runs only when the condition is false.
    With `values`, each `{}` of the message stands for the next of them.

    C1. If there are values, the message has as many `{}`, and there are at most 8.

    ```mlir
    myia.raise_if %is_zero, "ZeroDivisionError"("division by zero")
    myia.raise_if %outside, "IndexError"("index {} is out of bounds") of %i
    ```
  }];
  let arguments = (ins I1:$condition, StrAttr:$exception, StrAttr:$message,
                       Variadic<I64>:$values);
  let assemblyFormat = [{
    $condition `,` $exception `(` $message `)` (`of` $values^)? attr-dict
  }];
  let hasCanonicalizeMethod = 1;
  let hasVerifier = 1;
}

def Myia_DrawOp : Myia_TypedOp<"draw", [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "the next seed of the implicit stream of random numbers";
  let description = [{
    Reads the state of the process's stream and moves it on, so no two draws give
    the same seed, and the order of draws is that of the program: the effects say
    so. A derivative draws in the forward sweep only. Any 64 bits may come.

    ```mlir
    %seed = myia.draw
    ```
  }];
  let results = (outs I64:$seed);
  let assemblyFormat = "attr-dict";
}

def Myia_SeedOp : Myia_TypedOp<"seed", [MemoryEffects<[MemWrite]>]> {
  let summary = "starts the implicit stream of random numbers anew";
  let description = [{
    What `myia.draw` gives from here on depends on `value` alone.

    ```mlir
    myia.seed %n
    ```
  }];
  let arguments = (ins I64:$value);
  let assemblyFormat = "$value attr-dict";
}

def Myia_PollOp : Myia_TypedOp<"poll", [MemoryEffects<[MemWrite]>]> {
  let summary = "a point that a program which may never end comes by";
  let description = [{
    Python runs a loop without end for ever, whether or not its results are used,
    until Ctrl-C. The effect of this op says so: a loop or a recursion that
    holds it is not dead code. -myia-insert-polls places it; a loop that is found
    to be counted loses it, and a derivative has it in the forward sweep only.
    -myia-lower-errors, which polls every long loop anyway, removes it.

    ```mlir
    scf.while : () -> () {
      scf.condition(%c)
    } do {
      myia.poll
      scf.yield
    }
    ```
  }];
  let assemblyFormat = "attr-dict";
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

def Myia_WriteOp : Myia_TypedOp<"write", [MemoryEffects<[MemWrite]>]> {
  let summary = "hand values to Python, to be printed or raised";
  let description = [{
    Python makes an object of the values, of the given type, as it does of
    results. For the purpose `"print"` it is a tuple `(values, sep, end, flush)`
    and Python's `print` writes it now; for `"error"` it is the tuple of the
    arguments of the exception that the next `myia.raise_if` raises. Values of
    aggregate type are replaced by their leaves, `type` stays.

    Never removed, repeated or moved over another effect: that is what its
    effect says. The differentiator leaves it in the forward sweep alone.

    ```mlir
    myia.write "error" !myia.tuple<f64, !myia.static<"x">>(%x) : f64
    ```
  }];
  let arguments = (ins StrAttr:$purpose, TypeAttr:$type,
                       Variadic<Myia_Typed>:$values);
  let assemblyFormat = [{
    $purpose $type `(` $values `)` attr-dict (`:` type($values)^)?
  }];
}

#endif // MYIA_TYPED_OPS_TD
