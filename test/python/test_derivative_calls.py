"""Derivative calls meet what surrounds them: effects, decorators, captured values, global data."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import (
    MyiaAttributeError,
    MyiaShapeError,
    MyiaSyntaxError,
    MyiaTypeError,
    checkpoint,
    custom_jvp,
    custom_vjp,
    grad,
    hessian,
    hvp,
    jacfwd,
    jacrev,
    jvp,
    myia,
    random,
    vjp,
    vmap,
)

X = np.array([0.5, -1.0, 2.0])
WEIGHTS = np.array([1.0, 2.0, 3.0])


def printing(x):
    print(x)
    return x * x


def drawing(x):
    return x * random.uniform()


@pytest.mark.parametrize("function", [printing, drawing])
def test_effects_are_refused(function):
    calls = [
        lambda: vjp(function, 1.0)[1](1.0),
        lambda: jvp(function, (1.0,), (1.0,)),
        lambda: hvp(function, (1.0,), (1.0,)),
        lambda: jacrev(function)(1.0),
        lambda: hessian(function)(1.0),
        lambda: grad(checkpoint(function))(1.0),
    ]
    for call in calls:
        with pytest.raises(MyiaTypeError, match=r"(prints|random numbers).*calling it again"):
            call()


def test_effects_happen_once_elsewhere(capsys):
    assert vjp(printing, 2.0)[0] == 4.0
    assert_same(vmap(printing)(np.array([1.0, 2.0])), np.array([1.0, 4.0]))
    assert capsys.readouterr().out == "2.0\n1.0\n2.0\n"


def test_tangents_and_cotangents_must_fit():
    with pytest.raises(
        MyiaShapeError, match=r"this tangent or cotangent must be of type float64\[3\]"
    ):
        jvp(lambda x: x * x, (X,), (X[:2],))
    # Where a size is known only at run time, so is the error.
    rows = lambda x, n: x[:n]
    pullback = vjp(lambda x: rows(x, int(np.sum(x > 0.0))), X)[1]
    assert_same(pullback(np.ones(2)), (np.array([1.0, 1.0, 0.0]),))
    with pytest.raises(
        ValueError, match="a tangent or cotangent must have the shape of what it belongs to"
    ):
        pullback(np.ones(3))


@pytest.mark.parametrize("jacobian", [jacrev, jacfwd])
def test_jacobians_of_lists(jacobian):
    assert_close(jacobian(lambda xs: xs[0] * xs[1] ** 2)([3.0, 2.0]), [4.0, 12.0], 1e-12)
    assert_close(
        jacobian(lambda x: [2.0 * x, x * x])(X), [2.0 * np.eye(3), np.diag(2.0 * X)], 1e-12
    )
    squares = jacobian(lambda xs: [x * x for x in xs])
    assert_close(squares([3.0, 2.0]), [[6.0, 0.0], [0.0, 4.0]], 1e-12)
    product = jacobian(lambda d: d["a"][0] * d["b"])
    assert_close(
        product({"a": [2.0, 1.0], "b": X}), {"a": [X, 0.0 * X], "b": 2.0 * np.eye(3)}, 1e-12
    )
    second = hessian(lambda xs: xs[0] * xs[1] ** 2)
    assert_close(second([3.0, 2.0]), [[0.0, 4.0], [4.0, 6.0]], 1e-12)
    with pytest.raises(MyiaTypeError, match="needs floating-point numbers"):
        jacobian(lambda x: 3)(1.0)


def test_argnums_must_fit():
    f = lambda x, y: x * y
    with pytest.raises(MyiaTypeError, match="no argument 2 to differentiate"):
        jacrev(f, 2)(1.0, 2.0)
    with pytest.raises(MyiaTypeError, match="no positional argument 'z'"):
        jacrev(f, "z")(1.0, 2.0)
    with pytest.raises(MyiaTypeError, match="argnums names no parameter"):
        jacrev(f, ())(1.0, 2.0)
    with pytest.raises(MyiaTypeError, match="positions and names of parameters, not float"):
        hessian(f, 1.5)(1.0, 2.0)
    with pytest.raises(MyiaTypeError, match="argnums cannot be a ndarray"):
        jacrev(f, X)
    assert_same(jacrev(f, "y")(2.0, 3.0), 2.0)
    assert_same(jacrev(lambda x, *, k: x * k)(2.0, k=3.0), 3.0)


def test_a_rule_gives_nothing_for_what_is_captured():
    @myia
    def f(x):
        @custom_vjp
        def scaled(y):
            return y * x

        scaled.defvjp(lambda y: (y * x, None), lambda _, ct: (ct * x,))
        return scaled(2.0 * x)

    assert f(3.0) == 18.0
    with pytest.raises(MyiaTypeError, match="captures what is differentiated"):
        grad(f)(3.0)


def test_a_rule_is_given_to_what_custom_vjp_made():
    def defined_twice(x):
        f = custom_vjp(lambda y: y * y)
        f.defvjp(lambda y: (y * y, None), lambda _, ct: (ct,))
        f.defvjp(lambda y: (y * y, None), lambda _, ct: (10.0 * ct,))
        return f(x)

    assert grad(defined_twice)(3.0) == 10.0

    def of_a_plain_function(x):
        f = lambda y: y * y
        f.defvjp(lambda y: (y, None), lambda _, ct: (ct,))
        return f(x)

    def of_the_other_kind(x):
        f = custom_jvp(lambda y: y * y)
        f.defvjp(lambda y: (y, None), lambda _, ct: (ct,))
        return f(x)

    for function in (of_a_plain_function, of_the_other_kind):
        with pytest.raises(MyiaAttributeError, match="only what custom_vjp gives has defvjp"):
            myia(function)(1.0)

    def under_two_names(x):
        f = custom_vjp(lambda y: y * y)
        g = f
        f.defvjp(lambda y: (y * y, None), lambda _, ct: (ct,))
        return g(x) + f(x)

    with pytest.raises(MyiaSyntaxError, match="visible elsewhere"):
        myia(under_two_names)(1.0)


def test_a_later_rule_counts_from_python():
    @custom_vjp
    def f(x):
        return x * x

    f.defvjp(lambda x: (x * x, None), lambda _, ct: (ct,))
    assert grad(f)(3.0) == 1.0
    f.defvjp(lambda x: (x * x, None), lambda _, ct: (7.0 * ct,))
    assert grad(f)(3.0) == 7.0
    assert grad(lambda x: f(x) * 2.0)(3.0) == 14.0


def test_rules_read_global_arrays():
    @custom_vjp
    def f(x):
        return np.sum(WEIGHTS * x)

    f.defvjp(lambda x: (np.sum(WEIGHTS * x), None), lambda _, ct: (ct * WEIGHTS * 10.0,))
    assert_same(grad(f)(X), 10.0 * WEIGHTS)
    assert_same(grad(lambda x: f(x) * f(x))(X), 20.0 * WEIGHTS * np.sum(WEIGHTS * X))


def test_rules_of_lists():
    @custom_vjp
    def f(xs):
        return [x * x for x in xs]

    f.defvjp(
        lambda xs: ([x * x for x in xs], None),
        lambda _, ct: ([c * (i + 1) for i, c in enumerate(ct)],),
    )
    assert_same(grad(lambda xs: f(xs)[0] + f(xs)[2])([1.0, 2.0, 3.0]), [1.0, 0.0, 3.0])

    def wrong(xs):
        return xs[0]

    g = custom_vjp(wrong)
    g.defvjp(lambda xs: (xs[0], None), lambda _, ct: ([ct],))
    with pytest.raises(ValueError, match="list of the same length"):
        grad(g)([1.0, 2.0])
    g.defvjp(lambda xs: (xs[0], None), lambda _, ct: (ct,))
    with pytest.raises(MyiaTypeError, match="must be a list"):
        grad(g)([1.0, 2.0])


def test_what_has_no_cotangent_is_refused():
    f = custom_vjp(lambda z: z.real)
    f.defvjp(lambda z: (z.real, None), lambda _, ct: (None,))
    with pytest.raises(MyiaTypeError, match=r"cannot take or return.*complex"):
        grad(lambda x: f(x + 1j))(1.0)


def test_forward_and_backward_must_return():
    def never(*_):
        raise NotImplementedError

    for rule, kind in [
        ((never, lambda _, ct: (ct,)), "forward"),
        ((lambda x: (x, None), never), "backward"),
    ]:
        f = custom_vjp(lambda x: x)
        f.defvjp(*rule)
        with pytest.raises(MyiaTypeError, match=f"the {kind} function never returns"):
            grad(f)(1.0)


def test_a_forward_function_gives_what_the_function_gives():
    f = custom_vjp(lambda x: x)
    f.defvjp(lambda x: ((x, x), None), lambda _, ct: (ct,))
    with pytest.raises(MyiaTypeError, match="forward function must return a pair of the result"):
        grad(f)(1.0)


def twice(f):
    return lambda x: f(f(x))


def test_a_decorator_is_a_call():
    @myia
    def f(x):
        @twice
        @twice
        def g(y):
            return 2.0 * y + x

        @functools.partial
        def h(y):
            return y * x

        @grad
        def slope(y):
            return g(y) * h(y)

        return g(x), h(x), slope(x)

    def plain(x):
        g = lambda y: 16.0 * y + 15.0 * x
        return g(x), x * x, 16.0 * x * x + g(x) * x

    assert_close(f(3.0), plain(3.0), 1e-12)


def test_a_decorator_is_not_passed_over():
    def f(x):
        @functools.cache
        def g(y):
            return y

        return g(x)

    with pytest.raises(MyiaSyntaxError, match="`functools.cache` cannot decorate"):
        myia(f)(1.0)

    def recursive(x):
        @twice
        def g(y):
            return y if y > 10.0 else g(y * 2.0)

        return g(x)

    with pytest.raises(MyiaSyntaxError, match="captured variable 'g' may change"):
        myia(recursive)(1.0)


def test_structures_as_options():
    f = vmap(lambda d: d["a"] * d["b"], in_axes=({"a": 0, "b": None},))
    assert_same(f({"a": X, "b": 2.0}), 2.0 * X)
    with pytest.raises(MyiaTypeError, match="in_axes cannot be a set"):
        vmap(lambda x: x, in_axes={0})


def test_derivative_calls_on_derivatives_and_partials():
    cube = lambda x: x**3
    assert_close(jvp(grad(cube), (2.0,), (1.0,)), (12.0, 12.0), 1e-12)
    assert_close(vjp(grad(grad(cube)), 2.0)[1](1.0), (6.0,), 1e-12)
    assert_close(jacrev(functools.partial(lambda k, x: k * x, 3.0))(X), 3.0 * np.eye(3), 1e-12)
    assert_close(jacrev(np.sin)(X), np.diag(np.cos(X)), 1e-12)
    assert_close(
        vmap(np.linalg.det)(np.stack([np.eye(2), 2.0 * np.eye(2)])), np.array([1.0, 4.0]), 1e-12
    )
