//===- MyiaSurfaceOps.td - What the frontend writes --------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A surface function is a `func.func` over `!myia.any` whose body is a CFG of
// `cf.br` and `cf.cond_br`. Two attributes describe its Python signature:
//   myia.params   = [{name = "x"}, {name = "axis", default = unit}, ...]
//   myia.captures = N : i64   leading parameters that a closure supplies
// A parameter may have `capture = N : i64`: its default is that captured value;
// and a `kind`: "positional", "keyword", "tuple" (`*args`), "dict" (`**kwargs`).
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_SURFACE_OPS_TD
#define MYIA_SURFACE_OPS_TD

include "MyiaInterfaces.td"
include "MyiaTypes.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Myia_SurfaceOp<string mnemonic, list<Trait> traits = []>
    : Op<Myia_Dialect, mnemonic, traits>;

def Myia_BinaryKind : I64EnumAttr<"BinaryKind", "Python's binary operators", [
  I64EnumAttrCase<"add", 0>, I64EnumAttrCase<"sub", 1>,
  I64EnumAttrCase<"mul", 2>, I64EnumAttrCase<"truediv", 3>,
  I64EnumAttrCase<"floordiv", 4>, I64EnumAttrCase<"mod", 5>,
  I64EnumAttrCase<"pow", 6>, I64EnumAttrCase<"matmul", 7>,
  I64EnumAttrCase<"and_", 8, "and">, I64EnumAttrCase<"or_", 9, "or">,
  I64EnumAttrCase<"xor_", 10, "xor">, I64EnumAttrCase<"lshift", 11>,
  I64EnumAttrCase<"rshift", 12>, I64EnumAttrCase<"eq", 13>,
  I64EnumAttrCase<"ne", 14>, I64EnumAttrCase<"lt", 15>,
  I64EnumAttrCase<"le", 16>, I64EnumAttrCase<"gt", 17>,
  I64EnumAttrCase<"ge", 18>, I64EnumAttrCase<"is", 19>,
  I64EnumAttrCase<"is_not", 20>, I64EnumAttrCase<"in", 21>,
  I64EnumAttrCase<"not_in", 22>
]> { let cppNamespace = "::mlir::myia"; }

def Myia_UnaryKind : I64EnumAttr<"UnaryKind", "Python's unary operators", [
  I64EnumAttrCase<"neg", 0>, I64EnumAttrCase<"pos", 1>,
  I64EnumAttrCase<"invert", 2>, I64EnumAttrCase<"not_", 3, "not">
]> { let cppNamespace = "::mlir::myia"; }

class Myia_UpdateOp<string mnemonic, list<Trait> traits = []>
    : Myia_SurfaceOp<mnemonic, traits # [
        DeclareOpInterfaceMethods<Myia_UpdateOpInterface>]>;

def Myia_ClassOp : Myia_SurfaceOp<"class", [Symbol]> {
  let summary = "a dataclass";
  let description = [{
    Declares a class: its fields in order, and its methods by name, each a
    surface function whose first parameter is the instance. A method listed in
    `getters` is called when the attribute is read. `defaults` gives the
    default value of fields that have a static one. Calling the class (a
    `myia.constant @Layer`) makes a record, or a box if its annotations lead back
    to itself, and then calls the method `__post_init__` if there is one, which
    gives the instance as it leaves it.

    Discardable attributes say more: `myia.bases` lists the classes that it is
    derived from; `myia.factories` has functions that make the defaults of other
    fields; `myia.keyword_only` lists fields that are given by name alone, and
    `myia.hidden` those that only `__post_init__` sets; `myia.binding` names the
    methods that are bound to the `"class"` or to `"nothing"`; `myia.constants`
    has the other attributes of the class, and `myia.opaque` names those that
    have no constant; `myia.compared` lists the fields that a generated
    comparison such as `__lt__` looks at. Fields of a class that is
    `myia.frozen` cannot be assigned, and an instance of one that is
    `myia.tuple` (a NamedTuple) is a tuple of its fields.

    `annotations` gives the types of fields where they are known: a type (`f64`,
    `i64`, `i1`), `unit` for None, the symbol of a class, or a list that starts
    with `"union"` or `"tuple"`.

    C1. Methods are symbols of functions.
    C2. Getters are names of methods.

    ```mlir
    myia.class @Layer fields ["weights", "bias"] methods {apply = @Layer.apply}
    myia.class @Node fields ["value", "next"] annotations {next = ["union", unit, @Node]}
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrArrayAttr:$fields,
                       DefaultValuedAttr<DictionaryAttr, "{}">:$defaults,
                       DefaultValuedAttr<DictionaryAttr, "{}">:$methods,
                       DefaultValuedAttr<StrArrayAttr, "{}">:$getters,
                       DefaultValuedAttr<DictionaryAttr, "{}">:$annotations);
  let assemblyFormat = [{
    $sym_name `fields` $fields (`annotations` $annotations^)?
    (`defaults` $defaults^)? (`methods` $methods^)? (`getters` $getters^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Myia_InstantiateOp : Myia_SurfaceOp<"instantiate", [Symbol]> {
  let summary = "a request for one specialisation of a surface function";
  let description = [{
    Asks inference for a public typed function `sym_name` that is `function`
    at these argument types. This is how a call from Python enters the compiler.
    An argument of type `!myia.static<...>` or `!myia.closure<@g>` is a
    compile-time constant. `!myia.box<@C>` is an instance of the recursive class
    `@C`; `open` lists, for each argument, the types of the fields that the
    annotations of its classes leave open.

    ```mlir
    myia.instantiate @main = @f(f64, tensor<3xf64>)
    myia.instantiate @total = @f(!myia.box<@Node>) open [[[@Node, "value", f64]]]
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$function,
                       TypeArrayAttr:$types,
                       DefaultValuedAttr<ArrayAttr, "{}">:$open);
  let assemblyFormat = [{
    $sym_name `=` $function `` custom<TypeList>($types) (`open` $open^)? attr-dict
  }];
}

def Myia_ConstantOp : Myia_SurfaceOp<"constant", [Pure]> {
  let summary = "a compile-time constant";
  let description = [{
    `value` is an integer (`3 : i64`), a float (`: f64`), a bool, a string,
    `unit` (None), a function or class (`@f`), a primitive
    (`#myia.prim<"numpy.exp">`) or a dtype (a type attribute).

    ```mlir
    %0 = myia.constant 2.0 : f64
    %1 = myia.constant @f
    ```
  }];
  let arguments = (ins AnyAttr:$value);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$value attr-dict";
}

def Myia_ReadOp : Myia_SurfaceOp<"read", [Pure]> {
  let summary = "a variable around the compiled program, as it is at the call";
  let description = [{
    A global or a variable of an enclosing Python function that holds an array or a
    container. It is no constant: the call passes it, beside the arguments, as the
    variable number `index` of those that the program reads.

    ```mlir
    %w = myia.read 0 : tensor<3xf64>
    ```
  }];
  let arguments = (ins I64Attr:$index, TypeAttr:$type);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$index `:` $type attr-dict";
}

def Myia_UnboundOp : Myia_SurfaceOp<"unbound", [Pure]> {
  let summary = "a variable that was never assigned on this path";
  let description = [{
    Reading it raises `UnboundLocalError` when the program gets there.

    ```mlir
    %0 = myia.unbound "total"
    ```
  }];
  let arguments = (ins StrAttr:$name);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$name attr-dict";
}

def Myia_UnaryOp : Myia_SurfaceOp<"unary"> {
  let summary = "a unary operator";
  let description = "Example: `%1 = myia.unary neg %0`.";
  let arguments = (ins Myia_UnaryKind:$kind, Myia_Any:$operand);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$kind $operand attr-dict";
}

def Myia_BinaryOp : Myia_SurfaceOp<"binary"> {
  let summary = "a binary operator or comparison";
  let description = "Example: `%2 = myia.binary add %0, %1`.";
  let arguments = (ins Myia_BinaryKind:$kind, Myia_Any:$lhs, Myia_Any:$rhs);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$kind $lhs `,` $rhs attr-dict";
}

def Myia_AugmentOp : Myia_UpdateOp<"augment"> {
  let summary = "what a variable holds after an augmented assignment";
  let description = [{
    The functional form of `object += value`: arrays, lists and dicts are changed
    in place, anything else is `object + value`.

    C1. There are witnesses only if the object is `seen_by witnesses`.

    ```mlir
    %y = myia.augment add %x, %v seen_by none
    ```
  }];
  let arguments = (ins Myia_BinaryKind:$kind, Myia_Any:$object, Myia_Any:$value,
                       Variadic<Myia_Any>:$witnesses, Myia_SeenBy:$seen_by);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = [{
    $kind $object `,` $value `seen_by` $seen_by (`(` $witnesses^ `)`)? attr-dict
  }];
}

def Myia_TruthOp : Myia_SurfaceOp<"truth"> {
  let summary = "the truth value of a Python value, for a branch";
  let description = "Example: `%1 = myia.truth %0`, then `cf.cond_br %1, ...`.";
  let arguments = (ins Myia_Any:$operand);
  let results = (outs I1:$result);
  let assemblyFormat = "$operand attr-dict";
}

def Myia_CallOp : Myia_SurfaceOp<"call"> {
  let summary = "a call";
  let description = [{
    Calls anything callable: a closure, a class, a primitive, a derivative, a
    record with `__call__`. The last arguments are those that `keywords` names;
    `"**"` stands for a dict whose items are keyword arguments. `starred` gives
    the positions of the arguments whose elements are arguments, `*xs`.

    C1. There are at least as many arguments as keywords, and no keyword but
        `"**"` comes twice.
    C2. `starred` increases, and names positional arguments.

    ```mlir
    %r = myia.call %f(%x, %axis) keywords ["axis"]
    %s = myia.call %f(%x, %xs, %options) keywords ["**"] starred [1]
    ```
  }];
  let arguments = (ins Myia_Any:$callee, Variadic<Myia_Any>:$args,
                       DefaultValuedAttr<StrArrayAttr, "{}">:$keywords,
                       DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$starred);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = [{
    $callee `(` $args `)` (`keywords` $keywords^)? (`starred` $starred^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

def Myia_ClosureOp : Myia_SurfaceOp<"closure"> {
  let summary = "a function with captured values";
  let description = "Example: `%c = myia.closure @inner(%a, %b)`.";
  let arguments = (ins FlatSymbolRefAttr:$function, Variadic<Myia_Any>:$captures);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$function `(` $captures `)` attr-dict";
}

def Myia_GradOp : Myia_SurfaceOp<"grad"> {
  let summary = "the derivative of a function, as a function";
  let description = [{
    `wrt` lists the parameters to differentiate with respect to, by position
    (`0 : i64`) or name (`"x"`), or is `["*"]` for all. With `single`, the
    gradient is that of the only entry, otherwise a tuple. With `with_value`
    the derivative returns `(value, gradient)`; with `aux` the function returns
    `(value, aux)` of which only `value` is differentiated.

    C1. The entries of `wrt` are integers or strings.
    C2. `single` has one entry.

    ```mlir
    %g = myia.grad %f wrt [0 : i64] single value
    ```
  }];
  let arguments = (ins Myia_Any:$function, ArrayAttr:$wrt, UnitAttr:$single,
                       UnitAttr:$with_value, UnitAttr:$aux);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = [{
    $function `wrt` $wrt (`single` $single^)? (`value` $with_value^)?
    (`aux` $aux^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Myia_GetAttrOp : Myia_SurfaceOp<"getattr"> {
  let summary = "attribute access";
  let description = "Example: `%w = myia.getattr %layer \"weights\"`.";
  let arguments = (ins Myia_Any:$object, StrAttr:$name);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$object $name attr-dict";
}

def Myia_GetItemOp : Myia_SurfaceOp<"getitem"> {
  let summary = "subscript";
  let description = "Example: `%e = myia.getitem %xs[%i]`.";
  let arguments = (ins Myia_Any:$object, Myia_Any:$index);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$object `[` $index `]` attr-dict";
}

def Myia_SetItemOp : Myia_UpdateOp<"setitem"> {
  let summary = "the object with one item replaced";
  let description = [{
    The functional form of `object[index] = value`: the result takes the
    variable's place.

    C1. There are witnesses only if the object is `seen_by witnesses`.

    ```mlir
    %ys = myia.setitem %xs[%i] = %v seen_by none
    %d2 = myia.setitem %d[%key] = %v seen_by witnesses(%total)
    ```
  }];
  let arguments = (ins Myia_Any:$object, Myia_Any:$index, Myia_Any:$value,
                       Variadic<Myia_Any>:$witnesses, Myia_SeenBy:$seen_by);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = [{
    $object `[` $index `]` `=` $value `seen_by` $seen_by
    (`(` $witnesses^ `)`)? attr-dict
  }];
}

def Myia_SetAttrOp : Myia_UpdateOp<"setattr"> {
  let summary = "the instance with one field replaced";
  let description = [{
    The functional form of `object.name = value`: the result takes the
    variable's place. With `forced`, the class may be frozen
    (`object.__setattr__(self, "name", value)`).

    C1. There are witnesses only if the object is `seen_by witnesses`.

    ```mlir
    %c2 = myia.setattr %c "count" = %n seen_by none
    %c3 = myia.setattr %c "count" = %n seen_by witnesses(%total) forced
    ```
  }];
  let arguments = (ins Myia_Any:$object, StrAttr:$name, Myia_Any:$value,
                       Variadic<Myia_Any>:$witnesses, Myia_SeenBy:$seen_by,
                       UnitAttr:$forced);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = [{
    $object $name `=` $value `seen_by` $seen_by (`(` $witnesses^ `)`)?
    (`forced` $forced^)? attr-dict
  }];
}

def Myia_BuildTupleOp : Myia_SurfaceOp<"build_tuple", [Pure]> {
  let summary = "a tuple display";
  let description = "Example: `%t = myia.build_tuple(%a, %b)`.";
  let arguments = (ins Variadic<Myia_Any>:$elements);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "`(` $elements `)` attr-dict";
}

def Myia_BuildListOp : Myia_SurfaceOp<"build_list"> {
  let summary = "a list display";
  let description = "Example: `%xs = myia.build_list(%a, %b)`.";
  let arguments = (ins Variadic<Myia_Any>:$elements);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "`(` $elements `)` attr-dict";
}

def Myia_BuildDictOp : Myia_SurfaceOp<"build_dict"> {
  let summary = "a dict display";
  let description = [{
    The operands are keys, each followed by its value, but for those whose
    positions `unpacked` lists: these are dicts, `**d`. Of equal keys the last
    one gives the value, the first one the place.

    C1. `unpacked` increases, and names operands.
    C2. There is a value after each key.

    ```mlir
    %d = myia.build_dict(%key, %value)
    %e = myia.build_dict(%d, %key, %value) unpacked [0]
    ```
  }];
  let arguments = (ins Variadic<Myia_Any>:$entries,
                       DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$unpacked);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "`(` $entries `)` (`unpacked` $unpacked^)? attr-dict";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether the operand at a position is a value, rather than a key or dict.
    bool isValue(unsigned position);
  }];
}

def Myia_MutateOp : Myia_UpdateOp<"mutate", [AttrSizedOperandSegments]> {
  let summary = "a method call that may change an object, and its result";
  let description = [{
    Calls `method` of the object that `path` leads to from `root`: a step is the
    name of an attribute, or `"[]"` for a subscript, whose index is the next of
    the operands that follow the root. The last operands are the arguments.
    Where the object is a list, the method is applied to it as a value, and
    `changed` is the root with the result in its place. An item of the object
    is set by the method `"[]="`. The method `"="` gives the object itself its
    old value `kind` the argument, as `x += v` does. `seen_by` is about the root.

    C1. There is an operand for each subscript in `path` and for each keyword.
    C2. `kind` is given for the method `"="` alone.
    C3. There are witnesses only if the root is `seen_by witnesses`.

    ```mlir
    %ys, %none = myia.mutate %xs [] "append"(%v) seen_by none
    %grid2, %none2 = myia.mutate %grid ["[]"] "[]="(%i, %j, %v) seen_by unknown
    %d2, %none3 = myia.mutate %d ["[]"] "=" add (%i, %v) seen_by witnesses(%x)
    ```
  }];
  let arguments = (ins Myia_Any:$root, StrArrayAttr:$path, StrAttr:$method,
                       OptionalAttr<Myia_BinaryKind>:$kind,
                       Variadic<Myia_Any>:$args,
                       DefaultValuedAttr<StrArrayAttr, "{}">:$keywords,
                       Variadic<Myia_Any>:$witnesses, Myia_SeenBy:$seen_by);
  let results = (outs Myia_Any:$changed, Myia_Any:$result);
  let assemblyFormat = [{
    $root $path $method ($kind^)? `(` $args `)` (`keywords` $keywords^)?
    `seen_by` $seen_by (`(` $witnesses^ `)`)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The number of subscripts in the path.
    unsigned getNumSubscripts();
    /// How many of the first operands the op looks into, rather than passes on:
    /// the root and the indices; all but witnesses in an augmented assignment.
    unsigned getNumLookedInto();
    /// Whether this is an assignment rather than a method call.
    bool isAssignment() { return getMethod() == "[]=" || getKind(); }
  }];
}

def Myia_BuildSliceOp : Myia_SurfaceOp<"build_slice", [Pure]> {
  let summary = "a slice, as in `xs[start:stop:step]`";
  let description = "Example: `%s = myia.build_slice %none, %n, %none`.";
  let arguments = (ins Myia_Any:$start, Myia_Any:$stop, Myia_Any:$step);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$start `,` $stop `,` $step attr-dict";
}

def Myia_UnpackSequenceOp : Myia_SurfaceOp<"unpack_sequence"> {
  let summary = "unpacking assignment, `a, b = xs`";
  let description = [{
    The sequence must have exactly as many elements as there are results. With
    `starred`, the result at that position is the tuple of all elements that the
    others leave, as for `*b` in `a, *b = xs`.

    C1. `starred` is the position of a result.

    ```mlir
    %a, %b = myia.unpack_sequence %xs : 2
    %c, %d = myia.unpack_sequence %xs : 2 {starred = 1 : i64}
    ```
  }];
  let arguments = (ins Myia_Any:$sequence, OptionalAttr<I64Attr>:$starred);
  let results = (outs Variadic<Myia_Any>:$elements);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Myia_IterOp : Myia_SurfaceOp<"iter"> {
  let summary = "an iterator over a value";
  let description = "Example: `%it = myia.iter %xs`.";
  let arguments = (ins Myia_Any:$iterable);
  let results = (outs Myia_Any:$result);
  let assemblyFormat = "$iterable attr-dict";
}

def Myia_HasNextOp : Myia_SurfaceOp<"has_next"> {
  let summary = "whether an iterator has another element";
  let description = "Example: `%more = myia.has_next %it`.";
  let arguments = (ins Myia_Any:$iterator);
  let results = (outs I1:$result);
  let assemblyFormat = "$iterator attr-dict";
}

def Myia_NextOp : Myia_SurfaceOp<"next"> {
  let summary = "the next element of an iterator, and the iterator after it";
  let description = "Example: `%x, %it2 = myia.next %it`.";
  let arguments = (ins Myia_Any:$iterator);
  let results = (outs Myia_Any:$element, Myia_Any:$rest);
  let assemblyFormat = "$iterator attr-dict";
}

def Myia_RaiseOp : Myia_SurfaceOp<"raise", [Terminator]> {
  let summary = "raise a Python exception";
  let description = [{
    `exception` is the name of a built-in exception class. The message is a
    constant, unless the exception is made of `args`.

    ```mlir
    myia.raise "ValueError"("negative length")
    myia.raise "KeyError"("") with %key
    ```
  }];
  let arguments = (ins StrAttr:$exception, StrAttr:$message,
                       Variadic<Myia_Any>:$args);
  let assemblyFormat =
    "$exception `(` $message `)` (`with` $args^)? attr-dict";
}

#endif // MYIA_SURFACE_OPS_TD
