# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Order statistics and correlations, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.elementwise import is_python_number
from myia.prelude.reductions import count_along, mean, nanmean
from myia.prelude.registry import implements


def _sorted_rows(a, axis):
    """The reduced axes joined in front and sorted, and the shape of the rest."""
    a = np.asarray(a)
    if axis is None:
        return np.sort(np.ravel(a) * 1.0)
    axes = axis if isinstance(axis, tuple) else (axis,)
    moved = np.moveaxis(a * 1.0, axes, tuple(range(len(axes))))
    rest = moved.shape[len(axes) :]
    return np.sort(np.reshape(moved, (count_along(a, axis),) + rest), 0)


def _kept(a, axis, result, keepdims):
    """The result of a reduction with its axes of size 1, if asked for."""
    if not keepdims:
        return result
    a = np.asarray(a)
    axes = tuple(range(a.ndim)) if axis is None else axis
    axes = axes if isinstance(axes, tuple) else (axes,)
    shape = ()
    for each, size in enumerate(a.shape):
        shape = shape + (1 if each in axes or each - a.ndim in axes else size,)
    return np.reshape(result, shape)


def _spoilt(rows, result):
    """NaN where a NaN was sorted last."""
    last = rows[-1]
    return np.where(np.isnan(last), last, result)


@implements("numpy.median", fresh=True)
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    rows = _sorted_rows(a, axis)
    size = rows.shape[0]
    if size == 0:
        return mean(a, axis, keepdims=keepdims)
    middle = mean(rows[(size - 1) // 2 : size // 2 + 1], 0)
    return _kept(a, axis, _spoilt(rows, middle), keepdims)


def _check_quantile(a, q, method, keepdims):
    if method != "linear":
        intrinsics.refuse("quantiles are found by the linear method only")
    if keepdims and np.ndim(q) > 0:
        intrinsics.refuse("keepdims is not supported for several quantiles")
    if np.asarray(a).dtype == np.bool_:
        raise TypeError("booleans have no quantiles by the linear method")


def _fractions(q):
    q = np.asarray(q)
    if np.any(q < 0) or np.any(q > 1):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return q


def _percents(q):
    """The fractions that percents are."""
    if np.any(np.asarray(q) < 0) or np.any(np.asarray(q) > 100):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return q / 100 if is_python_number(q) else np.asarray(q) / 100


def _between(low, high, part, rows, q):
    """What lies at a part of the way, in the precision of the rows, or that of q if it is wider."""
    # A number of Python does not widen the result.
    part = part.astype(rows.dtype if is_python_number(q) else np.asarray(q).dtype)
    return np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))


@implements("numpy.quantile", fresh=True)
def quantile(a, q, axis=None, *, method="linear", keepdims=False):
    _check_quantile(a, q, method, keepdims)
    rows = _sorted_rows(a, axis)
    places = _fractions(q) * (rows.shape[0] - 1.0)
    below = np.floor(places)
    at = below.astype(np.int64)
    part = np.reshape(places - below, places.shape + (1,) * (rows.ndim - 1))
    low = np.take(rows, at, 0)
    high = np.take(rows, np.minimum(at + 1, rows.shape[0] - 1), 0)
    between = _between(low, high, part, rows, q)
    return _kept(a, axis, _spoilt(rows, between), keepdims)


@implements("numpy.percentile", fresh=True)
def percentile(a, q, axis=None, *, method="linear", keepdims=False):
    return quantile(a, _percents(q), axis, method=method, keepdims=keepdims)


# Those that leave NaN out: they are sorted last


def _valid(rows):
    return np.sum(~np.isnan(rows), axis=0)


def _at(rows, places):
    """Of each column, the elements at the places in its own column."""
    return np.take_along_axis(rows, np.clip(places, 0, rows.shape[0] - 1), 0)


@implements("numpy.nanmedian", fresh=True)
def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    rows = _sorted_rows(a, axis)
    if rows.size == 0:
        return nanmean(a, axis, keepdims=keepdims)
    count = np.expand_dims(_valid(rows), 0)
    low, high = _at(rows, (count - 1) // 2), _at(rows, count // 2)
    middle = np.where(count % 2 == 1, low, mean(np.stack((low, high)), 0))
    return _kept(a, axis, np.squeeze(middle, 0), keepdims)


@implements("numpy.nanquantile", fresh=True)
def nanquantile(a, q, axis=None, *, method="linear", keepdims=False):
    _check_quantile(a, q, method, keepdims)
    rows = _sorted_rows(a, axis)
    if rows.shape[0] == 0:
        raise ValueError("no elements to find quantiles of")
    fractions = _fractions(q)
    if fractions.ndim > 1:
        raise ValueError("q must be a scalar or 1d")
    last = np.maximum(_valid(rows) - 1, 0)
    places = np.reshape(fractions, (fractions.size,) + (1,) * (rows.ndim - 1)) * last
    below = np.floor(places)
    at = below.astype(np.int64)
    low, high = _at(rows, at), _at(rows, np.minimum(at + 1, last))
    between = _between(low, high, places - below, rows, q)
    return _kept(a, axis, np.reshape(between, fractions.shape + rows.shape[1:]), keepdims)


@implements("numpy.nanpercentile", fresh=True)
def nanpercentile(a, q, axis=None, *, method="linear", keepdims=False):
    return nanquantile(a, _percents(q), axis, method=method, keepdims=keepdims)


@implements("numpy.cov", fresh=True)
def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    m = np.asarray(m)
    if m.ndim > 2:
        raise ValueError("m has more than 2 dimensions")
    rows = np.atleast_2d(m.astype(np.float64))
    if not rowvar and m.ndim != 1:
        rows = rows.T
    if rows.shape[0] == 0:
        return np.zeros((0, 0))
    if y is not None:
        others = np.atleast_2d(np.asarray(y).astype(np.float64))
        if not rowvar and others.shape[0] != 1:
            others = others.T
        rows = np.concatenate((rows, others))
    freedom = rows.shape[1] - ((0 if bias else 1) if ddof is None else ddof)
    centred = rows - mean(rows, 1, keepdims=True)
    return np.squeeze(centred @ centred.T * np.divide(1.0, max(freedom, 0)))


@implements("numpy.corrcoef", fresh=True)
def corrcoef(x, y=None, rowvar=True):
    covariance = cov(x, y, rowvar)
    if covariance.ndim == 0:
        return covariance / covariance
    spread = np.sqrt(np.diagonal(covariance))
    return np.clip(covariance / np.expand_dims(spread, 1) / spread, -1, 1)


@implements("numpy.interp", fresh=True)
def interp(x, xp, fp, left=None, right=None):
    x, xp, fp = np.asarray(x) * 1.0, np.asarray(xp) * 1.0, np.asarray(fp) * 1.0
    if xp.size == 1:
        inside = np.full(x.shape, fp[0])
    else:
        at = np.clip(np.searchsorted(xp, x, "right") - 1, 0, xp.size - 2)
        x0, x1, f0, f1 = xp[at], xp[at + 1], fp[at], fp[at + 1]
        inside = (f1 - f0) / (x1 - x0) * (x - x0) + f0
    inside = np.where(x < xp[0], fp[0] if left is None else left, inside)
    return np.where(
        x > xp[-1], fp[-1] if right is None else right, np.where(x == xp[-1], fp[-1], inside)
    )
