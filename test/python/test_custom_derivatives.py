"""`custom_vjp`: functions with a pullback of their own, here seldom the true one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import (
    custom_vjp,
    grad,
    hessian,
    jvp,
    myia,
    stop_gradient,
    value_and_grad,
    vjp,
    vmap,
)

X = np.array([0.4, -1.2, 0.9])


@dataclass
class Line:
    slope: float
    offset: Any


@custom_vjp
def fives(x):
    return x * x


def fives_forward(x):
    return x * x, None


def fives_backward(_, ct):
    return (5.0 * ct,)


fives.defvjp(fives_forward, fives_backward)


@custom_vjp
def growth(x):
    """By its rule, a function that is its own derivative."""
    return x * x


growth.defvjp(lambda x: (growth(x), growth(x)), lambda y, ct: (y * ct,))


def test_the_rule_is_taken_from_python():
    assert_same(grad(fives)(3.0), 5.0)
    assert_same(value_and_grad(fives)(3.0), (9.0, 5.0))
    assert_same(vjp(fives, X)[1](np.ones(3)), (np.full(3, 5.0),))


def test_the_rule_is_taken_inside_another_function():
    assert_same(grad(lambda x: fives(2.0 * x) * x)(3.0), 5.0 * 2.0 * 3.0 + 36.0)


def test_a_function_with_a_rule_is_called_as_it_was():
    assert_same(fives(3.0), 9.0)
    assert_same(myia(lambda x: fives(x) + 1.0)(3.0), 10.0)
    assert_same(fives(X), X * X)


def test_without_differentiation_the_function_itself_is_called():
    @custom_vjp
    def f(x):
        return x * x

    f.defvjp(lambda x: (x * x + 100.0, x), lambda x, ct: (ct * x,))
    assert_same(f(3.0), 9.0)
    assert_same(myia(lambda x: f(x))(3.0), 9.0)
    assert_same(value_and_grad(f)(3.0), (109.0, 3.0))


def test_on_an_inner_function():
    @myia
    def f(x):
        @custom_vjp
        def g(y):
            return y * y

        def forward(y):
            return y * y, y

        def backward(y, ct):
            return (ct * y * 7.0,)

        g.defvjp(forward, backward)
        return g(x) + grad(g)(x)

    assert_same(f(2.0), 4.0 + 14.0)
    assert_same(grad(f)(2.0), 14.0 + 7.0)


def test_on_a_lambda_inside_compiled_code():
    @myia
    def f(x):
        g = custom_vjp(lambda y: y * y)
        g.defvjp(lambda y: (y * y, None), lambda _, ct: (5.0 * ct,))
        return grad(g)(x)

    assert_same(f(2.0), 5.0)


def test_on_a_compiled_function():
    f = custom_vjp(myia(lambda x: x * x))
    f.defvjp(lambda x: (x * x, None), lambda _, ct: (5.0 * ct,))
    assert_same(grad(f)(3.0), 5.0)


def test_rules_use_what_the_inner_function_captures():
    def scaled(k):
        @custom_vjp
        def g(y):
            return y * k

        g.defvjp(lambda y: (y * k, None), lambda _, ct: (ct * k * 10.0,))
        return g

    assert_same(grad(lambda x: scaled(2.0)(x) + scaled(3.0)(x))(1.0), 50.0)


def test_several_arguments():
    @custom_vjp
    def f(x, y):
        return x * y

    f.defvjp(lambda x, y: (x * y, (x, y)), lambda r, ct: (ct * r[1] * 2.0, ct * r[0] * 3.0))
    assert_same(grad(f, argnums=(0, 1))(5.0, 7.0), (14.0, 15.0))
    assert_same(grad(f, argnums=1)(5.0, 7.0), 15.0)


@pytest.mark.parametrize("cotangent", [None, 0, 1.5])
def test_what_the_rule_gives_for_an_integer_does_not_matter(cotangent):
    @custom_vjp
    def f(x, n):
        return x * n

    f.defvjp(lambda x, n: (x * n, n), lambda n, ct: (ct * n * 10.0, cotangent))
    assert_same(grad(lambda x: f(x, 3))(2.0), 30.0)


def test_structures_as_arguments_residuals_and_results():
    @custom_vjp
    def f(line, points):
        return {"y": line.slope * points[0] + line.offset, "x": points}

    def forward(line, points):
        return f(line, points), (line, {"points": points})

    def backward(residuals, ct):
        line, rest = residuals
        x = rest["points"][0]
        return Line(np.sum(ct["y"] * x), ct["y"]), (10.0 * line.slope * ct["y"], ct["x"][1])

    f.defvjp(forward, backward)

    def total(line, points):
        found = f(line, points)
        return np.sum(found["y"]) + 2.0 * found["x"][1]

    found = grad(total, argnums=(0, 1))(Line(3.0, X), (X, 1.0))
    assert_close(found, (Line(X.sum(), np.ones(3)), (np.full(3, 30.0), 2.0)), 1e-12)


def test_single_precision_is_kept():
    x = X.astype(np.float32)
    assert_same(grad(lambda x: np.sum(fives(x)))(x), np.full(3, 5.0, dtype=np.float32))


def test_in_a_loop():
    def f(x, n):
        for _ in range(n):
            x = fives(x)
        return x

    assert_same(value_and_grad(f)(1.5, 3), (1.5**8, 125.0))
    assert_same(grad(f)(1.5, 0), 1.0)


def test_in_a_recursion():
    def f(x, n):
        return x if n == 0 else fives(f(x, n - 1))

    assert_same(grad(f)(1.5, 3), 125.0)


def test_on_a_recursive_function():
    @custom_vjp
    def power(x, n):
        return 1.0 if n == 0 else x * power(x, n - 1)

    power.defvjp(
        lambda x, n: (power(x, n), (x, n)), lambda r, ct: (ct * r[1] * power(r[0], r[1] - 1), None)
    )
    assert_close(grad(lambda x: power(x, 4))(1.5), 4 * 1.5**3, 1e-12)
    assert_close(grad(grad(lambda x: power(x, 4)))(1.5), 12 * 1.5**2, 1e-12)


def test_second_derivatives_go_through_the_backward_rule():
    @custom_vjp
    def f(x):
        return x * x

    f.defvjp(lambda x: (x * x, x), lambda x, ct: (3.0 * x * x * ct,))
    assert_same(grad(grad(f))(2.0), 12.0)
    assert_close(hessian(lambda x: np.sum(f(x)))(X), np.diag(6.0 * X), 1e-12)
    assert_same(grad(grad(fives))(3.0), 0.0)


def test_a_rule_that_calls_the_function_applies_again():
    for derivative in (grad(growth), grad(grad(growth)), grad(grad(grad(growth)))):
        assert_close(derivative(3.0), 9.0, 1e-12)


def test_in_vmap():
    assert_same(vmap(grad(fives))(X), np.full(3, 5.0))
    assert_same(grad(lambda x: np.sum(vmap(fives)(x)))(X), np.full(3, 5.0))
    assert_same(vmap(fives)(X), X * X)


def test_in_jvp():
    assert_same(jvp(fives, (3.0,), (2.0,)), (9.0, 10.0))


def test_stop_gradient_in_a_rule_and_around_it():
    @custom_vjp
    def f(x):
        return x * x

    f.defvjp(lambda x: (x * x, x), lambda x, ct: (stop_gradient(x) * ct,))
    assert_same(grad(f)(3.0), 3.0)
    assert_same(grad(grad(f))(3.0), 0.0)
    assert_same(grad(lambda x: x * stop_gradient(f(x)))(3.0), 9.0)
