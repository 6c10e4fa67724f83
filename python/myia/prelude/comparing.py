# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Comparing arrays, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


@implements("numpy.isclose", fresh=True)
def isclose(a, b, rtol=1.0e-5, atol=1.0e-8, equal_nan=False):
    a, b = np.asarray(a) * 1.0, np.asarray(b) * 1.0
    finite = np.isfinite(b)
    bound = atol + rtol * np.abs(np.where(finite, b, 0.0))
    close = np.logical_and(finite, np.abs(a - np.where(finite, b, 0.0)) <= bound)
    close = np.logical_or(close, a == b)
    if equal_nan:
        close = np.logical_or(close, np.logical_and(np.isnan(a), np.isnan(b)))
    return close


@implements("numpy.allclose", fresh=True)
def allclose(a, b, rtol=1.0e-5, atol=1.0e-8, equal_nan=False):
    return bool(np.all(isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan)))


@implements("numpy.array_equiv", fresh=True)
def array_equiv(a1, a2):
    a1, a2 = np.asarray(a1), np.asarray(a2)
    for left, right in zip(reversed(a1.shape), reversed(a2.shape)):
        if left != right and left != 1 and right != 1:
            return False
    return bool(np.all(a1 == a2))


@implements("numpy.array_equal", fresh=True)
def array_equal(a1, a2, equal_nan=False):
    a1, a2 = np.asarray(a1), np.asarray(a2)
    if a1.shape != a2.shape:
        return False
    same = a1 == a2
    if equal_nan:
        same = np.logical_or(same, np.logical_and(np.isnan(a1), np.isnan(a2)))
    return bool(np.all(same))
