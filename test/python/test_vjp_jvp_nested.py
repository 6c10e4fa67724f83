"""`vjp` and `jvp` inside each other: no derivative takes another's perturbation for its own."""

from __future__ import annotations

import numpy as np
from compare import assert_close, assert_same
from finite_differences import directional

from myia import grad, jvp, myia, stop_gradient, vjp

X = np.array([0.4, -1.2, 0.9])
V = np.array([1.0, 0.5, -2.0])


def f(x):
    return x * x * x


def slope(g, x):
    """The derivative of `g` by forward mode."""
    return jvp(g, (x,), (1.0,))[1]


def pulled(g, x):
    """The derivative of `g` by reverse mode."""
    return vjp(g, x)[1](1.0)[0]


def test_jvp_of_jvp():
    assert_close(slope(lambda x: slope(f, x), 2.0), 12.0, 1e-12)


def test_vjp_of_vjp():
    assert_close(pulled(lambda x: pulled(f, x), 2.0), 12.0, 1e-12)


def test_jvp_of_vjp():
    value, tangent = jvp(lambda x: vjp(f, x)[1](2.0)[0], (2.0,), (1.0,))
    assert_close((value, tangent), (24.0, 24.0), 1e-12)


def test_vjp_of_jvp():
    value, pullback = vjp(lambda x, v: jvp(f, (x,), (v,))[1], 2.0, 3.0)
    assert_close(value, 36.0, 1e-12)
    assert_close(pullback(1.0), (36.0, 12.0), 1e-12)


def test_grad_of_jvp():
    def along(x):
        return jvp(lambda y: np.sum(y**3), (x,), (V,))[1]

    assert_close(grad(along)(X), 6.0 * X * V, 1e-12)


def test_jvp_of_grad_is_the_product_with_the_hessian():
    def loss(x):
        return np.sum(np.sin(x) * x[::-1])

    found = jvp(grad(loss), (X,), (V,))[1]
    assert_close(found, directional(grad(loss), (X,), (V,)), 1e-8)


def test_jvp_inside_grad_inside_jvp():
    def innermost(x):
        return slope(lambda y: y * y * x * x, x)  # 2 x^3

    def middle(x):
        return grad(innermost)(x) * x  # 6 x^3

    assert_close(jvp(middle, (1.5,), (2.0,)), (6.0 * 1.5**3, 36.0 * 1.5**2), 1e-12)


def test_the_third_derivative_in_every_mixture():
    @myia
    def thirds(x):
        def g(y):
            return y**5

        return (
            slope(lambda y: slope(lambda z: slope(g, z), y), x),
            pulled(lambda y: slope(lambda z: pulled(g, z), y), x),
            slope(lambda y: pulled(lambda z: slope(g, z), y), x),
            pulled(lambda y: pulled(lambda z: pulled(g, z), y), x),
        )

    assert_close(thirds(2.0), (240.0,) * 4, 1e-12)


def test_an_inner_tangent_is_not_the_outer_one():
    def outer(x):
        return x * slope(lambda y: x + y, 1.0)

    assert_same(jvp(outer, (1.0,), (1.0,)), (1.0, 1.0))


def test_an_inner_tangent_is_not_the_outer_one_inside_a_product():
    def outer(x):
        return x * slope(lambda y: x * y, 2.0)

    assert_same(jvp(outer, (3.0,), (1.0,)), (9.0, 6.0))


def test_a_tangent_that_depends_on_the_outer_variable():
    def outer(x):
        return jvp(lambda y: y * y * x, (x,), (x,))[1]  # 2 x^3

    assert_close(jvp(outer, (1.5,), (1.0,)), (2 * 1.5**3, 6 * 1.5**2), 1e-12)
    assert_close(grad(outer)(1.5), 6 * 1.5**2, 1e-12)


def test_a_cotangent_that_depends_on_the_outer_variable():
    def outer(x):
        return vjp(lambda y: x * y, 2.0)[1](x)[0]  # x^2

    assert_close(grad(outer)(3.0), 6.0, 1e-12)
    assert_close(jvp(outer, (3.0,), (1.0,)), (9.0, 6.0), 1e-12)


def test_a_pullback_carries_what_it_captured_of_the_outer_variable():
    def outer(x):
        _, pullback = vjp(lambda y: y * y * x, x)
        return pullback(1.0)[0] * pullback(x)[0]  # 2 x^2 * 2 x^3

    assert_close(grad(outer)(1.2), 20.0 * 1.2**4, 1e-12)


def test_what_the_inner_function_captures_counts_for_the_outer_derivative_only():
    def outer(x):
        z = x * x
        inner_value, inner_tangent = jvp(lambda y: z * y, (x,), (1.0,))
        return inner_value + inner_tangent  # x^3 + x^2

    assert_close(grad(outer)(2.0), 16.0, 1e-12)


def test_derivatives_of_one_function_at_two_levels():
    def twice(g, x):
        return slope(lambda y: slope(g, y) * g(y), x)

    # (f' f)' = f'' f + f' f'
    assert_close(twice(f, 2.0), 12.0 * 8.0 + 12.0**2, 1e-12)


def test_derivatives_in_a_loop_that_carries_them():
    @myia
    def newton(x, n):
        for _ in range(n):
            value, tangent = jvp(lambda y: y * y - 2.0, (x,), (1.0,))
            x = x - value / tangent
        return x

    assert_close(newton(1.0, 6), np.sqrt(2.0), 1e-12)
    # Far from the start, the root no longer depends on it.
    assert_close(grad(newton)(1.0, 6), 0.0, 1e-9)
    assert_close(grad(newton)(1.5, 1), 0.5 - 1.0 / 1.5**2, 1e-12)


def test_a_derivative_in_a_recursion():
    def power(x, n):
        return 1.0 if n == 0 else x * power(x, n - 1) + 0.0 * slope(lambda y: x * y, x)

    assert_close(grad(power)(2.0, 4), 32.0, 1e-12)


def test_stop_gradient_stops_both_modes():
    def g(x):
        return x * stop_gradient(x * x)

    assert_same(jvp(g, (3.0,), (1.0,)), (27.0, 9.0))
    assert_same(vjp(g, 3.0)[1](1.0), (9.0,))
    assert_same(slope(lambda x: slope(g, x), 3.0), 0.0)


def test_stop_gradient_on_an_inner_tangent():
    def outer(x):
        return x * stop_gradient(slope(f, x))

    assert_same(grad(outer)(2.0), 12.0)
