# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Registration of prelude functions under the names of what they implement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def implements(*names: str, fresh: bool = False, makes: bool = False) -> Callable[[F], F]:
    """The decorated function is what these dotted names mean in compiled code.

    `array.mean` is a method of arrays, `list.index` one of lists, `dict.get` one of
    dicts, `record._replace` one of NamedTuples, anything else a Python object.
    What it returns is `fresh` if it never shares memory with an argument, nor holds one, but for
    the elements of lists and dicts. It
    `makes` a record if the result is a new one that may hold arguments.
    """

    def register(function: F) -> F:
        function.__myia_implements__ = names  # type: ignore[attr-defined]
        function.__myia_fresh__ = fresh  # type: ignore[attr-defined]
        function.__myia_makes__ = makes  # type: ignore[attr-defined]
        return function

    return register
