# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Derivatives beside the gradient, and vmap, as Python calls them.

What they mean is in the prelude (`derivatives.py`, `batching.py`), for compiled code as well.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from myia.api import compiled
from myia.closures import Closure, known, made_by
from myia.derivatives import Argnums
from myia.errors import MyiaTypeError

Axes = Any  # an int, None, or a structure of them


def vjp(f: Callable[..., Any], *primals: Any, has_aux: bool = False) -> Any:
    """The value of a function, and its pullback: `(value, pullback)`.

    `pullback(cotangent)` takes a cotangent of the structure of the value, and gives a tuple with
    the cotangent of each primal. With `has_aux` the function returns `(value, aux)`, and the result
    is `(value, pullback, aux)`. The pullback calls the function again, which therefore must not
    print nor take random numbers without a key.

    >>> value, pullback = vjp(lambda x, y: x * y, 2.0, 3.0)
    >>> value, pullback(1.0)
    (6.0, (3.0, 2.0))
    """
    _checked(vjp, f)
    return _library_call(vjp, ("has_aux",))(f, *primals, has_aux=has_aux)


def jvp(f: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    """The value of a function, and its derivative along the tangents: `(value, tangent)`.

    Both are tuples with an entry per argument. The tangent is found in reverse mode, twice.

    >>> jvp(lambda x: x**3, (2.0,), (1.0,))
    (8.0, 12.0)
    """
    _checked(jvp, f)
    return _library_call(jvp)(f, primals, tangents)


def hvp(f: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    """The Hessian of a function that returns a real number, times the tangents.

    That is one product for one primal, else a tuple with one for each.

    >>> hvp(lambda x: x**3, (2.0,), (1.0,))
    12.0
    """
    _checked(hvp, f)
    return _library_call(hvp)(f, primals, tangents)


def jacrev(f: Callable[..., Any], argnums: Argnums = 0) -> Closure:
    """The Jacobian of a function, row by row, for few results of many arguments.

    Of an array of shape `s` with respect to an array of shape `t` it has the shape `s + t`. What is
    a structure in the result is one in the Jacobian; inside, `argnums` means what it does for
    `grad`.

    >>> jacrev(lambda x: x**2)(np.array([1.0, 2.0]))
    array([[2., 0.],
           [0., 4.]])
    """
    return _made(jacrev, f, argnums=argnums)


def jacfwd(f: Callable[..., Any], argnums: Argnums = 0) -> Closure:
    """As `jacrev`, but column by column, for many results of few arguments."""
    return _made(jacfwd, f, argnums=argnums)


def hessian(f: Callable[..., Any], argnums: Argnums = 0) -> Closure:
    """The second derivatives of a function: the Jacobian of the Jacobian.

    >>> hessian(lambda x: np.sum(x**3))(np.array([1.0, 2.0]))
    array([[ 6.,  0.],
           [ 0., 12.]])
    """
    return _made(hessian, f, argnums=argnums)


def vmap(f: Callable[..., Any], in_axes: Axes = 0, out_axes: Axes = 0) -> Closure:
    """The function applied to every element along an axis of its arguments.

    `in_axes` says which axis that is, for all arguments, or as a tuple for each; None is for an
    argument that all calls get as it is. Where an argument is a structure, its entry may be one.
    `out_axes` is where the results are stacked. What is no number and no array must be the same in
    all results, and it must be None or a string.

    >>> vmap(lambda row, k: np.sum(row) * k, (0, None))(np.ones((2, 3)), 2.0)
    array([6., 6.])
    """
    return _made(vmap, f, in_axes=in_axes, out_axes=out_axes)


def checkpoint(f: Callable[..., Any]) -> Closure:
    """The function, computed again by its derivative instead of storing what it computes.

    It must not print nor take random numbers without a key.
    """
    return _made(checkpoint, f)


class custom_vjp(Closure):  # noqa: N801 - used as a decorator
    """A function with a pullback of its own, as a decorator.

    `f.defvjp(fwd, bwd)` gives it: `fwd(*args)` returns `(result, residuals)`, and
    `bwd(residuals, cotangent)` a tuple with a cotangent per argument (None counts as zero). Where
    nothing is differentiated, the function itself is called. What the three capture is a constant.

    >>> @custom_vjp
    ... def clipped(x):
    ...     return x
    >>> clipped.defvjp(lambda x: (x, None), lambda _, ct: (np.clip(ct, -1.0, 1.0),))
    >>> grad(lambda x: 5.0 * clipped(x))(2.0)
    1.0
    """

    def __init__(self, f: Callable[..., Any]) -> None:
        self.function = _checked(custom_vjp, f)
        _take_name(self, f)
        self._rule(None, None)

    def defvjp(self, fwd: Callable[..., Any], bwd: Callable[..., Any]) -> None:
        """Define the pullback by a forward and a backward function."""
        self._rule(_checked(custom_vjp, fwd), _checked(custom_vjp, bwd))

    def _rule(self, fwd: Any, bwd: Any) -> None:
        from myia.prelude.custom_rules import with_vjp

        rule = ("custom_vjp", self.function, fwd, bwd)
        self.become(with_vjp, {"rule": rule})


class custom_jvp(Closure):  # noqa: N801 - used as a decorator
    """A function with a pushforward of its own, as a decorator.

    `f.defjvp(rule)` gives it: `rule(primals, tangents)` takes two tuples and returns
    `(result, tangent)`; it must be linear in the tangents. Reverse mode transposes it.

    >>> @custom_jvp
    ... def f(x):
    ...     return x**2
    >>> f.defjvp(lambda primals, tangents: (primals[0] ** 2, 5.0 * tangents[0]))
    >>> grad(f)(2.0)
    5.0
    """

    def __init__(self, f: Callable[..., Any]) -> None:
        self.function = _checked(custom_jvp, f)
        _take_name(self, f)
        self._rule(None)

    def defjvp(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """Define the pushforward; also as a decorator of the rule."""
        self._rule(_checked(custom_jvp, rule))
        return rule

    def _rule(self, rule: Any) -> None:
        from myia.prelude.custom_rules import with_jvp

        self.become(with_jvp, {"rule": ("custom_jvp", self.function, rule)})


@functools.cache
def _library_call(call: Any, names: tuple[str, ...] = ()) -> Any:
    from myia.prelude import library

    meaning: Any = library.lookup(call)
    return compiled(meaning, names)


def _made(maker: Any, function: Any, **options: Any) -> Closure:
    from myia.prelude import library

    _checked(maker, function)
    captured = {name: _option(maker, name, value) for name, value in options.items()}
    meaning: Any = library.lookup(maker)
    return made_by(maker, meaning, {"f": function, **captured})


def _take_name(made: Closure, function: Any) -> None:
    """A decorated function keeps its name; what a compiled one has beside it does not count."""
    functools.update_wrapper(made, function, updated=())


def _checked(maker: Any, function: Any) -> Any:
    if not callable(function):
        kind = type(function).__name__
        raise MyiaTypeError(f"{maker.__name__} needs a function, not a {kind}", code=22)
    return function


def _option(maker: Any, name: str, value: Any) -> Any:
    try:
        return known(value)
    except TypeError:
        message = f"{maker.__name__}: {name} cannot be a {type(value).__name__}"
        raise MyiaTypeError(message, code=21) from None
