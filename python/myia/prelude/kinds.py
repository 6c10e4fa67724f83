# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""What kind of thing a value is, and arrays of another kind."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


@implements("numpy.asanyarray")
def asanyarray(a, dtype=None):
    return np.asarray(a, dtype)


@implements("numpy.ascontiguousarray", "numpy.asfortranarray")
def ascontiguousarray(a, dtype=None):
    return np.atleast_1d(np.asarray(a, dtype))


@implements("numpy.require")
def require(a, dtype=None, requirements=None):
    if requirements:
        intrinsics.refuse("np.require takes no requirements: memory has one form here")
    return np.asarray(a, dtype)


@implements("numpy.asarray_chkfinite")
def asarray_chkfinite(a, dtype=None):
    a = np.asarray(a, dtype)
    if not np.all(np.isfinite(a)):
        raise ValueError("array must not contain infs or NaNs")
    return a


@implements("numpy.astype", fresh=True)
def astype(x, dtype, /):
    if not isinstance(x, np.ndarray) and not isinstance(x, np.generic):
        intrinsics.refuse("np.astype takes an array")
    return x.astype(dtype)


@implements("numpy.iscomplex", fresh=True)
def iscomplex(x):
    return np.zeros(np.shape(x), bool)


@implements("numpy.isreal", fresh=True)
def isreal(x):
    return np.imag(x) == 0


@implements("numpy.real_if_close")
def real_if_close(a, tol=100):
    return np.asarray(a)


@implements("numpy.isscalar", fresh=True)
def isscalar(element):
    if isinstance(element, np.generic):
        intrinsics.refuse("np.isscalar does not tell a NumPy scalar from an array of rank 0")
    return isinstance(element, (bool, int, float, str))


@implements("numpy.iterable", fresh=True)
def iterable(y):
    if isinstance(y, np.ndarray):
        return y.ndim > 0
    if y is None or isinstance(y, (bool, int, float, np.generic)):
        return False
    if not isinstance(y, (tuple, list, dict, str)):
        intrinsics.refuse("np.iterable takes arrays, numbers, texts, tuples, lists and dicts")
    return True
