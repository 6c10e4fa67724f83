"""NumPy programs: values against NumPy, gradients against finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import grad

RANDOM = np.random.default_rng(0)
A = RANDOM.normal(size=(2, 3))
B = RANDOM.normal(size=(3, 4))
V = RANDOM.normal(size=3)


@pytest.mark.parametrize("other", [A, V, A[:, :1], 2.0, 3, np.float64(0.5)])
def test_broadcasting(other):
    def f(x, y):
        return np.sum((x + y) * y - x * x / (1 + y * y))

    check_gradient(f, A, other)
    if not isinstance(other, int):
        check_gradient(f, A, other, argnums=1)


def test_matmul():
    def f(a, b):
        return np.sum((a @ b) * (a @ b))

    check(lambda a, b: a @ b, A, B)
    check_gradient(f, A, B, argnums=(0, 1))


@pytest.mark.parametrize(("left", "right"), [(A, V), (V, B), (V, V)])
def test_matmul_of_vectors(left, right):
    def f(a, b):
        return np.sum(np.tanh(a @ b))

    check(lambda a, b: a @ b, left, right)
    check_gradient(f, left, right, argnums=(0, 1))


def sum_all(x):
    return np.sum(x) + x.sum() + x.mean() + np.max(x)


def sum_rows(x):
    return np.sum(np.tanh(np.sum(x, axis=1)))


def mean_columns(x):
    return np.sum(np.tanh(np.mean(x, axis=0)))


def max_rows(x):
    return np.sum(np.tanh(np.max(x, axis=1)))


def max_keepdims(x):
    return np.sum(np.tanh(x - np.max(x, axis=-1, keepdims=True)))


@pytest.mark.parametrize("f", [sum_all, sum_rows, mean_columns, max_rows, max_keepdims])
def test_reductions(f):
    check_gradient(f, A)


def test_reduction_values():
    def f(x):
        return np.sum(x, axis=0), np.mean(x, axis=1), np.max(x, axis=0), np.argmax(x, axis=1)

    check(f, A)
    check(f, A.astype(np.float32))


@pytest.mark.parametrize("f", [np.exp, np.log, np.tanh, np.sqrt, np.sin, np.cos, np.abs])
def test_elementwise(f):
    def program(x):
        return np.sum(f(x) * x)

    check_gradient(program, np.abs(A) + 0.5)


def test_where_and_maximum():
    def f(x, y):
        return np.sum(np.where(x > y, x * y, np.maximum(x, 0.1) - y))

    check_gradient(f, A, A[::-1].copy(), argnums=(0, 1))


def test_where_takes_no_nan_from_the_other_branch():
    def f(x):
        return np.sum(np.where(x > 0.0, x * x, 2.0 * x))

    check_gradient(f, A)


def test_maximum_splits_ties():
    def f(x, y):
        return np.maximum(x, y)

    assert grad(f)(1.0, 1.0) == 0.5


def test_shapes():
    def f(x):
        y = x.reshape(3, 2) @ x
        return np.sum(np.tanh(y.T)) + np.sum(x.T @ x) + np.sum(np.transpose(x)[1])

    check_gradient(f, A)


def test_constant_indices():
    def f(x):
        return x[0, 1] * x[1, 2] + np.sum(x[0] * x[-1]) + np.sum(x[:, 1:])

    check(lambda x: (x[0], x[:, 1], x[0, 1], x[-1]), A)
    check_gradient(f, A)


def test_new_axes_and_comparison():
    def f(labels):
        return labels[:, None] == np.arange(4)

    check(f, np.array([0, 3, 1]))


def test_dtypes_promote_as_in_numpy():
    def f(x, y):
        return x + y, x * 2, x * 2.5, x > y

    single, double, whole = A.astype(np.float32), A, np.array([[1, 2, 3]])
    for x, y in ((single, double), (single, single), (whole, whole), (double, whole)):
        check(f, x, y)


def test_arguments_without_contiguous_memory():
    def f(x):
        return np.sum(x * x, axis=0)

    check(f, B.T)
    check(f, B[::2, ::-1])


def test_softmax_cross_entropy():
    def f(logits, labels):
        shifted = logits - np.max(logits, axis=1, keepdims=True)
        total = np.log(np.sum(np.exp(shifted), axis=1))
        chosen = np.sum(np.where(labels[:, None] == np.arange(3), shifted, 0.0), axis=1)
        return np.mean(total - chosen)

    check_gradient(f, A, np.array([2, 0]))


def test_loop_over_an_array():
    def f(x, y):
        total = 0.0
        for i, (a, b) in enumerate(zip(x, y)):
            total = total + i * a * b
        return total

    check_gradient(f, V, V * 2, argnums=(0, 1))


def test_the_gradient_of_an_extremum_goes_to_nan():
    x = np.array([1.0, np.nan, 3.0, np.nan])
    for extremum in (np.max, np.min):
        gradient = grad(lambda a, extremum=extremum: extremum(a))(x)
        np.testing.assert_array_equal(gradient, [0.0, 0.5, 0.0, 0.5])
