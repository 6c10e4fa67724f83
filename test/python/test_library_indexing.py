"""Subscripts with arrays, and with negative steps: values and gradients."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import MyiaTypeError, myia

RANDOM = np.random.default_rng(0)
V = RANDOM.normal(size=5)
A = RANDOM.normal(size=(2, 3))
C = RANDOM.normal(size=(2, 3, 4))
I, J = np.array([1, 0, 1]), np.array([2, 2, -1])


def reversed_slices(x):
    return x[::-1], x[:, ::-1], x[1][::-1], x[::-1, 2:0:-1], x[5:0:-1], x[0:1:-1]


def rows_and_columns(x, i, j):
    return x[i], x[:, j], x[i, j], x[i][:, j], x[i, None], x[..., j], x[1, j], x[0:1, j]


def three_axes(x, i, j):
    return x[i], x[:, j], x[i, :, j], x[:, j, i], x[0, :, j], x[i, 1:, 2], x[..., j, None]


def test_reversed_slices():
    check(reversed_slices, A)
    check_gradient(lambda x: np.sum(np.sin(x[::-1, 2:0:-1])) + x[1][::-1][0], A)


def test_integer_arrays():
    check(rows_and_columns, A, I, J)
    check(three_axes, C, I, J)
    check(lambda x, i: x[i], V, np.array([[0, 4], [-5, -1]], np.int8))
    check(lambda x, i: x[i], V, np.array([3], np.uint8))
    check(lambda x, i: x[i], np.zeros((0, 3)), np.zeros(0, np.int64))


def test_gradients_of_gathered_rows():
    check_gradient(lambda x, i, j: np.sum(np.sin(x[i, j]) + np.cos(x[:, j][0])), A, I, J)
    check_gradient(lambda x, i, j: np.sum(np.sin(x[i, :, j])), C, I, J)
    check_gradient(lambda x, i: np.sum(x[i] * x[i] * x[0]), V, np.array([1, 1, 2]))


@pytest.mark.parametrize("position", [5, -6, 2**62])
def test_positions_out_of_range(position):
    check(lambda x, i: x[i], V, np.array([0, position]))


def assign(x, i, v):
    a = x * 1.0
    a[i] = v
    return a


def assign_columns(x, i, v):
    a = x * 1.0
    a[:, i] = v
    a[i[0], i[1]] += 1
    return a


def assign_where(x):
    a = x * 1.0
    a[x > 0] = 0
    a[x[:, 0] < 0] = 7
    return a


def assign_reversed(x, v):
    a = x * 1.0
    a[::-1] = v
    a[3:0:-2] = 5
    return a


def test_assignment():
    i = np.array([3, 0, 2, 2])
    check(assign, V, i, np.arange(4.0))
    check(assign, V, i, 3)
    check(assign_columns, A, np.array([1, 0]), A[:, :2])
    check(assign_where, A)
    check(assign_reversed, V, np.arange(5.0))


def test_gradients_of_assignment():
    i = np.array([3, 0, 2, 2])
    for argument in (0, 2):
        check_gradient(
            lambda x, i, v: np.sum(np.sin(assign(x, i, v))), V, i, np.arange(4.0), argnums=argument
        )
    check_gradient(lambda x: np.sum(np.sin(assign_where(x))), A)
    check_gradient(lambda x, v: np.sum(np.sin(assign_reversed(x, v))), V, V * 2, argnums=(0, 1))


def test_the_last_of_equal_positions_stays():
    def f(v):
        a = np.zeros(3)
        a[np.array((1, 1, 1))] = v
        return np.sum(a * a)

    check_gradient(f, np.arange(1.0, 4.0))


def test_take():
    i = np.array([1, 3, 0])
    check(lambda x, i: (np.take(x, i), x.take(i), np.take(x, 2)), V, i)
    check(lambda x, i: (np.take(x, i, mode="wrap"), np.take(x, i, mode="clip")), V, i * 3 - 4)
    check(lambda x: np.take_along_axis(x, np.argsort(x, 1), 1), A)
    check(lambda x, i: (np.take(x, i, axis=0), np.take(x, i, 1)), A, np.array([[1, 0]]))


def test_masks_of_unknown_count_are_refused():
    with pytest.raises(MyiaTypeError, match="np.where"):
        myia(lambda x: x[x > 0])(V)
