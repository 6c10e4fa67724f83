# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions of the math module in terms of primitives."""

from __future__ import annotations

from myia.prelude.registry import implements


@implements("math.radians", fresh=True)
def radians(x, /):
    return float(x) * 0.017453292519943295


@implements("math.degrees", fresh=True)
def degrees(x, /):
    return float(x) * 57.29577951308232


@implements("math.gcd", fresh=True)
def gcd(a, b, /):
    a, b = abs(a), abs(b)
    while b:
        a, b = b, a % b
    return a


@implements("math.factorial", fresh=True)
def factorial(n, /):
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    result = 1
    for factor in range(2, n + 1):
        result *= factor
    return result
