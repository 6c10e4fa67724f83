"""`jvp`: values and tangents, through every kind of program and structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_close, assert_same
from finite_differences import check_jvp, directional

from myia import grad, jvp, myia, vjp


@dataclass
class Layer:
    weight: Any
    bias: Any


@dataclass
class Named:
    scale: float
    name: str
    steps: int
    rest: float | None = None


A = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]])
X = np.array([0.4, -1.2, 0.9])


def product(x, y):
    return x * x * y


def affine(w, x):
    return np.tanh(w @ x)


def recursive_power(x, n):
    return 1.0 if n == 0 else x * recursive_power(x, n - 1)


def cube_root(a):
    x = a
    while abs(x * x * x - a) > 1e-13 * a:
        x = x - (x * x * x - a) / (3.0 * x * x)
    return x


def test_jvp_of_numbers():
    assert_same(jvp(product, (2.0, 3.0), (1.0, 0.5)), (12.0, 14.0))


def test_jvp_of_a_function_of_arrays():
    check_jvp(affine, (A, X), (A[::-1].copy(), np.arange(3.0)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_jvp_keeps_the_dtype(dtype):
    w, x = A.astype(dtype), X.astype(dtype)
    value, tangent = jvp(lambda x: affine(w, x), (x,), (np.ones_like(x),))
    assert_same(value, affine(w, x))
    assert_same(tangent, (1 - affine(w, x) ** 2) * np.sum(w, axis=1))


def test_jvp_through_structures():
    def f(layer, pair):
        return {"out": layer.weight * pair[0] + layer.bias, "pair": (pair[1] * pair[1], [pair[0]])}

    primals = (Layer(X, 0.5), (2.0, 3.0))
    check_jvp(f, primals, (Layer(np.ones(3), -1.0), (0.5, 0.25)))


def test_jvp_through_lists():
    def f(xs):
        return [x * xs[0] for x in xs]

    assert_same(jvp(f, ([1.0, 2.0],), ([1.0, 10.0],)), ([1.0, 2.0], [2.0, 12.0]))


def test_jvp_takes_none_for_leaves_without_derivative():
    found = jvp(
        lambda n: Named(n.scale * n.steps, n.name, n.steps),
        (Named(2.0, "m", 3),),
        (Named(1.0, None, None),),
    )
    assert_same(found, (Named(6.0, "m", 3), Named(3.0, None, None)))


def test_jvp_takes_an_integer_as_a_float():
    value, tangent = jvp(lambda x: x * x, (3,), (0.5,))
    assert value == 9.0
    assert_same(tangent, 3.0)


def test_jvp_of_what_does_not_depend_on_the_argument_is_zero():
    assert_same(jvp(lambda x, y: y * X, (1.0, 2.0), (1.0, 0.0)), (2.0 * X, np.zeros(3)))


def test_jvp_through_recursion_and_loops():
    check_jvp(lambda x: recursive_power(x, 6), (1.2,), (0.5,))
    check_jvp(cube_root, (5.0,), (2.0,))


def test_jvp_through_updates_of_an_array():
    def f(x):
        y = np.zeros(3)
        for i in range(3):
            y[i] = x[i] * x[0]
        y[1] += y[2]
        return y

    check_jvp(f, (X,), (np.array([1.0, 0.5, -2.0]),))


def test_jvp_inside_compiled_code():
    @myia
    def f(x, v):
        k = np.sum(x)
        value, tangent = jvp(lambda y: y * y * k, (x,), (v,))
        return value + tangent

    v = np.array([1.0, 0.0, 2.0])
    assert_same(f(X, v), (X * X + 2.0 * X * v) * X.sum())


def test_jvp_at_kinks_follows_the_branch_taken():
    assert_same(jvp(lambda x: max(x, 1.0), (1.0,), (3.0,)), (1.0, 3.0))
    assert_same(jvp(lambda x: abs(x), (0.0,), (3.0,)), (0.0, 0.0))
    assert_same(jvp(lambda x: np.maximum(x, 1.0), (1.0,), (3.0,))[1], np.float64(1.5))


def test_jvp_and_vjp_are_transposed():
    def f(x):
        y = np.cumsum(x * x)
        return np.concatenate([y[1:], np.sort(x)[:1] * y[0]])

    v, w = np.array([0.3, 1.0, -2.0]), np.array([1.0, 0.5, 2.0])
    tangent = jvp(f, (X,), (v,))[1]
    assert_close(tangent, directional(f, (X,), (v,)), 1e-9)
    (cotangent,) = vjp(f, X)[1](w)
    np.testing.assert_allclose(w @ tangent, v @ cotangent, rtol=1e-12)


def test_grad_is_the_pullback_of_one():
    def f(x):
        return np.sum(np.exp(x) * x)

    assert_same(vjp(f, X)[1](1.0), (grad(f)(X),))
