# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Windows, and the Bessel function that one of them needs."""

from __future__ import annotations

import numpy as np

from myia.prelude import intrinsics
from myia.prelude.registry import implements


def _window(count, mean, amplitude, second):
    """A sum of cosines."""
    if count == 1:
        return np.ones(1)
    angle = 3.141592653589793 * np.arange(1 - count, count, 2) / (count - 1)
    window = mean + amplitude * np.cos(angle)
    return window + second * np.cos(2.0 * angle) if second else window


@implements("numpy.hanning", fresh=True)
def hanning(M):
    return _window(M, 0.5, 0.5, 0.0)


@implements("numpy.hamming", fresh=True)
def hamming(M):
    return _window(M, 0.54, 0.46, 0.0)


@implements("numpy.blackman", fresh=True)
def blackman(M):
    return _window(M, 0.42, 0.5, 0.08)


@implements("numpy.bartlett", fresh=True)
def bartlett(M):
    if M == 1:
        return np.ones(1)
    steps = np.arange(1 - M, M, 2)
    return np.where(steps <= 0, 1 + steps / (M - 1), 1 - steps / (M - 1))


@implements("numpy.i0", fresh=True)
def i0(x):
    """Its power series, whose terms are all positive."""
    x = np.asarray(x)
    if x.dtype == np.float16:
        intrinsics.refuse("np.i0 is not computed in half precision")
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    quarter = x * x / 4
    term = total = np.ones_like(x)
    count = 0.0
    while np.any(term > total * 1e-17):
        count += 1.0
        term = term * (quarter / (count * count))
        total = total + term
    # NumPy's product with exp(x) ends there.
    total = np.where(np.isinf(np.exp(np.abs(x))), np.full_like(total, np.inf), total)
    return np.where(np.isinf(x), np.full_like(total, np.nan), total)


@implements("numpy.kaiser", fresh=True)
def kaiser(M, beta):
    if M == 1:
        return np.ones(1)
    half = (M - 1) / 2.0
    place = (np.arange(M) - half) / half
    return i0(beta * np.sqrt(1 - place * place)) / i0(np.float64(beta))
