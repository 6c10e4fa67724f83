# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Running sums, differences and integrals, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


def _rows(a, axis):
    """The axis of a scan in front, or all elements in a row."""
    return np.ravel(a) if axis is None else np.moveaxis(a, axis, 0)


def _back(rows, axis):
    return rows if axis is None else np.moveaxis(rows, 0, axis)


def _sum_type(a, dtype):
    """The dtype of a running sum: small integers are widened."""
    if dtype is not None:
        return dtype
    return np.sum(np.zeros(1, a.dtype)).dtype


@implements("numpy.cumsum", fresh=True)
def cumsum(a, axis=None, dtype=None):
    a = np.asarray(a)
    rows = _rows(a.astype(_sum_type(a, dtype)), axis)
    sums = np.zeros(rows.shape, rows.dtype)
    total = np.zeros(rows.shape[1:], rows.dtype)
    for k in range(rows.shape[0]):
        total = total + rows[k]
        sums[k] = total
    return _back(sums, axis)


@implements("numpy.cumprod", fresh=True)
def cumprod(a, axis=None, dtype=None):
    a = np.asarray(a)
    rows = _rows(a.astype(_sum_type(a, dtype)), axis)
    products = np.zeros(rows.shape, rows.dtype)
    total = np.ones(rows.shape[1:], rows.dtype)
    for k in range(rows.shape[0]):
        total = total * rows[k]
        products[k] = total
    return _back(products, axis)


@implements("numpy.nancumsum", fresh=True)
def nancumsum(a, axis=None, dtype=None):
    return cumsum(np.where(np.isnan(a), np.zeros_like(a), a), axis, dtype)


@implements("numpy.nancumprod", fresh=True)
def nancumprod(a, axis=None, dtype=None):
    return cumprod(np.where(np.isnan(a), np.ones_like(a), a), axis, dtype)


@implements("numpy.cumulative_sum", fresh=True)
def cumulative_sum(x, /, *, axis=None, dtype=None, include_initial=False):
    return _cumulative(np.atleast_1d(x), cumsum, np.zeros, axis, dtype, include_initial)


@implements("numpy.cumulative_prod", fresh=True)
def cumulative_prod(x, /, *, axis=None, dtype=None, include_initial=False):
    return _cumulative(np.atleast_1d(x), cumprod, np.ones, axis, dtype, include_initial)


def _cumulative(x, scan, initial, axis, dtype, include_initial):
    if axis is None and x.ndim > 1:
        raise ValueError("For arrays which have more than one dimension axis is required.")
    axis = 0 if axis is None else axis
    result = scan(x, axis, dtype)
    if not include_initial:
        return result
    before = result.shape[: axis % x.ndim]
    shape = before + (1,) + result.shape[len(before) + 1 :]
    return np.concatenate((initial(shape, result.dtype), result), axis)


@implements("numpy.unwrap", fresh=True)
def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    rows = np.moveaxis(p, axis, 0)
    steps = rows[1:] - rows[:-1]
    discont = period / 2 if discont is None else discont
    kind = np.result_type(steps, period)
    whole = np.issubdtype(kind, np.integer)
    high = period // 2 if whole else period / 2
    inside = np.mod(steps + high, period) - high
    if not whole or period % 2 == 0:
        inside = np.where((inside == -high) & (steps > 0), high, inside)
    change = np.where(np.abs(steps) < discont, 0, inside - steps)
    later = rows[1:] + cumsum(change, 0)
    result = np.concatenate((rows[:1].astype(kind), later.astype(kind)))
    return np.moveaxis(result, 0, axis)


@implements("numpy.diff", fresh=True)
def diff(a, n=1, axis=-1):
    rows = np.moveaxis(a, axis, 0)
    for _ in tuple(range(n)):
        later, earlier = rows[1:], rows[:-1]
        rows = later != earlier if rows.dtype == np.bool_ else later - earlier
    return np.moveaxis(rows, 0, axis)


@implements("numpy.ediff1d", fresh=True)
def ediff1d(ary):
    ary = np.ravel(ary)
    return ary[1:] - ary[:-1]


@implements("numpy.trapezoid", fresh=True)
def trapezoid(y, x=None, dx=1.0, axis=-1):
    rows = np.moveaxis(y, axis, 0)
    if x is None:
        return np.sum(dx * (rows[1:] + rows[:-1]) / 2.0, axis=0)
    x = np.asarray(x)
    if x.ndim == 1:
        steps = np.reshape(x[1:] - x[:-1], (-1,) + (1,) * (rows.ndim - 1))
    else:
        along = np.moveaxis(x, axis, 0)
        steps = along[1:] - along[:-1]
    return np.sum(steps * (rows[1:] + rows[:-1]) / 2.0, axis=0)


@implements("numpy.gradient", fresh=True)
def gradient(f, *varargs, axis=None, edge_order=1):
    """Central differences inside, differences of first order at the ends."""
    f = np.asarray(f)
    if edge_order != 1:
        intrinsics.refuse("np.gradient supports edge_order=1 only")
    if f.dtype == np.bool_:
        raise TypeError("numpy boolean subtract, the `-` operator, is not supported")
    axes = tuple(range(f.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    spacings = varargs if varargs else (1.0,)
    if len(spacings) == 1 and np.ndim(spacings[0]) == 0:
        spacings = spacings * len(axes)
    if len(spacings) != len(axes):
        raise TypeError("invalid number of arguments")
    parts = ()
    for each, spacing in zip(axes, spacings):
        parts = parts + (_gradient_along(f, spacing, each),)
    return parts[0] if len(parts) == 1 else parts


def _gradient_along(f, spacing, axis):
    rows = np.moveaxis(f * 1.0, axis, 0)
    if rows.shape[0] < 2:
        raise ValueError("the array is too small to calculate a numerical gradient")
    if np.ndim(spacing) > 1:
        raise ValueError("distances must be either scalars or 1d")
    if np.ndim(spacing) == 1:
        spacing = np.asarray(spacing) * 1.0
        if spacing.shape[0] != rows.shape[0]:
            raise ValueError(
                "when 1d, distances must match the length of the corresponding dimension"
            )
        tail = (1,) * (rows.ndim - 1)
        steps = np.reshape(spacing[1:] - spacing[:-1], (-1,) + tail)
        before, after = steps[:-1], steps[1:]
        inner = (
            -after / (before * (before + after)) * rows[:-2]
            + (after - before) / (before * after) * rows[1:-1]
            + before / (after * (before + after)) * rows[2:]
        )
        first = (rows[1:2] - rows[:1]) / steps[:1]
        last = (rows[-1:] - rows[-2:-1]) / steps[-1:]
    else:
        inner = (rows[2:] - rows[:-2]) / (2.0 * spacing)
        first = (rows[1:2] - rows[:1]) / spacing
        last = (rows[-1:] - rows[-2:-1]) / spacing
    return np.moveaxis(np.concatenate((first, inner, last)).astype(rows.dtype), 0, axis)


@implements("numpy.convolve", fresh=True)
def convolve(a, v, mode="full"):
    a, v = np.atleast_1d(a, v)
    if a.ndim > 1 or v.ndim > 1:
        raise ValueError("object too deep for desired array")
    if a.size < v.size:
        return convolve(v, a, mode)
    if v.size == 0:
        raise ValueError("v cannot be empty")
    n, m = a.size, v.size
    start, count = 0, n + m - 1
    if mode == "same":
        start, count = (m - 1) // 2, n
    elif mode == "valid":
        start, count = m - 1, n - m + 1
    elif mode != "full":
        raise ValueError("mode must be one of 'valid', 'same', or 'full'")
    around = np.zeros(m - 1, a.dtype)
    padded = np.concatenate((around, a, around))
    result = np.zeros(count, (a[:1] * v[:1]).dtype)
    for k in range(m):
        result = result + v[k] * np.take(
            padded, np.arange(start + m - 1, start + m - 1 + count) - k
        )
    return result


@implements("numpy.correlate", fresh=True)
def correlate(a, v, mode="valid"):
    if np.ndim(a) != 1 or np.ndim(v) != 1:
        raise ValueError("object of wrong depth for desired array")
    a, v = np.asarray(a), np.asarray(v)
    if a.size < v.size:
        return convolve(v, a[::-1], mode)[::-1]
    return convolve(a, v[::-1], mode)
