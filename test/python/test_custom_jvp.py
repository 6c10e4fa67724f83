"""`custom_jvp`: functions that bring their own tangent, which reverse mode transposes."""

from __future__ import annotations

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import (
    MyiaError,
    MyiaTypeError,
    MyiaValueError,
    custom_jvp,
    grad,
    hessian,
    jacfwd,
    jacrev,
    jvp,
    myia,
    stop_gradient,
    value_and_grad,
    vjp,
    vmap,
)

REFUSED = (MyiaTypeError, MyiaValueError)

X = np.array([0.4, -1.2, 0.9])


@custom_jvp
def log1pexp(x):
    return np.log(1.0 + np.exp(x))


def log1pexp_rule(primals, tangents):
    (x,) = primals
    (t,) = tangents
    return log1pexp(x), (1.0 - 1.0 / (1.0 + np.exp(x))) * t


log1pexp.defjvp(log1pexp_rule)


@custom_jvp
def fives(x):
    return x * x


fives.defjvp(lambda primals, tangents: (primals[0] * primals[0], 5.0 * tangents[0]))


@custom_jvp
def without_rule(x):
    return x * x


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def test_the_rule_is_taken_in_forward_mode():
    assert_same(jvp(fives, (3.0,), (2.0,)), (9.0, 10.0))
    assert_same(jacfwd(fives)(X), 5.0 * np.eye(3))


def test_the_rule_is_transposed_in_reverse_mode():
    assert_same(grad(fives)(3.0), 5.0)
    assert_same(vjp(fives, X)[1](X), (5.0 * X,))
    assert_same(jacrev(fives)(X), 5.0 * np.eye(3))


def test_a_function_with_a_rule_is_called_as_it_was():
    assert_same(fives(3.0), 9.0)
    assert_same(myia(lambda x: fives(x) + 1.0)(3.0), 10.0)


def test_without_differentiation_the_function_itself_is_called():
    @custom_jvp
    def f(x):
        return x * x

    f.defjvp(lambda primals, tangents: (primals[0] + 100.0, tangents[0]))
    assert_same(f(3.0), 9.0)
    assert_same(jvp(f, (3.0,), (1.0,)), (9.0, 1.0))
    assert_same(value_and_grad(f)(3.0), (103.0, 1.0))


def test_a_rule_that_does_not_overflow():
    assert_close(grad(log1pexp)(0.5), float(sigmoid(0.5)), 1e-12)
    assert grad(log1pexp)(np.float64(800.0)) == 1.0
    assert jvp(log1pexp, (np.array([800.0]),), (np.ones(1),))[1] == 1.0


def test_second_derivatives_go_through_the_rule():
    s = sigmoid(X)
    expected = np.diag(s * (1.0 - s))
    assert_close(hessian(lambda x: np.sum(log1pexp(x)))(X), expected, 1e-12)
    assert_close(jacfwd(jacfwd(lambda x: np.sum(log1pexp(x))))(X), expected, 1e-12)
    assert_close(grad(grad(log1pexp))(0.0), 0.25, 1e-12)


def test_several_arguments():
    @custom_jvp
    def f(x, y):
        return x * y

    @f.defjvp
    def rule(primals, tangents):
        (x, y), (t, u) = primals, tangents
        return x * y, 2.0 * y * t + 3.0 * x * u

    assert_same(grad(f, argnums=(0, 1))(5.0, 7.0), (14.0, 15.0))
    assert_same(jvp(f, (5.0, 7.0), (1.0, 10.0)), (35.0, 164.0))
    assert_same(grad(lambda y: f(5.0, y))(7.0), 15.0)


def test_an_argument_that_is_an_integer():
    @custom_jvp
    def f(x, n):
        return x * n

    f.defjvp(lambda primals, tangents: (primals[0] * primals[1], tangents[0] * primals[1] * 10.0))
    assert_same(grad(lambda x: f(x, 3))(2.0), 30.0)
    assert_same(jvp(lambda x: f(x, 3), (2.0,), (1.0,)), (6.0, 30.0))


def test_results_that_are_structures():
    @custom_jvp
    def f(p):
        return {"x": p[0] * 2.0, "y": p[1]}

    f.defjvp(lambda ps, ts: (f(ps[0]), {"x": ts[0][0] * 7.0, "y": ts[0][1]}))
    found = jvp(f, ((X, 2.0),), ((np.ones(3), 3.0),))[1]
    assert_close(found, {"x": np.full(3, 7.0), "y": 3.0}, 1e-12)
    assert_close(
        grad(lambda p: np.sum(f(p)["x"]) * f(p)["y"])((X, 2.0)),
        (np.full(3, 14.0), 2.0 * X.sum()),
        1e-12,
    )


def test_a_rule_may_take_derivatives_itself():
    @custom_jvp
    def f(x):
        return x**3

    f.defjvp(lambda ps, ts: jvp(lambda y: y**4, ps, ts))
    assert_close(jvp(f, (2.0,), (1.0,)), (8.0, 32.0), 1e-12)
    assert_close(grad(f)(2.0), 32.0, 1e-12)
    assert_close(grad(grad(f))(2.0), 48.0, 1e-12)


def test_on_an_inner_function():
    @myia
    def f(x):
        @custom_jvp
        def g(y):
            return y * y

        def rule(primals, tangents):
            return primals[0] * primals[0], 7.0 * primals[0] * tangents[0]

        g.defjvp(rule)
        return jvp(g, (x,), (1.0,))[1] + grad(g)(x)

    assert_same(f(2.0), 28.0)
    assert_same(grad(f)(2.0), 14.0)


def test_in_a_loop_and_in_a_recursion():
    def loop(x, n):
        for _ in range(n):
            x = fives(x)
        return x

    def recursive(x, n):
        return x if n == 0 else fives(recursive(x, n - 1))

    assert_same(grad(loop)(1.5, 3), 125.0)
    assert_same(jvp(lambda x: loop(x, 3), (1.5,), (1.0,))[1], 125.0)
    assert_same(grad(recursive)(1.5, 3), 125.0)


def test_in_vmap():
    assert_same(vmap(grad(fives))(X), np.full(3, 5.0))
    assert_same(grad(lambda x: np.sum(vmap(fives)(x)))(X), np.full(3, 5.0))
    assert_same(jvp(lambda x: vmap(fives)(x), (X,), (X,)), (X * X, 5.0 * X))


def test_single_precision_is_kept():
    x = X.astype(np.float32)
    assert_same(jvp(fives, (x,), (x,)), (x * x, 5 * x))
    assert_same(grad(lambda x: np.sum(fives(x)))(x), np.full(3, 5.0, dtype=np.float32))


def test_stop_gradient_in_a_rule():
    @custom_jvp
    def f(x):
        return x * x

    f.defjvp(lambda ps, ts: (ps[0] * ps[0], stop_gradient(ps[0]) * ts[0]))
    assert_same(grad(f)(3.0), 3.0)
    assert_same(grad(grad(f))(3.0), 0.0)


def test_a_rule_that_is_missing():
    with pytest.raises(MyiaError, match="defjvp"):
        without_rule(3.0)
    with pytest.raises(MyiaError, match="without_rule|defjvp"):
        grad(without_rule)(3.0)
    with pytest.raises(MyiaError, match="without_rule|defjvp"):
        jvp(without_rule, (3.0,), (1.0,))


@pytest.mark.parametrize(
    "rule",
    [
        lambda ps, ts: ps[0] * ts[0],
        lambda ps, ts: (ps[0], ts[0], ts[0]),
        lambda ps, ts: (ps[0], np.sum(ts[0])),
        lambda ps, ts: (ps[0], (ts[0],)),
        lambda ps, ts: ((ps[0], ps[0]), ts[0]),
        lambda ps: (ps[0], ps[0]),
    ],
)
def test_a_rule_that_does_not_fit(rule):
    @custom_jvp
    def f(x):
        return x * x

    f.defjvp(rule)
    with pytest.raises(REFUSED):
        jvp(f, (X,), (X,))
    with pytest.raises(REFUSED):
        grad(lambda x: np.sum(f(x)))(X)


def test_what_is_no_function():
    with pytest.raises(MyiaTypeError, match="function"):
        custom_jvp(3.0)
    with pytest.raises(MyiaTypeError):
        custom_jvp(lambda x: x).defjvp(3.0)
