# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Linear algebra in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


@implements("numpy.outer", fresh=True)
def outer(a, b):
    return np.multiply(np.reshape(a, (-1, 1)), np.reshape(b, (1, -1)))


@implements("numpy.inner", fresh=True)
def inner(a, b, /):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim == 0 or b.ndim == 0:
        return np.multiply(a, b)
    return tensordot(a, b, ((-1,), (-1,)))


@implements("numpy.vdot", fresh=True)
def vdot(a, b, /):
    return np.dot(np.ravel(a), np.ravel(b))


@implements("numpy.vecdot", fresh=True)
def vecdot(x1, x2, /):
    return np.sum(np.multiply(x1, x2), axis=-1)


@implements("numpy.trace", fresh=True)
def trace(a, offset=0, axis1=0, axis2=1):
    return np.sum(np.diagonal(a, offset, axis1, axis2), axis=-1)


@implements("numpy.kron", fresh=True)
def kron(a, b):
    a, b = np.asarray(a), np.asarray(b)
    rank = max(a.ndim, b.ndim)
    left = (1,) * (rank - a.ndim) + a.shape
    right = (1,) * (rank - b.ndim) + b.shape
    spread_left, spread_right, shape = (), (), ()
    for m, n in zip(left, right):
        spread_left = spread_left + (m, 1)
        spread_right = spread_right + (1, n)
        shape = shape + (m * n,)
    return np.reshape(np.reshape(a, spread_left) * np.reshape(b, spread_right), shape)


@implements("numpy.cross", fresh=True)
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    first = np.moveaxis(a, axisa if axis is None else axis, -1)
    second = np.moveaxis(b, axisb if axis is None else axis, -1)
    if first.shape[-1] != 3 or second.shape[-1] != 3:
        raise ValueError("np.cross needs vectors of 3 elements here")
    x = first[..., 1] * second[..., 2] - first[..., 2] * second[..., 1]
    y = first[..., 2] * second[..., 0] - first[..., 0] * second[..., 2]
    z = first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]
    return np.moveaxis(np.stack((x, y, z), -1), -1, axisc if axis is None else axis)


@implements("numpy.tensordot", fresh=True)
def tensordot(a, b, axes=2):
    a, b = np.asarray(a), np.asarray(b)
    if isinstance(axes, tuple):
        left, right = _positive(axes[0], a.ndim), _positive(axes[1], b.ndim)
    else:
        left, right = tuple(range(a.ndim - axes, a.ndim)), tuple(range(axes))
    kept_left, rows = _others(a, left)
    kept_right, columns = _others(b, right)
    depth = 1
    for axis in left:
        depth = depth * a.shape[axis]
    first = np.reshape(np.transpose(a, kept_left + left), (-1, depth))
    second = np.reshape(np.transpose(b, right + kept_right), (depth, -1))
    return np.reshape(first @ second, rows + columns)


def _positive(axes, rank):
    result = ()
    for axis in axes if isinstance(axes, tuple) else (axes,):
        result = result + (axis % rank,)
    return result


def _others(a, axes):
    """The axes that are not contracted, and their sizes."""
    kept, sizes = (), ()
    for axis, size in enumerate(a.shape):
        if axis not in axes:
            kept, sizes = kept + (axis,), sizes + (size,)
    return kept, sizes


@implements("numpy.linalg.matrix_power", fresh=True)
def matrix_power(a, n):
    if n < 0:
        return matrix_power(np.linalg.inv(a), -n)
    result = np.eye(a.shape[0], dtype=a.dtype)
    square = a
    while n > 0:
        if n % 2 == 1:
            result = result @ square
        square = square @ square
        n = n // 2
    return result


@implements("numpy.linalg.multi_dot")
def multi_dot(arrays):
    product = arrays[0]
    for array in arrays[1:]:
        product = product @ array
    return product


@implements("numpy.linalg.norm", fresh=True)
def norm(x, ord=None, axis=None, keepdims=False):
    """Vector norms, and those of matrices that need no decomposition.

    The gradient of the Euclidean norm at zero is zero.
    """
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    if ord is None or ord == "fro" or (ord == 2 and (x.ndim == 1 or isinstance(axis, int))):
        return _euclidean(x, axis, keepdims)
    if isinstance(axis, tuple) or (axis is None and x.ndim == 2):
        return _matrix_norm(x, ord, axis, keepdims)
    if ord == np.inf:
        return np.max(np.abs(x), axis=axis, keepdims=keepdims)
    if ord == -np.inf:
        return np.min(np.abs(x), axis=axis, keepdims=keepdims)
    if ord == 0:
        return np.sum((x != 0).astype(x.dtype), axis=axis, keepdims=keepdims)
    if ord == 1:
        return np.sum(np.abs(x), axis=axis, keepdims=keepdims)
    return np.sum(np.abs(x) ** ord, axis=axis, keepdims=keepdims) ** (1.0 / ord)


def _euclidean(x, axis, keepdims):
    total = np.sum(np.multiply(x, x), axis=axis, keepdims=keepdims)
    positive = total != 0
    one, zero = np.ones_like(total), np.zeros_like(total)
    return np.where(positive, np.sqrt(np.where(positive, total, one)), zero)


def _matrix_norm(x, ord, axis, keepdims):
    rows, columns = (0, 1) if axis is None else axis
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
    x = np.asarray(x)
    return norm(np.ravel(x) if axis is None and not keepdims else x, ord, axis, keepdims)
