"""`hessian` and `hvp`: shapes, structures, and values against differences."""

from __future__ import annotations

import numpy as np
import pytest
from compare import assert_close, assert_same
from finite_differences import directional, jacobian

from myia import (
    MyiaTypeError,
    MyiaValueError,
    grad,
    hessian,
    hvp,
    jacfwd,
    jacrev,
    myia,
    stop_gradient,
)

X = np.array([0.4, -1.2, 0.9])
M = np.array([[2.0, 0.3, -0.5], [0.1, 1.5, 0.2], [0.4, -0.6, 3.0]])


def test_hessian_of_a_function_of_a_number():
    assert_same(hessian(lambda x: x**3)(2.0), 12.0)


def test_hessian_by_an_array_is_symmetric():
    def f(x):
        return np.sum(np.sin(x) * x[::-1]) * np.prod(x)

    found = hessian(f)(X)
    assert_close(found, found.T, 1e-12)
    assert_close(found, jacobian(grad(f), X), 1e-7)


def test_hessian_by_a_matrix():
    m = M[:2]
    found = hessian(lambda m: np.sum(m.T @ m) * m[0, 1])(m)
    assert found.shape == (2, 3, 2, 3)
    assert_close(found, jacobian(grad(lambda m: np.sum(m.T @ m) * m[0, 1]), m), 1e-7)


def test_hessian_of_a_vector_function():
    found = hessian(lambda x: x[:2] ** 3)(X)
    expected = np.zeros((2, 3, 3))
    expected[0, 0, 0], expected[1, 1, 1] = 6 * X[0], 6 * X[1]
    assert_close(found, expected, 1e-12)


def test_hessian_of_a_linear_function_is_zero():
    assert_same(hessian(lambda x: np.sum(x) * 2.0)(X), np.zeros((3, 3)))


def test_hessian_by_several_arguments():
    found = hessian(lambda x, k: np.sum(x * x) * k * k, argnums=(0, 1))(X, 2.0)
    # Of sum(x * x) * k * k at k = 2.
    assert_close(found, ((8.0 * np.eye(3), 8.0 * X), (8.0 * X, 2.0 * np.sum(X * X))), 1e-12)


def test_hessian_by_one_of_several_arguments():
    def f(k, x):
        return k * np.sum(x**3)

    expected = np.diag(12.0 * X)
    assert_same(hessian(f, argnums=1)(2.0, X), expected)
    assert_same(hessian(f, argnums="x")(2.0, X), expected)


def test_hessian_keeps_single_precision():
    x = X.astype(np.float32)
    assert_same(hessian(lambda x: np.sum(x * x * x))(x), np.diag(6 * x))


def test_hessian_of_a_loop_and_of_a_recursion():
    def loop(x):
        total = 1.0
        while total < 12.0:
            total = total * (x[0] * x[0] + x[1] * x[1]) + 1.0
        return total

    def recursive(x, n):
        return 1.0 if n == 0 else np.sum(x * x) * recursive(x, n - 1)

    assert_close(hessian(loop)(X), jacobian(grad(loop), X), 1e-6)
    assert_close(hessian(recursive)(X, 3), jacobian(lambda x: grad(recursive)(x, 3), X), 1e-6)


def test_hessian_through_solve():
    def f(x):
        return X @ np.linalg.solve(M + np.outer(x, x), X)

    assert_close(hessian(f)(X + 1.0), jacobian(grad(f), X + 1.0), 1e-7)


def test_hessian_in_the_four_mixtures():
    def f(x):
        return np.sum(x**4) * x[0]

    expected = hessian(f)(X)
    for outer in (jacfwd, jacrev):
        for inner in (jacfwd, jacrev):
            assert_close(outer(inner(f))(X), expected, 1e-12)


def test_third_derivatives_by_nesting():
    found = jacfwd(hessian(lambda x: np.sum(x**4)))(X)
    expected = np.zeros((3, 3, 3))
    expected[range(3), range(3), range(3)] = 24.0 * X
    assert_close(found, expected, 1e-12)


def test_hessian_with_stop_gradient():
    found = hessian(lambda x: np.sum(x * x * stop_gradient(x)))(X)
    assert_same(found, np.diag(2.0 * X))


# Products with Hessians


def cubes(x):
    return np.sum(x**3) * x[0]


def test_hvp_of_one_primal():
    v = np.array([1.0, 0.5, -2.0])
    assert_close(hvp(cubes, (X,), (v,)), hessian(cubes)(X) @ v, 1e-12)


def test_hvp_of_a_number():
    assert_same(hvp(lambda x: x**3, (2.0,), (0.5,)), 6.0)


def test_hvp_of_several_primals_is_a_tuple():
    def f(x, k):
        return np.sum(x * x) * k * k

    v = np.array([1.0, 0.5, -2.0])
    expected = directional(lambda x, k: grad(f, argnums=(0, 1))(x, k), (X, 2.0), (v, 0.5))
    assert_close(hvp(f, (X, 2.0), (v, 0.5)), expected, 1e-8)


def test_hvp_by_a_structure():
    def f(m):
        return np.sum(m["w"] ** 2) * m["b"]

    found = hvp(f, ({"w": X, "b": 3.0},), ({"w": np.ones(3), "b": 1.0},))
    assert_close(found, {"w": 6.0 + 2.0 * X, "b": 2.0 * np.sum(X)}, 1e-12)


def test_hvp_keeps_single_precision():
    x = X.astype(np.float32)
    assert_same(hvp(lambda x: np.sum(x * x * x), (x,), (np.ones_like(x),)), 6 * x)


def test_hvp_inside_a_compiled_function():
    @myia
    def f(x, n):
        v = np.ones(3)
        for _ in range(n):
            v = hvp(lambda y: np.sum(y**3) * x[0], (x,), (v,))
        return v

    assert_close(f(X, 2), (6.0 * X * X[0]) ** 2, 1e-12)


def test_hvp_is_differentiable():
    def f(x):
        return np.sum(hvp(lambda y: np.sum(y**4), (x,), (np.ones(3),)))  # 12 x^2

    assert_close(grad(f)(X), 24.0 * X, 1e-12)


# Refusals


@pytest.mark.parametrize("derivative", [jacfwd, jacrev, hessian])
def test_refused_arguments(derivative):
    with pytest.raises(MyiaTypeError):
        derivative(lambda x: x * 1.0)(np.array([1, 2]))
    with pytest.raises(MyiaTypeError):
        derivative(lambda x: x * 1.0)(X, X)
    with pytest.raises((MyiaTypeError, MyiaValueError), match="arg"):
        derivative(lambda x: x * 1.0, argnums=3)(X)
    with pytest.raises(MyiaTypeError, match="function"):
        derivative(3.0)


def test_hvp_wants_a_scalar_and_fitting_tangents():
    with pytest.raises(MyiaTypeError):
        hvp(lambda x: x * x, (X,), (X,))
    with pytest.raises((MyiaTypeError, MyiaValueError)):
        hvp(cubes, (X,), (np.ones(2),))
    with pytest.raises((MyiaTypeError, MyiaValueError)):
        hvp(cubes, (X,), (X, X))
    with pytest.raises((MyiaTypeError, MyiaValueError)):
        hvp(cubes, X, X)
