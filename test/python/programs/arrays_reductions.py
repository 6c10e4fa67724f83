"""NumPy style: sums, means, extremes, contractions."""

import numpy as np

from programs import call, program

X = np.array([3.0, -1.0, 2.0, 5.0])
M = np.arange(6.0).reshape(2, 3)
T = np.arange(24).reshape(2, 3, 4)


@program((X,), (np.array([1, 2, 3]),), (np.array([], dtype=np.float64),), (M,))
def sum_and_product(x):
    return x.sum(), np.prod(x)


@program((M,), (np.arange(6).reshape(3, 2),), (np.ones((1, 1), dtype=np.float32),))
def by_axis(m):
    return m.sum(axis=0), m.sum(axis=1), m.mean(axis=0), m.max(axis=-1)


@program((M,), (T,))
def keeping_dimensions(m):
    return m - m.mean(axis=-1, keepdims=True)


@program((T,), (np.ones((2, 2, 2)),))
def over_two_axes(t):
    return t.sum(axis=(0, 2)), t.max(axis=(1, 2)), t.min()


@program((X,), (np.array([4, 4, 1]),), (np.array([7]),))
def extremes(x):
    return x.min(), x.max(), x.argmin(), x.argmax()


@program((M,), (np.array([[1, 5], [7, 2]]),))
def argmax_by_axis(m):
    return np.argmax(m, axis=1), np.argmin(m, axis=0)


@program((X,), (np.array([2.0]),), (np.array([1, 2, 4], dtype=np.int32),))
def spread(x):
    return np.var(x), np.std(x), np.std(x, ddof=0), x.max() - x.min()


@program((X, 1.0), (X, 10.0), (np.array([], dtype=np.float64), 0.0))
def any_and_all(x, limit):
    return np.any(x > limit), np.all(x > limit), (x > limit).sum(), np.count_nonzero(x > limit)


@program((X,), (np.array([1, 2, 3]),), (M,))
def cumulative(x):
    return np.cumsum(x), np.cumprod(x)


@program((M,), (np.arange(4).reshape(2, 2),))
def cumulative_by_axis(m):
    return np.cumsum(m, axis=0), np.cumsum(m, axis=1)


@program((X, X), (np.arange(3), np.arange(3)), (X, X[:2]))
def inner(a, b):
    return np.dot(a, b), np.sum(a * b), a @ b


@program((M, M.T), (np.eye(2), np.ones((2, 3))))
def by_einsum(a, b):
    return np.einsum("ij,jk->ik", a, b), np.einsum("ij->i", a), np.einsum("ij->", b)


@program((T, np.ones((2, 4, 2))), (np.ones((1, 2, 2)), np.ones((1, 2, 1))))
def batched_product(a, b):
    return a @ b, np.einsum("bij,bjk->bik", a, b)


@program((X, np.array([1.0, 1.0, 1.0, 3.0])), (np.array([1, 2]), np.array([0.5, 0.5])))
def weighted_mean(x, w):
    return np.sum(x * w) / np.sum(w), np.average(x, weights=w)


@program(
    (np.array([1, 2, 3], dtype=np.int8),), (np.array([True, False, True]),), (np.ones(3, "f4"),)
)
def types_of_sums(x):
    return x.sum(), x.mean(), x.sum(dtype=np.float64), x.max()


@program((X,), (np.array([1000.0, 1001.0]),), (np.array([-5.0]),))
def log_sum_exp(x):
    top = x.max()
    return top + np.log(np.sum(np.exp(x - top)))


@program((X,), (np.array([3, 1, 2, 4]),), (np.array([5.0]),))
def medians(x):
    return np.median(x), np.sort(x)[len(x) // 2]


@program((np.array([1.0, np.nan, 3.0]),), (X,))
def ignoring_missing(x):
    good = ~np.isnan(x)
    return np.sum(np.where(good, x, 0.0)) / np.sum(good)


@program((M, 1e-3), (np.zeros((2, 2)), 1.0), call(M, eps=0.5))
def normalise_columns(m, eps):
    return m / (np.linalg.norm(m, axis=0) + eps)


@program((M, M + 1e-9), (M, M + 1), (X, X))
def nearly_equal(a, b):
    return np.allclose(a, b), np.array_equal(a, b), np.max(np.abs(a - b))


@program((np.array([[2.0, 1.0], [1.0, 3.0]]),), (np.eye(3),))
def trace_and_determinant(m):
    return np.trace(m), np.linalg.det(m), np.diag(m).sum()
