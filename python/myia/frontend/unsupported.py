# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What to say about Python constructs that are outside the language."""

from __future__ import annotations

import ast
import builtins
from typing import Any

_ADVICE: dict[str, tuple[str, str]] = {
    "AsyncFor": ("`async for`", "write a plain `for` loop"),
    "AsyncFunctionDef": ("`async def`", "write a plain `def`"),
    "AsyncWith": ("`async with`", "do it outside the compiled function"),
    "Await": ("`await`", "do it outside the compiled function"),
    "ClassDef": ("a class defined in a function", "define it at module level"),
    "Delete": ("`del`", "let the name go out of use instead"),
    "GeneratorExp": (
        "a generator expression that is not taken at once",
        "pass it straight to sum, min, max, any, all, list or tuple, or write a loop",
    ),
    "Global": ("`global`", "pass the value in and return the new one"),
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


# Built-in functions that look at or change the running program.
_DYNAMIC = {
    "__import__": "write an `import` statement",
    "breakpoint": "debug the undecorated function, with MYIA_DISABLE=1",
    "compile": "define the function before",
    "delattr": "use a class without the field",
    "eval": "write the expression out",
    "exec": "write the statements out",
    "globals": "name the globals that you need",
    "input": "read the input before, and pass it in",
    "locals": "name the variables that you need",
    "open": "read the file before, and pass its contents in",
    "setattr": "name the field: `obj.field = value`",
    "vars": "name the fields that you need",
}


def dynamic_builtin(value: Any) -> tuple[str, str] | None:
    """A built-in function that cannot be compiled, and what to write instead."""
    name = getattr(value, "__name__", "")
    if name not in _DYNAMIC or getattr(builtins, name) is not value:
        return None
    return f"`{name}`", _DYNAMIC[name]


def describe(node: ast.AST) -> tuple[str, str]:
    """The construct in words, and what to write instead."""
    name = type(node).__name__
    return _ADVICE.get(name, (f"the construct {name}", "write it with simpler statements"))
