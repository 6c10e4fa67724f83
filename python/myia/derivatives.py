# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Requests for derivatives: `grad` and `value_and_grad`."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Any

from myia.errors import MyiaTypeError
from myia.frontend import attributes

Argnums = int | str | tuple[int | str, ...]


@dataclass(frozen=True, eq=False)
class Derivative:
    """The derivative of a function: what was asked for, not yet compiled."""

    function: Any
    wrt: tuple[int | str, ...]
    single: bool
    value: bool
    aux: bool

    # The call path takes it as a constant, not as a record of its fields.
    __myia_static__ = True

    def wrt_attribute(self) -> str:
        """The parameters to differentiate with respect to."""
        parts = [
            attributes.string(each) if isinstance(each, str) else attributes.integer(each)
            for each in self.wrt
        ]
        return attributes.array(parts)

    def attributes(self) -> dict[str, str]:
        """The attributes of `myia.grad`."""
        flags = {"single": self.single, "with_value": self.value, "aux": self.aux}
        units = {name: attributes.UNIT for name, flag in flags.items() if flag}
        return {"wrt": self.wrt_attribute(), **units}


def undecorated(value: Any) -> Any:
    """What a compiled function compiles: a Python function, or a derivative."""
    if isinstance(value, types.MethodType):
        return value
    return getattr(value, "__myia_target__", value) if callable(value) else value


def innermost(target: Any) -> types.FunctionType:
    """The Python function at the bottom of a derivative of a derivative."""
    target = undecorated(target)
    while isinstance(target, Derivative):
        target = undecorated(target.function)
    if isinstance(target, types.FunctionType):
        return target
    kind = type(target).__name__
    raise MyiaTypeError(f"Myia compiles Python functions, not {kind} objects", code=22)


def grad_request(function: Any, argnums: Argnums = 0, has_aux: bool = False) -> Derivative:
    """What `grad` asks for."""
    return _request(function, argnums, value=False, aux=has_aux)


def value_and_grad_request(
    function: Any, argnums: Argnums = 0, has_aux: bool = False
) -> Derivative:
    """What `value_and_grad` asks for."""
    return _request(function, argnums, value=True, aux=has_aux)


def _request(function: Any, argnums: Any, value: bool, aux: bool) -> Derivative:
    """Checks the options of a derivative."""
    if not callable(function) and not isinstance(function, Derivative):
        kind = type(function).__name__
        raise MyiaTypeError(f"a function is needed to differentiate, not a {kind}", code=22)
    several = isinstance(argnums, tuple)
    wrt: tuple[Any, ...] = argnums if several else (argnums,)
    for each in wrt:
        if isinstance(each, bool) or not isinstance(each, (int, str)):
            message = f"argnums takes positions and names of parameters, not {each!r}"
            raise MyiaTypeError(message, code=21)
    if not wrt:
        raise MyiaTypeError("argnums names no parameter", code=21)
    return Derivative(function, wrt, not several and wrt != ("*",), value, bool(aux))
