# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Reductions in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


def count_along(a, axis):
    """How many elements a reduction over these axes combines."""
    if axis is None:
        return a.size
    count = 1
    for each in axis if isinstance(axis, tuple) else (axis,):
        count = count * a.shape[each]
    return count


def _float_of(dtype):
    """The dtype in which means are computed."""
    if np.issubdtype(dtype, np.floating):
        return np.float32 if dtype == np.float16 else dtype
    return np.float64


@implements("numpy.mean", fresh=True)
def mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=None):
    a = np.asarray(a)
    if dtype is None:
        dtype = np.float64 if not np.issubdtype(a.dtype, np.floating) else a.dtype
    a = a.astype(_float_of(dtype))
    if where is None:
        total = np.sum(a, axis, None, out, keepdims)
        return (total / float(count_along(a, axis))).astype(dtype)
    total = np.sum(a, axis, None, out, keepdims, where=where)
    count = np.sum(np.broadcast_to(where, a.shape), axis, None, out, keepdims)
    return (total / count.astype(a.dtype)).astype(dtype)


@implements("numpy.var", fresh=True)
def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, correction=None):
    a = np.asarray(a)
    if dtype is None:
        dtype = np.float64 if not np.issubdtype(a.dtype, np.floating) else a.dtype
    a = a.astype(_float_of(dtype))
    deviation = a - mean(a, axis, keepdims=True)
    total = np.sum(deviation * deviation, axis, None, out, keepdims)
    freedom = count_along(a, axis) - (ddof if correction is None else correction)
    return (total / float(max(freedom, 0))).astype(dtype)


@implements("numpy.std", fresh=True)
def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, correction=None):
    return np.sqrt(var(a, axis, dtype, out, ddof, keepdims, correction=correction))


@implements("numpy.average", fresh=True)
def average(a, axis=None, weights=None, *, keepdims=False):
    if weights is None:
        return mean(a, axis, keepdims=keepdims)
    a, weights = np.asarray(a), np.asarray(weights)
    if weights.shape != a.shape and axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if weights.shape != a.shape and weights.ndim == 1 and isinstance(axis, int):
        weights = np.reshape(weights, (-1,) + (1,) * (a.ndim - 1 - axis % a.ndim))
    weights = np.broadcast_to(weights, a.shape) * 1.0
    total = np.sum(weights, axis=axis, keepdims=keepdims)
    if np.any(total == 0):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    return np.sum(a * weights, axis=axis, keepdims=keepdims) / total


@implements("numpy.amax", fresh=True)
def amax(a, axis=None, out=None, keepdims=False):
    return np.max(a, axis, out, keepdims)


@implements("numpy.amin", fresh=True)
def amin(a, axis=None, out=None, keepdims=False):
    return np.min(a, axis, out, keepdims)


@implements("numpy.ptp", fresh=True)
def ptp(a, axis=None, out=None, keepdims=False):
    return np.max(a, axis, out, keepdims) - np.min(a, axis, out, keepdims)


@implements("numpy.count_nonzero", fresh=True)
def count_nonzero(a, axis=None, *, keepdims=False):
    return np.sum(np.not_equal(a, 0), axis=axis, keepdims=keepdims)


# Reductions that leave NaN out


def _replaced(a, value):
    """The array with a value in the place of NaN."""
    a = np.asarray(a)
    if np.issubdtype(a.dtype, np.floating):
        return np.where(np.isnan(a), np.full_like(a, value), a)
    return a


def _isnan(a):
    return np.isnan(np.asarray(a))


@implements("numpy.nansum", fresh=True)
def nansum(a, axis=None, dtype=None, out=None, keepdims=False):
    return np.sum(_replaced(a, 0), axis, dtype, out, keepdims)


@implements("numpy.nanprod", fresh=True)
def nanprod(a, axis=None, dtype=None, out=None, keepdims=False):
    return np.prod(_replaced(a, 1), axis, dtype, out, keepdims)


@implements("numpy.nanmax", fresh=True)
def nanmax(a, axis=None, out=None, keepdims=False):
    a = np.asarray(a)
    if not np.issubdtype(a.dtype, np.floating):
        return np.max(a, axis, out, keepdims)
    largest = np.max(_replaced(a, -np.inf), axis, out, keepdims)
    nothing = np.all(_isnan(a), axis, out, keepdims)
    return np.where(nothing, np.full_like(largest, np.nan), largest)


@implements("numpy.nanmin", fresh=True)
def nanmin(a, axis=None, out=None, keepdims=False):
    a = np.asarray(a)
    if not np.issubdtype(a.dtype, np.floating):
        return np.min(a, axis, out, keepdims)
    smallest = np.min(_replaced(a, np.inf), axis, out, keepdims)
    nothing = np.all(_isnan(a), axis, out, keepdims)
    return np.where(nothing, np.full_like(smallest, np.nan), smallest)


@implements("numpy.nanmean", fresh=True)
def nanmean(a, axis=None, dtype=None, out=None, keepdims=False):
    return mean(_replaced(a, 0), axis, dtype, out, keepdims, where=~_isnan(a))


@implements("numpy.nanvar", fresh=True)
def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    valid = ~_isnan(a)
    deviation = _replaced(a, 0) - nanmean(a, axis, dtype, out, True)
    squares = np.where(valid, deviation * deviation, np.zeros_like(deviation))
    total = np.sum(squares, axis, dtype, out, keepdims)
    count = np.sum(valid, axis, None, out, keepdims)
    freedom = (count - ddof).astype(total.dtype)
    return np.where(freedom > 0, total, np.full_like(total, np.nan)) / np.where(
        freedom > 0, freedom, np.ones_like(freedom)
    )


@implements("numpy.nanstd", fresh=True)
def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return np.sqrt(nanvar(a, axis, dtype, out, ddof, keepdims))


@implements("numpy.nanargmax", fresh=True)
def nanargmax(a, axis=None, out=None, *, keepdims=False):
    if np.any(np.all(_isnan(a), axis)):
        raise ValueError("All-NaN slice encountered")
    return np.argmax(_replaced(a, -np.inf), axis, out, keepdims=keepdims)


@implements("numpy.nanargmin", fresh=True)
def nanargmin(a, axis=None, out=None, *, keepdims=False):
    if np.any(np.all(_isnan(a), axis)):
        raise ValueError("All-NaN slice encountered")
    return np.argmin(_replaced(a, np.inf), axis, out, keepdims=keepdims)
