"""`checkpoint`: the same values and derivatives, with less kept in between."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import assert_close, assert_same

from myia import (
    MyiaTypeError,
    checkpoint,
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
M = np.array([[2.0, 0.3, -0.5], [0.1, 1.5, 0.2], [0.4, -0.6, 3.0]])


@dataclass
class Layer:
    weight: Any
    scale: float


def block(w, x):
    return np.tanh(w @ x) * x


def while_power(x, n):
    result = 1.0
    while n > 0:
        result, n = result * x, n - 1
    return result


def recursive_power(x, n):
    return 1.0 if n == 0 else x * recursive_power(x, n - 1)


def check_same_gradient(plain, kept, *args):
    """With `checkpoint` inside, `kept` has the value and gradients of `plain`."""
    argnums = tuple(range(len(args)))
    expected = value_and_grad(plain, argnums=argnums)(*args)
    assert_close(value_and_grad(kept, argnums=argnums)(*args), expected, 1e-12)


def test_a_call_gives_the_value():
    assert_same(checkpoint(block)(M, X), block(M, X))
    assert_same(myia(lambda x: checkpoint(block)(M, x) + 1.0)(X), block(M, X) + 1.0)


def test_the_gradient_from_python():
    f = lambda w, x: np.sum(block(w, x))
    check_same_gradient(f, checkpoint(f), M, X)


def test_single_precision_is_kept():
    x = X.astype(np.float32)
    assert_same(grad(checkpoint(lambda x: np.sum(x * x)))(x), 2 * x)


def test_of_loops_and_recursion():
    assert_close(grad(checkpoint(while_power))(1.5, 4), 4 * 1.5**3, 1e-12)
    assert_close(grad(checkpoint(recursive_power))(1.5, 4), 4 * 1.5**3, 1e-12)


def test_inside_a_loop():
    def layers(f, w, x):
        for _ in range(4):
            x = f(w, x)
        return np.sum(x)

    check_same_gradient(
        lambda w, x: layers(block, w, x), lambda w, x: layers(checkpoint(block), w, x), M, X
    )


def test_inside_a_recursion():
    def plain(x, n):
        return x if n == 0 else np.sin(plain(x, n - 1)) * x

    def kept(x, n):
        return x if n == 0 else checkpoint(lambda y: np.sin(y) * x)(kept(x, n - 1))

    assert_close(grad(kept)(0.7, 5), grad(plain)(0.7, 5), 1e-12)


def test_captured_variables_get_their_gradients():
    def f(w, x):
        return np.sum(checkpoint(lambda y: np.tanh(w @ y) * x)(x * x))

    check_same_gradient(lambda w, x: np.sum(np.tanh(w @ (x * x)) * x), f, M, X)


def test_on_an_inner_function():
    @myia
    def f(x, k):
        @checkpoint
        def g(y):
            return np.sin(y) * k

        return g(x) + g(k)

    x, k = 0.5, 2.0
    assert_close(f(x, k), np.sin(x) * k + np.sin(k) * k, 1e-12)
    expected = (np.cos(x) * k, np.sin(x) + np.sin(k) + k * np.cos(k))
    assert_close(grad(f, argnums=(0, 1))(x, k), expected, 1e-12)


def test_structures_go_in_and_out():
    def f(layer, xs):
        return {"out": np.tanh(layer.weight @ xs[0]) * layer.scale, "last": xs[-1]}

    def total(f, layer, xs):
        found = f(layer, xs)
        return np.sum(found["out"] * found["last"])

    args = (Layer(M, 0.5), [X, X * 2.0])
    check_same_gradient(
        lambda layer, xs: total(f, layer, xs),
        lambda layer, xs: total(checkpoint(f), layer, xs),
        *args,
    )


def test_arguments_without_derivative():
    f = checkpoint(lambda x, n, flag: x * n if flag else x)
    assert_same(grad(lambda x: f(x, 3, True))(2.0), 3.0)


def test_nested():
    inner = checkpoint(lambda x: np.sin(x) * x)
    f = lambda x: np.sin(np.sin(x) * x) * np.sin(x) * x
    kept = checkpoint(lambda x: checkpoint(np.sin)(inner(x)) * inner(x))
    check_same_gradient(f, kept, 0.7)


def test_second_derivatives():
    f = checkpoint(lambda x: np.sum(np.sin(x) * x[::-1]))
    plain = lambda x: np.sum(np.sin(x) * x[::-1])
    assert_close(hessian(f)(X), hessian(plain)(X), 1e-12)
    assert_close(grad(grad(checkpoint(lambda x: x**4)))(2.0), 48.0, 1e-12)


def test_of_a_gradient():
    assert_close(grad(checkpoint(grad(lambda x: x**4)))(2.0), 48.0, 1e-12)


def test_in_the_other_transformations():
    f = checkpoint(lambda x: np.sin(x) * x)
    slope = np.cos(X) * X + np.sin(X)
    assert_close(jvp(f, (X,), (X,)), (np.sin(X) * X, slope * X), 1e-12)
    assert_close(vjp(f, X)[1](X), (slope * X,), 1e-12)
    assert_close(vmap(f)(X), np.sin(X) * X, 1e-12)
    assert_close(vmap(grad(f))(X), slope, 1e-12)


def test_around_a_custom_rule():
    @custom_vjp
    def fives(x):
        return x * x

    fives.defvjp(lambda x: (x * x, None), lambda _, ct: (5.0 * ct,))
    assert_same(grad(checkpoint(lambda x: fives(x) * 2.0))(3.0), 10.0)


def test_stop_gradient_inside():
    f = checkpoint(lambda x: x * stop_gradient(x * x))
    assert_same(grad(f)(3.0), 9.0)
    assert_same(grad(grad(f))(3.0), 0.0)


def test_errors_come_through():
    @checkpoint
    def f(x, n):
        assert n > 0, "negative"
        return x / n

    with pytest.raises(AssertionError, match="negative"):
        grad(f)(1.0, 0)


def test_what_is_no_function():
    with pytest.raises(MyiaTypeError, match="function"):
        checkpoint(3.0)


PROGRAM = """
import resource
import numpy as np
from myia import checkpoint, grad

def inner(x, k):
    for _ in range(k):
        x = np.sin(x) + x
    return x

def outer(x, n, k):
    for _ in range(n):
        x = checkpoint(inner)(x, k)
    return np.sum(x)

derivative = grad(outer)
derivative(np.ones(8), 2, 2)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
derivative(np.ones(100_000), 16, 16)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_is_that_of_one_segment(tmp_path):
    """Without it 256 steps keep 0.8 MB each; with it the 16 segments and the steps of one do."""
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, path]
    found = subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)
    assert int(found.stdout) < 128 * 800
