# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Elementwise functions in terms of primitives."""

from __future__ import annotations

import numpy as np

from myia import stop_gradient
from myia.prelude.registry import implements


def together(x1, x2):
    """Both operands in their common dtype."""
    dtype = np.result_type(x1, x2)
    return np.asarray(x1, dtype), np.asarray(x2, dtype)


def is_python_number(x):
    """Whether a number of Python: it does not widen the dtype of what it meets."""
    return isinstance(x, (int, float)) and not isinstance(x, (bool, np.generic))


def weakly(x):
    """An array; a number of Python as it is."""
    return x if is_python_number(x) else np.asarray(x)


def as_float(x):
    """In the dtype that NumPy's functions of floats choose."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.fabs(x).dtype)


def together_as_float(x1, x2):
    """Both operands in the dtype that NumPy's functions of two floats choose."""
    kind = np.result_type(x1, x2)
    if np.issubdtype(kind, np.floating):
        return together(x1, x2)
    if is_python_number(x1) or is_python_number(x2):
        kind = np.fabs(np.zeros(1, kind)).dtype
        return np.asarray(x1, kind), np.asarray(x2, kind)
    return together(as_float(x1), as_float(x2))


def _as_number(x):
    """Booleans count as the smallest integers."""
    x = np.asarray(x)
    return x.astype(np.int8) if x.dtype == np.bool_ else x


@implements("numpy.square", fresh=True)
def square(x, /):
    x = _as_number(x)
    return np.multiply(x, x)


@implements("numpy.positive", fresh=True)
def positive(x, /):
    return +np.asarray(x)


@implements("numpy.reciprocal", fresh=True)
def reciprocal(x, /):
    x = _as_number(x)
    if np.issubdtype(x.dtype, np.integer):
        # What a conversion of infinity gives on x86.
        none = -(2**63) if x.dtype == np.int64 else -(2**31) if x.dtype == np.int32 else 0
        whole = np.where(np.abs(x) == 1, x, np.zeros_like(x))
        return np.where(x == 0, np.full_like(x, none), whole)
    return 1 / x


@implements("numpy.invert", "numpy.bitwise_not", fresh=True)
def invert(x, /):
    return ~np.asarray(x)


@implements("numpy.float_power", fresh=True)
def float_power(x1, x2, /):
    return np.power(np.asarray(x1, np.float64), np.asarray(x2, np.float64))


@implements("numpy.divmod", fresh=True)
def divmod(x1, x2, /):
    return np.floor_divide(x1, x2), np.remainder(x1, x2)


@implements("numpy.fmod", fresh=True)
def fmod(x1, x2, /):
    """The remainder with the sign of the dividend."""
    x1, x2 = together(x1, x2)
    rest = np.remainder(x1, x2)
    if np.issubdtype(rest.dtype, np.floating):
        side = np.copysign(1, x1)
        return side * np.remainder(side * x1, np.abs(x2))
    other_sign = np.not_equal(np.less(x1, 0), np.less(rest, 0))
    return np.where(np.logical_and(other_sign, rest != 0), rest - x2, rest)


@implements("numpy.modf", fresh=True)
def modf(x, /):
    x = as_float(x)
    whole = np.trunc(x)
    side = np.copysign(1, x)
    return side * np.where(np.isinf(x), 0, side * x - side * whole), whole


@implements("numpy.hypot", fresh=True)
def hypot(x1, x2, /):
    """Scaled by the larger operand, so that squares do not overflow.

    The scale cancels, so it counts as constant: which operand is larger must not be seen in
    derivatives of any order.
    """
    x1, x2 = together_as_float(x1, x2)
    if x1.dtype == np.float16:
        return hypot(x1.astype(np.float32), x2.astype(np.float32)).astype(np.float16)
    larger = np.maximum(np.fabs(x1), np.fabs(x2))
    regular = np.logical_and(larger > 0, np.isfinite(larger))
    scale = stop_gradient(np.where(regular, larger, 1))
    first, second = np.where(regular, x1, 1) / scale, np.where(regular, x2, 0) / scale
    squares = first * first + second * second
    length = np.where(regular, scale * np.sqrt(squares), larger)
    endless = np.logical_or(np.isinf(x1), np.isinf(x2))
    return np.where(endless, np.full_like(length, np.inf), length)


@implements("numpy.heaviside", fresh=True)
def heaviside(x1, x2, /):
    x1, x2 = together_as_float(x1, x2)
    side = np.where(x1 < 0, np.zeros_like(x1), np.where(x1 > 0, np.ones_like(x1), x1))
    return np.where(x1 == 0, x2, side)


@implements("numpy.fmax", fresh=True)
def fmax(x1, x2, /):
    larger = np.maximum(x1, x2)
    return np.where(np.isnan(x1), x2, np.where(np.isnan(x2), x1, larger))


@implements("numpy.fmin", fresh=True)
def fmin(x1, x2, /):
    smaller = np.minimum(x1, x2)
    return np.where(np.isnan(x1), x2, np.where(np.isnan(x2), x1, smaller))


@implements("numpy.signbit", fresh=True)
def signbit(x, /):
    x = np.asarray(x)
    if np.issubdtype(x.dtype, np.floating):
        return np.copysign(1.0, x) < 0
    return x < 0


@implements("numpy.isposinf", fresh=True)
def isposinf(x):
    return np.logical_and(np.isinf(x), np.greater(x, 0))


@implements("numpy.isneginf", fresh=True)
def isneginf(x):
    return np.logical_and(np.isinf(x), np.less(x, 0))


@implements("numpy.real")
def real(val):
    return int(val) if isinstance(val, bool) and not isinstance(val, np.generic) else val


@implements("numpy.conjugate", fresh=True)
def conjugate(x, /):
    return _as_number(x)


@implements("numpy.nan_to_num", fresh=True)
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        return x
    if posinf is None:
        posinf = largest(x.dtype)
    if neginf is None:
        neginf = -largest(x.dtype)
    x = np.where(np.isnan(x), np.full_like(x, nan), x)
    x = np.where(isposinf(x), np.full_like(x, posinf), x)
    return np.where(isneginf(x), np.full_like(x, neginf), x)


def largest(dtype):
    """The largest finite number of a floating-point dtype."""
    if dtype == np.float16:
        return 65504.0
    if dtype == np.float32:
        return 3.4028234663852886e38
    return 1.7976931348623157e308


@implements("numpy.sinc", fresh=True)
def sinc(x):
    """Derivatives near 0 are those of the power series: differences there lose their digits."""
    x = np.asarray(x)
    angle = 3.141592653589793 * x
    apart = 3.141592653589793 * np.where(x == 0, 1.0e-20, x)
    quotient = np.sin(apart) / apart
    near = np.abs(angle) < 1
    square = np.where(near, angle * angle, 0)
    series = np.ones_like(square)
    for n in (22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2):
        series = 1 - square * series / (n * (n + 1))
    return np.where(near, series + stop_gradient(quotient - series), quotient)


@implements("numpy.clip")
def clip(a, a_min=None, a_max=None, *, min=None, max=None):
    low = min if a_min is None else a_min
    high = max if a_max is None else a_max
    a = np.asarray(a)
    if low is not None:
        a = np.maximum(a, low)
    if high is not None:
        a = np.minimum(a, high)
    return a


@implements("numpy.logaddexp", fresh=True)
def logaddexp(x1, x2, /):
    x1, x2 = together_as_float(x1, x2)
    if x1.dtype == np.float16:
        return logaddexp(x1.astype(np.float32), x2.astype(np.float32)).astype(np.float16)
    regular, scale, high, low = _ordered(x1, x2)
    total = scale + np.log1p(np.expm1(high) + np.exp(low))
    return np.where(regular, total, np.maximum(x1, x2))


@implements("numpy.logaddexp2", fresh=True)
def logaddexp2(x1, x2, /):
    x1, x2 = together_as_float(x1, x2)
    if x1.dtype == np.float16:
        return logaddexp2(x1.astype(np.float32), x2.astype(np.float32)).astype(np.float16)
    regular, scale, high, low = _ordered(x1, x2)
    rest = np.log1p(np.expm1(high * 0.6931471805599453) + np.exp2(low))
    return np.where(regular, scale + rest * 1.4426950408889634, np.maximum(x1, x2))


def _ordered(x1, x2):
    """Whether the larger is finite; it, as a constant; the larger and the smaller minus it.

    The first difference is 0, and what it changes with counts in derivatives of all orders.
    """
    first = x1 >= x2
    high, low = np.where(first, x1, x2), np.where(first, x2, x1)
    regular = np.isfinite(high)
    scale = stop_gradient(np.where(regular, high, 0))
    return regular, scale, np.where(regular, high, 0) - scale, np.where(regular, low, 0) - scale


@implements("numpy.deg2rad", "numpy.radians", fresh=True)
def deg2rad(x, /):
    return _in_single(x, 0.017453292519943295)


@implements("numpy.rad2deg", "numpy.degrees", fresh=True)
def rad2deg(x, /):
    return _in_single(x, 57.29577951308232)


def _in_single(x, factor):
    """The product; of half precision, computed in single precision."""
    x = as_float(x)
    if x.dtype == np.float16:
        return (x.astype(np.float32) * factor).astype(np.float16)
    return x * factor


@implements("numpy.fix", fresh=True)
def fix(x):
    return np.trunc(x)
