# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The module for one call from Python: a function at the types of its arguments."""

from __future__ import annotations

import inspect
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from myia.derivatives import innermost, undecorated
from myia.errors import MyiaTypeError, SourceRange
from myia.frontend import attributes, emit
from myia.frontend.arguments import argument_type, known_type
from myia.frontend.joint import union_of
from myia.frontend.lowering import LoweringBase, Origin
from myia.frontend.module import Guard, ModuleBuilder
from myia.frontend.returned import Returned
from myia.frontend.scopes import Scope
from myia.frontend.source import function_node, range_of
from myia.frontend.ssa import Value

ENTRY = "main"


@dataclass(frozen=True)
class Program:
    """Surface IR with an entry, and what the call path needs to know about it."""

    text: str
    name: str
    argument_types: list[str]
    classes: dict[str, type]
    returned: Returned
    guards: list[Guard]
    reads: list[tuple[Any, str, Any]]
    location: SourceRange

    def find(self, kind: str, what: Any) -> Any:
        """The Python object that a constant stands for, or what makes one of its parts."""
        return self.classes.get(what) if kind == "class" else self.returned(kind, what)


def build(
    target: Any, args: tuple[Any, ...], kwargs: dict[str, Any], known: Collection[str] = ()
) -> Program:
    """The program that calls `target`, a Python function or a derivative, with these arguments.

    Those of `known` parameters are constants.
    """
    target = undecorated(target)
    module = ModuleBuilder()
    function = innermost(target)
    names = _bind(function, args, kwargs)
    values = [*args, *kwargs.values()]
    types: list[str] = []
    opens: list[str] = []
    for value, name in zip(values, names, strict=True):
        module.open_fields = {}
        find = known_type if name in known else argument_type
        types.append(find(module, value, name))
        opens.append(_open_fields(module))
    if target is function and not kwargs and _is_complete(function, len(args)):
        callee = attributes.symbol(module.function(function))
    else:
        callee = attributes.symbol(_wrapper(module, target, function, len(args), list(kwargs)))
    location = range_of(function.__code__.co_filename, function_node(function))
    module.add(
        f'"myia.instantiate"() {{sym_name = "{ENTRY}", function = {callee}, '
        f"types = [{', '.join(types)}], open = {attributes.array(opens)}}} "
        f": () -> () loc({location.mlir()})"
    )
    name = function.__name__.replace("<lambda>", "lambda")
    text = module.text()
    found = (module.classes, module.returned, module.guards, module.reads)
    return Program(text, name, types, *found, location)


def _open_fields(module: ModuleBuilder) -> str:
    """The open fields of the recursive classes in an argument, with their types."""
    entries = [
        attributes.array([attributes.symbol(cls), attributes.string(field), union_of(kinds)])
        for (cls, field), kinds in module.open_fields.items()
    ]
    return attributes.array(entries)


def _bind(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[str]:
    """The parameter that each argument is for; Python's own error if they do not fit."""
    signature = inspect.signature(function, follow_wrapped=False)
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        message = f"{function.__qualname__}() cannot be called like this: {error}"
        location = range_of(function.__code__.co_filename, function_node(function))
        raise MyiaTypeError(message, code=21, location=location) from None
    return [*_positional_names(signature, len(args)), *kwargs]


def _is_complete(function: Any, count: int) -> bool:
    """Whether so many positional arguments are one for each parameter."""
    parameters = inspect.signature(function, follow_wrapped=False).parameters.values()
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return len(parameters) == count and all(each.kind in kinds for each in parameters)


def _positional_names(signature: inspect.Signature, count: int) -> list[str]:
    """The parameters that positional arguments are for; `xs[i]` where `*xs` takes them."""
    names: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            names += [f"{parameter.name}[{i}]" for i in range(count - len(names))]
        names.append(parameter.name)
    return names[:count]


def _wrapper(
    module: ModuleBuilder, target: Any, function: Any, positional: int, keywords: list[str]
) -> str:
    """A surface function that makes the derivative and passes the arguments on."""
    node = function_node(function)
    context = LoweringBase(module, Origin(function, "entry"), Scope(node, None, ()))
    location: SourceRange = context.location(node)
    parameters = [Value() for _ in range(positional + len(keywords))]
    callee = module.constants.lower(context, node, target, function.__name__)
    attrs = {}
    if keywords:
        attrs["keywords"] = attributes.array([attributes.string(name) for name in keywords])
    context.return_(node, context.emit(node, "call", [callee, *parameters], **attrs))
    context.graph.blocks.pop()
    context.graph.finish()
    names = [attributes.dictionary({"name": f'"{i}"'}) for i in range(len(parameters))]
    signature = {"myia.params": attributes.array(names)}
    symbol = module.reserve("entry")
    pairs = [(value, location) for value in parameters]
    module.add(emit.function(symbol, function.__name__, context.graph, pairs, signature, location))
    return symbol
