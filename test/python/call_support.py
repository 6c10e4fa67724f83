"""Machine code without the pipeline: entries written in the LLVM dialect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from myia import _ir as ir
from myia._call import Executable

COPY = """
  llvm.func @myia_entry_main(%arguments: !llvm.ptr, %results: !llvm.ptr) {{
    {body}
    llvm.return
  }}
"""


def executable(
    arguments: list[str],
    result: str,
    *,
    entry: str | None = None,
    classes: dict[str, type] | None = None,
    guards: list[Any] | None = None,
    first: int = 0,
    release_gil: bool = False,
) -> Any:
    """An executable whose entry, unless given, returns its arguments from slot `first` on."""
    with ir.Context():
        results = ir.count_slots([ir.Type.parse(result)])
        lines = [
            f"%a{i} = llvm.getelementptr %arguments[{i + first}] "
            ": (!llvm.ptr) -> !llvm.ptr, i64\n"
            f"%v{i} = llvm.load %a{i} : !llvm.ptr -> i64\n"
            f"%r{i} = llvm.getelementptr %results[{i}] : (!llvm.ptr) -> !llvm.ptr, i64\n"
            f"llvm.store %v{i}, %r{i} : i64, !llvm.ptr"
            for i in range(results)
        ]
        text = entry or COPY.format(body="\n".join(lines))
        code = ir.compile(ir.Module.parse(text))
        return Executable(
            code,
            code.lookup("myia_entry_main"),
            ir.count_slots([ir.Type.parse(each) for each in arguments]),
            ir.layout(ir.Type.parse(result), lambda kind, what: None),
            classes or {},
            guards or [],
            release_gil,
        )


def type_of(value: Any) -> str:
    """The MLIR type of an argument."""
    if isinstance(value, np.generic | np.ndarray):
        names = {"float64": "f64", "float32": "f32"}
        shape = "".join(f"{n}x" for n in value.shape)
        return f"tensor<{shape}{names[str(value.dtype)]}>"
    if isinstance(value, str) or value is None or callable(value):
        return "!myia.static<unit>"
    if hasattr(value, "factor"):
        return '!myia.record<@C ["factor"] of f64>'
    return {bool: "i1", int: "i64", float: "f64"}[type(value)]


class Compiler:
    """Stands for the compiler: the code returns the argument at a position."""

    def __init__(self, result: int = 0, guards: Callable[[], list[Any]] = list):
        self.calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        self.result = result
        self.guards = guards

    def __call__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.calls.append((args, kwargs))
        types = [type_of(value) for value in [*args, *kwargs.values()]]
        result = "f64" if types[0].startswith("!myia.record") else types[self.result]
        return executable(types, result, guards=self.guards())
