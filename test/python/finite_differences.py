"""Derivatives by differences: what compiled derivatives are compared with.

The five-point formula is exact up to the fourth power of the step, so it may be nested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
from compare import assert_close, assert_same, numeric_gradient

from myia import jvp, vjp

STEP = 2e-3
STENCIL = ((-2, 1 / 12), (-1, -8 / 12), (1, 8 / 12), (2, -1 / 12))


def tree_map(f: Callable[..., Any], tree: Any, *others: Any) -> Any:
    """`f` at every leaf of trees of one structure."""
    if is_dataclass(tree):
        return replace(
            tree,
            **{
                each.name: tree_map(f, *(getattr(t, each.name) for t in (tree, *others)))
                for each in fields(tree)
            },
        )
    if isinstance(tree, dict):
        return {key: tree_map(f, tree[key], *(t[key] for t in others)) for key in tree}
    if isinstance(tree, (tuple, list)):
        return type(tree)(tree_map(f, *each) for each in zip(tree, *others, strict=True))
    return f(tree, *others)


def directional(f: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    """The derivative of `f` along `tangents`, in the structure of what it returns."""

    def at(steps: int) -> Any:
        def moved(x: Any, t: Any) -> Any:
            return x if t is None else x + steps * STEP * t

        return f(*tree_map(moved, primals, tangents))

    def combined(*results: Any) -> Any:
        return sum(weight * y for (_, weight), y in zip(STENCIL, results)) / STEP

    return tree_map(combined, *(at(steps) for steps, _ in STENCIL))


def jacobian(f: Callable[..., Any], x: Any) -> np.ndarray:
    """The Jacobian of `f`: the shape of its result, then that of `x`."""
    shape = np.shape(x)
    columns = []
    for index in np.ndindex(shape):
        unit = np.zeros(shape)
        unit[index] = 1.0
        columns.append(np.asarray(directional(f, (x,), (unit if shape else 1.0,))))
    stacked = np.stack(columns, axis=-1)
    return stacked.reshape(stacked.shape[:-1] + shape)


def inner(left: Any, right: Any) -> float:
    """The inner product of two trees of one structure."""
    if is_dataclass(left):
        return sum(inner(getattr(left, f.name), getattr(right, f.name)) for f in fields(left))
    if isinstance(left, dict):
        return sum(inner(left[key], right[key]) for key in left)
    if isinstance(left, (tuple, list)):
        return sum(inner(a, b) for a, b in zip(left, right, strict=True))
    return float(np.sum(np.multiply(left, right)))


def check_vjp(f: Callable[..., Any], *primals: Any, cotangent: Any) -> None:
    """Compiled, the value and the pullback of `f` agree with CPython and with differences."""
    value, pullback = vjp(f, *primals)
    assert_same(value, f(*primals))

    def weighted(*args: Any) -> float:
        return inner(cotangent, f(*args))

    expected = tuple(numeric_gradient(weighted, primals, i) for i in range(len(primals)))
    assert_close(pullback(cotangent), expected, 1e-5)


def check_jvp(f: Callable[..., Any], primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> None:
    """Compiled, the value and the tangent of `f` agree with CPython and with differences."""
    value, tangent = jvp(f, primals, tangents)
    assert_same(value, f(*primals))
    assert_close(tangent, directional(f, primals, tangents), 1e-7)
