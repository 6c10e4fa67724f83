# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Second and third derivatives through control flow, against finite differences."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from myia import grad, myia

Scalar = Callable[..., float]


def slope(f: Scalar, x: float, *rest: float, h: float = 1e-6) -> float:
    """The derivative of `f` by its first argument, numerically."""
    return (f(x + h, *rest) - f(x - h, *rest)) / (2 * h)


def polynomial(x, n):
    return 3.0 * x**3 - 2.0 * x + x / (1.0 + x * x)


def power(x, n):
    y = 1.0
    while n > 0:
        y = y * x
        n = n - 1
    return y


def newton(x, n):
    y = x
    while abs(y * y - x) > 1e-12 * x:
        y = 0.5 * (y + x / y)
    return y


def exits(x, n):
    total = 0.0
    for i in range(n):
        if i == 1:
            continue
        for j in range(i):
            if total > 50.0:
                break
            total = total + math.sin(x * j) * x
        if total > 90.0:
            return total * total
    return total + x


def fibonacci(x, n):
    if n < 2:
        return math.sin(x)
    return fibonacci(x, n - 1) * fibonacci(x, n - 2) + x


def even(x, n):
    return x if n == 0 else math.sin(odd(x, n - 1))


def odd(x, n):
    return x * x if n == 0 else x * even(x, n - 1)


def helper(x, k):
    total = x
    for i in range(k):
        total = total * math.cos(x + i)
    return total


def loop_of_calls(x, n):
    y = x
    for i in range(n):
        y = y + helper(y, i)
    return y


def chosen(x, n):
    def double(v):
        return v * 2.0 * x

    def square(v):
        return v * v

    f = double if n > 2 else square
    return f(math.exp(x))


FUNCTIONS = [polynomial, power, newton, exits, fibonacci, even, loop_of_calls, chosen]


@pytest.mark.parametrize("f", FUNCTIONS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("n", [0, 1, 3, 6])
def test_second_order(f, n):
    def first(x, n):
        return grad(f)(x, n)

    @myia
    def value(x, n):
        return first(x, n)

    @myia
    def second(x, n):
        return grad(first)(x, n)

    assert second(0.7, n) == pytest.approx(slope(value, 0.7, n), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("f", [power, fibonacci], ids=lambda f: f.__name__)
def test_third_order(f):
    def first(x, n):
        return grad(f)(x, n)

    def second(x, n):
        return grad(first)(x, n)

    @myia
    def value(x, n):
        return second(x, n)

    @myia
    def third(x, n):
        return grad(second)(x, n)

    assert third(0.7, 4) == pytest.approx(slope(value, 0.7, 4), rel=1e-5)


def layer(w, x):
    return np.sum(np.tanh(x @ w) ** 2)


def attention(w, x):
    scores = x @ w
    weights = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return np.sum(weights / np.sum(weights, axis=1, keepdims=True) * scores**2)


def product(w, x):
    return np.sum(np.prod(w * w[0, 1], axis=0)) * x[0, 0]


def elements(w, x):
    total = 0.0
    for i in range(3):
        total = total + w[i, 0] * w[i, 1] * np.sin(x[0, i] * w[0, 0])
    return total


@pytest.mark.parametrize("f", [layer, attention, product, elements], ids=lambda f: f.__name__)
def test_second_order_of_arrays(f):
    rng = np.random.default_rng(0)
    w, x = rng.normal(size=(3, 2)), rng.normal(size=(4, 3))
    w[1, 0] = 0.0

    def size(w, x):
        return np.sum(grad(f)(w, x) ** 2)

    @myia
    def value(w, x):
        return size(w, x)

    @myia
    def gradient(w, x):
        return grad(size)(w, x)

    result = gradient(w, x)
    for index in np.ndindex(w.shape):

        def moved(v, index=index):
            copy = w.copy()
            copy[index] = v
            return float(value(copy, x))

        assert result[index] == pytest.approx(slope(moved, float(w[index])), rel=1e-5, abs=1e-6)


def test_untaken_branches_leak_no_nan():
    @myia
    def gradient(x):
        return grad(lambda x: np.sum(np.where(x > 0.0, np.sqrt(x) * np.log(x), 0.0)))(x)

    result = gradient(np.array([0.0, 4.0]))
    assert result[0] == 0.0
    assert result[1] == pytest.approx(math.log(4.0) / 4.0 + 0.5)
