"""Elements left out and put in, sets of positions, functions of parts of arrays, against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import MyiaValueError, myia

RANDOM = np.random.default_rng(0)
A = np.array([[3.0, -1.5, 2.0], [0.5, 4.0, -2.0]])
V = RANDOM.normal(size=5)
Z = np.array([0, 0, 1, 0, 2, 0])
DTYPES = [np.float64, np.float32, np.int64, np.bool_]

EDITS = [
    lambda x: (np.delete(x, 1), np.delete(x, 1, 0), np.delete(x, -1, 1), np.delete(x, [])),
    lambda x: (np.delete(x, [0, 2], 1), np.delete(x, [0, -1]), np.delete(x, np.int64(1), 0)),
    lambda x: (np.delete(x, slice(0, 2), 1), np.delete(x, slice(None, None, -2), axis=1)),
    lambda x: (np.delete(x, np.array([True, False, True]), 1), np.delete(x, x[0] > 1, 1)),
    lambda x: (np.insert(x, 1, 9), np.insert(x, 1, 9, 0), np.insert(x, 1, [7, 8, 9], 0)),
    lambda x: (np.insert(x, [1], [[7], [8]], axis=1), np.insert(x, 1, [7, 8], axis=1)),
    lambda x: (np.insert(x, [0, 2], [7, 8], axis=1), np.insert(x, [0, 2, -1], 5)),
    lambda x: (np.insert(x, [2, 2, 0], [5, 6, 7]), np.insert(x, 6, 1), np.insert(x, -6, 1)),
    lambda x: (np.insert(x, [], 5), np.insert(x[0], slice(0, 2), [5, 6]), np.insert(x[0], 3, x[1])),
    lambda x: (np.insert(x[0], 1, 2.75), np.insert(x, np.array(1), [7, 8], axis=1)),
    lambda x: (np.resize(x, (2, 2)), np.resize(x, 8), np.resize(x[:0], (2,)), np.resize(x, 0)),
    lambda x: (np.rollaxis(x, 1), np.rollaxis(x[None], 2), np.rollaxis(x[None], 1, -1)),
    lambda x: (np.unstack(x), np.unstack(x, axis=-1), np.unstack(x[0]), np.rollaxis(x[None], 0, 3)),
    lambda x: (x.compress([True, False, True], axis=1), x.compress([True, False, True])),
    lambda x: (np.block([[x, x], [x, x]]), np.block([x[0], x[1]]), np.block(x)),
    lambda x: (
        np.block([[x, x[:, :1]], [1, 2, 3, 4]]),
        np.block([x[0], 2]),
        np.block([[x[0]], [1, 2, 3]]),
    ),
]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("program", EDITS)
def test_edits(program, dtype):
    check(program, A.astype(dtype))


def test_trim_zeros():
    check(lambda z: (np.trim_zeros(z), np.trim_zeros(z, "f"), np.trim_zeros(z, "B")), Z)
    check(lambda z: (np.trim_zeros(z * 0.0), np.trim_zeros(z[:0])), Z)
    check(lambda z: np.trim_zeros(z, "x"), Z)


WRONG = [
    lambda x: np.delete(x, 2, 0),
    lambda x: np.delete(x, [7]),
    lambda x: np.delete(x, np.array([True, False]), 1),
    lambda x: np.delete(x, True),
    lambda x: np.insert(x, 7, 1),
    lambda x: np.insert(x, -7, 1),
    lambda x: np.insert(x[0], [0, 9], 2),
    lambda x: np.insert(x, [1], [7, 8], axis=0),
    lambda x: np.resize(x, (2, -1)),
    lambda x: np.unstack(x[0, 0]),
    lambda x: np.block([[x], x]),
    lambda x: np.block([]),
    lambda x: np.diag_indices_from(x),
    lambda x: np.diag_indices_from(x[0]),
    lambda x: np.triu_indices_from(x[0]),
    lambda x: np.ix_(x),
    lambda x: np.apply_along_axis(np.sum, 0, x[:, :0]),
    lambda x: np.piecewise(x, [x < 1], [1, 2, 3]),
    lambda x: np.tensordot(x, x.T),
]


@pytest.mark.parametrize("program", WRONG)
def test_wrong_arguments_raise_as_in_numpy(program):
    check(program, A)


def test_refused():
    for program in (
        lambda x: np.insert(x, x[0] > 1, 1),
        lambda x: np.trim_zeros([0, 1, 0]),
        lambda x: np.piecewise(x[0, 0], [x[0, 0] > 1], [1]),
    ):
        with pytest.raises(MyiaValueError, match="np"):
            myia(program)(A)


def test_sets_of_positions():
    check(lambda x: (np.diag_indices(3), np.diag_indices(2, 3), np.diag_indices_from(x[:, :2])), A)
    check(lambda x: (np.tril_indices(3), np.tril_indices(3, 1, 4), np.tril_indices(3, -1)), A)
    check(lambda x: (np.triu_indices(3), np.triu_indices(4, 2, 3), np.tril_indices_from(x)), A)
    check(lambda x: (np.triu_indices_from(x, 1), np.mask_indices(3, np.triu)), A)
    check(lambda x: (np.ix_([0, 1], [2, 0]), np.ix_([]), np.ix_(x[0] > 1, x[1].astype(int))), A)
    check(lambda x: (x[np.ix_([0, 1], [2, 0])], x[:, :2][np.tril_indices(2)]), A)


APPLIED = [
    lambda x: (np.apply_along_axis(np.sum, 0, x), np.apply_along_axis(np.sort, 1, x)),
    lambda x: (np.apply_along_axis(np.diag, 1, x), np.apply_along_axis(np.diag, 0, x)),
    lambda x: (
        np.apply_along_axis(lambda v, k: v[:2] * k, -1, x, 3),
        np.apply_along_axis(len, 0, x),
    ),
    lambda x: np.apply_along_axis(lambda v, k=1: np.max(v) * k, 0, x, k=3),
    lambda x: (np.apply_over_axes(np.sum, x, [0, 1]), np.apply_over_axes(np.max, x[None], (0, -1))),
    lambda x: np.piecewise(x, [x < 1, x >= 1], [1, 2]),
    lambda x: np.piecewise(x, [x < 1, x >= 2], [lambda v: -v, lambda v: v * 2, 7]),
    lambda x: (np.piecewise(x, x < 1, [lambda v: v + 1]), np.piecewise(x, [x > 100], [np.sin])),
    lambda x: np.piecewise(x[0], [x[0] < 1, x[0] > 3], [2.75, np.sin]),
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
@pytest.mark.parametrize("program", APPLIED)
def test_functions_of_parts(program, dtype):
    check(program, A.astype(dtype))


GRADIENTS = [
    lambda x: np.sum(np.delete(x, 1, 1) ** 2) + np.sum(np.sin(np.delete(x, [0, 2]))),
    lambda x: np.sum(np.sin(np.insert(x, 1, x[0], 0))) + np.sum(np.insert(x, [0, 2], x[:, :2], 1)),
    lambda x: np.sum(np.sin(np.block([[x, x], [x, x**2]]))) + np.sum(np.sin(np.resize(x, 8))),
    lambda x: np.sum(np.sin(np.apply_along_axis(np.sort, 1, x))),
    lambda x: np.sum(np.apply_along_axis(np.diag, 1, x) ** 2),
    lambda x: np.sum(np.apply_over_axes(np.sum, np.sin(x), (0,)) ** 2),
    lambda x: np.sum(np.piecewise(x, [x < 0, x > 0.5], [np.exp, lambda v: v * v, 3])),
    lambda x: np.sum(np.sin(x[np.ix_([0, 1, 1], [2, 0])])) + np.sum(x[np.triu_indices(2)] ** 2),
    lambda x: np.sum(np.unstack(x)[1] ** 2) + np.sum(np.rollaxis(x, 1)[0] ** 3),
    lambda x: np.sum(np.trim_zeros(np.where(x[0] > 0, x[0], 0.0)) ** 2),
]


@pytest.mark.parametrize("program", GRADIENTS)
def test_gradients(program):
    check_gradient(program, A / 3)
