# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What library functions mean: primitives of the compiler, or functions of the prelude."""

from __future__ import annotations

import difflib
import functools
import importlib
import types
from typing import Any

from myia.prelude.primitives import primitives

_MODULES = (
    "applying",
    "batching",
    "builtins_",
    "comparing",
    "complex_functions",
    "complex_numbers",
    "creation",
    "custom_rules",
    "decompositions",
    "derivatives",
    "editing",
    "elementwise",
    "exact",
    "functional",
    "histograms",
    "in_place",
    "index_sets",
    "integers",
    "joining",
    "kinds",
    "linear",
    "list_arrays",
    "list_order",
    "dicts",
    "lists",
    "mathematics",
    "methods",
    "norms",
    "numerics",
    "operators",
    "records",
    "reductions",
    "scans",
    "selecting",
    "shapes",
    "sorting",
    "statistics",
    "windows",
)


# What a name that is no Python object's starts with: a method, or an operator on complex numbers.
_KINDS = ("array.", "complex.", "dict.", "function.", "list.", "record.")


class _Library:
    """The table from Python objects to their meaning, filled once."""

    def __init__(self) -> None:
        self.meanings: dict[int, tuple[Any, str | types.FunctionType]] = {}
        self.names: list[str] = []
        self.methods: dict[str, types.FunctionType] = {}
        for name in primitives():
            self._add(name, name)
        for module in _MODULES:
            self._add_module(importlib.import_module(f"myia.prelude.{module}"))

    def _add(self, name: str, meaning: str | types.FunctionType) -> None:
        found = find(name)
        if found is not None:
            self.meanings[id(found)] = (found, meaning)
            self.names.append(name)

    def _add_module(self, module: types.ModuleType) -> None:
        for function in vars(module).values():
            for name in getattr(function, "__myia_implements__", ()):
                if name.startswith(_KINDS):
                    self.methods[name] = function
                else:
                    self._add(name, function)


def find(name: str) -> Any:
    """The Python object of a dotted name; None if this installation lacks it."""
    parts = name.split(".")
    for split in range(len(parts) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        for part in parts[split:]:
            found = getattr(found, part, None)
        return found
    return None


@functools.cache
def _library() -> _Library:
    return _Library()


def lookup(value: Any) -> str | types.FunctionType | None:
    """A primitive's name, a prelude function, or None."""
    found = _library().meanings.get(id(value))
    return None if found is None else found[1]


def symbol(function: types.FunctionType) -> str | None:
    """The symbol of a prelude function that a method stands for, if it is one."""
    names = getattr(function, "__myia_implements__", ())
    return next((each for each in names if each in _library().methods), None)


def is_prelude(function: Any) -> bool:
    """Whether a function belongs to the prelude."""
    return str(getattr(function, "__module__", "")).startswith("myia.prelude.")


def is_numpys(function: Any) -> bool:
    """Whether a function is written in Python in NumPy, whose source is not in the language."""
    module = str(getattr(function, "__module__", ""))
    return isinstance(function, types.FunctionType) and module.split(".")[0] == "numpy"


def implemented(function: Any) -> Any:
    """The Python object that a prelude function stands for; None if it is only a method's."""
    names = getattr(function, "__myia_implements__", ())
    return next((find(each) for each in names if each not in _library().methods), None)


def is_fresh(function: types.FunctionType) -> bool:
    """Whether a prelude function gives what shares no memory with its arguments."""
    return getattr(function, "__myia_fresh__", False)


def name_of(function: Any) -> str:
    """The name of what a prelude function implements; empty for any other function."""
    names = getattr(function, "__myia_implements__", ())
    return names[0] if names else ""


def takes_tuples(function: types.FunctionType) -> str:
    """For which arguments a prelude function takes a tuple as it takes a list: "all" or "first"."""
    names = getattr(function, "__myia_implements__", ())
    if any(each.startswith(("array.", "math.", "numpy.")) for each in names):
        return "all"
    runs_over = {"builtins.all", "builtins.any", "builtins.sum"}
    return "" if runs_over.isdisjoint(names) else "first"


_METHODS = ("array", "dict", "dict.update", "function.update", "list", "list.update", "record")


def methods(name: str) -> list[tuple[str, types.FunctionType]]:
    """The prelude functions that methods of this name stand for, with their symbols."""
    symbols = (f"{kind}.{name}" for kind in _METHODS)
    return [(each, _library().methods[each]) for each in symbols if each in _library().methods]


def operators(kind: str) -> list[tuple[str, types.FunctionType]]:
    """What operators on lists or dicts, and their making, stand for, with their symbols.

    Of complex numbers, all functions: which of them a program needs depends on types.
    """
    prefix = "complex." if kind == "complex" else f"{kind}.__"
    return [each for each in _library().methods.items() if each[0].startswith(prefix)]


@functools.cache
def gives_new(name: str) -> bool:
    """Whether the array method of this name gives what shares no memory with the array."""
    function = _library().methods.get(f"array.{name}")
    if function is not None:
        return is_fresh(function)
    found = primitives().get(f"array.{name}") or primitives().get(f"numpy.{name}")
    return found is not None and found.fresh


def similar(value: Any, name: str) -> list[str]:
    """The supported functions nearest to one that is not: those of its own module first."""
    module = (getattr(value, "__module__", None) or "numpy").split(".")[0]
    wanted = getattr(value, "__name__", name.rpartition(".")[2])
    own = {each.rpartition(".")[2]: each for each in _library().names if each.startswith(module)}
    return [own[short] for short in difflib.get_close_matches(wanted, own, n=3, cutoff=0.5)]
