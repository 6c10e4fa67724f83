"""Gradients of ordinary programs against central finite differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import check_gradient, check_second_derivative

from myia import grad, myia, value_and_grad


@dataclass(frozen=True)
class Affine:
    slope: float
    offset: float

    def apply(self, x):
        return self.slope * x + self.offset


def polynomial(x):
    return 3 * x**3 - 2 * x * x + x / 4 - 7


def power(x, n):
    result = 1.0
    while n > 0:
        result = result * x
        n -= 1
    return result


def recursive_power(x, n):
    return 1.0 if n == 0 else x * recursive_power(x, n - 1)


def factorial_like(x):
    return 1.0 if x < 1.0 else x * factorial_like(x - 1.0)


def double_recursion(x, n):
    if n < 2:
        return x * x
    return double_recursion(x, n - 1) + 0.5 * double_recursion(x, n - 2)


def cube_root(a):
    x = a
    while abs(x * x * x - a) > 1e-10 * a:
        x = x - (x * x * x - a) / (3 * x * x)
    return x


def loops(x, n):
    total = 0.0
    for i in range(n):
        if i == 2:
            continue
        for j in range(i):
            if j > 3:
                break
            total += x * x * i + j * x
            if total > 500.0:
                return total * x
    return total


@pytest.mark.parametrize("x", [-1.5, 0.3, 2.0])
def test_polynomial(x):
    check_gradient(polynomial, x)
    check_second_derivative(polynomial, x)


@pytest.mark.parametrize("n", [0, 1, 4])
def test_while_loop_with_a_trip_count_from_data(n):
    check_gradient(power, 1.7, n)
    check_second_derivative(lambda x: power(x, n), 1.7)


def test_convergence_loop():
    check_gradient(cube_root, 5.0)
    check_second_derivative(cube_root, 5.0)


@pytest.mark.parametrize(("x", "n"), [(0.5, 3), (2.0, 6), (5.0, 9), (1.0, 0)])
def test_nested_loops_with_break_continue_return(x, n):
    check_gradient(loops, x, n)


def test_recursion():
    check_gradient(recursive_power, 1.3, 5)
    check_gradient(factorial_like, 4.5)
    check_gradient(double_recursion, 1.1, 7)
    check_second_derivative(lambda x: recursive_power(x, 5), 1.3)
    check_second_derivative(lambda x: double_recursion(x, 6), 1.1)


def test_closure_over_an_outer_variable():
    def f(x, y):
        def g(z):
            return z * x + y

        return g(x) * g(y)

    check_gradient(f, 1.5, -0.5)
    check_gradient(f, 1.5, -0.5, argnums=(0, 1))


@pytest.mark.parametrize("x", [1.5, -1.5])
def test_function_chosen_by_a_condition(x):
    def f(x):
        def cube(y):
            return y * y * y

        def scaled(y):
            return 5 * y * x

        g = cube if x > 0 else scaled
        return g(2 * x)

    check_gradient(f, x)


def test_dataclass_method():
    def f(layer, x):
        return layer.apply(layer.apply(x))

    check_gradient(f, Affine(2.0, -1.0), 3.0)
    check_gradient(f, Affine(2.0, -1.0), 3.0, argnums=(0, 1))


def test_tuple():
    def f(t):
        a, (b, c) = t
        return a * b * c + b

    check_gradient(f, (1.0, (2.0, 3.0)))


def test_argument_by_name_and_all():
    def f(x, y):
        return x * x * y

    assert grad(f, argnums="y")(3.0, 2.0) == 9.0
    assert grad(f, argnums="*")(3.0, 2.0) == (12.0, 9.0)


def test_value_and_grad():
    def f(x):
        return x * x, x + 1

    def g(x):
        return x * x

    assert value_and_grad(g)(3.0) == (9.0, 6.0)
    assert value_and_grad(f, has_aux=True)(3.0) == ((9.0, 4.0), 6.0)
    assert grad(f, has_aux=True)(3.0) == (6.0, 4.0)


def test_inside_compiled_code():
    def f(x, y):
        return x * x * y

    @myia
    def newton_step(x, y):
        slope = grad(f)(x, y)
        return x - f(x, y) / slope

    assert newton_step(3.0, 2.0) == pytest.approx(1.5)


def test_nested_derivatives_do_not_confuse_their_perturbations():
    def outer(x):
        def inner(y):
            return x * y

        return x * grad(inner)(2.0)

    # d/dx (x * x)
    assert grad(outer)(3.0) == pytest.approx(6.0)


def test_third_derivative():
    def f(x):
        return x**5

    assert grad(grad(grad(f)))(2.0) == pytest.approx(60 * 4.0)


def test_derivative_by_a_cotangent_that_is_zero():
    """A cotangent of 0 may come from a branch that is not taken, or be a variable that is 0."""

    def curvature(x, w):
        return grad(lambda x: w * np.where(x > 0.0, np.exp(x), 0.0))(x)

    assert grad(curvature, 1)(1.0, 0.0) == pytest.approx(np.exp(1.0))
    assert grad(grad(curvature, 1))(1.0, 0.0) == pytest.approx(np.exp(1.0))
    power = grad(lambda x, w: grad(lambda x: grad(lambda x: x**4)(x) * w)(x), 1)
    assert power(1.0, 0.0) == pytest.approx(12.0)


def test_integer_argument_counts_as_float():
    def f(x):
        return x * x

    assert grad(f)(3) == 6.0


def test_same_program_at_two_precisions_and_shapes():
    def f(w, x):
        return np.sum(np.tanh(x @ w))

    random = np.random.default_rng(0)
    for rows in (2, 5):
        w, x = random.normal(size=(3, 2)), random.normal(size=(rows, 3))
        check_gradient(f, w, x)
        single = grad(f)(w.astype(np.float32), x.astype(np.float32))
        assert single.dtype == np.float32
        np.testing.assert_allclose(single, grad(f)(w, x), rtol=1e-5, atol=1e-5)
