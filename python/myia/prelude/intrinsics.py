# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Primitives that only the prelude calls; outside of compiled code they do what Python does."""

from __future__ import annotations

import builtins
import dataclasses
from typing import Any, NoReturn


def print(values: tuple[Any, ...], sep: str | None, end: str | None, flush: bool) -> None:
    """Python's `print` of values, where they are printed now and in order."""
    builtins.print(*values, sep=sep, end=end, flush=flush)


def refuse(message: str, code: int = 50) -> NoReturn:
    """An error when the program is compiled, with its code: what the prelude does not support."""
    raise ValueError(f"[MYIA{code:03}] {message}")


def axis(axis: int, ndim: int) -> int:
    """An axis counted from the start; an error, when compiling if it is known, if there is none."""
    if axis < -ndim or axis >= ndim:
        raise ValueError(f"axis {axis} is out of bounds for array of dimension {ndim}")
    return axis % ndim


def replace_fields(obj: Any, changes: dict[str, Any]) -> Any:
    """An instance of a dataclass with some fields replaced."""
    return dataclasses.replace(obj, **changes)
