"""`jacfwd` and `jacrev`: shapes, structures, and values against differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_close, assert_same
from finite_differences import jacobian

from myia import (
    jacfwd,
    jacrev,
    jvp,
    myia,
    vjp,
)

BOTH = pytest.mark.parametrize("jac", [jacfwd, jacrev])

X = np.array([0.4, -1.2, 0.9])
M = np.array([[2.0, 0.3, -0.5], [0.1, 1.5, 0.2], [0.4, -0.6, 3.0]])


@dataclass
class Model:
    w: Any
    b: float
    name: str = "m"


# Jacobians


@BOTH
def test_of_a_number_by_a_number(jac):
    assert_same(jac(lambda x: x * x)(3.0), 6.0)


@BOTH
def test_of_a_number_by_an_array(jac):
    assert_same(jac(lambda x: np.sum(x * x))(X), 2.0 * X)


@BOTH
def test_of_an_array_by_a_number(jac):
    assert_same(jac(lambda k: k * k * X)(2.0), 4.0 * X)


@BOTH
def test_of_an_array_by_an_array_of_another_size(jac):
    assert_same(jac(lambda x: M[:2] @ x)(X), M[:2])


@BOTH
def test_of_a_matrix_by_a_matrix(jac):
    found = jac(lambda m: (m @ m)[:2])(M)
    assert found.shape == (2, 3, 3, 3)
    assert_close(found, jacobian(lambda m: (m @ m)[:2], M), 1e-8)


@BOTH
def test_of_a_matrix_by_a_vector(jac):
    found = jac(lambda x: np.outer(x, x[:2]))(X)
    assert found.shape == (3, 2, 3)
    assert_close(found, jacobian(lambda x: np.outer(x, x[:2]), X), 1e-8)


@BOTH
def test_keeps_single_precision(jac):
    x = X.astype(np.float32)
    assert_same(jac(lambda x: x * x)(x), np.diag(2 * x))


@BOTH
def test_by_several_arguments(jac):
    def f(x, k):
        return x * x * k

    by_x, by_k = np.diag(4.0 * X), X * X
    assert_same(jac(f, argnums=1)(X, 2.0), by_k)
    assert_same(jac(f, argnums=-1)(X, 2.0), by_k)
    assert_same(jac(f, argnums="k")(X, 2.0), by_k)
    assert_same(jac(f, argnums=(1, 0))(X, 2.0), (by_k, by_x))
    assert_same(jac(f, argnums=(0,))(X, 2.0), (by_x,))


@BOTH
def test_of_a_tuple_of_results(jac):
    found = jac(lambda x: (np.sum(x), 2.0 * x))(X)
    assert_same(found, (np.ones(3), 2.0 * np.eye(3)))


@BOTH
def test_of_a_tuple_of_results_by_several_arguments(jac):
    found = jac(lambda x, k: (k * k, x * k), argnums=(0, 1))(X, 3.0)
    assert_close(found, ((np.zeros(3), 6.0), (3.0 * np.eye(3), X)), 1e-12)


@BOTH
def test_by_an_instance(jac):
    found = jac(lambda m, x: m.w * x + m.b)(Model(X, 0.5), X)
    assert_same(found, Model(np.diag(X), np.ones(3), None))


@BOTH
def test_of_an_unused_argument_is_zero(jac):
    assert_same(jac(lambda x, y: 2.0 * x, argnums=1)(X, np.ones(2)), np.zeros((3, 2)))


@BOTH
def test_an_integer_counts_as_a_float(jac):
    assert_same(jac(lambda x: x * x)(3), 6.0)


@BOTH
def test_of_a_recursive_function_and_a_loop(jac):
    def power(x, n):
        return np.ones(3) if n == 0 else x * power(x, n - 1)

    def halve(x):
        while np.sum(np.abs(x)) > 1.0:
            x = x * x * 0.5
        return x

    assert_close(jac(power)(X, 3), np.diag(3.0 * X**2), 1e-12)
    assert_close(jac(halve)(X), jacobian(halve, X), 1e-8)


@BOTH
def test_inside_a_compiled_function(jac):
    @myia
    def newton(x, n):
        for _ in range(n):
            residual = lambda y: y * y - np.array([1.0, 4.0, 9.0])
            x = x - np.linalg.solve(jac(residual)(x), residual(x))
        return x

    assert_close(newton(np.ones(3) * 2.0, 8), np.array([1.0, 2.0, 3.0]), 1e-12)


def loop(x):
    y = x
    for i in range(3):
        y = np.tanh(M @ y) * x[i]
    return y


def update(x):
    y = np.zeros(4)
    y[0] = x[0]
    for i in range(1, 3):
        y[i] = y[i - 1] * x[i] + x[0]
    return y


ORDINARY = [
    loop,
    update,
    lambda x: np.sin(x) * np.exp(-x * x),
    lambda x: np.where(x > 0.0, x * x, -3.0 * x),
    lambda x: np.linalg.solve(M + np.outer(x, x), x),
    lambda x: np.sort(x) * x,
    lambda x: np.concatenate([x[::-1], x[:2] * x[1:]]),
    lambda x: np.array([np.max(x), np.sum(x[1:] ** 3), x[0] if x[1] < 0.0 else x[2]]),
    lambda x: x / np.linalg.norm(x),
    lambda x: np.cumsum(x).reshape(3, 1) * x,
]


@BOTH
@pytest.mark.parametrize("f", ORDINARY)
def test_of_ordinary_functions(f, jac):
    assert_close(jac(f)(X), jacobian(f, X), 1e-7)


def test_a_jacobian_is_what_jvp_and_vjp_multiply_with():
    v, w = np.array([1.0, 0.5, -2.0]), np.array([0.3, 0.2, 0.1])
    full = jacrev(loop)(X)
    assert_close(jvp(loop, (X,), (v,))[1], full @ v, 1e-12)
    assert_close(vjp(loop, X)[1](w), (w @ full,), 1e-12)
