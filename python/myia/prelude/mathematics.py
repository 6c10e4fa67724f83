# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions of the math module in terms of primitives, with CPython's errors."""

from __future__ import annotations

import math

import numpy as np

from myia import stop_gradient
from myia.prelude.registry import implements


@implements("math.radians", fresh=True)
def radians(x, /):
    return float(x) * 0.017453292519943295


@implements("math.degrees", fresh=True)
def degrees(x, /):
    return float(x) * 57.29577951308232


# Powers and remainders


@implements("math.pow", fresh=True)
def pow(x, y, /):
    x, y = float(x), float(y)
    if math.isfinite(x) and math.isfinite(y):
        if x == 0.0 and y < 0.0:
            raise ValueError("math domain error")
        if x < 0.0 and math.floor(np.fabs(y) % 2.0) != np.fabs(y) % 2.0:
            raise ValueError("math domain error")
        result = float(np.power(np.float64(x), y))
        if math.isinf(result):
            raise OverflowError("math range error")
        return result
    return float(np.power(np.float64(x), y))


@implements("math.fmod", fresh=True)
def fmod(x, y, /):
    x, y = float(x), float(y)
    if not math.isnan(x) and not math.isnan(y) and (math.isinf(x) or y == 0.0):
        raise ValueError("math domain error")
    return float(np.fmod(np.float64(x), y))


@implements("math.remainder", fresh=True)
def remainder(x, y, /):
    """What is left of x after the nearest multiple of y, ties to even ones."""
    x, y = float(x), float(y)
    if math.isnan(x) or math.isnan(y):
        return x + y
    if math.isinf(x) or y == 0.0:
        raise ValueError("math domain error")
    if math.isinf(y):
        return x
    side = math.copysign(1.0, x)
    size, step = side * x, math.fabs(y)
    rest = fmod(size, step)
    missing = step - rest
    if rest == missing:
        rest = rest - 2.0 * fmod(0.5 * (size - rest), step)
    elif rest > missing:
        rest = -missing
    return side * rest


@implements("math.modf", fresh=True)
def modf(x, /):
    x = float(x)
    whole = float(np.trunc(np.float64(x)))
    if math.isinf(x):
        return math.copysign(0.0, x), x
    side = math.copysign(1.0, x)
    return side * (side * x - side * whole), whole


@implements("math.hypot", fresh=True)
def hypot(*coordinates):
    largest = 0.0
    for each in coordinates:
        largest = float(np.maximum(largest, np.fabs(np.float64(each))))
    endless = False
    for each in coordinates:
        endless = endless or math.isinf(each)
    if endless or not 0.0 < largest < math.inf:
        return math.inf if endless else largest
    # The scale cancels, so it counts as constant for derivatives of all orders.
    scale, squares = stop_gradient(largest), 0.0
    for each in coordinates:
        squares += (each / scale) ** 2.0
    return scale * math.sqrt(squares)


@implements("math.dist", fresh=True)
def dist(p, q, /):
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    if len(p) == 0:
        return 0.0
    return hypot(*[float(a) - float(b) for a, b in zip(p, q)])


@implements("math.isclose", fresh=True)
def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    a, b = float(a), float(b)
    if a == b:
        return True
    if math.isinf(a) or math.isinf(b):
        return False
    difference = math.fabs(a - b)
    return difference <= rel_tol * max(math.fabs(a), math.fabs(b)) or difference <= abs_tol


# Mantissa and exponent


@implements("math.frexp", fresh=True)
def frexp(x, /):
    x = float(x)
    if x == 0.0 or not math.isfinite(x):
        return x, 0
    mantissa, exponent = x, 0
    for power in (512, 256, 128, 64, 32, 16, 8, 4, 2, 1, 1):
        if math.fabs(mantissa) >= 2.0 ** (power - 1):
            mantissa, exponent = mantissa * 2.0**-power, exponent + power
    for power in (512, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1, 1):
        if math.fabs(mantissa) < 2.0**-power:
            mantissa, exponent = mantissa * 2.0**power, exponent - power
    return mantissa, exponent


@implements("math.ldexp", fresh=True)
def ldexp(x, i, /):
    """One rounding only: what would leave the range is scaled in steps."""
    x = float(x)
    if not math.isfinite(x):
        return x
    power = min(max(i, -2200), 2200)
    result = np.float64(x)
    while power < -1000:
        result, power = result * 2.0**-1000, power + 1000
    while power > 1000:
        result, power = result * 2.0**1000, power - 1000
    result = result * np.float64(2.0) ** power
    if np.isinf(result):
        raise OverflowError("math range error")
    return float(result)


@implements("math.ulp", fresh=True)
def ulp(x, /):
    x = math.fabs(x)
    if not math.isfinite(x):
        return x
    exponent = frexp(x)[1] - 53 if x > 0.0 else -1074
    return float(np.float64(2.0) ** max(exponent, -1074))


@implements("math.nextafter", fresh=True)
def nextafter(x, y, /):
    x, y = float(x), float(y)
    if math.isnan(x) or math.isnan(y):
        return x + y
    if x == y:
        return y
    if x == 0.0:
        return math.copysign(5e-324, y)
    outwards = (x < y) == (x > 0.0)
    if math.isinf(x):
        return math.copysign(1.7976931348623157e308, x)
    step = ulp(x)
    if not outwards and math.fabs(frexp(x)[0]) == 0.5:
        step = max(step * 0.5, 5e-324)
    return float(np.float64(x) + math.copysign(step, y - x if math.isfinite(y) else y))


# Integers


@implements("math.gcd", fresh=True)
def gcd(*integers):
    result = 0
    for number in integers:
        other = abs(number)
        while other:
            result, other = other, result % other
    return result


@implements("math.lcm", fresh=True)
def lcm(*integers):
    result = 1
    for number in integers:
        divisor = gcd(result, number)
        result = 0 if divisor == 0 else result // divisor * abs(number)
    return result


@implements("math.factorial", fresh=True)
def factorial(n, /):
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    result = 1
    for factor in range(2, n + 1):
        result *= factor
    return result


@implements("math.perm", fresh=True)
def perm(n, k=None, /):
    if k is None:
        return factorial(n)
    if n < 0 or k < 0:
        raise ValueError("n and k must be non-negative integers")
    result = 1
    for factor in range(n - k + 1, n + 1):
        result *= factor
    return result if k <= n else 0


@implements("math.comb", fresh=True)
def comb(n, k, /):
    """Divided as early as possible, so that only the result must fit."""
    if n < 0 or k < 0:
        raise ValueError("n and k must be non-negative integers")
    if k > n:
        return 0
    k = min(k, n - k)
    result = 1
    for i in range(1, k + 1):
        common = gcd(result, i)
        result = result // common * ((n - k + i) // (i // common))
    return result


@implements("math.isqrt", fresh=True)
def isqrt(n, /):
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    root = min(int(math.sqrt(n)), 3037000499)
    while root * root > n:
        root -= 1
    while root < 3037000499 and (root + 1) * (root + 1) <= n:
        root += 1
    return root


# Sums and products


@implements("math.prod", fresh=True)
def prod(iterable, /, *, start=1):
    result = start
    for factor in iterable:
        result = result * factor
    return result
