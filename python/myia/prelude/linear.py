# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Linear algebra in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
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
    if np.ndim(x1) == 0 or np.ndim(x2) == 0:
        raise ValueError("vecdot: an operand does not have enough dimensions")
    if np.shape(x1)[-1] != np.shape(x2)[-1]:
        raise ValueError("vecdot: the vectors differ in their size")
    products = np.multiply(x1, x2)
    if products.dtype == np.bool_:
        return np.any(products, axis=-1)
    return np.sum(products, axis=-1, dtype=products.dtype)


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
    if len(left) != len(right):
        raise ValueError("shape-mismatch for sum")
    for axis, other in zip(left, right):
        if a.shape[axis] != b.shape[other]:
            raise ValueError("shape-mismatch for sum")
        depth = depth * a.shape[axis]
    first = np.reshape(np.transpose(a, kept_left + left), (-1, depth))
    second = np.reshape(np.transpose(b, right + kept_right), (depth, -1))
    return np.reshape(first @ second, rows + columns)


def _positive(axes, rank):
    result = ()
    for axis in axes if isinstance(axes, tuple) else (axes,):
        result = result + (intrinsics.axis(axis, rank),)
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


@implements("numpy.matvec", fresh=True)
def matvec(x1, x2, /):
    return np.squeeze(np.matmul(x1, np.expand_dims(x2, -1)), -1)


@implements("numpy.vecmat", fresh=True)
def vecmat(x1, x2, /):
    if np.ndim(x1) == 0:
        raise ValueError("vecmat: an operand does not have enough dimensions")
    return np.squeeze(np.matmul(np.expand_dims(x1, -2), x2), -2)


# numpy.linalg has these once more, for stacks of matrices


@implements("numpy.linalg.matmul", fresh=True)
def linalg_matmul(x1, x2, /):
    return np.matmul(x1, x2)


@implements("numpy.linalg.tensordot", fresh=True)
def linalg_tensordot(x1, x2, /, *, axes=2):
    return tensordot(x1, x2, axes)


@implements("numpy.linalg.vecdot", fresh=True)
def linalg_vecdot(x1, x2, /, *, axis=-1):
    return vecdot(np.moveaxis(x1, axis, -1), np.moveaxis(x2, axis, -1))


@implements("numpy.linalg.outer", fresh=True)
def linalg_outer(x1, x2, /):
    if np.ndim(x1) != 1 or np.ndim(x2) != 1:
        raise ValueError("Input arrays must be one-dimensional.")
    return outer(x1, x2)


@implements("numpy.linalg.cross", fresh=True)
def linalg_cross(x1, x2, /, *, axis=-1):
    return cross(x1, x2, axis=axis)


@implements("numpy.linalg.diagonal")
def linalg_diagonal(x, /, *, offset=0):
    return np.diagonal(x, offset, -2, -1)


@implements("numpy.linalg.trace", fresh=True)
def linalg_trace(x, /, *, offset=0):
    return trace(x, offset, -2, -1)
