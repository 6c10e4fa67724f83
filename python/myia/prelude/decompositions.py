# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""numpy.linalg in terms of decompositions of one matrix."""

from __future__ import annotations

import numpy as np

from myia.prelude import lapack
from myia.prelude.registry import implements


@implements("numpy.linalg.solve", fresh=True)
def solve(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if b.ndim == 1:
        return np.squeeze(solve(a, np.expand_dims(b, 1)), -1)
    if a.ndim == 2 and b.ndim == 2:
        return lapack.solve(a, b)
    return _solve_stack(a, b)


def _solve_stack(a, b):
    """Each matrix of a stack by itself; the shapes of the stacks broadcast."""
    stack = (np.zeros(a.shape[:-2] + (1,)) + np.zeros(b.shape[:-2] + (1,))).shape[:-1]
    size, columns = b.shape[-2:]
    lefts = np.reshape(np.broadcast_to(a, stack + a.shape[-2:]), (-1, size, size))
    rights = np.reshape(np.broadcast_to(b, stack + (size, columns)), (-1, size, columns))
    results = np.zeros(rights.shape, lapack.solve(lefts[0], rights[0]).dtype)
    for k in range(lefts.shape[0]):
        results[k] = lapack.solve(lefts[k], rights[k])
    return np.reshape(results, stack + (size, columns))


@implements("numpy.linalg.inv", fresh=True)
def inv(a):
    a = np.asarray(a)
    size = a.shape[-1]
    return solve(a, np.eye(size, dtype=a.dtype))


@implements("numpy.linalg.cholesky", fresh=True)
def cholesky(a, /):
    a = np.asarray(a)
    if a.ndim == 2:
        return lapack.cholesky(a)
    matrices = np.reshape(a, (-1,) + a.shape[-2:])
    results = np.zeros(matrices.shape, lapack.cholesky(matrices[0]).dtype)
    for k in range(matrices.shape[0]):
        results[k] = lapack.cholesky(matrices[k])
    return np.reshape(results, a.shape)


@implements("numpy.linalg.det", fresh=True)
def det(a):
    a = np.asarray(a)
    if a.ndim == 2:
        return lapack.determinant(a)
    matrices = np.reshape(a, (-1,) + a.shape[-2:])
    results = np.zeros(matrices.shape[0], lapack.determinant(matrices[0]).dtype)
    for k in range(matrices.shape[0]):
        results[k] = lapack.determinant(matrices[k])
    return np.reshape(results, a.shape[:-2])


_SignAndLogarithm = type(np.linalg.slogdet(np.eye(1)))


@implements("numpy.linalg.slogdet", fresh=True)
def slogdet(a):
    a = np.asarray(a)
    if a.ndim < 2 or a.shape[-1] != a.shape[-2]:
        raise ValueError("Last 2 dimensions of the array must be square")
    if a.dtype == np.float16:
        raise TypeError("array type float16 is unsupported in linalg")
    kind = np.float32 if a.dtype == np.float32 else np.float64
    a = a.astype(np.float64)
    if a.ndim == 2:
        sign, logarithm = _eliminate(a)
        return _SignAndLogarithm(sign.astype(kind), logarithm.astype(kind))
    matrices = np.reshape(a, (-1,) + a.shape[-2:])
    signs, logarithms = np.zeros(matrices.shape[0]), np.zeros(matrices.shape[0])
    for k in range(matrices.shape[0]):
        sign, logarithm = _eliminate(matrices[k])
        signs[k] = sign
        logarithms[k] = logarithm
    stack = a.shape[:-2]
    return _SignAndLogarithm(
        np.reshape(signs, stack).astype(kind), np.reshape(logarithms, stack).astype(kind)
    )


def _eliminate(a):
    """Gauss' elimination with the largest pivots, whose product may overflow."""
    sign, logarithm = np.float64(1.0), np.float64(0.0)
    rows = np.arange(a.shape[0])
    for k in range(a.shape[0]):
        below = np.where(rows >= k, np.abs(a[:, k]), -1.0)
        other = np.argmax(below)
        a = a[np.where(rows == k, other, np.where(rows == other, k, rows))]
        pivot = a[k, k]
        turned = np.where(other == k, 1.0, -1.0)
        sign = sign * np.sign(pivot) * turned
        logarithm = logarithm + np.log(np.abs(pivot))
        factors = np.where(rows > k, a[:, k], 0.0) / np.where(pivot == 0, 1.0, pivot)
        a = a - np.expand_dims(factors, 1) * a[k]
    return sign, logarithm
