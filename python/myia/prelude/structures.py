# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What derivative calls and vmap know of the structure of values; only the prelude calls it.

A leaf is whatever is no tuple, dict or instance of a dataclass. In compiled code these are
primitives (lib/Inference/Structures.cpp); what stands here is what they mean.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np


def leaves(value: Any, functions: bool = False) -> tuple[Any, ...]:
    """The leaves of a value, in order; with `functions`, a function's are what it captured."""
    parts = _parts(value)
    return (value,) if parts is None else tuple(x for part in parts for x in leaves(part))


def rebuild(like: Any, leaves: tuple[Any, ...], functions: bool = False) -> Any:
    """A value of the structure of `like`, with these leaves."""
    rest = iter(leaves)

    def build(value: Any) -> Any:
        parts = _parts(value)
        return next(rest) if parts is None else _with_parts(value, [build(each) for each in parts])

    return build(like)


def spread(given: Any, value: Any, name: str, prefix: bool = False) -> tuple[Any, ...]:
    """What `given` has for each leaf of `value`, of whose structure it is.

    None counts for all leaves of a part; in a `prefix` any leaf does. Messages name it.
    """
    parts, own = _parts(given), _parts(value)
    if own is None or given is None or (parts is None and prefix):
        return (given,) * len(leaves(value))
    if parts is None or len(parts) != len(own):
        raise TypeError(f"{name} of another structure")
    pairs = zip(parts, own, strict=True)
    return tuple(x for a, b in pairs for x in spread(a, b, name, prefix))


def is_differentiable(value: Any) -> bool:
    """Whether some leaf of a value is a real floating-point number or array, or a list of them."""
    if isinstance(value, list):
        return any(is_differentiable(each) for each in value)
    found = (np.asarray(leaf).dtype for leaf in leaves(value))
    return any(np.issubdtype(dtype, np.floating) for dtype in found)


def is_complex(value: Any) -> bool:
    """Whether a leaf is a complex number or array."""
    return np.iscomplexobj(value)


def zeros(value: Any) -> Any:
    """The gradient with respect to a value that is zero everywhere."""
    if isinstance(value, list):
        return [zeros(each) for each in value]
    found = tuple(leaf * 0.0 if is_differentiable(leaf) else None for leaf in leaves(value))
    return rebuild(value, found)


def is_recursive(value: Any) -> bool:
    """Whether a value is an instance of a class whose fields lead back to it."""
    return False


def fields(value: Any) -> tuple[Any, ...]:
    """The fields of an instance of a recursive class."""
    return tuple(getattr(value, field.name) for field in dataclasses.fields(value))


def positions(function: Callable[..., Any], argnums: Any, count: int) -> tuple[int, ...]:
    """The positions that `argnums` means in a call with so many positional arguments."""
    if argnums == "*":
        return tuple(range(count))
    names = list(inspect.signature(function).parameters)
    wanted = argnums if isinstance(argnums, tuple) else (argnums,)
    return tuple(names.index(each) if isinstance(each, str) else each % count for each in wanted)


def bound(
    function: Callable[..., Any], args: tuple[Any, ...], keywords: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments of a call by position, defaults too, and by name.

    The latter are none, unless there are parameters without a position: then nothing changes.
    """
    found = inspect.signature(function).bind(*args, **keywords)
    found.apply_defaults()
    return found.args, found.kwargs


def at_run_time(value: Any) -> Any:
    """The value: numbers in it that are known when compiling count as unknown from here on."""
    return value


def is_known(number: int) -> bool:
    """Whether an int is known when compiling."""
    return True


def check(value: Any, tangent: Any) -> None:
    """Refuse a tangent or cotangent of another kind, dtype or shape than the float or array."""
    if np.shape(value) != np.shape(tangent):
        raise ValueError("a tangent or cotangent must have the shape of what it belongs to")


def captured(function: Any) -> tuple[Any, ...]:
    """What a nested function captured, in order."""
    return tuple(cell.cell_contents for cell in function.__closure__ or ())


def call_with_rule(
    function: Callable[[Any, Any], Any],
    forward: Callable[[Any, Any], tuple[Any, Any]],
    backward: Callable[[Any, Any], Any],
    held: Any,
    args: Any,
) -> Any:
    """`function(held, args)`, which has a derivative of its own.

    `forward(held, args)` gives the same result and residuals; `backward(residuals, cotangent)` the
    cotangents of `args`. None of the three captures anything.
    """
    return function(held, args)


def repeats() -> None:
    """Say that what this function calls is called again: effects in there are an error."""


def _parts(value: Any) -> list[Any] | None:
    if isinstance(value, (tuple, dict)):
        return list(value.values() if isinstance(value, dict) else value)
    if dataclasses.is_dataclass(value):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    return None


def _with_parts(value: Any, parts: list[Any]) -> Any:
    if isinstance(value, dict):
        return dict(zip(value, parts, strict=True))
    if isinstance(value, tuple):
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return type(value)(*parts)
