"""The math module and built-in functions against CPython: values and errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check, check_gradient

from myia import myia

NUMBERS = [0.0, -0.0, 0.5, -1.0, 2.5, 1e300, -1e-310, 170.0, math.inf, -math.inf, math.nan, 3, -7]

UNARY = [
    lambda x: math.sqrt(x),
    lambda x: math.log(x),
    lambda x: math.log(x, 10),
    lambda x: (math.exp(x), math.exp2(x), math.expm1(x)),
    lambda x: math.log1p(x),
    lambda x: (math.log2(x), math.log10(x)),
    lambda x: (math.sin(x), math.cos(x), math.tan(x)),
    lambda x: (math.asin(x), math.acos(x)),
    lambda x: (math.atan(x), math.tanh(x), math.asinh(x), math.cbrt(x), math.fabs(x)),
    lambda x: (math.sinh(x), math.cosh(x)),
    lambda x: math.acosh(x),
    lambda x: math.atanh(x),
    lambda x: (math.erf(x), math.erfc(x), math.degrees(x), math.radians(x)),
    lambda x: (math.isnan(x), math.isinf(x), math.isfinite(x), math.copysign(2, x)),
    lambda x: (math.frexp(x), math.modf(x), math.ulp(x)),
    lambda x: math.gamma(x),
    lambda x: math.lgamma(x),
    lambda x: math.ldexp(x, 5),
    lambda x: math.ldexp(x, 1200),
    lambda x: math.ldexp(x, -1100),
    lambda x: (math.hypot(x, 2), math.hypot(x), math.hypot(1, x, 2), math.atan2(x, 2)),
    lambda x: math.fmod(x, 3),
    lambda x: (math.remainder(x, 3), math.remainder(x, 2)),
    lambda x: (math.nextafter(x, 5), math.nextafter(x, -math.inf), math.nextafter(1.0, x)),
    lambda x: (math.isclose(x, 2.5), math.isclose(x, x + 1e-12), math.isclose(x, 0, abs_tol=1)),
]


@pytest.mark.parametrize("program", UNARY)
def test_functions_of_one_number(program):
    for x in NUMBERS:
        check(program, x)


WHOLE = [
    lambda x: math.floor(x),
    lambda x: math.ceil(x),
    lambda x: math.trunc(x),
    lambda x: int(x),
    lambda x: round(x),
]


@pytest.mark.parametrize("program", WHOLE)
def test_whole_numbers(program):
    for x in [2.5, -0.5, 3.0, math.inf, math.nan, 2**62 + 1, True, -(2**53) - 1]:
        check(program, x)


PAIRS = [(2.0, 3.0), (-2.0, 3.0), (-2.0, 0.5), (0.0, -1.0), (1e200, 2.0), (0.0, 0.0), (2, 10)]


@pytest.mark.parametrize("x", [*PAIRS, (math.inf, -1.0), (-1.0, math.inf), (0.0, -math.inf)])
def test_powers(x):
    check(lambda x, y: math.pow(x, y), *x)


def test_gamma_between_integers():
    for x in [0.1, 1.5, 5.25, 30.7, 100.3, 171.5, -0.5, -2.7, -20.3]:
        check(lambda x: (math.gamma(x), math.lgamma(x)), x)
    check_gradient(lambda x: math.lgamma(x) + math.gamma(x), 3.3)


INTEGERS = [
    lambda n, k: (math.factorial(n), math.perm(n), math.isqrt(n)),
    lambda n, k: (math.comb(n, k), math.perm(n, k)),
    lambda n, k: (
        math.gcd(n, k),
        math.gcd(n, k, 12),
        math.lcm(n, k),
        math.lcm(n, k, 10),
        math.gcd(),
    ),
]


@pytest.mark.parametrize("program", INTEGERS)
def test_functions_of_integers(program):
    for n, k in [(12, 8), (5, 9), (0, 0), (-4, 6), (20, 20), (7, -1)]:
        check(program, n, k)


def test_large_roots_and_choices():
    check(lambda n: (math.isqrt(n), math.isqrt(n - 1), math.isqrt(2**62)), 2**63 - 1)
    check(lambda n: (math.comb(n, 30), math.comb(n, 3)), 62)


def test_sums_and_products():
    check(lambda x: (math.fsum(x), math.prod(x), math.prod(x, start=2)), (0.1,) * 10)
    check(lambda x: math.fsum(x), (1e16, 1.0, -1e16, 1e-16, 1e100, -1e100))
    check(lambda x: math.fsum(x), (1.0, 2.0**-53, 2.0**-106))
    check(lambda x: math.fsum(x), (math.inf, 1.0))
    check(lambda x: (math.prod(x), math.dist(x, (1, 2, 3))), (2, 3, 4))
    check(lambda x: math.fsum(x), np.random.default_rng(0).normal(size=100) * 1e10)


def test_constants():
    check(lambda x: (math.pi + x, math.e, math.tau, math.inf, math.nan), 1.0)


POWERS = [(3, 200, 13), (3, -1, 7), (2, 10, 1), (-2, 5, 7), (2, 3, -5), (2, -1, 4), (2, 2, 0)]


@pytest.mark.parametrize("numbers", POWERS)
def test_power_with_a_modulus(numbers):
    check(lambda a, b, m: pow(a, b, m), *numbers)


def test_power():
    check(lambda x: (pow(x, 2), pow(2, x), pow(2, -1), pow(x, 0.5)), 3)


def largest(x, y):
    first = max(x, y, key=lambda v: -v), min(x, y, 5, key=abs), max((x, y)), min((), default=7)
    return first, max((x, y), key=lambda v: v * v, default=0), max((), default=y)


def test_extremes_with_key_and_default():
    check(largest, -3, 2)
    check(largest, 1.5, -2.5)
    check(lambda x: max(()), 1)


@dataclass
class Point:
    x: float
    y: float = 2.0

    def norm(self):
        return math.hypot(self.x, self.y)


def reflect(p, n):
    members = getattr(p, "x"), getattr(p, "z", 5.0), hasattr(p, "norm"), hasattr(p, "z")
    kinds = type(n) is int, type(n) is float, type(p) is Point, type(members) is tuple
    return members, kinds, callable(p), callable(math.sin), callable(p.norm), getattr(p, "norm")()


def test_reflection():
    check(reflect, Point(3.0), 2)
    check(lambda x: (type(x) is np.ndarray, type(x[0]) is np.float64), np.ones(2))
    check(lambda x: (type(x[0]) is float, type(x[0]) in (int, np.float64)), np.ones(2))
    check(lambda x: (x.dtype is np.float64, x.dtype == np.float64, x.dtype == float), np.ones(2))
    check(lambda x: (x.dtype is x[0].dtype, callable(np.int8), callable(x.dtype)), np.ones(2))
    with pytest.raises(TypeError):
        myia(lambda x: x.dtype(1))(np.ones(2))
