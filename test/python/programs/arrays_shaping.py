"""NumPy style: creating, joining, splitting, reshaping, sorting."""

import numpy as np

from programs import program

X = np.array([3.0, 1.0, 2.0])
M = np.arange(6).reshape(2, 3)


@program((2, 3), (1, 1), (0, 4))
def creation(n, m):
    return np.zeros((n, m)), np.ones(n), np.full((m,), 7), np.eye(n), np.arange(m)


@program((0, 10, 4), (5, 1, -2), (0.0, 1.0, 0.25))
def ranges(start, stop, step):
    return np.arange(start, stop, step), np.linspace(start, stop, 3)


@program((M,), (np.eye(2),), (np.arange(4).reshape(1, 4),))
def reshapes(m):
    return m.T, m.reshape(-1), m.ravel(), m.flatten(), m.reshape(-1, 1), m.transpose()


@program((np.arange(12), 3), (np.arange(4.0), 2), (np.arange(5), 2))
def to_rows(x, width):
    return x.reshape(-1, width)


@program((X, X), (np.array([1, 2]), np.array([2.5])), (np.array([], dtype=float), X))
def join(a, b):
    return np.concatenate([a, b]), np.concatenate((b, a, b))


@program((M, M), (np.eye(2), np.zeros((2, 2))))
def join_matrices(a, b):
    return (
        np.concatenate([a, b], axis=1),
        np.vstack([a, b]),
        np.hstack([a, b]),
        np.stack([a, b], axis=-1),
    )


@program((X, X * 2), (np.arange(2), np.arange(2) + 1))
def as_columns(a, b):
    return np.stack([a, b], axis=1), np.column_stack([a, b])


@program((np.arange(6),), (np.arange(12.0).reshape(6, 2),))
def split_in_three(x):
    a, b, c = np.split(x, 3)
    return a, c - b


@program((X, 2), (M, 3), (np.array([1]), 1))
def repeated(x, n):
    return np.tile(x, n), np.repeat(x, n)


@program((X, 1), (X, -1), (np.arange(4), 5))
def rolled(x, n):
    return np.roll(x, n), np.flip(x)


@program((X,), (np.array([2, 2, 1]),), (np.array([], dtype=np.float64),))
def sorts(x):
    return np.sort(x), np.argsort(x, kind="stable"), np.sort(x)[::-1]


@program((np.array([[3, 1], [2, 4]]),), (np.array([[1.5, 0.5, 1.0]]),))
def sort_rows(m):
    return np.sort(m, axis=1), np.sort(m, axis=0), np.argsort(m, axis=1)


@program((np.array([3, 1, 2]), X), (np.array([1, 0]), np.array([5.0, 6.0])))
def sort_by_key(keys, values):
    return values[np.argsort(keys)]


@program((X,), (np.arange(4),))
def differences(x):
    return np.diff(x), x[1:] - x[:-1]


@program((M,), (np.ones((3, 3)),))
def triangles(m):
    return np.triu(m), np.tril(m), np.triu(m, 1)


@program((np.arange(2), np.arange(3)), (np.array([1.5]), np.array([2.5])))
def mesh(x, y):
    xx, yy = np.meshgrid(x, y)
    return xx * yy, xx.shape


@program((X, 1), (np.arange(3), 2), (X, 0))
def padded(x, n):
    return np.concatenate([np.zeros(n), x, np.zeros(n)]), np.pad(x, n)


@program((np.ones((1, 3, 1)),), (np.zeros((1, 1)),))
def squeezed(x):
    return np.squeeze(x), x.squeeze(axis=0), np.expand_dims(x, 0)


@program((np.arange(24).reshape(2, 3, 4),), (np.ones((1, 2, 3)),))
def moved_axes(t):
    return t.transpose(2, 0, 1), np.swapaxes(t, 0, 1), np.moveaxis(t, 0, -1), t.T


@program((M,), (X,), (np.float64(3.0),))
def attributes(x):
    return x.shape, x.ndim, x.size, x.T.shape


@program((X, 4), (np.array([1, 2, 3]), 2))
def vandermonde(x, n):
    return np.stack([x**k for k in range(n)], axis=1)


@program(([1.0, 2.0], [3.0, 4.0]), ([1], [2]))
def matrix_from_lists(a, b):
    return np.array([a, b]), np.array([a, b]).T


@program((M,), (np.eye(2),))
def to_lists(m):
    return m.tolist(), [row.sum().item() for row in m]


@program((4,), (1,))
def checkerboard(n):
    return (np.arange(n)[:, None] + np.arange(n)) % 2


@program((np.array([1.0, 2.0]), np.array([0.0, 1.0, 0.5])), (np.array([1]), np.array([1, 1])))
def polynomial_product(a, b):
    return np.convolve(a, b), np.outer(a, b)
