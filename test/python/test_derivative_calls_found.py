"""What a user found when trying to break the derivative calls."""

from __future__ import annotations

import functools
import gc
import time
import weakref
from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import (
    MyiaSyntaxError,
    MyiaTypeError,
    checkpoint,
    custom_jvp,
    custom_vjp,
    grad,
    hessian,
    jacfwd,
    jacrev,
    jvp,
    myia,
    vjp,
    vmap,
)

X = np.array([0.5, -1.2, 2.0])


@dataclass
class A:
    x: float

    def scaled(self, y):
        return self.x * y


@dataclass
class B:
    x: float


def cube(x):
    return x**3


def twice(f, x):
    return f(f(x))


def test_a_function_that_captures_floats_cannot_meet_a_rule():
    apply = custom_vjp(lambda f, y: f(y))
    apply.defvjp(lambda f, y: (f(y), y), lambda r, ct: (None, 10.0 * ct))
    assert grad(lambda y: apply(lambda v: v, y))(2.0) == 10.0
    loss = lambda y, k: apply(lambda v: v * k, y)
    for position in (0, 1):
        with pytest.raises(MyiaTypeError, match="cannot take or return"):
            grad(loss, position)(2.0, 3.0)


def test_functions_among_the_arguments():
    f = myia(lambda x: checkpoint(twice)(lambda v: v * x, x))
    assert_close((f(2.0), grad(f)(2.0)), (8.0, 12.0), 1e-12)
    assert_close(vjp(twice, lambda v: v * 2.0, 3.0)[1](1.0), (None, 4.0), 1e-12)
    assert_close(jvp(twice, (lambda v: v * 2.0, 3.0), (None, 1.0)), (12.0, 4.0), 1e-12)


def mixed(a):
    if a > 0:
        return {"mean": a, "var": a * a}
    return {"var": a * a, "mean": a}


def test_results_under_vmap_are_alike():
    assert_same(vmap(mixed)(X), {"mean": X, "var": X * X})

    def classes(x):
        return A(x) if x > 0 else B(x)

    def keys(x):
        return {"a": x} if x > 0 else {"b": x}

    for function in (classes, keys):
        with pytest.raises(MyiaTypeError, match="all results under vmap must have the structure"):
            vmap(function)(X)

    def shapes(x):
        return np.zeros(2) + x if x > 0 else x

    with pytest.raises(ValueError, match="one shape"):
        vmap(shapes)(X)

    def dtypes(x):
        return np.ones(1, np.float32) if x > 0 else np.ones(1)

    with pytest.raises(TypeError, match="one dtype"):
        vmap(dtypes)(X)


def test_complex_results_are_refused():
    calls = [
        lambda: jvp(lambda x: (x * 1j, x * 2), (X,), (X,)),
        lambda: vjp(lambda x: x * 1j, X)[1](X * 1j),
        lambda: jacrev(lambda x: x * 1j)(X),
        lambda: jacfwd(lambda x: (x, x * 1j))(X),
    ]
    for call in calls:
        with pytest.raises(MyiaTypeError, match="derivatives of complex results"):
            call()


def test_an_argument_is_named_once():
    f = lambda x, y: x * y * y
    for argnums in ((0, 0), (1, -1), ("x", 0)):
        with pytest.raises(MyiaTypeError, match="argnums names an argument twice"):
            jacrev(f, argnums)(3.0, 2.0)


def test_the_tangent_of_a_rule_is_like_its_result():
    f = custom_jvp(lambda x: x**3)
    f.defjvp(lambda p, t: (p[0] ** 3, None))
    with pytest.raises(MyiaTypeError, match="must be of type float"):
        jvp(f, (2.0,), (1.0,))


def test_a_result_that_may_be_none():
    def positive(x):
        return x if x > 0 else None

    assert vjp(positive, 0.5)[1](2.0) == (2.0,)
    assert vjp(positive, -0.5)[1](None) == (0.0,)
    for x, cotangent in ((-0.5, 2.0), (0.5, None)):
        with pytest.raises(TypeError, match="tangent or cotangent of"):
            vjp(positive, x)[1](cotangent)


def test_derivatives_of_derivatives_that_are_values():
    @myia
    def f(x):
        first = grad(cube)
        second = grad(first)
        return second(x)

    assert_close((f(2.0), grad(f)(2.0)), (12.0, 6.0), 1e-12)

    @myia
    def stacked(x):
        @grad
        @grad
        def g(y):
            return y**3 * x

        return g(x)

    assert_close((stacked(2.0), grad(stacked)(2.0)), (24.0, 24.0), 1e-12)
    slope = lambda f: grad(f)
    assert_close(myia(lambda x: slope(slope(cube))(x))(2.0), 12.0, 1e-12)


def test_what_is_known_stays_known_in_a_checkpoint():
    a = np.ones((2, 3))
    total = lambda a, axis: np.sum(a, axis=axis)
    assert_same(checkpoint(vmap(cube))(X), X**3)
    assert_same(grad(lambda a: np.sum(checkpoint(vmap(lambda r: np.sum(r), 1))(a)))(a), a)
    assert_same(grad(lambda a: np.sum(checkpoint(total)(a, 0) ** 2))(a), 4.0 * a)
    assert_same(grad(lambda a: np.sum(checkpoint(total)(a, axis=0) ** 2))(a), 4.0 * a)
    assert_close(grad(checkpoint(jacrev(cube)))(2.0), 12.0, 1e-12)


def test_python_and_numpy_floats_are_alike_in_rules():
    f = custom_vjp(lambda x: x * x)
    f.defvjp(lambda x: (np.square(x), x), lambda x, ct: (np.float64(3.0) * x * ct,))
    assert_close(value_and_slope(f, 2.0), (4.0, 6.0), 1e-12)


def value_and_slope(f, x):
    return f(x), grad(f)(x)


def sines(x, n):
    return x if n == 0 else np.sin(kept(x, n - 1))


kept = checkpoint(sines)


def test_a_checkpoint_that_calls_itself():
    slope = np.cos(1.0) * np.cos(np.sin(1.0)) * np.cos(np.sin(np.sin(1.0)))
    assert_close(grad(kept)(1.0, 3), slope, 1e-12)


def test_functions_without_arguments():
    assert vjp(lambda: 2.0)[1](1.0) == ()
    assert jvp(lambda: 2.0, (), ()) == (2.0, 0.0)


def test_rules_see_arguments_by_position():
    @custom_vjp
    def f(x, scale=2.0):
        return x * scale

    f.defvjp(lambda x, k: (x * k, (x, k)), lambda r, ct: (10.0 * ct * r[1], 10.0 * ct * r[0]))
    assert (f(3.0), f(3.0, scale=5.0), f(scale=5.0, x=3.0)) == (6.0, 15.0, 15.0)
    assert grad(f)(3.0) == 20.0
    assert grad(lambda x, k: f(x, scale=k), (0, 1))(3.0, 4.0) == (40.0, 30.0)
    with pytest.raises(MyiaTypeError, match="argument"):
        f()
    g = custom_jvp(lambda x, *, k: x * k)
    g.defjvp(lambda p, t: (p[0], t[0]))
    with pytest.raises(MyiaTypeError, match="takes keyword arguments only for parameters"):
        g(1.0, k=2.0)


def test_argnums_count_as_for_grad():
    f = lambda x, y, k=4.0: x * y * y * k
    for derivative in (grad, jacrev, jacfwd):
        assert_close(derivative(f, "y")(x=3.0, y=2.0), 48.0, 1e-12)
        assert_close(derivative(f, "*")(3.0, 2.0), (16.0, 48.0, 12.0), 1e-12)
        assert_close(derivative(f, -1)(3.0, y=2.0), 12.0, 1e-12)
    assert_close(hessian(f, "y")(3.0, y=2.0), 24.0, 1e-12)
    assert_close(jacrev(lambda x, *, k: x * k)(3.0, k=2.0), 2.0, 1e-12)


def test_a_rule_by_decorator_in_compiled_code():
    @myia
    def f(x):
        @custom_jvp
        def g(y):
            return y * y

        @g.defjvp
        def rule(primals, tangents):
            return primals[0] ** 2, 7.0 * tangents[0]

        return g(x) + rule((x,), (1.0,))[1]

    assert (f(3.0), grad(f)(3.0), jvp(f, (3.0,), (1.0,))) == (16.0, 7.0, (16.0, 7.0))


def test_a_list_of_axes_is_a_tuple():
    assert_same(vmap(lambda x, k: x * k, in_axes=[0, None])(X, 2.0), 2.0 * X)


def test_grad_is_no_value():
    def by_partial(x):
        @functools.partial(grad, argnums=1)
        def g(a, b):
            return a * b * b

        return g(x, x)

    for function in (by_partial, lambda x: twice(grad, cube)(x)):
        with pytest.raises(MyiaSyntaxError, match="`grad` is no value of a program"):
            myia(function)(1.0)


def test_made_anew_they_find_their_code():
    calls = (
        lambda: vmap(cube)(X),
        lambda: hessian(cube)(2.0),
        lambda: checkpoint(cube)(2.0),
        lambda: grad(cube)(2.0),
        lambda: grad(A(2.0).scaled)(2.0),
    )
    for call in calls:
        call()
        start = time.perf_counter()
        for _ in range(20):
            call()
        assert time.perf_counter() - start < 0.2, "compiled again"


def test_what_wraps_a_function_has_its_own_derivative():
    def f(x):
        return x * x

    assert grad(f)(3.0) == 6.0

    @functools.wraps(f)
    def g(x):
        return 10.0 * f(x)

    assert (grad(g)(3.0), grad(f)(3.0), vmap(g)(X)[2]) == (60.0, 6.0, 40.0)
    assert grad(myia(g))(3.0) == 60.0
    assert grad(grad(g))(3.0) == 20.0
    assert grad(lambda x, y: x * y, (0, 1))(2.0, 3.0) == (3.0, 2.0)


@pytest.mark.parametrize("function", [np.sin, len, A, np.sum])
def test_what_is_no_function_of_python(function):
    for _ in range(2):
        with pytest.raises(MyiaTypeError, match="Myia compiles Python functions"):
            grad(function)(1.0)
    vmap(function)
    assert not hasattr(function, "__myia_derivatives__")
    assert not hasattr(function, "__myia_caller__")


def test_a_function_with_derivatives_is_freed():
    def run():
        def f(x):
            return x * x

        assert grad(f)(3.0) == 6.0
        assert vmap(f)(X)[2] == 4.0
        return weakref.ref(f)

    reference = run()
    gc.collect()
    assert reference() is None
