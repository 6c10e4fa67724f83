# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions whose results have as many elements as the data decides."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


@implements("array.nonzero", fresh=True)
def nonzero(self):
    return np.nonzero(self)


@implements("numpy.argwhere", fresh=True)
def argwhere(a):
    return np.stack(np.nonzero(a), 1)


@implements("numpy.extract", fresh=True)
def extract(condition, arr):
    return np.ravel(arr)[np.flatnonzero(condition)]


@implements("numpy.compress", fresh=True)
def compress(condition, a, axis=None):
    a = np.asarray(a)
    if axis is None:
        a = np.ravel(a)
        axis = 0
    return np.take(a, np.flatnonzero(condition), axis)


def _are_new(values):
    """Which of sorted values differ from the one before; NaN equals NaN."""
    before, after = values[:-1], values[1:]
    differ = before != after
    if np.issubdtype(values.dtype, np.floating):
        differ = differ & ~(np.isnan(before) & np.isnan(after))
    return np.concatenate((np.ones(min(values.size, 1), bool), differ))


@implements("numpy.unique", fresh=True)
def unique(ar, return_index=False, return_inverse=False, return_counts=False):
    """The first of each run of equal values, once they are sorted."""
    ar = np.asarray(ar)
    flat = np.ravel(ar)
    order = np.argsort(flat)
    ordered = flat[order]
    new = _are_new(ordered)
    first = np.flatnonzero(new)
    found = (ordered[first],)
    if return_index:
        found = found + (order[first],)
    if return_inverse:
        inverse = np.zeros(flat.size, np.int64)
        inverse[order] = np.cumsum(new) - 1
        found = found + (np.reshape(inverse, ar.shape),)
    if return_counts:
        ends = np.concatenate((first[1:], np.full(min(flat.size, 1), flat.size)))
        found = found + (ends - first,)
    return found if len(found) > 1 else found[0]


@implements("numpy.union1d", fresh=True)
def union1d(ar1, ar2):
    return unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


@implements("numpy.intersect1d", fresh=True)
def intersect1d(ar1, ar2):
    common = unique(ar1)
    return common[np.isin(common, ar2)]


@implements("numpy.setdiff1d", fresh=True)
def setdiff1d(ar1, ar2):
    rest = unique(ar1)
    return rest[~np.isin(rest, ar2)]
