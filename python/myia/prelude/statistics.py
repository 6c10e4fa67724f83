# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Order statistics and histograms, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.reductions import count_along, mean
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


@implements("numpy.quantile", fresh=True)
def quantile(a, q, axis=None, *, method="linear", keepdims=False):
    if method != "linear":
        intrinsics.refuse("quantiles are found by the linear method only")
    if keepdims and np.ndim(q) > 0:
        intrinsics.refuse("keepdims is not supported for several quantiles")
    rows = _sorted_rows(a, axis)
    q = np.asarray(q)
    if np.any(q < 0) or np.any(q > 1):
        raise ValueError("Quantiles must be in the range [0, 1]")
    place = q * (rows.shape[0] - 1.0)
    below = np.floor(place)
    at = below.astype(np.int64)
    part = np.reshape(place - below, q.shape + (1,) * (rows.ndim - 1))
    low = np.take(rows, at, 0)
    high = np.take(rows, np.minimum(at + 1, rows.shape[0] - 1), 0)
    between = np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))
    return _kept(a, axis, _spoilt(rows, between), keepdims)


@implements("numpy.percentile", fresh=True)
def percentile(a, q, axis=None, *, method="linear", keepdims=False):
    q = np.asarray(q)
    if np.any(q < 0) or np.any(q > 100):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return quantile(a, q / 100, axis, method=method, keepdims=keepdims)


@implements("numpy.histogram", fresh=True)
def histogram(a, bins=10, range=None, density=None, weights=None):
    a = np.ravel(a) * 1.0
    if isinstance(bins, int):
        edges = _edges(a, bins, range)
    else:
        edges = np.asarray(bins)
    count = edges.size - 1
    place = np.searchsorted(edges, a, "right") - 1
    place = np.where(a == edges[-1], count - 1, place)
    inside = np.logical_and(a >= edges[0], a <= edges[-1])
    if weights is None:
        totals = np.zeros(count, np.int64)
        amounts = inside.astype(np.int64)
    else:
        weights = np.ravel(weights)
        totals = np.zeros(count, weights.dtype)
        amounts = np.where(inside, weights, np.zeros_like(weights))
    totals = _tally(totals, np.where(inside, place, 0), amounts)
    if density:
        return totals / np.diff(edges) / np.sum(totals), edges
    return totals, edges


def _edges(a, bins, limits):
    if limits is None:
        low, high = (np.min(a), np.max(a)) if a.size > 0 else (np.float64(0.0), np.float64(1.0))
    else:
        low, high = np.asarray(limits[0]) * 1.0, np.asarray(limits[1]) * 1.0
    single = low == high
    low, high = np.where(single, low - 0.5, low), np.where(single, high + 0.5, high)
    return np.linspace(low, high, bins + 1)


def _tally(totals, places, amounts):
    result = totals + np.zeros_like(totals)
    for k in range(places.size):
        result[places[k]] += amounts[k]
    return result


@implements("numpy.bincount", fresh=True)
def bincount(x, /, weights=None, minlength=0):
    x = np.asarray(x)
    size = minlength
    for number in x:
        if number < 0:
            raise ValueError("'list' argument must have no negative elements")
        size = max(size, int(number) + 1)
    if weights is None:
        return _tally(np.zeros(size, np.int64), x, np.ones(x.size, np.int64))
    return _tally(np.zeros(size), x, np.asarray(weights) * 1.0)


@implements("numpy.cov", fresh=True)
def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    rows = np.atleast_2d(np.asarray(m) * 1.0)
    if not rowvar and rows.shape[0] != 1:
        rows = rows.T
    if y is not None:
        rows = np.concatenate((rows, np.atleast_2d(y)))
    freedom = rows.shape[1] - ((0 if bias else 1) if ddof is None else ddof)
    centred = rows - mean(rows, 1, keepdims=True)
    return np.squeeze(centred @ centred.T / float(freedom))


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
