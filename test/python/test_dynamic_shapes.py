"""Arrays whose sizes are known only at run time."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

from myia import myia

V = np.array([0.5, -1.5, 2.0, 0.25])
M = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]])


def filled(n):
    a = np.zeros(n)
    for i in range(n):
        a[i] = i * 2.0
    return a


def created(n):
    return np.zeros(n), np.ones((n, 2)), np.full((2, n), 7), np.arange(n), np.eye(n)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_creation(n):
    check(filled, n)
    check(created, n)


def test_sizes_that_no_array_has():
    check(filled, -1)
    check(lambda n: np.zeros((3, n)), -2)
    for n in (10**15, 2**62):
        with pytest.raises(MemoryError):
            myia(filled)(n)
    with pytest.raises(MemoryError):
        myia(lambda n: np.ones((n, n, n, n)))(2**20)


@pytest.mark.parametrize("bounds", [(0, 7, 2), (5, -4, -3), (3, 3, 1), (1, 2, 0)])
def test_arange(bounds):
    check(lambda a, b, c: np.arange(a, b, c), *bounds)


def measures(n):
    a = np.ones((n, 3))
    return a.shape, a.size, len(a), a.ndim, a.T.shape, np.zeros_like(a).shape, a.sum(axis=0).shape


def test_sizes_are_ints():
    check(measures, 4)
    check(measures, 0)


def slices(n, i, j):
    a = np.arange(n)
    return a[i:j], a[:i], a[j:], a[i:j:2], a[-i:], a[1:-1]


@pytest.mark.parametrize("bounds", [(10, 2, 5), (10, -3, 100), (10, 8, 2), (0, 1, 2), (1, -9, -5)])
def test_slices(bounds):
    check(slices, *bounds)


def test_slices_of_arguments():
    check(lambda a, i, j: a[i:j], V, 1, 3)
    check(lambda a, i, j: a[:, i:j], M, -2, 3)
    check(lambda a, i, j: a[i, :j], M, 1, 2)
    check(lambda a, s: a[::s], V, 3)
    check(lambda a, s: a[::s], V, 0)


def elementwise(n, k):
    a = np.arange(n) * 0.5
    b = np.ones(n)
    c = np.exp(a) * b - np.sqrt(a) / 2 + np.where(a > 1, a, -b)
    d = np.ones((k, n)) + c
    return c, d, np.maximum(a, b), a**2, -a, a > b, np.sign(a - 1), np.arange(n) << 1


@pytest.mark.parametrize(("n", "k"), [(6, 2), (1, 1), (0, 3)])
def test_elementwise(n, k):
    check(elementwise, n, k)


def test_sizes_that_differ():
    check(lambda n, m: np.ones(n) + np.ones(m), 3, 4)
    check(lambda n, v: np.ones(n) + v, 4, V)
    check(lambda n, v: np.ones(n) + v, 3, V)
    check(lambda n, v: np.ones((n, 1)) * v, 3, V)
    check(lambda n, v: np.ones((n, 4)) @ v, 3, V)
    check(lambda n, v: np.ones((2, n)) @ v, 3, V)
    check(lambda n: np.ones(n)[1:] - np.ones(n)[:-1], 5)


@pytest.mark.parametrize(("n", "m"), [(1, 4), (4, 1), (3, 3), (3, 4), (1, 0), (0, 3)])
def test_a_size_of_one_is_stretched(n, m):
    check(lambda n, m: np.ones(n) + np.ones(m), n, m)
    check(lambda n, m: np.ones((n, 2, m)) * np.ones((m, 1, n)), n, m)
    check(lambda n: np.arange(3) + np.ones(n), n)
    check(stored, n, m)


def stored(n, m):
    a = np.zeros((2, m))
    a[:] = np.ones(n)
    return a


def relaxed(d):
    d = d.copy()
    for k in range(d.shape[0]):
        d = np.minimum(d, d[:, k : k + 1] + d[k : k + 1, :])
    return d


def test_stretching_slices_of_one():
    check(relaxed, np.array([[0.0, 3.0, np.inf], [8.0, 0.0, 2.0], [5.0, np.inf, 0.0]]))
    check_gradient(lambda d: np.sum(relaxed(d) ** 2), np.array([[0.5, 3.0], [8.0, 0.25]]))


def reductions(n):
    a = np.reshape(np.arange(3 * n) * 1.5, (n, 3))
    return (
        a.sum(),
        a.sum(axis=0),
        a.sum(axis=1),
        a.mean(),
        a.max(axis=1),
        a.sum(axis=0, keepdims=True),
    )


@pytest.mark.parametrize("n", [1, 4])
def test_reductions(n):
    check(reductions, n)
    check(lambda n: np.zeros(n).sum(), 0)
    check(lambda n: np.zeros(n).max(), n)
    check(lambda n: np.zeros(n).max(), 0)
    check(lambda n: np.argmax(np.arange(n)), n)
    check(lambda n: np.argmin(np.arange(n)), 0)


def reshaped(n):
    a = np.arange(6 * n)
    b = np.reshape(a, (n, -1))
    return (
        b,
        b.T,
        b.reshape(3, 2 * n),
        np.expand_dims(a, 0),
        b.ravel(),
        np.broadcast_to(a, (2, 6 * n)),
    )


def test_reshape():
    check(reshaped, 2)
    check(lambda n: np.arange(n).reshape(2, -1), 6)
    check(lambda n: np.arange(n).reshape(2, -1), 5)
    check(lambda n, m: np.arange(6).reshape(n, m), 2, 3)
    check(lambda n, m: np.arange(6).reshape(n, m), 2, 4)


def test_a_reshaped_array_is_no_copy_that_later_updates_reach():
    def f(n):
        a = np.zeros(2 * n)
        b = np.array(np.reshape(a, (n, 2)))
        b[0, 0] = 5.0
        a[1] = 7.0
        return a, b

    check(f, 3)


def sieve(n):
    is_prime = np.ones(n + 1, dtype=bool)
    is_prime[0:2] = False
    i = 2
    while i * i <= n:
        if is_prime[i]:
            is_prime[i * i :: i] = False
        i += 1
    return is_prime


def coins(n):
    ways = np.zeros(n + 1, dtype=int)
    ways[0] = 1
    for coin in (1, 5, 10, 25):
        for i in range(coin, n + 1):
            ways[i] = ways[i] + ways[i - coin]
    return ways[n]


def edit_distance(a, b):
    n, m = len(a), len(b)
    table = np.zeros((n + 1, m + 1))
    for i in range(n + 1):
        table[i, 0] = i
    for j in range(m + 1):
        table[0, j] = j
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost = 0.0 if a[i - 1] == b[j - 1] else 1.0
            best = min(table[i - 1, j] + 1, table[i, j - 1] + 1)
            table[i, j] = min(best, table[i - 1, j - 1] + cost)
    return table[n, m]


def test_tables():
    check(sieve, 100)
    check(coins, 100)
    check(edit_distance, np.arange(5.0), np.array([0.0, 2.0, 3.0]))
    check(lambda n, k: edit_distance(np.arange(n), np.arange(k) + 1), 4, 6)
    check(lambda n: filled(n)[n], 3)


def test_slice_assignment():
    def f(n, i):
        a = np.zeros(n)
        a[:i] = 1.0
        a[i:] = np.arange(n - i)
        return a

    check(f, 6, 2)
    check(f, 3, 5)


def grown(n):
    x = np.zeros(0)
    for i in range(n):
        x = np.concatenate((x, np.ones(2) * i))
    return x


def shrunk(x):
    while len(x) > 1:
        x = x[1:] + x[:-1]
    return x


def merged(n):
    return np.zeros(2) if n > 3 else np.ones(5)


def summed(x):
    return 0.0 if len(x) == 0 else x[0] + summed(x[1:])


def test_shapes_that_meet():
    for n in (0, 1, 7):
        check(grown, n)
        check(merged, n)
    check(shrunk, np.arange(9.0))
    check(summed, np.arange(100.0))
    check(lambda n: merged(n) + merged(n), 2)


def test_views_of_arguments_are_results_of_their_own():
    def f(x, n):
        return x[:n] if n < 3 else x

    found = myia(f)(V, 4)
    found[0] = 100.0
    assert V[0] == 0.5
    check(f, V, 2)


def test_gradients():
    check_gradient(lambda x, n: (np.arange(n) * x).sum(), 1.5, 4)
    check_gradient(lambda x, n: (np.ones(n) * x).mean() * x, 1.5, 4)
    check_gradient(lambda x, n: (x[:n] ** 2).sum(), V, 3)
    check_gradient(lambda x, n: np.exp(x[n:] * x[:-n]).sum(), V, 1)
    check_gradient(lambda x, n: (np.ones((n, 4)) * x).sum(axis=1).max(), V, 3)
    check_gradient(lambda x, n: np.sum(np.reshape(x, (n, -1)).T @ np.ones(n)), V, 2)
    check_gradient(lambda x: shrunk(x)[0] ** 2, V)
    check_gradient(lambda x: summed(x * x), V)
    check_gradient(lambda x, n: x * 0.0 + np.zeros(n).sum(), 1.0, 0)


def cumulative(x, n):
    a = np.zeros(n)
    a[0] = x
    for i in range(1, n):
        a[i] = a[i - 1] * x + i
    return (a * a).sum()


def test_gradients_of_tables():
    check_gradient(cumulative, 0.9, 5)
    check_gradient(lambda x, n: np.sum(grown_by(x, n) * x), 0.7, 4)


def grown_by(x, n):
    xs = np.ones(1) * x
    for i in range(n):
        xs = np.concatenate((xs, xs[-1:] * x + i))
    return xs
