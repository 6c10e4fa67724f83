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
