# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""NumPy functions in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


def _no_out(out):
    if out is not None:
        raise ValueError("out=... is not supported: use the result")


@implements("numpy.mean", fresh=True)
def mean(a, axis=None, dtype=None, out=None, keepdims=False):
    _no_out(out)
    total = np.sum(a, axis, dtype, keepdims=keepdims)
    result = total / (np.asarray(a).size / total.size)
    return result if dtype is None else result.astype(dtype)


@implements("numpy.var", fresh=True)
def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    _no_out(out)
    if dtype is not None:
        raise ValueError("the dtype of a variance is not supported: use x.astype(dtype)")
    deviation = a - mean(a, axis=axis, keepdims=True)
    total = np.sum(deviation * deviation, axis=axis, keepdims=keepdims)
    return total / (deviation.size / total.size - ddof)


@implements("numpy.std", fresh=True)
def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return np.sqrt(var(a, axis, dtype, out, ddof, keepdims))


@implements("numpy.square", fresh=True)
def square(x, /):
    return np.multiply(x, x)


@implements("numpy.clip")
def clip(a, a_min=None, a_max=None):
    if a_min is not None:
        a = np.maximum(a, a_min)
    if a_max is not None:
        a = np.minimum(a, a_max)
    return a


@implements("numpy.outer", fresh=True)
def outer(a, b):
    return np.multiply(np.reshape(a, (-1, 1)), np.reshape(b, (1, -1)))


@implements("numpy.inner", fresh=True)
def inner(a, b, /):
    return np.sum(np.multiply(a, b), axis=-1)


@implements("numpy.vdot", fresh=True)
def vdot(a, b, /):
    return np.sum(np.multiply(np.reshape(a, -1), np.reshape(b, -1)))


@implements("numpy.full_like", fresh=True)
def full_like(a, fill_value):
    return np.full(a.shape, fill_value, a.dtype)


@implements("numpy.identity", fresh=True)
def identity(n):
    return eye(n)


@implements("numpy.eye", fresh=True)
def eye(N):
    row = np.arange(N)
    return np.where(np.expand_dims(row, 1) == row, 1.0, 0.0)


@implements("numpy.trace", fresh=True)
def trace(a):
    rows = np.expand_dims(np.arange(a.shape[0]), 1)
    return np.sum(np.where(rows == np.arange(a.shape[1]), a, 0))


@implements("numpy.count_nonzero", fresh=True)
def count_nonzero(a, axis=None, *, keepdims=False):
    return np.sum(np.not_equal(a, 0), axis=axis, keepdims=keepdims)


@implements("numpy.ptp", fresh=True)
def ptp(a, axis=None, out=None, keepdims=False):
    _no_out(out)
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


@implements("numpy.logaddexp", fresh=True)
def logaddexp(x1, x2, /):
    # Equal infinities have no difference.
    difference = np.abs(np.where(np.equal(x1, x2), 0, np.subtract(x1, x2)))
    return np.maximum(x1, x2) + np.log1p(np.exp(-difference))


@implements("numpy.deg2rad", "numpy.radians", fresh=True)
def deg2rad(x, /):
    return np.multiply(x, 0.017453292519943295)


@implements("numpy.rad2deg", "numpy.degrees", fresh=True)
def rad2deg(x, /):
    return np.multiply(x, 57.29577951308232)


@implements("numpy.linalg.norm", fresh=True)
def norm(x, ord=None, axis=None, keepdims=False):
    """The Euclidean norm; its gradient at zero is zero."""
    if ord is not None:
        raise ValueError("only the Euclidean norm is supported: leave out ord")
    total = np.sum(np.multiply(x, x), axis=axis, keepdims=keepdims)
    positive = total > 0
    return np.where(positive, np.sqrt(np.where(positive, total, 1)), 0)
