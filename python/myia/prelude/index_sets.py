# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Positions of diagonals, triangles and products of rows and columns."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


@implements("numpy.diag_indices", fresh=True)
def diag_indices(n, ndim=2):
    return (np.arange(n),) * ndim


@implements("numpy.diag_indices_from", fresh=True)
def diag_indices_from(arr):
    arr = np.asarray(arr)
    if arr.ndim < 2:
        raise ValueError("input array must be at least 2-d")
    for size in arr.shape:
        if size != arr.shape[0]:
            raise ValueError("All dimensions of input must be of equal length")
    return diag_indices(arr.shape[0], arr.ndim)


@implements("numpy.tril_indices", fresh=True)
def tril_indices(n, k=0, m=None):
    return np.nonzero(np.tri(n, m, k, bool))


@implements("numpy.triu_indices", fresh=True)
def triu_indices(n, k=0, m=None):
    return np.nonzero(~np.tri(n, m, k - 1, bool))


@implements("numpy.tril_indices_from", fresh=True)
def tril_indices_from(arr, k=0):
    if np.ndim(arr) != 2:
        raise ValueError("input array must be 2-d")
    return tril_indices(np.shape(arr)[0], k, np.shape(arr)[1])


@implements("numpy.triu_indices_from", fresh=True)
def triu_indices_from(arr, k=0):
    if np.ndim(arr) != 2:
        raise ValueError("input array must be 2-d")
    return triu_indices(np.shape(arr)[0], k, np.shape(arr)[1])


@implements("numpy.mask_indices", fresh=True)
def mask_indices(n, mask_func, k=0):
    return np.nonzero(mask_func(np.ones((n, n), int), k) != 0)


@implements("numpy.ix_")
def ix_(*args):
    result = ()
    for axis, positions in enumerate(args):
        along = np.asarray(positions)
        if along.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if isinstance(positions, (tuple, list)) and along.size == 0:
            along = along.astype(np.int64)
        if along.dtype == np.bool_:
            along = np.flatnonzero(along)
        shape = (1,) * axis + (along.size,) + (1,) * (len(args) - axis - 1)
        result = result + (np.reshape(along, shape),)
    return result
