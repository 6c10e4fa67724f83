"""`vjp`: values and pullbacks, through every kind of program and structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_close, assert_same
from finite_differences import check_vjp

from myia import myia, vjp


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
Y = np.array([1.0, -2.0])


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


def test_vjp_of_numbers():
    value, pullback = vjp(product, 2.0, 3.0)
    assert_same(value, 12.0)
    assert_same(pullback(1.0), (12.0, 4.0))


def test_vjp_gives_a_tuple_for_one_primal():
    assert_same(vjp(lambda x: x * x, 3.0)[1](2.0), (12.0,))


def test_a_pullback_is_called_more_than_once():
    _, pullback = vjp(lambda x, y: x * np.sin(y), X, X)
    first = pullback(np.ones(3))
    assert_same(pullback(2.0 * np.ones(3)), tuple(2.0 * each for each in first))
    assert_same(pullback(np.ones(3)), first)


def test_vjp_of_a_function_of_arrays():
    check_vjp(affine, A, X, cotangent=Y)


def test_vjp_is_the_product_with_the_transposed_matrix():
    assert_same(vjp(lambda x: A @ x, X)[1](Y), (Y @ A,))


def test_vjp_sums_over_what_was_stretched():
    value, pullback = vjp(lambda x, k: x * k, X, 2.0)
    assert_same(value, 2.0 * X)
    found = pullback(np.ones(3))
    assert_close(found, (2.0 * np.ones(3), X.sum()), 1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_vjp_keeps_the_dtype(dtype):
    w, x, y = A.astype(dtype), X.astype(dtype), Y.astype(dtype)
    value, pullback = vjp(affine, w, x)
    assert_same(value, affine(w, x))
    slope = y * (1 - affine(w, x) ** 2)
    assert_same(pullback(y), (np.outer(slope, x), slope @ w))


def test_vjp_of_an_unused_argument_is_zero():
    assert_same(vjp(lambda x, y: x * 2.0, 1.0, 5.0)[1](1.0), (2.0, 0.0))
    assert_same(vjp(lambda x, y: x * 2.0, 1.0, X)[1](1.0), (2.0, np.zeros(3)))


def test_vjp_of_the_same_array_twice():
    assert_same(vjp(lambda x, y: x * y * y, X, X)[1](np.ones(3)), (X * X, 2 * X * X))


def test_vjp_takes_a_cotangent_for_every_result_in_a_tuple():
    check_vjp(lambda x, y: (x * y, (x, np.sin(y))), 1.5, 0.5, cotangent=(2.0, (3.0, -1.0)))


def test_vjp_of_a_function_that_returns_a_dict():
    value, pullback = vjp(lambda x: {"square": x * x, "double": 2.0 * x}, 3.0)
    assert_same(value, {"square": 9.0, "double": 6.0})
    assert_same(pullback({"square": 1.0, "double": 10.0}), (26.0,))


def test_vjp_of_a_function_that_returns_an_instance():
    value, pullback = vjp(lambda x: Layer(x * x, 3.0 * x), X)
    assert_same(value, Layer(X * X, 3.0 * X))
    assert_same(pullback(Layer(np.ones(3), X)), (2.0 * X + 3.0 * X,))


def test_vjp_of_a_function_that_returns_a_list():
    value, pullback = vjp(lambda xs: [x * x for x in xs], [1.0, 2.0])
    assert_same(value, [1.0, 4.0])
    assert_same(pullback([1.0, 10.0]), ([2.0, 40.0],))


def test_vjp_by_structures():
    def f(layers, scale):
        x = X
        for layer in layers:
            x = np.tanh(layer.weight * x + layer.bias)
        return x * scale[0]

    layers = [Layer(X * 0.5, 0.1), Layer(X + 1.0, -0.2)]
    check_vjp(f, layers, (0.7, 1.0), cotangent=np.arange(3.0))


def test_vjp_by_a_dict():
    found = vjp(lambda d: d["w"] * d["b"], {"w": X, "b": 2.0})[1](np.ones(3))
    assert_close(found, ({"w": 2.0 * np.ones(3), "b": X.sum()},), 1e-12)


def test_vjp_gives_none_for_leaves_without_derivative():
    def f(n, pair):
        return n.scale * n.steps * pair[1] * (1.0 if pair[0] else 2.0)

    found = vjp(f, Named(2.0, "m", 3), (True, 5.0))[1](1.0)
    assert_same(found, (Named(15.0, None, None, None), (None, 6.0)))


def test_vjp_takes_an_integer_as_a_float():
    value, pullback = vjp(lambda x: x * x, 3)
    assert value == 9.0
    assert_same(pullback(1.0), (6.0,))


def test_vjp_with_auxiliary_output():
    value, pullback, aux = vjp(lambda x: (x * x, {"n": 2, "twice": x + x}), 3.0, has_aux=True)
    assert_same((value, aux), (9.0, {"n": 2, "twice": 6.0}))
    assert_same(pullback(1.0), (6.0,))


def test_vjp_of_a_recursive_function():
    value, pullback = vjp(lambda x: recursive_power(x, 5), 1.5)
    assert_same(value, 1.5**5)
    assert_close(pullback(2.0), (10.0 * 1.5**4,), 1e-12)


@pytest.mark.parametrize("a", [8.0, 0.3])
def test_vjp_of_a_loop_whose_trip_count_comes_from_data(a):
    assert_close(vjp(cube_root, a)[1](1.0), (a ** (-2 / 3) / 3.0,), 1e-9)


def test_vjp_of_a_closure():
    k = np.array([1.0, 10.0, 100.0])
    assert_same(vjp(lambda x: x * k, X)[1](np.ones(3)), (k,))


def test_vjp_of_a_compiled_function():
    assert_same(vjp(myia(product), 2.0, 3.0)[1](1.0), (12.0, 4.0))


def test_a_pullback_used_inside_compiled_code():
    @myia
    def f(x, n):
        value, pullback = vjp(lambda y: np.sin(y) * x, x)
        total = value
        for i in range(n):
            total = total + pullback(1.0 * i)[0]
        return total

    assert_close(f(0.5, 3), 0.5 * np.sin(0.5) + 3.0 * 0.5 * np.cos(0.5), 1e-12)


def test_a_pullback_that_compiled_code_returns():
    @myia
    def f(x, y):
        return vjp(lambda z: z * y, x)

    value, pullback = f(X, 2.0 * X)
    assert_same(value, 2.0 * X * X)
    assert_same(pullback(np.ones(3)), (2.0 * X,))


def test_pullbacks_kept_in_a_list():
    @myia
    def f(x):
        pullbacks = [vjp(lambda y: y * y * x, x * i)[1] for i in range(1, 4)]
        return [pull(1.0)[0] for pull in pullbacks]

    assert_same(f(2.0), [8.0, 16.0, 24.0])
