# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Python's built-in functions in terms of primitives."""

from __future__ import annotations

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("builtins.sum")
def sum(iterable, /, start=0):
    total = start
    for element in iterable:
        total = total + element
    return total


@implements("builtins.any", fresh=True)
def any(iterable, /):
    for element in iterable:
        if element:
            return True
    return False


@implements("builtins.all", fresh=True)
def all(iterable, /):
    for element in iterable:
        if not element:
            return False
    return True


@implements("builtins.print")
def print(*values, sep=" ", end="\n", file=None, flush=False):
    if file is not None:
        raise ValueError("print to a file is not supported in compiled code")
    intrinsics.print(values, sep, end, flush)
