# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Functions of complex numbers, in terms of their real and imaginary parts.

`complex.exp` is what `np.exp` means for complex arguments, which are NumPy's: arrays or scalars.
`complex.__quotient__`, `__power__` and `__abs__` are the operators on Python's own numbers.
"""

from __future__ import annotations

import math

import numpy as np

from myia import stop_gradient
from myia.prelude.complex_intrinsics import pair
from myia.prelude.registry import implements

# Operators


@implements("complex.__truediv__", fresh=True)
def truediv(z, w):
    """Smith's algorithm: squares of the divisor would overflow."""
    c, d = w.real, w.imag
    big = np.abs(c) >= np.abs(d)
    larger, smaller = np.where(big, c, d), np.where(big, d, c)
    none = np.logical_and(c == 0, d == 0)
    safe = np.where(none, 1, larger)
    ratio = smaller / safe
    scale = 1 / (safe + smaller * ratio)
    re = np.where(big, z.real + z.imag * ratio, z.real * ratio + z.imag) * scale
    im = np.where(big, z.imag - z.real * ratio, z.imag * ratio - z.real) * scale
    zero = np.abs(larger)
    return pair(np.where(none, z.real / zero, re), np.where(none, z.imag / zero, im))


@implements("complex.__quotient__", fresh=True)
def quotient(z, w):
    a, b, c, d = z.real, z.imag, w.real, w.imag
    if c == 0 and d == 0:
        raise ZeroDivisionError("complex division by zero")
    if abs(c) >= abs(d):
        ratio = d / c
        scale = c + d * ratio
        return pair((a + b * ratio) / scale, (b - a * ratio) / scale)
    if abs(d) >= abs(c):
        ratio = c / d
        scale = c * ratio + d
        return pair((a * ratio + b) / scale, (b * ratio - a) / scale)
    return pair(math.nan, math.nan)


@implements("complex.__pow__", fresh=True)
def power(z, w):
    """By the logarithm; 0 to a power, and what is to the power of 0, are known.

    Small powers of 0 are products, since their derivatives are not 0.
    """
    length = np.hypot(z.real, z.imag)
    zero = length == 0
    logarithm = np.log(np.where(zero, 1, length))
    phase = np.arctan2(z.imag, np.where(zero, 1, z.real))
    scale = np.exp(w.real * logarithm - w.imag * phase)
    angle = w.imag * logarithm + w.real * phase
    re, im = scale * np.cos(angle), scale * np.sin(angle)
    never = np.where(w.real > 0, np.zeros_like(re), np.full_like(re, np.nan))
    whole = w.imag == 0
    first, second = np.logical_and(whole, w.real == 1), np.logical_and(whole, w.real == 2)
    a, b = z.real, z.imag
    nothing_re = never + np.where(first, a, np.where(second, a * a - b * b, never))
    nothing_im = never + np.where(first, b, np.where(second, 2 * a * b, never))
    re, im = np.where(zero, nothing_re, re), np.where(zero, nothing_im, im)
    one = np.logical_and(whole, w.real == 0)
    no_number = np.logical_or(np.isnan(re), np.isnan(im))
    known = np.logical_and(one, np.logical_or(zero, no_number))
    # Zeros are positive, which a sum with one of them is.
    return pair(np.where(known, 1, re), np.where(known, 0, np.where(one, im + 0, im)))


@implements("complex.__power__", fresh=True)
def python_power(z, w):
    a, b, c, d = z.real, z.imag, w.real, w.imag
    zero = a == 0 and b == 0
    if zero and (d != 0 or c < 0):
        raise ZeroDivisionError("0.0 to a negative or complex power")
    if d == 0 and abs(c) <= 100 and c == math.floor(c):
        result, factor, left = pair(1.0, 0.0), z, int(abs(c))
        while left > 0:
            if left % 2 == 1:
                result = result * factor
            factor = factor * factor
            left //= 2
        if c < 0:
            if result.real == 0 and result.imag == 0:
                raise ZeroDivisionError("0.0 to a negative or complex power")
            result = quotient(pair(1.0, 0.0), result)
        result = _moving(result, z, w)
    elif zero:
        result = pair(0.0, 0.0)
    else:
        length, phase = math.hypot(a, b), math.atan2(b, a)
        # None of this raises: it is the result that must not be infinite.
        scale, angle = float(np.power(length, c)), phase * c
        if d != 0:
            scale = float(np.divide(scale, np.exp(phase * d)))
            angle += d * math.log(length)
        if math.isinf(angle):  # which is how CPython takes the error of its cosine
            raise ZeroDivisionError("0.0 to a negative or complex power")
        result = pair(scale * math.cos(angle), scale * math.sin(angle))
    if math.isinf(result.real) or math.isinf(result.imag):
        raise OverflowError("complex exponentiation")
    return result


def _moving(result, z, w):
    """A product that is `z ** w`, with its derivatives by `w`: times `z ** 0`, which is 1."""
    length = np.hypot(z.real, z.imag)
    if length == 0 or not np.isfinite(length) or not np.isfinite(result):
        return result
    logarithm, phase = np.log(length), np.arctan2(z.imag, z.real)
    real, imag = w.real - stop_gradient(w.real), w.imag - stop_gradient(w.imag)
    scale, angle = np.exp(real * logarithm - imag * phase), imag * logarithm + real * phase
    grown, turned = float(scale * np.cos(angle)), float(scale * np.sin(angle))
    # What is added is a positive zero that is taken away, so that no zero changes its sign.
    re = result.real * grown - (0.0 + result.imag * turned)
    return pair(re, result.imag * grown - (0.0 - result.real * turned))


@implements("complex.__abs__", fresh=True)
def python_absolute(z):
    length = math.hypot(z.real, z.imag)
    if math.isinf(length) and math.isfinite(z.real) and math.isfinite(z.imag):
        raise OverflowError("absolute value too large")
    return length


# Parts


@implements("complex.absolute", fresh=True)
def absolute(x):
    return np.hypot(x.real, x.imag)


@implements("complex.conjugate", fresh=True)
def conjugate(x):
    return pair(x.real, -x.imag)


@implements("complex.angle", fresh=True)
def angle(z, deg=False):
    phase = np.arctan2(z.imag, z.real)
    return phase * (180 / math.pi) if deg else phase


@implements("complex.isnan", fresh=True)
def isnan(x):
    return np.logical_or(np.isnan(x.real), np.isnan(x.imag))


@implements("complex.isinf", fresh=True)
def isinf(x):
    return np.logical_or(np.isinf(x.real), np.isinf(x.imag))


@implements("complex.isfinite", fresh=True)
def isfinite(x):
    return np.logical_and(np.isfinite(x.real), np.isfinite(x.imag))


# Reductions and comparisons


@implements("complex.any", fresh=True)
def any(a, axis=None, keepdims=False):
    return np.any(a != 0, axis=axis, keepdims=keepdims)


@implements("complex.all", fresh=True)
def all(a, axis=None, keepdims=False):
    return np.all(a != 0, axis=axis, keepdims=keepdims)


@implements("complex.count_nonzero", fresh=True)
def count_nonzero(a, axis=None, keepdims=False):
    return np.count_nonzero(a != 0, axis=axis, keepdims=keepdims)


@implements("complex.var", fresh=True)
def var(a, axis=None, ddof=0, keepdims=False):
    distance = a - np.mean(a, axis=axis, keepdims=True)
    squares = distance.real * distance.real + distance.imag * distance.imag
    total = np.sum(squares, axis=axis, keepdims=keepdims)
    count = a.size // total.size if total.size else 0
    return total / np.asarray(max(count - ddof, 0)).astype(total.dtype)


@implements("complex.std", fresh=True)
def std(a, axis=None, ddof=0, keepdims=False):
    return np.sqrt(var(a, axis, ddof, keepdims))


@implements("complex.isclose", fresh=True)
def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    near = np.logical_and(np.abs(a - b) <= atol + rtol * np.abs(b), np.isfinite(b))
    same = np.logical_or(near, a == b)
    if equal_nan:
        same = np.logical_or(same, np.logical_and(np.isnan(a), np.isnan(b)))
    return same


@implements("complex.allclose", fresh=True)
def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(np.all(isclose(a, b, rtol, atol, equal_nan)))


# What the same functions are for real numbers


@implements("numpy.imag")
def real_imag(val):
    if isinstance(val, (bool, int, float)) and not isinstance(val, np.generic):
        return 0.0 if isinstance(val, float) else 0
    return np.zeros_like(val)


@implements("numpy.angle", fresh=True)
def real_angle(z, deg=False):
    z = np.asarray(z)
    phase = np.arctan2(0, z)
    return phase * (180 / math.pi) if deg else phase


@implements("numpy.iscomplexobj", fresh=True)
def iscomplexobj(x):
    return np.issubdtype(np.asarray(x).dtype, np.complexfloating)


@implements("numpy.isrealobj", fresh=True)
def isrealobj(x):
    return not iscomplexobj(x)
