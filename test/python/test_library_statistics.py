"""Order statistics without NaN, histograms, sets and running sums, against NumPy."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from compare import check, check_gradient

from myia import MyiaValueError, myia

RANDOM = np.random.default_rng(0)
A = np.array([[3.0, -1.5, 2.0], [0.5, 4.0, -2.0]])
G = np.array([[3.0, np.nan, 2.0, 0.5], [np.nan, np.nan, np.nan, np.nan], [4.0, np.inf, -2.0, 1.0]])
DTYPES = [np.float64, np.float32, np.int64]


@pytest.fixture(autouse=True)
def quiet():
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


WITHOUT_NAN = [
    lambda x: (np.nanmedian(x), np.nanmedian(x, axis=0), np.nanmedian(x, 1, keepdims=True)),
    lambda x: (np.nanquantile(x, 0.3), np.nanquantile(x, [0.3, 0.6], axis=1)),
    lambda x: (np.nanquantile(x, 0.5, axis=0, keepdims=True), np.nanpercentile(x, 30, axis=1)),
    lambda x: (
        np.nanpercentile(x, [30, 60]),
        np.nanmedian(x[:, :1], axis=1),
        np.nanmedian(x, (0, 1)),
    ),
    lambda x: np.nanquantile(x, 1.5),
    lambda x: np.nanpercentile(x, [30, 101]),
]


@pytest.mark.parametrize("program", WITHOUT_NAN)
def test_without_nan(program):
    check(program, G)
    for dtype in DTYPES:
        check(program, A.astype(dtype))


HISTOGRAMS = [
    lambda x: (np.histogram_bin_edges(x), np.histogram_bin_edges(x, 4, (0, 5))),
    lambda x: (np.histogram_bin_edges(x, [0, 1, 4]), np.histogram_bin_edges(x[:0], 3)),
    lambda x: (np.histogram_bin_edges(x[0, :1], 3), np.histogram(x, 3, weights=x)),
    lambda x: (np.histogram(x, [0, 1, 4]), np.histogram(x, [0, 1, 4], density=True)),
    lambda x: (np.histogram(x, 3, (0, 4)), np.histogram(x, 3, density=True), np.histogram(x[:0])),
    lambda x: np.histogram_bin_edges(x, [0, 3, 1]),
    lambda x: np.histogram_bin_edges(x, 0),
    lambda x: np.histogram_bin_edges(x, 3, (4, 1)),
    lambda x: np.histogram(x, 3, weights=x[0]),
    lambda x: np.histogram(x / 0.0),
]


@pytest.mark.parametrize("program", HISTOGRAMS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_histograms(program, dtype):
    check(program, A.astype(dtype))


PAIRS = [
    lambda x: (np.histogram2d(x[0], x[1]), np.histogram2d(x[0], x[1], 3)),
    lambda x: (np.histogram2d(x[0], x[1], (2, 3)), np.histogram2d(x[0], x[1], 2, density=True)),
    lambda x: np.histogram2d(x[0], x[1], ([0, 1, 2], [0, 2, 4, 5])),
    lambda x: np.histogram2d(x[0], x[1], 3, [[0, 4], [-1, 5]]),
    lambda x: np.histogram2d(x[0], x[1], 2, weights=x[0]),
    lambda x: np.histogram2d(x[0], x[1, :2]),
]


@pytest.mark.parametrize("program", PAIRS)
@pytest.mark.parametrize("dtype", [np.float64, np.int64])
def test_histograms_of_pairs(program, dtype):
    check(program, A.astype(dtype))


def test_what_histograms_refuse():
    with pytest.raises(MyiaValueError, match="number of bins is not estimated"):
        myia(lambda x: np.histogram(x, "auto"))(A)
    with pytest.raises(MyiaValueError, match="takes arrays of float64"):
        myia(lambda x: np.histogram2d(x[0], x[1]))(A.astype(np.float32))


SETS = [
    lambda x: (np.unique_counts(x), np.unique_inverse(x), np.unique_all(x)),
    lambda x: (np.unique_counts(x).counts, np.unique_all(x).inverse_indices),
    lambda x: (np.unique(x, equal_nan=False), np.unique(x, return_counts=True, equal_nan=False)),
    lambda x: (np.setxor1d(x[0], x[1]), np.setxor1d(x, [3, 7]), np.setxor1d([], [3, 7])),
    lambda x: np.setxor1d(x[0], x[1], assume_unique=True),
]


@pytest.mark.parametrize("program", SETS)
def test_sets(program):
    check(program, G)
    for dtype in (*DTYPES, np.bool_):
        check(program, A.astype(dtype))


def test_named_results_are_of_numpys_classes():
    found = myia(lambda x: (np.unique_counts(x), np.unique_all(x)))(A)
    assert type(found[0]) is type(np.unique_counts(A))
    assert type(found[1]) is type(np.unique_all(A))


ORDERS = [
    lambda x: (np.lexsort((x[0], x[1])), np.lexsort((x[0] > 1, x[1])), np.lexsort(x)),
    lambda x: (np.lexsort([x, x[::-1]], axis=0), np.lexsort([x, x > 1])),
    lambda x: np.lexsort([np.array([1, 1, 0]), np.array([2, 2, 1])]),
    lambda x: np.lexsort(()),
]


@pytest.mark.parametrize("program", ORDERS)
def test_orders_of_several_keys(program):
    check(program, A)
    check(program, np.array([[1, 1, 0], [0, 0, 0]]))


RUNNING = [
    lambda x: (np.cumulative_sum(x, axis=0), np.cumulative_sum(x[0]), np.cumulative_sum(x[0, 0])),
    lambda x: (np.cumulative_sum(x, axis=-1, include_initial=True), np.cumulative_prod(x[0])),
    lambda x: np.cumulative_prod(x, axis=1, dtype=np.float32, include_initial=True),
    lambda x: (np.unwrap(x), np.unwrap(x * 5, axis=0), np.unwrap(x, period=4)),
    lambda x: (np.unwrap(x * 3, period=5), np.unwrap(x[0] * 9, discont=8), np.unwrap(x[0, :1])),
    lambda x: np.cumulative_sum(x),
]


@pytest.mark.parametrize("program", RUNNING)
@pytest.mark.parametrize("dtype", DTYPES)
def test_running(program, dtype):
    check(program, A.astype(dtype))


GRADIENTS = [
    lambda x: np.nanmedian(np.where(x > 1, np.nan, x)) + np.nanquantile(x, 0.3),
    lambda x: np.sum(np.nanpercentile(np.where(x > 1, np.nan, x), np.array([30.0, 60.0]), axis=1)),
    lambda x: np.sum(np.histogram2d(np.arange(3.0), np.arange(3.0), 2, weights=x[0])[0] ** 2),
    lambda x: np.sum(np.unique_counts(x).values ** 2) + np.sum(np.setxor1d(x[0], x[1]) ** 3),
    lambda x: np.sum(np.cumulative_sum(x, axis=1, include_initial=True) ** 2),
    lambda x: np.sum(np.cumulative_prod(x, axis=0)) + np.sum(np.gradient(x, axis=(0, 1))[1] ** 2),
    lambda x: np.sum(np.sin(np.unwrap(x * 3, period=2)) * np.arange(3)),
    lambda x: np.sum(np.cov(x) ** 2) + np.quantile(x, 0.3),
]


@pytest.mark.parametrize("program", GRADIENTS)
def test_gradients(program):
    check_gradient(program, RANDOM.normal(size=(2, 3)))
