# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Norms of vectors, and those of matrices that need no decomposition."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


def _as_float(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


@implements("numpy.linalg.norm", fresh=True)
def norm(x, ord=None, axis=None, keepdims=False):
    """The gradient of the Euclidean norm at zero is zero."""
    x = _as_float(x)
    if ord is None and axis is None:
        return _euclidean(x, None, keepdims)
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    if len(axes) == 1:
        return _vector_norm(x, ord, axes, keepdims)
    if len(axes) != 2:
        raise ValueError("Improper number of dimensions to norm.")
    if axes[0] % x.ndim == axes[1] % x.ndim:
        raise ValueError("Duplicate axes given.")
    if ord is None or ord == "fro" or ord == "f":
        return _euclidean(x, axes, keepdims)
    return _matrix_norm(x, ord, axes[0], axes[1], keepdims)


def _vector_norm(x, ord, axes, keepdims):
    if isinstance(ord, str):
        raise ValueError("Invalid norm order for vectors")
    if ord is None or ord == 2:
        return _euclidean(x, axes, keepdims)
    if ord == np.inf:
        return np.max(np.abs(x), axis=axes, keepdims=keepdims, initial=0)
    if ord == -np.inf:
        return np.min(np.abs(x), axis=axes, keepdims=keepdims)
    if ord == 0:
        return np.sum((x != 0).astype(x.dtype), axis=axes, keepdims=keepdims)
    if ord == 1:
        return np.sum(np.abs(x), axis=axes, keepdims=keepdims)
    return np.sum(np.abs(x) ** ord, axis=axes, keepdims=keepdims) ** (1.0 / ord)


def _euclidean(x, axis, keepdims):
    total = np.sum(np.multiply(x, x), axis=axis, keepdims=keepdims)
    positive = total != 0
    one, zero = np.ones_like(total), np.zeros_like(total)
    return np.where(positive, np.sqrt(np.where(positive, total, one)), zero)


def _matrix_norm(x, ord, rows, columns, keepdims):
    if ord == 1 or ord == -1:
        return _extreme_sum(x, rows, columns, ord < 0, keepdims)
    if ord == np.inf or ord == -np.inf:
        return _extreme_sum(x, columns, rows, ord < 0, keepdims)
    raise ValueError("this norm of a matrix needs its singular values: not supported")


def _extreme_sum(x, summed, chosen, smallest, keepdims):
    totals = np.sum(np.abs(x), axis=summed, keepdims=True)
    extreme = np.max(totals, axis=chosen, keepdims=True)
    if smallest:
        extreme = np.min(totals, axis=chosen, keepdims=True)
    return extreme if keepdims else np.squeeze(extreme, (summed, chosen))


@implements("numpy.linalg.vector_norm", fresh=True)
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    x = _as_float(x)
    if axis is None:
        length = _vector_norm(np.ravel(x), ord, (0,), False)
        return np.reshape(length, (1,) * x.ndim) if keepdims else length
    return _vector_norm(x, ord, axis if isinstance(axis, tuple) else (axis,), keepdims)


@implements("numpy.linalg.matrix_norm", fresh=True)
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    if np.ndim(x) < 2:
        raise ValueError("a norm of matrices needs two axes")
    return norm(x, ord, (-2, -1), keepdims)
