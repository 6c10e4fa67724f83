# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that compiled code returns, as Python objects."""

from __future__ import annotations

import types
from typing import Any, NoReturn


class Closure:
    """A function that was defined in a compiled one, with the values that it captured.

    Calling it runs code that is compiled for the types of its arguments, as of any function. The
    values that it captured are passed at run time.
    """

    def __init__(
        self,
        caller: Any,
        outer: types.FunctionType,
        index: int,
        name: str,
        captured: tuple[Any, ...],
    ) -> None:
        self._caller = caller
        # The function whose source it is part of, which of the functions in there it is, and the
        # values of its variables. The call path reads them.
        self.__myia_parts__ = (outer, index, captured)
        self.__name__ = name
        self.__qualname__ = f"{outer.__qualname__}.<locals>.{name}"
        self.__module__ = outer.__module__

    def __call__(self, /, *args: Any, **keywords: Any) -> Any:
        return self._caller(self, *args, **keywords)

    def __repr__(self) -> str:
        return f"<myia closure {self.__qualname__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"cannot pickle {self.__qualname__!r}, a local function")

    def __copy__(self) -> Closure:
        return self

    def __deepcopy__(self, memo: Any) -> Closure:
        return self


def caller() -> Any:
    """A compiled function that calls its argument; it keeps the code for all such calls."""
    from myia.api import compiled

    def call(function: Any, /, *args: Any, **keywords: Any) -> Any:
        return function(*args, **keywords)

    return compiled(call)
