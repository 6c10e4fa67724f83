# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Derivatives at ties, zeros and on the axes, where a choice must not hide the formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from myia import grad, hessian, jacfwd, myia

# A function of complex numbers, its first and its second derivative.
_ANALYTIC = {
    "exp": (np.exp, np.exp, np.exp),
    "log": (np.log, lambda z: 1 / z, lambda z: -1 / z**2),
    "sqrt": (np.sqrt, lambda z: 0.5 / np.sqrt(z), lambda z: -0.25 / np.sqrt(z) ** 3),
    "sin": (np.sin, np.cos, lambda z: -np.sin(z)),
    "cos": (np.cos, lambda z: -np.sin(z), lambda z: -np.cos(z)),
    "tan": (np.tan, lambda z: np.cos(z) ** -2, lambda z: 2 * np.tan(z) * np.cos(z) ** -2),
    "sinh": (np.sinh, np.cosh, np.sinh),
    "cosh": (np.cosh, np.sinh, np.cosh),
    "tanh": (np.tanh, lambda z: np.cosh(z) ** -2, lambda z: -2 * np.tanh(z) * np.cosh(z) ** -2),
    "reciprocal": (np.reciprocal, lambda z: -1 / z**2, lambda z: 2 / z**3),
    "square": (np.square, lambda z: 2 * z, lambda z: 2 + 0 * z),
    "power": (lambda z: z**2.5, lambda z: 2.5 * z**1.5, lambda z: 3.75 * z**0.5),
    "power of 1": (lambda z: z ** (1 + 0j), lambda z: 1 + 0 * z, lambda z: 0 * z),
    "power of 2": (lambda z: z ** (2 + 0j), lambda z: 2 * z, lambda z: 2 + 0 * z),
    "power of 0": (lambda z: z ** (0 + 0j), lambda z: 0 * z, lambda z: 0 * z),
    "exponent": (
        lambda z: np.complex128(2 + 1j) ** z,
        lambda z: np.log(2 + 1j) * (2 + 1j) ** z,
        lambda z: np.log(2 + 1j) ** 2 * (2 + 1j) ** z,
    ),
}
_SINGULAR = {"log", "sqrt", "reciprocal", "power"}
_POINTS = [2.0, 2.0j, -2.0j, 0.0, 1.0, 1.0j, 1.0 + 1.0j, 0.5 - 0.5j, -1.5 + 1.5j]


@pytest.mark.parametrize("name", _ANALYTIC)
def test_complex_function(name):
    """Derivatives by the parts are those of an analytic function."""
    function, first, second = _ANALYTIC[name]

    def real(a, b):
        return np.real(function(np.complex128(a + 1j * b)))

    def imaginary(a, b):
        return np.imag(function(np.complex128(a + 1j * b)))

    @myia
    def found(a, b):
        return (
            grad(real, (0, 1))(a, b),
            grad(imaginary, (0, 1))(a, b),
            hessian(real, (0, 1))(a, b),
            hessian(imaginary, (0, 1))(a, b),
        )

    for point in _POINTS:
        if point == 0 and name in _SINGULAR:
            continue
        z = np.complex128(point)
        d, dd = complex(first(z)), complex(second(z))
        parts = found(z.real, z.imag)
        assert np.allclose(parts[0], (d.real, -d.imag), 1e-9, 1e-12), point
        assert np.allclose(parts[1], (d.imag, d.real), 1e-9, 1e-12), point
        assert np.allclose(parts[2], [[dd.real, -dd.imag], [-dd.imag, -dd.real]], 1e-9, 1e-11), (
            point
        )
        assert np.allclose(parts[3], [[dd.imag, dd.real], [dd.real, -dd.imag]], 1e-9, 1e-11), point


def test_complex_function_far_from_zero():
    def real(a):
        return np.real(np.tanh(np.complex128(a + 0j)))

    assert np.isclose(grad(real)(25.0), 1 / np.cosh(25.0) ** 2)
    assert np.isclose(grad(real)(-25.0), 1 / np.cosh(25.0) ** 2)


def _length_hessian(x, y):
    cube = math.hypot(x, y) ** 3
    return np.array([[y * y, -x * y], [-x * y, x * x]]) / cube


@pytest.mark.parametrize(
    "length",
    [
        np.hypot,
        math.hypot,
        lambda x, y: math.dist((x, 1.0), (0.0, 1.0 - y)),
        lambda x, y: abs(complex(x, y)),
        lambda x, y: np.abs(np.complex128(x + 1j * y)),
        lambda x, y: math.hypot(x, 0.0, y),
    ],
)
@pytest.mark.parametrize("at", [(3.0, 4.0), (2.0, 2.0), (2.0, -2.0), (0.0, 1.0), (-2.0, -0.0)])
def test_length(length, at):
    def function(x, y):
        return length(x, y)

    assert np.allclose(grad(function, (0, 1))(*at), np.array(at) / math.hypot(*at), 1e-14)
    assert np.allclose(hessian(function, (0, 1))(*at), _length_hessian(*at), 1e-13)


def test_length_of_nothing_has_no_slope():
    assert grad(lambda x, y: np.hypot(x, y), (0, 1))(0.0, 0.0) == (0.0, 0.0)
    assert grad(lambda x, y: math.hypot(x, y), (0, 1))(0.0, 0.0) == (0.0, 0.0)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_length_is_accurate(dtype):
    numbers = np.random.default_rng(1).normal(size=(2, 1000)).astype(dtype)
    numbers *= (10.0 ** np.random.default_rng(2).integers(-30, 30, 1000)).astype(dtype)
    found = myia(lambda x, y: np.hypot(x, y))(*numbers)
    np.testing.assert_array_max_ulp(found, np.hypot(*numbers), 2)


@pytest.mark.parametrize(("function", "scale"), [(np.logaddexp, 1.0), (np.logaddexp2, math.log(2))])
@pytest.mark.parametrize("at", [(0.0, 0.0), (3.0, 3.0), (1.0, 0.0), (0.0, 2.0), (-800.0, 800.0)])
def test_logarithm_of_a_sum(function, scale, at):
    weight = 1 / (1 + math.exp(scale * (at[1] - at[0]))) if at[0] > -800 else 0.0
    curve = scale * weight * (1 - weight)
    slope = grad(lambda x, y: function(x, y), (0, 1))(*at)
    assert np.allclose(slope, (weight, 1 - weight), 1e-12)
    found = hessian(lambda x, y: function(x, y), (0, 1))(*at)
    assert np.allclose(found, [[curve, -curve], [-curve, curve]], 1e-12)


def test_logarithm_of_a_sum_of_infinities():
    slope = grad(lambda x, y: np.logaddexp(x, y), (0, 1))
    assert slope(-np.inf, 1.0) == (0.0, 1.0)
    assert slope(np.inf, 1.0) == (1.0, 0.0)
    assert slope(-np.inf, -np.inf) == (0.5, 0.5)


def _sinc(x):
    return np.sinc(x)


@pytest.mark.parametrize("x", [0.0, -0.0, 1e-9, 1e-5, -1e-3, 0.1, 0.3, 0.4, 1.0, -2.0])
def test_sinc(x):
    a = math.pi * x
    terms = [(-1) ** n / math.factorial(2 * n + 1) for n in range(40)]
    first = math.pi * sum(2 * n * t * a ** (2 * n - 1) for n, t in enumerate(terms) if n)
    second = math.pi**2 * sum(
        2 * n * (2 * n - 1) * t * a ** (2 * n - 2) for n, t in enumerate(terms) if n
    )
    assert myia(_sinc)(x) == np.sinc(x)
    assert np.isclose(grad(_sinc)(x), first, 1e-12, 1e-13)
    assert np.isclose(hessian(_sinc)(x), second, 1e-11, 1e-12)


def test_power_of_zero():
    def power(x, y):
        return x**y

    second = hessian(power, (0, 1))(2.0, 0.0)
    assert np.allclose(second, [[0.0, 0.5], [0.5, math.log(2.0) ** 2]])
    assert grad(power, (0, 1))(0.0, 0.0) == (0.0, 0.0)
    assert not np.isnan(hessian(power, (0, 1))(0.0, 0.0)).any()
    assert grad(lambda x: x**2.0)(0.0) == 0.0
    assert hessian(lambda x: x**2.0)(0.0) == 2.0
    assert hessian(lambda x: x**1.0)(0.0) == 0.0
    assert hessian(lambda x: x**0.0)(0.0) == 0.0
    assert np.isclose(grad(lambda x: x**3.0)(-2.0), 12.0)
    assert np.allclose(jacfwd(grad(power, (0, 1)), (0, 1))(2.0, 0.0), second)


@pytest.mark.parametrize("x", [0.0, -0.0, 1.5, -1.5, -2.0])
def test_parts_and_remainders(x):
    assert grad(lambda x: np.fmod(x, 4.0))(x) == 1.0
    assert grad(lambda x: math.fmod(x, 4.0))(x) == 1.0
    assert grad(lambda x: np.modf(x)[0])(x) == 1.0
    assert grad(lambda x: math.modf(x)[0])(x) == 1.0
    assert grad(lambda x: math.remainder(x, 5.0))(x) == 1.0


def test_scaling_of_zero():
    assert grad(lambda x: math.ldexp(x, 2))(0.0) == 4.0


@pytest.mark.parametrize("x", [1.0, 2.0, 3.0])
def test_gamma_of_whole_numbers(x):
    digamma = sum(1 / k for k in range(1, int(x))) - 0.5772156649015329
    trigamma = math.pi**2 / 6 - sum(1 / k**2 for k in range(1, int(x)))
    value = math.gamma(x)
    assert myia(lambda x: math.gamma(x))(x) == value
    assert np.isclose(grad(lambda x: math.gamma(x))(x), value * digamma, 1e-10)
    assert np.isclose(grad(lambda x: math.lgamma(x))(x), digamma, 1e-10)
    assert np.isclose(hessian(lambda x: math.gamma(x))(x), value * (trigamma + digamma**2), 1e-9)
    assert np.isclose(hessian(lambda x: math.lgamma(x))(x), trigamma, 1e-9)


@pytest.mark.parametrize("w", [2.0, 0.0, -1.0, 1.0])
def test_whole_exponent_of_a_python_complex_number(w):
    z = 1 - 2j
    slope = complex(np.log(z)) * z**w
    found = grad(lambda c, d: ((1 - 2j) ** complex(c, d)).real, (0, 1))(w, 0.0)
    assert np.allclose(found, (slope.real, -slope.imag), 1e-12)
    found = grad(lambda c, d: ((1 - 2j) ** complex(c, d)).imag, (0, 1))(w, 0.0)
    assert np.allclose(found, (slope.imag, slope.real), 1e-12)
