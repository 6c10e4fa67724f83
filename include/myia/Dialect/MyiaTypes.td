//===- MyiaTypes.td - Types and attributes -----------------*- tablegen -*-===//
//
// Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MYIA_TYPES_TD
#define MYIA_TYPES_TD

include "MyiaDialect.td"
include "mlir/IR/AttrTypeBase.td"

class Myia_Type<string name, string typeMnemonic> : TypeDef<Myia_Dialect, name> {
  let mnemonic = typeMnemonic;
}

class Myia_Attr<string name, string attrMnemonic> : AttrDef<Myia_Dialect, name> {
  let mnemonic = attrMnemonic;
}

//===----------------------------------------------------------------------===//
// Surface level
//===----------------------------------------------------------------------===//

def Myia_AnyType : Myia_Type<"Any", "any"> {
  let summary = "a value whose type inference has yet to find";
  let description = "The type of every value of the surface level.";
}

def Myia_PrimAttr : Myia_Attr<"Prim", "prim"> {
  let summary = "a primitive of the language, as a value";
  let description = [{
    Names a function that inference knows how to apply, for example
    `#myia.prim<"numpy.exp">`. The table of primitives is in `lib/Inference` (Primitives.h).
  }];
  let parameters = (ins StringRefParameter<"name">:$name);
  let assemblyFormat = "`<` $name `>`";
}

def Myia_ObjectAttr : Myia_Attr<"Object", "object"> {
  let summary = "a Python object that compiled code only passes on";
  let description = [{
    An object that is compared by identity, for example a member of an Enum.
    `name` is unique in the module, `attributes` are the ones that can be read.
    Example: `#myia.object<"Color.RED" {name = "RED", value = 1 : i64}>`.
  }];
  let parameters = (ins StringRefParameter<"name">:$name,
                        "::mlir::DictionaryAttr":$attributes);
  let assemblyFormat = "`<` $name $attributes `>`";
}

//===----------------------------------------------------------------------===//
// Typed level
//===----------------------------------------------------------------------===//

def Myia_StaticType : Myia_Type<"Static", "static"> {
  let summary = "a value known at compile time";
  let description = [{
    The type whose only inhabitant is the attribute: `None`
    (`!myia.static<unit>`), a string, a primitive, a dtype, or a number that the
    program needs at compile time (`!myia.static<2 : i64>`). It has no run-time
    representation.
  }];
  let parameters = (ins "::mlir::Attribute":$value);
  let assemblyFormat = "`<` $value `>`";
}

def Myia_TupleType : Myia_Type<"Tuple", "tuple"> {
  let summary = "a Python tuple";
  let description = "Example: `!myia.tuple<i64, tensor<3xf64>>`, `!myia.tuple<>`.";
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$elements);
  let assemblyFormat = "`<` custom<Types>($elements) `>`";
}

def Myia_RecordType : Myia_Type<"Record", "record"> {
  let summary = "an instance of a dataclass";
  let description = [{
    A named product. `name` is the class's symbol, `fields` the names of its
    fields in order.
    Example: `!myia.record<@Layer ["weights", "bias"] of tensor<2x3xf32>, tensor<3xf32>>`.
  }];
  let parameters = (ins
    "::mlir::FlatSymbolRefAttr":$name, "::mlir::ArrayAttr":$fields,
    ArrayRefParameter<"::mlir::Type">:$elements);
  let assemblyFormat = "`<` $name $fields `` custom<ElementTypes>($elements) `>`";
  let genVerifyDecl = 1;
}

def Myia_ClosureType : Myia_Type<"Closure", "closure"> {
  let summary = "a function together with the values that it captured";
  let description = [{
    `function` is the surface function, or a primitive; the captured values are
    its leading arguments. The type names the function, so a call of a closure
    is direct and a closure is a record of its captures. A function that
    captures nothing is `!myia.closure<@f>`, a bound array method
    `!myia.closure<#myia.prim<"numpy.sum"> of tensor<3xf64>>`.
  }];
  let parameters = (ins
    "::mlir::Attribute":$function,
    ArrayRefParameter<"::mlir::Type">:$elements);
  let assemblyFormat = "`<` $function `` custom<ElementTypes>($elements) `>`";
}

def Myia_DerivativeType : Myia_Type<"Derivative", "derivative"> {
  let summary = "the derivative of a function, as a value";
  let description = [{
    What the surface op `myia.grad` yields: the function with a request.
    `wrt` are argument positions or names; with `value`, the call returns
    `(value, gradient)`; with `aux`, the function returns `(value, aux)`.
    It is a record of one element, the function.
  }];
  let parameters = (ins
    "::mlir::Type":$function, "::mlir::ArrayAttr":$wrt, "bool":$single,
    "bool":$value, "bool":$aux);
  let assemblyFormat =
    "`<` $function `wrt` $wrt `single` `=` $single `value` `=` $value `aux` `=` $aux `>`";
}

def Myia_IteratorType : Myia_Type<"Iterator", "iterator"> {
  let summary = "a position in something that is being iterated over";
  let description = [{
    `kind` says how to advance (`range`, `tuple`, `array`, ..., in
    `lib/Inference/Iterators.cpp`) and `elements` what it takes to do so. Other
    kinds are values that Python makes an iterator of, or that only inference
    knows: `slice`, `text`, `unbound`, the views of a dict.
    A position that inference must know (in a tuple, whose elements differ in
    type) is an `!myia.static` element.
  }];
  let parameters = (ins
    "::mlir::StringAttr":$kind,
    ArrayRefParameter<"::mlir::Type">:$elements);
  let assemblyFormat = "`<` $kind `` custom<ElementTypes>($elements) `>`";
}

def Myia_UnionType : Myia_Type<"Union", "union"> {
  let summary = "a value of one of several types";
  let description = [{
    The sum of its alternatives, of which no two join (numbers are one
    alternative), in a canonical order: `None` first, then by kind and name.
    After -myia-scalarize it is a tag, the alternative's position, and the
    leaves of every alternative; those of alternatives that do not hold are
    poison.
    Example: `!myia.union<!myia.static<unit>, f64>`.
  }];
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$alternatives);
  let assemblyFormat = "`<` custom<Types>($alternatives) `>`";
  let genVerifyDecl = 1;
}

def Myia_StackType : Myia_Type<"Stack", "stack"> {
  let summary = "a stack of records, for what a loop must remember";
  let description = [{
    The reverse sweep of a loop needs values of the forward sweep in the
    opposite order. A stack is threaded linearly: `myia.push` returns the grown
    stack, `myia.pop` the record and the shrunk stack; what is pushed last is
    popped first, with the same types, so one stack per function activation
    serves nested loops too. The cotangent of a stack is a stack of cotangents:
    push and pop are each other's adjoints.
  }];
}

def Myia_BoxType : Myia_Type<"Box", "box"> {
  let summary = "a counted reference to an immutable record";
  let description = [{
    Breaks the recursion of a recursive data type: `@T` names a `myia.type` op
    that lists the record's element types, which may hold the box again.
  }];
  let parameters = (ins "::mlir::FlatSymbolRefAttr":$record);
  let assemblyFormat = "`<` $record `>`";
}

def Myia_ListType : Myia_Type<"List", "list"> {
  let summary = "a counted, growing sequence of elements of one type";
  let description = [{
    A Python list. `elements` is the type of an element; after -myia-scalarize,
    the types of an element's leaves. A list without element type,
    `!myia.list<>`, has had no element yet: it joins with any list.

    An operation that changes a list consumes its operand, which is then changed
    in place if nothing else refers to it.
    Example: `!myia.list<f64>`, `!myia.list<!myia.tuple<i64, f64>>`.
  }];
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$elements);
  let assemblyFormat = "`<` custom<Types>($elements) `>`";
}

def Myia_ComplexType : Myia_Type<"Complex", "complex"> {
  let summary = "a complex number or array, as its real and imaginary part";
  let description = [{
    A pair of real numbers, so that no operation below inference knows complex
    ones. Python's `complex` has two floats, of which each may be known when
    compiling; NumPy's complex64 and complex128, scalars and arrays, have two
    arrays of one type, of f32 or f64.
    Example: `!myia.complex<f64, f64>`, `!myia.complex<tensor<3xf32>, tensor<3xf32>>`.
  }];
  let parameters = (ins "::mlir::Type":$re, "::mlir::Type":$im);
  let assemblyFormat = "`<` $re `,` $im `>`";
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Constraints
//===----------------------------------------------------------------------===//

def Myia_Any : Type<CPred<"::llvm::isa<::mlir::myia::AnyType>($_self)">,
                    "surface value">,
               BuildableType<"$_builder.getType<::mlir::myia::AnyType>()">;
def Myia_Typed : Type<CPred<"!::llvm::isa<::mlir::myia::AnyType>($_self)">,
                      "typed value">;
def Myia_Aggregate
    : Type<CPred<"::llvm::isa<::mlir::myia::TupleType, ::mlir::myia::RecordType, "
                 "::mlir::myia::ClosureType, ::mlir::myia::DerivativeType, "
                 "::mlir::myia::IteratorType, ::mlir::myia::ComplexType, "
                 "::mlir::myia::StaticType>($_self)">,
           "tuple, record, closure, derivative, iterator, complex or static">;
def Myia_Union : Type<CPred<"::llvm::isa<::mlir::myia::UnionType>($_self)">,
                      "union", "::mlir::myia::UnionType">;
def Myia_Array : Type<CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
                      "array (ranked tensor)", "::mlir::RankedTensorType">;

def Myia_WithParts
    : Type<CPred<"::llvm::isa<::mlir::myia::BoxType, ::mlir::myia::ListType, "
                 "::mlir::myia::UnionType>($_self)">,
           "box, list or union">;
def Myia_Counted
    : Type<CPred<"::llvm::isa<::mlir::RankedTensorType, ::mlir::myia::StackType, "
                 "::mlir::myia::BoxType, ::mlir::myia::ListType>($_self)">,
           "array, stack, box or list">;
def Myia_Cotangent
    : AnyTypeOf<[AnyFloat, RankedTensorOf<[AnyFloat]>,
                 Type<CPred<"::llvm::isa<::mlir::myia::StackType, "
                            "::mlir::myia::BoxType, ::mlir::myia::ListType, "
                            "::mlir::myia::TupleType, "
                            "::mlir::myia::RecordType>($_self)">,
                      "stack, box, list, tuple or record">]>;

#endif // MYIA_TYPES_TD
