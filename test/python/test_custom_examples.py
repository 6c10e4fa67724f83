"""What `custom_vjp` is for: clipping, straight-through estimators, implicit differentiation."""

from __future__ import annotations

import numpy as np
from compare import assert_close, assert_same

from myia import (
    custom_vjp,
    grad,
    value_and_grad,
    vjp,
)

X = np.array([0.4, -1.2, 0.9])


@custom_vjp
def clip_gradient(x, low, high):
    return x


clip_gradient.defvjp(
    lambda x, low, high: (x, (low, high)),
    lambda bounds, ct: (np.clip(ct, bounds[0], bounds[1]), None, None),
)


@custom_vjp
def straight_through(x):
    return np.round(x)


straight_through.defvjp(lambda x: (np.round(x), None), lambda _, ct: (ct,))


def step(a, x):
    return 0.5 * (x + a / x)


@custom_vjp
def fixed_point(a):
    x = 1.0 + 0.0 * a
    while abs(step(a, x) - x) > 1e-14:
        x = step(a, x)
    return x


def fixed_point_forward(a):
    x = fixed_point(a)
    return x, (a, x)


def fixed_point_backward(residuals, ct):
    a, x = residuals
    by_x = vjp(lambda z: step(a, z), x)[1]
    w = ct
    for _ in range(30):
        w = ct + by_x(w)[0]
    return vjp(lambda b: step(b, x), a)[1](w)


fixed_point.defvjp(fixed_point_forward, fixed_point_backward)


def test_clipping_a_gradient():
    def f(x):
        return np.sum(np.array([1.0, 20.0, -30.0]) * clip_gradient(x, -5.0, 5.0))

    assert_same(grad(f)(X), np.array([1.0, 5.0, -5.0]))
    assert_same(grad(lambda x: 100.0 * clip_gradient(x, -5.0, 5.0))(1.0), 5.0)


def test_a_straight_through_estimator():
    value, gradient = value_and_grad(lambda x: np.sum(straight_through(x) ** 2))(X * 3.0)
    assert_same(value, np.sum(np.round(X * 3.0) ** 2))
    assert_same(gradient, 2.0 * np.round(X * 3.0))


def test_implicit_differentiation_of_a_fixed_point():
    value, gradient = value_and_grad(fixed_point)(2.0)
    assert_close((value, gradient), (np.sqrt(2.0), 0.5 / np.sqrt(2.0)), 1e-12)
