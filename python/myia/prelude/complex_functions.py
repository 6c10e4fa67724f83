# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Elementary functions of complex numbers, in terms of their real and imaginary parts.

What they are at zeros, infinities and NaN is annex G of the C standard, as in NumPy. Its values
are chosen only where the formula has none: a choice hides the formula from derivatives.
"""

from __future__ import annotations

import numpy as np

from myia.prelude.complex_intrinsics import pair
from myia.prelude.registry import implements


def _grown(x, factor, scale):
    """`exp(x) * factor * scale`, where only the product must be in range."""
    far = x > 80
    half = np.exp(np.where(far, x * 0.5, 0))
    return np.where(far, half * factor * (half * scale), np.exp(x) * factor * scale)


def _known(value, condition, result):
    """`result` where the condition holds and the formula gives no number."""
    return np.where(np.logical_and(condition, np.isnan(value)), result, value)


def _scale(x):
    """A power of 4 that keeps squares of the parts in range, and its root."""
    size = np.maximum(np.abs(x.real), np.abs(x.imag))
    one = np.ones_like(size)
    power = np.where(size > 1e37, one * 0.25, np.where(size < 1e-30, one * 2.0**54, one))
    return power, np.sqrt(power)


@implements("complex.square", fresh=True)
def square(x):
    return x * x


@implements("complex.reciprocal", fresh=True)
def reciprocal(x):
    """Smith's algorithm, as in division."""
    a, b = x.real, x.imag
    wide = np.abs(b) <= np.abs(a)
    ratio = np.where(wide, b / a, a / b)
    divisor = np.where(wide, a + b * ratio, a * ratio + b)
    return pair(np.where(wide, 1, ratio) / divisor, -np.where(wide, ratio, 1) / divisor)


@implements("complex.exp", fresh=True)
def exp(x):
    a, b = x.real, x.imag
    wild = np.logical_not(np.isfinite(b))
    re, im = _grown(a, np.cos(b), 1), _known(_grown(a, np.sin(b), 1), b == 0, b)
    gone, endless = np.logical_and(wild, a == -np.inf), np.logical_and(wild, a == np.inf)
    return pair(np.where(gone, 0, np.where(endless, a, re)), np.where(gone, np.copysign(0, b), im))


@implements("complex.log", fresh=True)
def log(x):
    """Near the unit circle, by how far the square of the length is from 1."""
    power, _ = _scale(x)
    length = np.hypot(x.real * power, x.imag * power)
    wide = np.abs(x.real) >= np.abs(x.imag)
    large, small = np.where(wide, x.real, x.imag), np.where(wide, x.imag, x.real)
    near = np.logical_and(length > 0.5, length < 2)
    rest = np.where(near, (large - 1) * (large + 1) + small * small, 0)
    re = np.where(near, np.log1p(rest) * 0.5, np.log(length) - np.log(power))
    return pair(re, np.arctan2(x.imag, x.real))


@implements("complex.sqrt", fresh=True)
def sqrt(x):
    """The root whose real part is not negative."""
    power, factor = _scale(x)
    a, b = x.real * power, x.imag * power
    root = np.sqrt((np.copysign(1, a) * a + np.hypot(a, b)) * 0.5)
    other = b / (2 * np.where(root == 0, 1, root))
    side = np.copysign(1, b)
    other = np.where(np.isinf(a), np.where(np.isnan(b), b, 0 * side), other)
    right = np.logical_not(np.signbit(a))
    endless = np.isinf(b)
    re = np.where(endless, np.inf, np.where(right, root, side * other) / factor)
    im = np.where(endless, b, np.where(right, other, side * root) / factor)
    return pair(re, im)


@implements("complex.sin", fresh=True)
def sin(x):
    turned = sinh(pair(-x.imag, x.real))
    return pair(turned.imag, -turned.real)


@implements("complex.cos", fresh=True)
def cos(x):
    return cosh(pair(-x.imag, x.real))


@implements("complex.tan", fresh=True)
def tan(x):
    turned = tanh(pair(-x.imag, x.real))
    return pair(turned.imag, -turned.real)


def _hyperbolic(a, b, p, q):
    """`sinh(a) * p` and `cosh(a) * q`."""
    far = np.abs(a) > 80
    near = np.where(far, 0, a)
    grown_p, grown_q = _grown(np.abs(a), p, 0.5), _grown(np.abs(a), q, 0.5)
    first = np.where(far, np.copysign(1, a) * grown_p, np.sinh(near) * p)
    return first, np.where(far, grown_q, np.cosh(near) * q)


@implements("complex.sinh", fresh=True)
def sinh(x):
    a, b = x.real, x.imag
    re, im = _hyperbolic(a, b, np.cos(b), np.sin(b))
    wild = np.logical_not(np.isfinite(b))
    known = np.logical_and(wild, np.logical_or(a == 0, np.isinf(a)))
    return pair(np.where(known, a, re), _known(im, b == 0, b))


@implements("complex.cosh", fresh=True)
def cosh(x):
    a, b = x.real, x.imag
    im, re = _hyperbolic(a, b, np.sin(b), np.cos(b))
    wild = np.logical_not(np.isfinite(b))
    re = np.where(np.logical_and(np.isinf(a), wild), np.inf, re)
    im = _known(im, b == 0, b * np.copysign(1, a))
    return pair(re, np.where(np.logical_and(a == 0, wild), 0, im))


@implements("complex.tanh", fresh=True)
def tanh(x):
    """Far from zero, where sinh overflows, by what is left of it."""
    a, b = x.real, x.imag
    far = np.abs(a) > 20
    t, s = np.tan(b), np.sinh(np.where(far, 0, a))
    beta = 1 + t * t
    scale = 1 + beta * s * s
    re, im = beta * np.sqrt(1 + s * s) * s / scale, t / scale
    gone = np.exp(-2 * np.abs(a))
    rest = 4 * np.sin(b) * np.cos(b) * gone
    wild = np.logical_and(np.isinf(a), np.logical_not(np.isfinite(b)))
    rest = np.where(wild, np.copysign(0, b), rest)
    away = 2 * (np.cos(b) - np.sin(b)) * (np.cos(b) + np.sin(b)) * gone
    far_out = np.copysign(1, a) * (1 - np.where(wild, 0, away))
    re = np.where(far, far_out, _known(re, a == 0, a))
    return pair(re, _known(np.where(far, rest, im), b == 0, b))
