# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Polynomials, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude.registry import implements


@implements("numpy.polyval", fresh=True)
def polyval(p, x):
    p = np.asarray(p)
    result = np.zeros_like(x)
    for coefficient in p:
        result = result * x + coefficient
    return result


@implements("numpy.polyadd", fresh=True)
def polyadd(a1, a2):
    a1, a2 = np.asarray(a1), np.asarray(a2)
    size = max(a1.size, a2.size)
    return np.pad(a1, (size - a1.size, 0)) + np.pad(a2, (size - a2.size, 0))


@implements("numpy.polymul", fresh=True)
def polymul(a1, a2):
    return np.convolve(a1, a2)


@implements("numpy.polyder", fresh=True)
def polyder(p, m=1):
    p = np.asarray(p)
    for _ in tuple(range(m)):
        p = p[:-1] * np.arange(p.size - 1, 0, -1)
    return p
