# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that compiled code returns, as Python objects."""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from typing import Any, NoReturn

from myia._call import Function
from myia.frontend.records import fields, is_record


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

    def become(self, outer: types.FunctionType, captured: Mapping[str, Any]) -> None:
        """Be the first function that `outer` defines, with what it captures."""
        values = tuple(captured[name] for name in _captured_names(outer))
        self._caller = _caller_for(captured.get("f"))
        self.__myia_parts__ = (outer, 1, values)

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


class Known:
    """A captured value that the compiled code is made for: an option, as vmap's axes."""

    # The call path tells it by its identity: equal ones are one object (`known`).
    __myia_static__ = True

    def __init__(self, value: Any) -> None:
        self.value = value


_known: dict[Any, Known] = {}


def known(value: Any) -> Known:
    """The one object for an option: a number, string or None, or a structure of them."""
    value = tuple(value) if isinstance(value, list) else value
    return _known.setdefault(_key(value), Known(value))


def _key(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return (type(value), *map(_key, value))
    if isinstance(value, dict):
        return (dict, *((name, _key(each)) for name, each in value.items()))
    if is_record(value):
        return (type(value), *(_key(getattr(value, each.name)) for each in fields(type(value))))
    return (type(value), value)


def made_by(maker: Any, outer: types.FunctionType, captured: Mapping[str, Any]) -> Closure:
    """What `outer`, the library's own `maker`, returns: the first function that it defines."""
    made = Closure.__new__(Closure)
    made.become(outer, captured)
    made.__name__ = made.__qualname__ = maker.__name__
    made.__module__ = maker.__module__
    return made


@functools.cache
def _captured_names(outer: types.FunctionType) -> tuple[str, ...]:
    """What the first function that a library function defines captures."""
    from myia.frontend import scopes
    from myia.frontend.source import function_node

    inner = scopes.analyse(function_node(outer)).subtree()[1]
    return tuple(name for _, name in inner.captures())


def may_keep(function: Any) -> bool:
    """Whether code may be kept with a function: not with a class, nor with one of NumPy's."""
    return isinstance(function, (types.FunctionType, Function))


def _caller_for(function: Any) -> Any:
    """A caller that lives as long as a function: `vmap(f)` made anew finds its code again."""
    if not may_keep(function):
        return caller()
    if not hasattr(function, "__myia_caller__"):
        function.__myia_caller__ = caller()
    return function.__myia_caller__


def caller() -> Any:
    """A compiled function that calls its argument; it keeps the code for all such calls."""
    from myia.api import compiled

    def call(function: Any, /, *args: Any, **keywords: Any) -> Any:
        return function(*args, **keywords)

    return compiled(call)
