"""Arrays from lists, and lists from arrays."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import myia
from myia.errors import MyiaTypeError


def displays(a, b):
    return (
        (np.array([a, b]), np.array([[a, 1], [b, 2]]), np.array([]), np.asarray([True, False])),
        (np.array([a, b], dtype=np.float32), np.zeros([2, 3]), np.reshape(np.arange(6), [2, 3])),
        (np.sum([a, b]), np.mean([[a, 1], [b, 2]], axis=0), np.array([(a, b), [b, a]])),
    )


def comprehensions(n):
    return (
        np.array([i * 0.5 for i in range(n)]),
        np.array([[i, i + 1] for i in range(n)]),
        np.array([(i, 0.5) for i in range(n)]),
        np.array([[i] * 2 for i in range(n)]),
    )


def joined(a, b):
    xs = [a, b]
    return (
        (np.stack(xs), np.stack(xs, axis=1), np.vstack(xs), np.hstack(xs), np.column_stack(xs)),
        (np.concatenate(xs), np.concatenate([a, b], axis=-1), np.dstack([a, b])),
    )


def joined_at_run_time(n):
    rows = [np.ones(3) * i for i in range(n)]
    parts = [np.ones((i, 2)) for i in range(n)]
    columns = [np.ones((2, i)) for i in range(n)]
    return (
        (np.array(rows), np.stack(rows, axis=1), np.vstack(rows), np.hstack(rows)),
        (np.concatenate(rows), np.concatenate(parts), np.concatenate(columns, axis=1)),
        (np.column_stack(rows), np.concatenate(parts, axis=None), np.vstack(parts)),
    )


def indexed(a):
    i = [2, 0]
    return a[[0, 2]], a[i], a[[0, 2], [1, 0]], a[:, [1]], a[[k for k in range(2)]], a[[]]


def listed(a, s):
    return a.tolist(), list(a[0]), s.tolist(), [list(row) for row in a]


X = np.array([1.0, -2.0, 3.0])


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (displays, (1, 2)),
        (displays, (1.5, 2)),
        (displays, (np.float32(1.5), 2.5)),
        (comprehensions, (3,)),
        (joined, (X, X * 2)),
        (joined, (np.arange(6).reshape(2, 3), np.ones((2, 3)))),
        (joined_at_run_time, (3,)),
        (joined_at_run_time, (1,)),
        (indexed, (np.arange(9.0).reshape(3, 3),)),
        (listed, (np.arange(6).reshape(2, 3), np.float32(2))),
        (listed, (np.array([[True, False]]), np.int8(2))),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_as_in_numpy(f, args):
    check(f, *args)


@pytest.mark.parametrize(
    "f",
    [
        lambda n: np.stack([np.ones(2) for i in range(n - 3)]),
        lambda n: np.concatenate([np.ones(2) for i in range(n - 3)]),
        lambda n: np.array([[1] * (i + 1) for i in range(n)]),
        lambda n: np.array([[1, n], [2]]),
        lambda n: np.concatenate([np.ones((2, i)) for i in range(n)]),
    ],
)
def test_what_numpy_raises(f):
    check(f, 3)


def test_gradients():
    check_gradient(lambda x: np.sum(np.array([x * x, x * 3.0]) ** 2), 2.0)
    check_gradient(lambda a: np.sum(np.stack([a, a * 2.0]) ** 2), X)
    check_gradient(lambda a: np.sum(np.concatenate([a, a * 2.0]) ** 3), X)
    check_gradient(lambda a: np.sum(np.stack([a * w for w in (1.0, 2.0)]) ** 2), X)


def test_the_length_of_a_tuple_is_known():
    check(lambda a, b: tuple([a, b]), 1, 2.5)
    with pytest.raises(MyiaTypeError, match="use the list"):
        myia(tuple_of)([1, 2])


def tuple_of(xs):
    return tuple(xs)
