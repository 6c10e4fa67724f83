# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Exact sums, and the gamma function."""

from __future__ import annotations

import math

import numpy as np

from myia import stop_gradient
from myia.prelude.registry import implements


@implements("math.fsum", fresh=True)
def fsum(seq, /):
    """Shewchuk's sum: parts that do not overlap hold it without an error.

    Doubles have 2098 binary places, so that 40 parts are always enough.
    """
    parts = np.zeros(64)
    count = 0
    special = 0.0
    for number in seq:
        carried = np.float64(number)
        if not np.isfinite(carried):
            special = special + float(carried)
            continue
        kept = 0
        for k in range(count):
            part = parts[k]
            high = carried + part
            larger = carried if abs(carried) >= abs(part) else part
            smaller = part if abs(carried) >= abs(part) else carried
            low = smaller - (high - larger)
            if low != 0.0:
                parts[kept] = low
                kept += 1
            carried = high
        if not np.isfinite(carried):
            raise OverflowError("intermediate overflow in fsum")
        parts[kept] = carried
        count = kept + 1
    if special != 0.0:
        if math.isnan(special):
            return special
        return special
    return _rounded(parts, count)


def _rounded(parts, count):
    """The sum of the parts, rounded once: a tie is decided by the next part."""
    if count == 0:
        return 0.0
    at = count - 1
    high, low = parts[at], np.float64(0.0)
    while at > 0 and low == 0.0:
        at -= 1
        before = high
        high = before + parts[at]
        low = parts[at] - (high - before)
    if at > 0 and low * parts[at - 1] > 0.0:
        twice = low * 2.0
        moved = high + twice
        if moved - high == twice:
            high = moved
    return float(high)


def _floor(x):
    """The float, which may be larger than an int."""
    return float(np.floor(np.float64(x)))


def _lanczos(x):
    """Lanczos' series for the gamma function, with g = 7 and nine terms."""
    total = 0.99999999999980993
    for position, term in enumerate(
        (
            676.5203681218851,
            -1259.1392167224028,
            771.32342877765313,
            -176.61502916214059,
            12.507343278686905,
            -0.13857109526572012,
            9.9843695780195716e-6,
            1.5056327351493116e-7,
        )
    ):
        total = total + term / (x + position)
    return total


@implements("math.lgamma", fresh=True)
def lgamma(x, /):
    x = float(x)
    if math.isnan(x):
        return x
    if math.isinf(x):
        return math.inf
    if x == _floor(x) and x <= 2.0:
        if x <= 0.0:
            raise ValueError("math domain error")
        return _with_slope(0.0, _lgamma_series(x))
    if x < 0.5 and math.fabs(x) < 1e-20:
        return -math.log(math.fabs(x))
    if x < 0.5:
        slope = math.fabs(math.sin(3.141592653589793 * (x - _floor(x))))
        return 1.1447298858494002 - math.log(slope) - lgamma(1.0 - x)
    return _in_range(_lgamma_series(x))


def _lgamma_series(x):
    base = (x - 0.5) * (math.log(x + 6.5) - 1.0) - 7.0
    return np.float64(0.9189385332046728 + math.log(_lanczos(x)) + base)


@implements("math.gamma", fresh=True)
def gamma(x, /):
    x = float(x)
    if math.isnan(x) or x == math.inf:
        return x
    if x == -math.inf or (x <= 0.0 and x == _floor(x)):
        raise ValueError("math domain error")
    if x == _floor(x) and x <= 23.0:
        product = 1.0
        factor = x - 1.0
        while factor > 1.0:
            product, factor = product * factor, factor - 1.0
        return _with_slope(product, _gamma_series(x))
    if x > 172.0:
        raise OverflowError("math range error")
    if math.fabs(x) < 1e-20:
        return _in_range(1.0 / np.float64(x))
    if x < 0.5:
        if x < -180.0:
            return math.copysign(0.0, math.sin(3.141592653589793 * (x - 2.0 * _floor(0.5 * x))))
        turned = math.sin(3.141592653589793 * (x - 2.0 * _floor(0.5 * x)))
        return 3.141592653589793 / turned / gamma(1.0 - x)
    return _in_range(_gamma_series(x))


def _gamma_series(x):
    shifted = x + 6.5
    half = np.power(np.float64(shifted), 0.5 * (x - 0.5))
    return half * np.exp(-shifted) * half * 2.5066282746310002 * _lanczos(x)


def _with_slope(exact, series):
    """A value that is known exactly, with the derivatives of the series for it."""
    return float(stop_gradient(exact) + (series - stop_gradient(series)))


def _in_range(result):
    if np.isinf(result):
        raise OverflowError("math range error")
    return float(result)
