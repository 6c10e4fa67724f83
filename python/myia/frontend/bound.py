# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that come from Python with values: partials, bound methods and closures."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from myia.closures import Closure
from myia.frontend import attributes
from myia.frontend.emit import ANY
from myia.frontend.records import is_record, is_record_class

if TYPE_CHECKING:
    from myia.frontend.module import ModuleBuilder

# Gives the type of an argument; the text names it in errors.
Typing = Callable[[Any, str], str]


def bound_type(module: ModuleBuilder, value: Any, path: str, type_of: Typing) -> str | None:
    """The type of a function with what it is bound to: a closure; None for anything else."""
    if isinstance(value, Closure):
        outer, index, captured = value.__myia_parts__
        kinds = [type_of(each, f"{path}.captured[{i}]") for i, each in enumerate(captured)]
        elements = f" of {', '.join(kinds)}" if kinds else ""
        return f"!myia.closure<{module.defined_in(outer, index)}{elements}>"
    if type(value) is functools.partial:
        return _partial_type(module, value, path, type_of)
    if not isinstance(value, types.MethodType):
        return None
    function, instance = module.returned.undecorated(value.__func__), value.__self__
    if not isinstance(function, types.FunctionType):
        return None
    if not is_record(instance) and not is_record_class(instance):
        return None
    kind = type_of(instance, f"{path}.__self__")
    return f"!myia.closure<{attributes.symbol(module.function(function))} of {kind}>"


def _partial_type(
    module: ModuleBuilder, value: functools.partial[Any], path: str, type_of: Typing
) -> str:
    """A function that calls another one; that, and what it is called with, are captured."""
    names = tuple(value.keywords)
    symbol = module.once(
        ("partial", len(value.args), names),
        "partial",
        lambda name: _caller(name, len(value.args), names),
    )
    module.returned.partials[symbol] = (len(value.args), names)
    kinds = [type_of(value.func, f"{path}.func")]
    kinds += [type_of(each, f"{path}.args[{i}]") for i, each in enumerate(value.args)]
    kinds += [type_of(each, f"{path}.keywords[{name!r}]") for name, each in value.keywords.items()]
    return f"!myia.closure<{attributes.symbol(symbol)} of {', '.join(kinds)}>"


def _caller(symbol: str, positional: int, names: tuple[str, ...]) -> str:
    """`lambda *args, **keywords: callee(a, b, *args, c=c, **keywords)`, capturing the others."""
    captures = 1 + positional + len(names)
    values = [f"%{i}" for i in range(captures + 2)]
    first, last = values[: 1 + positional], values[1 + positional : captures]
    operands = [*first, values[-2], *last, values[-1]]
    keywords = attributes.array([attributes.string(name) for name in (*names, "**")])
    parameters = [
        attributes.dictionary({"name": attributes.string(n), "kind": attributes.string(k)})
        for n, k in (("args", "tuple"), ("keywords", "dict"))
    ]
    types = ", ".join([ANY] * len(values))
    return (
        f'"func.func"() ({{\n^bb0({", ".join(f"{each}: {ANY}" for each in values)}):\n'
        f'  %r = "myia.call"({", ".join(operands)}) {{keywords = {keywords}, '
        f"starred = array<i64: {positional}>}} : ({types}) -> {ANY}\n"
        f'  "func.return"(%r) : ({ANY}) -> ()\n}}) {{sym_name = {attributes.string(symbol)}, '
        f'sym_visibility = "private", function_type = ({types}) -> {ANY}, '
        f"myia.captures = {attributes.integer(captures)}, "
        f"myia.params = {attributes.array(parameters)}}} : () -> ()"
    )
