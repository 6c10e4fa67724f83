# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What users call: the decorator and the derivatives."""

from __future__ import annotations

import functools
import inspect
import os
import types
import weakref
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

from myia import compiler
from myia._call import Function
from myia.closures import Closure, may_keep
from myia.derivatives import (
    Argnums,
    Derivative,
    grad_request,
    innermost,
    value_and_grad_request,
)
from myia.errors import MyiaTypeError

F = TypeVar("F", bound=Callable[..., Any])


@overload
def myia(function: F, *, static_argnames: str | Sequence[str] = ()) -> F: ...
@overload
def myia(*, static_argnames: str | Sequence[str] = ()) -> Callable[[F], F]: ...
def myia(function: Any = None, *, static_argnames: str | Sequence[str] = ()) -> Any:
    """Compile a function: its calls run machine code, made for the types of the arguments.

    The code is also made for the values of the parameters that `static_argnames` names: numbers,
    strings, None, tuples of them, functions and classes.
    With the environment variable MYIA_DISABLE=1 the function stays as it is.
    """
    if isinstance(static_argnames, str):
        static_argnames = (static_argnames,)
    known = tuple(static_argnames)
    if function is None:
        return functools.partial(myia, static_argnames=known)
    return function if os.environ.get("MYIA_DISABLE") == "1" else _decorated(function, known)


def _decorated(function: Any, known: tuple[str, ...]) -> Any:
    """What is around a function stays around the compiled one."""
    if type(function) is Function and not known:
        return function
    if isinstance(function, (staticmethod, classmethod)):
        return type(function)(_decorated(function.__func__, known))
    if isinstance(function, types.MethodType):
        return types.MethodType(_decorated(function.__func__, known), function.__self__)
    if isinstance(function, functools.partial):
        inner = _decorated(function.func, known)
        return functools.partial(inner, *function.args, **function.keywords)
    if not isinstance(function, types.FunctionType):
        kind = type(function).__name__
        message = f"@myia decorates functions, not {kind} objects; write a function that calls it"
        raise MyiaTypeError(message, code=22)
    for name in known:
        parameter = inspect.signature(function).parameters.get(name)
        if parameter is None or parameter.kind in (
            inspect.Parameter.VAR_POSITIONAL,
            inspect.Parameter.VAR_KEYWORD,
        ):
            message = f"static_argnames: {function.__name__}() has no parameter {name!r}"
            raise MyiaTypeError(message, code=22)
    return compiled(function, known)


myia.__myia_decorator__ = True  # type: ignore[attr-defined]


def grad(
    function: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """The gradient of a function that returns a real number.

    `argnums` is the position or the name of a parameter, a tuple of them, or "*" for all; a single
    one gives that gradient, several a tuple. With `has_aux` the function returns `(value, aux)`,
    and the result is `(gradient, aux)`.
    """
    return _derivative(grad, function, argnums, has_aux)


grad.__myia_request__ = grad_request  # type: ignore[attr-defined]


def value_and_grad(
    function: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """As `grad`, but the result is `(value, gradient)`, or `((value, aux), gradient)`."""
    return _derivative(value_and_grad, function, argnums, has_aux)


value_and_grad.__myia_request__ = value_and_grad_request  # type: ignore[attr-defined]


def stop_gradient(x: Any) -> Any:
    """The value itself, which counts as constant for every derivative."""
    return x


def _derivative(
    take: Any, function: Callable[..., Any], argnums: Argnums, aux: bool
) -> Callable[..., Any]:
    make = take.__myia_request__
    if isinstance(function, (Closure, functools.partial)):
        make(function, argnums, aux)  # which checks the options
        return functools.partial(_derivative_of_argument(take, argnums, aux), function)
    if not isinstance(function, types.MethodType):
        return _kept(function, make(function, argnums, aux))
    # Positions of a bound method count from the parameter after the instance.
    names = list(inspect.signature(function).parameters)
    if argnums == "*":
        argnums = tuple(names)
    several = isinstance(argnums, tuple)
    wrt = [
        each + 1 if isinstance(each, int) else each
        for each in (argnums if isinstance(argnums, tuple) else (argnums,))
    ]
    request = make(function.__func__, tuple(wrt) if several else wrt[0], aux)
    derivative = _kept(function.__func__, request)
    return functools.partial(derivative, function.__self__)


def _kept(function: Any, request: Derivative) -> Any:
    """The compiled derivative, which a function keeps: asked for again, its code is there.

    A function may have taken over the attributes of another one, as `functools.wraps` does.
    """
    if not may_keep(function):
        return compiled(request)
    owner, made = getattr(function, "__myia_derivatives__", (None, {}))
    if owner is None or owner() is not function:
        owner, made = weakref.ref(function), {}
        function.__myia_derivatives__ = owner, made
    key = (request.wrt, request.single, request.value, request.aux)
    if key not in made:
        made[key] = compiled(request)
    return made[key]


@functools.cache
def _derivative_of_argument(take: Any, argnums: Argnums, aux: bool) -> Callable[..., Any]:
    """The derivative of a function that holds values, which are passed at run time."""

    def derivative(function: Any, /, *args: Any, **keywords: Any) -> Any:
        return take(function, argnums, aux)(*args, **keywords)

    return compiled(derivative)


def compiled(target: types.FunctionType | Derivative, known: tuple[str, ...] = ()) -> Any:
    """A function whose calls run machine code."""
    function = innermost(target)
    made = Function(function, functools.partial(compiler.specialize, target, known), known)
    functools.update_wrapper(made, function)
    made.__myia_target__ = target
    made.ir = functools.partial(compiler.ir, target, known)
    return made
