# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What to say about Python constructs that are outside the language."""

from __future__ import annotations

import ast

_ADVICE: dict[str, tuple[str, str]] = {
    "Assert": ("this assert", "write `assert condition, 'message'`"),
    "AsyncFor": ("`async for`", "write a plain `for` loop"),
    "AsyncFunctionDef": ("`async def`", "write a plain `def`"),
    "AsyncWith": ("`async with`", "do it outside the compiled function"),
    "Await": ("`await`", "do it outside the compiled function"),
    "ClassDef": ("a class defined in a function", "define it at module level"),
    "Delete": ("`del`", "let the name go out of use instead"),
    "Dict": ("a dict display", "use a dataclass or a tuple"),
    "DictComp": ("a dict comprehension", "use a loop over a tuple"),
    "FormattedValue": ("an f-string", "use a constant string"),
    "GeneratorExp": ("a generator expression", "write a loop"),
    "Global": ("`global`", "pass the value in and return the new one"),
    "JoinedStr": ("an f-string", "use a constant string"),
    "List": ("a list display", "use a tuple, or an array passed as an argument"),
    "ListComp": ("a list comprehension", "write a loop that fills an array"),
    "Match": ("`match`", "write `if` and `elif`"),
    "Nonlocal": ("`nonlocal`", "pass the value in and return the new one"),
    "Set": ("a set display", "use a tuple"),
    "SetComp": ("a set comprehension", "use a loop over a tuple"),
    "Starred": ("`*` here", "name every element"),
    "Try": ("`try`", "test for the condition before, or catch it outside"),
    "TryStar": ("`try`", "test for the condition before, or catch it outside"),
    "With": ("`with`", "do it outside the compiled function"),
    "Yield": ("`yield`", "fill an array and return it"),
    "YieldFrom": ("`yield from`", "fill an array and return it"),
}


def describe(node: ast.AST) -> tuple[str, str]:
    """The construct in words, and what to write instead."""
    name = type(node).__name__
    return _ADVICE.get(name, (f"the construct {name}", "write it with simpler statements"))
