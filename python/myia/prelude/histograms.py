# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Histograms and counts, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("numpy.histogram_bin_edges", fresh=True)
def histogram_bin_edges(a, bins=10, range=None, weights=None):
    a = np.ravel(a)
    if isinstance(bins, str):
        intrinsics.refuse("the number of bins is not estimated: give a number or the edges")
    if weights is not None and np.size(weights) != a.size:
        raise ValueError("weights should have the same shape as a.")
    if np.ndim(bins) == 0:
        if bins < 1:
            raise ValueError("`bins` must be positive, when an integer")
        return _edges(a.astype(np.uint8) if a.dtype == np.bool_ else a, bins, range)
    edges = np.asarray(bins)
    if edges.ndim != 1:
        raise ValueError("`bins` must be 1d, when an array")
    if np.any(edges[:-1] > edges[1:]):
        raise ValueError("`bins` must increase monotonically, when an array")
    return edges


@implements("numpy.histogram", fresh=True)
def histogram(a, bins=10, range=None, density=None, weights=None):
    a = np.asarray(a)
    if weights is not None and np.shape(weights) != a.shape:
        raise ValueError("weights should have the same shape as a.")
    edges = histogram_bin_edges(a, bins, range)
    a = np.ravel(a)
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
        return totals / np.diff(edges).astype(np.float64) / np.sum(totals), edges
    return totals, edges


def _outer_edges(a, limits):
    low, high = (0, 1) if limits is None else (limits[0], limits[1])
    if limits is None and a.size > 0:
        low, high = np.min(a), np.max(a)
    if low > high:
        raise ValueError("max must be larger than min in range parameter.")
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError("the range is not finite")
    single = low == high
    return np.where(single, low - 0.5, low), np.where(single, high + 0.5, high)


def _edges(a, bins, limits):
    low, high = _outer_edges(a, limits)
    kind = a.dtype if limits is None else np.result_type(limits[0], limits[1], a)
    if not np.issubdtype(kind, np.floating):
        kind = np.float64
    edges = np.linspace(low, high, bins + 1, dtype=kind)
    if np.any(edges[:-1] >= edges[1:]):
        raise ValueError("Too many bins for data range.")
    return edges


@implements("numpy.histogram2d", fresh=True)
def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim != 1 or y.ndim != 1 or x.size != y.size:
        raise ValueError("x and y must have the same length.")
    kind = np.result_type(x, y)
    if kind != np.float64 and not np.issubdtype(kind, np.integer):
        intrinsics.refuse("np.histogram2d takes arrays of float64 or integers")
    # Edges of one array for both axes look like one number of bins for each here.
    pair = bins if isinstance(bins, tuple) else (bins, bins)
    if len(pair) != 2 or (not isinstance(bins, tuple) and np.ndim(bins) > 0):
        intrinsics.refuse("np.histogram2d takes a number of bins, or a pair of numbers or edges")
    limits = (None, None) if range is None else range
    xedges = _edges_along(x.astype(kind), pair[0], limits[0])
    yedges = _edges_along(y.astype(kind), pair[1], limits[1])
    rows, columns = xedges.size - 1, yedges.size - 1
    xs, ys = _places(x, xedges), _places(y, yedges)
    inside = (xs >= 0) & (xs < rows) & (ys >= 0) & (ys < columns)
    amounts = np.ones(x.size) if weights is None else np.asarray(weights).astype(np.float64)
    if amounts.shape != x.shape:
        raise ValueError("The weights and list don't have the same length.")
    amounts = np.where(inside, amounts, 0.0)
    totals = _tally(np.zeros(rows * columns), np.where(inside, xs * columns + ys, 0), amounts)
    totals = np.reshape(totals, (rows, columns))
    if density:
        widths = np.expand_dims(np.diff(xedges), 1) * np.diff(yedges)
        return totals / widths / np.sum(totals), xedges, yedges
    return totals, xedges, yedges


def _edges_along(a, bins, limits):
    if np.ndim(bins) == 0:
        if bins < 1:
            raise ValueError("`bins` must be positive, when an integer")
        low, high = _outer_edges(a, limits)
        return np.linspace(low, high, bins + 1)
    edges = np.asarray(bins)
    if np.any(edges[:-1] > edges[1:]):
        raise ValueError("`bins` must be monotonically increasing, when an array")
    return edges


def _places(a, edges):
    """The bin of each element; the last edge belongs to the last bin."""
    return np.searchsorted(edges, a, "right") - 1 - (a == edges[-1])


def _tally(totals, places, amounts):
    result = totals + np.zeros_like(totals)
    for k in range(places.size):
        result[places[k]] += amounts[k]
    return result


@implements("numpy.bincount", fresh=True)
def bincount(x, /, weights=None, minlength=0):
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("object of wrong depth for desired array")
    if np.issubdtype(x.dtype, np.floating):
        raise TypeError("Cannot cast array data to dtype('int64') according to the rule 'safe'")
    size = minlength
    for number in x:
        if number < 0:
            raise ValueError("'list' argument must have no negative elements")
        size = max(size, int(number) + 1)
    if weights is None:
        return _tally(np.zeros(size, np.int64), x, np.ones(x.size, np.int64))
    return _tally(np.zeros(size), x, np.asarray(weights) * 1.0)
