"""NumPy style: indexing, slicing, masks, index arrays, searching."""

import numpy as np

from programs import program

X = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
M = np.arange(12).reshape(3, 4)


@program((X,), (np.array([1, 2]),), (M,))
def ends(x):
    return x[0], x[-1], x[1:], x[:-1]


@program((X,), (np.arange(7),), (np.array([1.5]),))
def strides(x):
    return x[::2], x[::-1], x[1::2], x[-1:0:-2]


@program((X, 1, 4), (X, -3, 10), (X, 4, 1), (np.arange(3), 0, 0))
def window(x, start, stop):
    return x[start:stop]


@program((M,), (np.eye(4),))
def parts_of_a_matrix(m):
    return m[1], m[:, 1], m[1, 2], m[:2, 1:], m[..., -1], m[-1, ::2]


@program((M, 0, 1), (M, -1, 3), (M, 3, 0))
def row_and_column(m, i, j):
    return m[i], m[:, j], m[i, j]


@program((X, 25.0), (X, 100.0), (np.array([3, 1, 2]), 1))
def above(x, limit):
    return x[x > limit]


@program((M,), (np.array([[1, -1], [2, 4]]),))
def even_elements(m):
    return m[m % 2 == 0]


@program((X, np.array([0, 2, 2])), (X, np.array([-1])), (X, np.array([9])))
def take(x, indices):
    return x[indices]


@program((X, [3, 0]), (M, [1, 1]))
def take_list(x, indices):
    return x[indices]


@program((M, np.array([0, 1, 2]), np.array([1, 0, 3])), (M, np.array([2]), np.array([-1])))
def take_pairs(m, rows, columns):
    return m[rows, columns]


@program((M, np.array([2, 0])), (np.eye(2), np.array([1, 1, 0])))
def reorder_rows(m, order):
    return m[order], m[:, order]


@program((np.array([0, 2, 1]), 3), (np.array([1]), 2))
def one_hot(labels, classes):
    return np.eye(classes)[labels], (labels[:, None] == np.arange(classes)).astype(float)


@program((X,), (M,))
def new_axes(x):
    return x[None].shape, x[..., None].shape, x[:, np.newaxis].shape


@program((np.array([0, 3, 0, 5]),), (np.zeros(2),), (np.array([True, False]),))
def nonzero_positions(x):
    return np.flatnonzero(x), np.nonzero(x)[0], np.where(x)[0]


@program((X, 30.0), (X, 0.0), (X, 99.0), (X, np.array([15.0, 40.0])))
def search(x, value):
    return np.searchsorted(x, value), np.searchsorted(x, value, side="right")


@program((X, 22.0), (np.array([1, 5, 9]), 6))
def interpolate(x, value):
    i = np.searchsorted(x, value) - 1
    t = (value - x[i]) / (x[i + 1] - x[i])
    return i + t, np.interp(value, x, np.arange(len(x)))


@program((X, 26.0), (np.array([4, 4]), 5))
def nearest(x, value):
    return x[np.abs(x - value).argmin()]


@program((M, 2), (M, 5), (np.eye(3), 0))
def diagonal_band(m, width):
    rows = np.arange(m.shape[0])[:, None]
    columns = np.arange(m.shape[1])
    return np.where(np.abs(rows - columns) < width, m, 0)


@program((np.array([1, 2, 2, 3, 3, 3]),), (np.array([5]),), (np.array([], dtype=int),))
def run_lengths(x):
    if len(x) == 0:
        return []
    starts = np.flatnonzero(np.concatenate([np.array([True]), x[1:] != x[:-1]]))
    return [int(stop - start) for start, stop in zip(starts, [*starts[1:], len(x)])]


@program((np.array([3, 1, 3, 2]),), (np.array([1.5]),))
def unique_values(x):
    return np.unique(x), len(np.unique(x))


@program((np.array([0, 1, 1, 3]),), (np.array([2]),))
def counts(x):
    return np.bincount(x), np.bincount(x, minlength=6)
