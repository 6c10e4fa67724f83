# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions whose results have as many elements as the data decides."""

from __future__ import annotations

import numpy as np

from myia.prelude.elementwise import weakly
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


def _are_new(values, equal_nan):
    """Which of sorted values differ from the one before; NaN may equal NaN."""
    before, after = values[:-1], values[1:]
    differ = before != after
    if equal_nan and np.issubdtype(values.dtype, np.floating):
        differ = differ & ~(np.isnan(before) & np.isnan(after))
    return np.concatenate((np.ones(min(values.size, 1), bool), differ))


@implements("numpy.unique", fresh=True)
def unique(ar, return_index=False, return_inverse=False, return_counts=False, *, equal_nan=True):
    """The first of each run of equal values, once they are sorted."""
    ar = np.asarray(ar)
    flat = np.ravel(ar)
    order = np.argsort(flat)
    ordered = flat[order]
    new = _are_new(ordered, equal_nan)
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


_All = type(np.unique_all(np.ones(1)))
_Counts = type(np.unique_counts(np.ones(1)))
_Inverse = type(np.unique_inverse(np.ones(1)))


@implements("numpy.unique_all", fresh=True)
def unique_all(x):
    return _All(*unique(x, True, True, True, equal_nan=False))


@implements("numpy.unique_counts", fresh=True)
def unique_counts(x):
    return _Counts(*unique(x, return_counts=True, equal_nan=False))


@implements("numpy.unique_inverse", fresh=True)
def unique_inverse(x):
    return _Inverse(*unique(x, return_inverse=True, equal_nan=False))


@implements("numpy.union1d", fresh=True)
def union1d(ar1, ar2):
    kind = np.result_type(weakly(ar1), weakly(ar2))
    return unique(
        np.concatenate((np.ravel(np.asarray(ar1, kind)), np.ravel(np.asarray(ar2, kind))))
    )


@implements("numpy.setxor1d", fresh=True)
def setxor1d(ar1, ar2, assume_unique=False):
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = np.sort(np.concatenate((np.ravel(ar1), np.ravel(ar2))))
    differ = both[1:] != both[:-1]
    end = np.ones(min(both.size, 1), bool)
    return both[np.concatenate((end, differ)) & np.concatenate((differ, end))]


@implements("numpy.intersect1d", fresh=True)
def intersect1d(ar1, ar2):
    ar1, ar2 = np.asarray(ar1), np.asarray(ar2)
    common = unique(ar1.astype(np.result_type(ar1, ar2)))
    return common[np.isin(common, ar2)]


@implements("numpy.setdiff1d", fresh=True)
def setdiff1d(ar1, ar2):
    rest = unique(ar1)
    return rest[~np.isin(rest, ar2)]
