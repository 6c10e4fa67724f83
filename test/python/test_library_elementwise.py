"""Elementwise functions of NumPy against NumPy, gradients against differences."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

X = np.array([0.7, -1.3, 2.5, 0.0, -0.4, 12.0])
Y = np.array([1.5, 2.0, -0.7, 3.0, -2.0, 0.3])
SPECIAL = np.array([1.0, np.nan, -2.0, np.inf, -np.inf, 0.0, -0.0])
K = np.array([[5, 3, -2], [7, -8, 0]])
L = np.array([[3, -2, 5], [-3, 3, -7]])
SHAPES = [X, SPECIAL, K, K[:, :1], np.zeros((0, 3)), X.astype(np.float32), 0.3, 2]

UNARY = [
    lambda x: (np.exp(x), np.exp2(x), np.expm1(x), np.square(x), np.cbrt(x), np.positive(x)),
    lambda x: (np.sin(x), np.cos(x), np.tan(x), np.arctan(x), np.sinh(x), np.cosh(x)),
    lambda x: (np.tanh(x), np.arcsinh(x), np.fabs(x), np.absolute(x), np.negative(x), np.sign(x)),
    lambda x: (np.floor(x), np.ceil(x), np.trunc(x), np.rint(x), np.round(x), np.around(x, 1)),
    lambda x: (np.deg2rad(x), np.rad2deg(x), np.radians(x), np.degrees(x), np.sinc(x)),
    lambda x: (np.isnan(x), np.isinf(x), np.isfinite(x), np.signbit(x), np.isposinf(x)),
    lambda x: (np.nan_to_num(x), np.nan_to_num(x, nan=1.0, posinf=2.0), np.modf(x)),
    lambda x: (np.logical_not(x), np.clip(x, -0.5, 0.5), np.clip(x, None, 1)),
]
BINARY = [
    lambda x, y: (np.add(x, y), np.subtract(x, y), np.multiply(x, y), np.divide(x, y)),
    lambda x, y: (np.floor_divide(x, y), np.remainder(x, y), np.fmod(x, y), np.divmod(x, y)),
    lambda x, y: (np.maximum(x, y), np.minimum(x, y), np.fmax(x, y), np.fmin(x, y)),
    lambda x, y: (np.hypot(x, y), np.arctan2(x, y), np.copysign(x, y), np.heaviside(x, y)),
    lambda x, y: (np.logaddexp(x, y), np.logaddexp2(x, y), np.float_power(np.abs(x), y)),
    lambda x, y: (np.less(x, y), np.equal(x, y), np.greater_equal(x, y), np.isclose(x, y)),
    lambda x, y: (np.logical_and(x, y), np.logical_or(x, y), np.logical_xor(x, y)),
]
INTEGER = [
    lambda x, y: (np.bitwise_and(x, y), np.bitwise_or(x, y), np.bitwise_xor(x, y), np.invert(x)),
    lambda x, y: (np.gcd(x, y), np.lcm(x, y), np.gcd(x, 12), np.fmod(x, y), np.remainder(x, y)),
    lambda x, y: (np.left_shift(x, 2), np.right_shift(x, 1), np.round(x, -1), np.float_power(x, 2)),
]
SMOOTH = [
    lambda x, y: np.hypot(x, y) + np.logaddexp(x, y) + np.logaddexp2(x, y) + np.arctan2(x, y),
    lambda x, y: np.fmod(x, y) * x + np.remainder(x, y) * y + np.fmax(x, y) * x + np.clip(x, 0, 1),
    lambda x, y: np.square(x) + np.sinc(y) + np.arcsinh(x) + np.cbrt(y) + np.reciprocal(y),
    lambda x, y: np.expm1(x / 9) + np.exp2(y) + np.tan(y) + np.nan_to_num(x) + np.fabs(y),
    lambda x, y: (
        np.arctanh(x / 20) + np.arccosh(np.abs(y) + 2) + np.log1p(np.abs(y)) + np.log2(y * y)
    ),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("program", UNARY)
def test_unary(program):
    for x in SHAPES:
        check(program, x)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("program", BINARY)
def test_binary(program):
    for x, y in [(X, Y), (SPECIAL, 2.0), (-3.0, SPECIAL), (K, L), (np.float32(0.5), 2)]:
        check(program, x, y)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("program", INTEGER)
def test_integers(program):
    check(program, K, L)
    check(program, np.abs(K).astype(np.uint8), np.abs(L).astype(np.uint8))


@pytest.mark.parametrize("program", SMOOTH)
def test_gradients(program):
    x, y = X[[0, 1, 2, 4]], Y[[0, 1, 2, 4]]
    check_gradient(lambda x, y: np.sum(np.sin(program(x, y))), x, y, argnums=(0, 1))


def test_lengths_do_not_overflow():
    check(lambda x: (np.hypot(x, x), np.hypot(x, np.inf), np.hypot(0.0, 0.0)), 1e200)


def test_equality_of_arrays():
    def f(x, y):
        same = np.array_equal(x, x), np.array_equal(x, y), np.array_equal(x, x[:2])
        return same, np.allclose(x, x + 1e-9), np.array_equal(y, y, equal_nan=True)

    check(f, X, SPECIAL[:6])


@pytest.mark.parametrize(
    "name",
    "add subtract multiply divide floor_divide remainder power maximum minimum arctan2 hypot "
    "copysign fmod less equal logaddexp".split(),
)
@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "uint16"])
def test_python_numbers_are_weak_on_both_sides(name, dtype):
    function = getattr(np, name)
    array = np.array([1, 2, 3]).astype(dtype)
    check(lambda a: (function(3, a), function(a, 3)), array)
    check(lambda a: (function(3, a[0]), function(a[0], 3)), array)
    if dtype.startswith("float"):
        check(lambda a: (function(1.5, a), function(a, 1.5)), array)
    check(lambda x: (function(x, 3), function(3, x)), 2.5)
