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


def masked(a, m):
    return (
        (a[m], a[~m] + 1, np.flatnonzero(m), np.nonzero(m), np.where(m), m.nonzero()),
        (np.argwhere(m), np.extract(m, a), np.compress(m, a)),
    )


@pytest.mark.parametrize("m", [[True, False, True, False], [False] * 4, [True] * 4], ids=str)
def test_masks(m):
    check(masked, np.arange(4.0), np.array(m))


def masked_axes(a):
    rows, columns = a[:, 0] > 3, a[0] > 0
    return a[a > 4], a[:, columns], a[rows], a[rows, 1], a[..., columns], a[[True, False, True]]


def test_masks_among_other_subscripts():
    check(masked_axes, np.arange(12.0).reshape(3, 4))
    check(lambda a: a[a[:2, 0] > 0], np.arange(12.0).reshape(3, 4))


def masked_assignments(a):
    b, c, d = a.copy(), a.copy(), a.copy()
    b[a > 1] = b[a > 1] * 2
    c[a > 1] = -1.0
    d[[0, 2]] = 5.0
    return b, c, d


def test_assignments_through_masks():
    check(masked_assignments, np.arange(4.0))
    check(lambda a: masked_assignments(a[: a.size // 2]), np.arange(8.0))
    check(masked_wrong, np.arange(4.0))


def masked_wrong(a):
    b = a.copy()
    b[a > 1] = np.ones(3)
    return b


def test_gradients_through_masks():
    def update(x):
        y = x * 1.0
        y[x > 0] = y[x > 0] ** 3
        return np.sum(y * y) + np.sum(x[x > 0] ** 2)

    check_gradient(update, np.array([1.0, -2.0, 3.0, 0.5]))


def unique_values(a):
    return (
        np.unique(a),
        np.unique(a, return_counts=True),
        np.unique(a, return_index=True, return_inverse=True),
    )


def test_unique_values():
    check(unique_values, np.array([3, 1, 2, 3, 1]))
    check(unique_values, np.array([0.5]))
    check(unique_values, np.array([]))
    check(lambda a: np.unique(a, return_counts=True), np.array([np.nan, 1.0, np.nan, 1.0]))
    check(lambda a: np.bincount(a), np.array([1, 0, 3]))
    check(lambda a, b: (np.union1d(a, b), np.intersect1d(a, b)), np.arange(3), np.array([2, 5]))
    check(lambda a, b: np.setdiff1d(a, b), np.arange(3), np.array([2, 5]))


def test_arrays_of_unknown_size():
    check(lambda a, n: np.eye(n)[a], np.array([0, 2]), 3)
    check(lambda a, n: a[np.arange(n)], np.arange(5.0), 3)
    check(lambda a, n: a[np.arange(n)], np.arange(5.0), 7)
    check_gradient(lambda a: np.sum(a[np.arange(int(a[0]))] ** 2), np.array([2.5, 1.0, 4.0]))


def test_one_condition_is_refused():
    with pytest.raises(MyiaTypeError, match="write an `if`"):
        myia(lambda a: a[a[0] > 0])(np.arange(4.0))
