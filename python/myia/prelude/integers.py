# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Integers, digits and powers of two, in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia.prelude.elementwise import as_float, is_python_number, together
from myia.prelude.registry import implements


def _integers(x1, x2):
    """Both operands in their common dtype, which is one of integers."""
    x1, x2 = together(x1, x2)
    if not np.issubdtype(x1.dtype, np.integer):
        raise TypeError("this function takes integers")
    return x1, x2


@implements("numpy.gcd", fresh=True)
def gcd(x1, x2, /):
    """Euclid's algorithm, on all elements until the last one is done."""
    x1, x2 = _integers(x1, x2)
    a, b = np.abs(x1) + np.zeros_like(x2), np.abs(x2) + np.zeros_like(x1)
    while np.any(b != 0):
        a, b = np.where(b != 0, b, a), np.where(b != 0, np.remainder(a, b), b)
    return a


@implements("numpy.lcm", fresh=True)
def lcm(x1, x2, /):
    x1, x2 = _integers(x1, x2)
    divisor = gcd(x1, x2)
    return np.abs(np.floor_divide(x1, np.where(divisor == 0, np.ones_like(divisor), divisor)) * x2)


@implements("numpy.bitwise_count", fresh=True)
def bitwise_count(x, /):
    """The ones of absolute values: in pairs of bits, then in fours, then in bytes."""
    x = np.asarray(x)
    if np.issubdtype(x.dtype, np.floating):
        raise TypeError("ufunc 'bitwise_count' not supported for the input types")
    if not np.issubdtype(x.dtype, np.unsignedinteger):
        x = np.abs(x.astype(np.int64))
    bits = x.astype(np.uint64)
    bits = bits - ((bits >> 1) & 0x5555555555555555)
    bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333)
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F
    return ((bits * 0x0101010101010101) >> 56).astype(np.uint8)


@implements("numpy.round", "numpy.around")
def round(a, decimals=0):
    """To nearest, halves to even; a power of ten scales to digits and back."""
    a = np.asarray(a)
    if a.dtype == np.bool_ and decimals != 0:
        raise TypeError("booleans are not rounded to digits")
    whole = np.issubdtype(a.dtype, np.integer)
    if whole and decimals >= 0:
        return a
    if decimals == 0:
        return np.rint(a)
    if decimals > 0:
        scale = 10.0**decimals
        return np.rint(a * scale) / scale
    scale = 10.0**-decimals
    return (np.rint(a / scale) * scale).astype(a.dtype)


@implements("numpy.ldexp", fresh=True)
def ldexp(x1, x2, /):
    """By powers of two that float64 has, so that only the last product is rounded."""
    is_weak = is_python_number(x1) and not is_python_number(x2)
    x2 = np.asarray(x2)
    if is_weak and isinstance(x1, int) and x2.dtype != np.bool_:
        x1 = np.asarray(x1, np.float16)
    x1 = as_float(x1)
    whole = np.issubdtype(x2.dtype, np.integer) or x2.dtype == np.bool_
    if not whole or x2.dtype == np.uint64:
        raise TypeError("ufunc 'ldexp' not supported for the input types")
    result, power = x1.astype(np.float64), x2.astype(np.int64)
    for _ in (1, 2):
        small, large = power < -1022, power > 1023
        result = np.where(small, result * 2.0**-969, np.where(large, result * 2.0**1023, result))
        power = np.where(small, power + 969, np.where(large, power - 1023, power))
    return (result * 2.0 ** np.clip(power, -1022, 1023)).astype(x1.dtype)
