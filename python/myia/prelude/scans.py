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
    if axis is not None or f.ndim == 1:
        return _gradient_along(f, varargs[0] if varargs else 1.0, 0 if axis is None else axis)
    parts = ()
    for each in tuple(range(f.ndim)):
        spacing = varargs[each if len(varargs) > 1 else 0] if varargs else 1.0
        parts = parts + (_gradient_along(f, spacing, each),)
    return parts


def _gradient_along(f, spacing, axis):
    rows = np.moveaxis(f * 1.0, axis, 0)
    if rows.shape[0] < 2:
        raise ValueError("the array is too small to calculate a numerical gradient")
    spacing = np.asarray(spacing)
    if spacing.ndim == 1:
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
    return np.moveaxis(np.concatenate((first, inner, last)), 0, axis)


@implements("numpy.convolve", fresh=True)
def convolve(a, v, mode="full"):
    a, v = np.asarray(a), np.asarray(v)
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
    return convolve(a, np.asarray(v)[::-1], mode)
