# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What users call: the decorator and the derivatives."""

from __future__ import annotations

import functools
import inspect
import os
import types
from collections.abc import Callable
from typing import Any, TypeVar

from myia import compiler
from myia._call import Function
from myia.derivatives import (
    Argnums,
    Derivative,
    grad_request,
    innermost,
    value_and_grad_request,
)
from myia.errors import MyiaTypeError

F = TypeVar("F", bound=Callable[..., Any])


def myia(function: F) -> F:
    """Compile a function: its calls run machine code, made for the types of the arguments.

    With the environment variable MYIA_DISABLE=1 the function stays as it is.
    """
    if os.environ.get("MYIA_DISABLE") == "1":
        return function
    if type(function) is Function:
        return function
    if not isinstance(function, types.FunctionType):
        kind = type(function).__name__
        raise MyiaTypeError(f"@myia decorates functions, not {kind} objects", code=22)
    return _compiled(function)


myia.__myia_decorator__ = True  # type: ignore[attr-defined]


def grad(
    function: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """The gradient of a function that returns a real number.

    `argnums` is the position or the name of a parameter, a tuple of them, or "*" for all; a single
    one gives that gradient, several a tuple. With `has_aux` the function returns `(value, aux)`,
    and the result is `(gradient, aux)`.
    """
    return _derivative(grad_request, function, argnums, has_aux)


grad.__myia_request__ = grad_request  # type: ignore[attr-defined]


def value_and_grad(
    function: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """As `grad`, but the result is `(value, gradient)`, or `((value, aux), gradient)`."""
    return _derivative(value_and_grad_request, function, argnums, has_aux)


value_and_grad.__myia_request__ = value_and_grad_request  # type: ignore[attr-defined]


def stop_gradient(x: Any) -> Any:
    """The value itself, which counts as constant for every derivative."""
    return x


def _derivative(
    make: Callable[..., Derivative], function: Callable[..., Any], argnums: Argnums, aux: bool
) -> Callable[..., Any]:
    if not isinstance(function, types.MethodType):
        return _compiled(make(function, argnums, aux))
    # Positions of a bound method count from the parameter after the instance.
    names = list(inspect.signature(function).parameters)
    if argnums == "*":
        argnums = tuple(names)
    several = isinstance(argnums, tuple)
    wrt = [
        each + 1 if isinstance(each, int) else each
        for each in (argnums if isinstance(argnums, tuple) else (argnums,))
    ]
    compiled = _compiled(make(function.__func__, tuple(wrt) if several else wrt[0], aux))
    return functools.partial(compiled, function.__self__)


def _compiled(target: types.FunctionType | Derivative) -> Any:
    function = innermost(target)
    compiled = Function(function, functools.partial(compiler.specialize, target))
    functools.update_wrapper(compiled, function)
    compiled.__myia_target__ = target
    compiled.ir = functools.partial(compiler.ir, target)
    return compiled
