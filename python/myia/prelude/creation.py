# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Creation of arrays in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.elementwise import weakly
from myia.prelude.registry import implements


@implements("numpy.empty", fresh=True)
def empty(shape, dtype=float):
    return np.zeros(shape, dtype)


@implements("numpy.empty_like", fresh=True)
def empty_like(prototype, /, dtype=None):
    return np.zeros_like(prototype, dtype)


@implements("numpy.full_like", fresh=True)
def full_like(a, fill_value, dtype=None):
    a = np.asarray(a)
    return np.full(a.shape, fill_value, a.dtype if dtype is None else dtype)


@implements("numpy.eye", fresh=True)
def eye(N, M=None, k=0, dtype=float):
    rows = np.expand_dims(np.arange(N), 1)
    columns = np.arange(N if M is None else M)
    return (columns - rows == k).astype(dtype)


@implements("numpy.identity", fresh=True)
def identity(n, dtype=float):
    return eye(n, dtype=dtype)


@implements("numpy.tri", fresh=True)
def tri(N, M=None, k=0, dtype=float):
    rows = np.expand_dims(np.arange(N), 1)
    columns = np.arange(N if M is None else M)
    return (columns - rows <= k).astype(dtype)


@implements("numpy.tril", fresh=True)
def tril(m, k=0):
    m = np.asarray(m)
    return np.where(tri(*m.shape[-2:], k=k, dtype=bool), m, np.zeros_like(m))


@implements("numpy.triu", fresh=True)
def triu(m, k=0):
    m = np.asarray(m)
    return np.where(tri(*m.shape[-2:], k=k - 1, dtype=bool), np.zeros_like(m), m)


@implements("numpy.diagonal")
def diagonal(a, offset=0, axis1=0, axis2=1):
    a = np.moveaxis(a, (axis1, axis2), (-2, -1))
    rows, columns = a.shape[-2], a.shape[-1]
    count = min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns)
    at = np.arange(max(count, 0))
    return a[..., at + max(-offset, 0), at + max(offset, 0)]


@implements("numpy.diag")
def diag(v, k=0):
    v = np.asarray(v)
    if v.ndim == 2:
        return diagonal(v, k)
    if v.ndim != 1:
        raise ValueError("Input must be 1- or 2-d.")
    return diagflat(v, k)


@implements("numpy.diagflat", fresh=True)
def diagflat(v, k=0):
    v = np.ravel(v)
    size = v.size + abs(k)
    matrix = np.zeros((size, size), v.dtype)
    at = np.arange(v.size)
    matrix[at + max(-k, 0), at + max(k, 0)] = v
    return matrix


@implements("numpy.linspace", fresh=True)
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if num < 0:
        raise ValueError("Number of samples must be non-negative.")
    kind = np.result_type(weakly(start), weakly(stop), 1.0)
    start, stop = np.asarray(start, kind), np.asarray(stop, kind)
    delta = stop - start
    divisor = num - 1 if endpoint else num
    numbers = np.reshape(np.arange(num), (num,) + (1,) * delta.ndim).astype(delta.dtype)
    step = delta / max(divisor, 1)
    points = np.where(step == 0, numbers / max(divisor, 1) * delta, numbers * step) + start
    if endpoint and num > 1:
        last = numbers == divisor
        points = np.where(last, stop, points)
    points = np.moveaxis(points, 0, axis)
    if dtype is not None:
        if np.issubdtype(dtype, np.integer):
            points = np.floor(points)
        points = points.astype(dtype)
    if retstep:
        return points, step if divisor > 0 else np.nan
    return points


@implements("numpy.logspace", fresh=True)
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    if np.ndim(base) > 0:
        intrinsics.refuse("np.logspace takes one base")
    points = base ** linspace(start, stop, num, endpoint, axis=axis)
    return points if dtype is None else points.astype(dtype)


@implements("numpy.vander", fresh=True)
def vander(x, N=None, increasing=False):
    count = x.size if N is None else N
    powers = np.arange(count)
    if not increasing:
        powers = powers[::-1]
    return np.expand_dims(x, 1) ** powers


@implements("numpy.indices", fresh=True)
def indices(dimensions, dtype=int):
    grids = ()
    for axis, size in enumerate(dimensions):
        shape = (1,) * axis + (size,) + (1,) * (len(dimensions) - axis - 1)
        along = np.reshape(np.arange(size), shape)
        grids = grids + (np.broadcast_to(along, dimensions).astype(dtype),)
    return np.stack(grids)


@implements("numpy.geomspace", fresh=True)
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    start, stop = np.asarray(start), np.asarray(stop)
    if np.any(start == 0) or np.any(stop == 0):
        raise ValueError("Geometric sequence cannot include zero")
    kind = np.result_type(start, stop, np.float16)
    if not np.issubdtype(np.result_type(start, stop), np.floating):
        kind = np.float64
    start, stop = start.astype(kind), stop.astype(kind)
    side = np.sign(start)
    first, last = np.log10(start / side), np.log10(stop / side)
    points = 10.0 ** linspace(first, last, num, endpoint) * side
    numbers = np.reshape(np.arange(num), (num,) + (1,) * (points.ndim - 1))
    # The ends are exact.
    points = np.where(numbers == 0, start, points)
    if endpoint and num > 1:
        points = np.where(numbers == num - 1, stop, points)
    points = np.moveaxis(points, 0, axis)
    return points if dtype is None else points.astype(dtype)


@implements("numpy.fromfunction")
def fromfunction(function, shape, *, dtype=float, **kwargs):
    return function(*indices(shape, dtype=dtype), **kwargs)
