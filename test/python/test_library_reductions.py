"""Creation, reductions, scans and order statistics against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check, check_gradient

RANDOM = np.random.default_rng(0)
A = RANDOM.normal(size=(2, 3))
C = RANDOM.normal(size=(2, 3, 4))
V = np.array([0.3, -1.2, 2.0, 0.5, -0.7])
W = np.array([3.0, 1.0, 2.0, 2.0, 0.5])
SPECIAL = np.array([1.0, np.nan, -2.0, np.inf, -np.inf, 0.0])
K = np.array([[5, 3, -2], [7, -8, 0]])
U = np.array([3, 200, 7], np.uint8)
EMPTY = np.zeros((0, 3))


def sums(x):
    return np.sum(x), np.prod(x), np.mean(x), np.std(x), np.var(x), np.count_nonzero(x), np.all(x)


def extremes(x):
    return np.max(x), np.min(x), np.ptp(x), np.argmax(x), np.argmin(x), np.amax(x), np.any(x)


def without_nan(x):
    most = np.nansum(x), np.nanprod(x), np.nanmean(x), np.nanstd(x), np.nanvar(x)
    return most, np.nanmax(x), np.nanmin(x), np.nanargmax(x), np.nanargmin(x), np.nancumsum(x)


def running(x):
    return np.cumsum(x), np.cumprod(x), np.median(x), np.average(x), x.cumsum(), np.nancumprod(x)


def along_axes(x):
    first = np.sum(x, axis=0), np.prod(x, axis=1), np.mean(x, 0), np.std(x, 1), np.var(x, axis=-1)
    second = np.max(x, 0), np.min(x, axis=1), np.ptp(x, 1), np.argmax(x, 0), np.argmin(x, axis=-1)
    third = np.cumsum(x, 0), np.cumprod(x, 1), np.median(x, 0), np.any(x, 1), np.all(x, axis=0)
    return first, second, third, np.count_nonzero(x, 0), np.average(x, 1)


def along_axes_without_nan(x):
    most = np.nansum(x, 0), np.nanprod(x, 1), np.nanmean(x, 1), np.nanstd(x, 0), np.nanvar(x, 1)
    return most, np.nanmax(x, 0), np.nanmin(x, 1), np.nanargmax(x, 0), np.nancumsum(x, 1)


def several_axes(x):
    first = np.sum(x, (0, 2), keepdims=True), np.max(x, axis=(0, 2)), np.mean(x, (-1, 0))
    second = np.std(x, (1, 2), keepdims=True), np.all(x, axis=(0, 1)), np.median(x, (0, 1))
    return first, second, np.median(x, axis=1, keepdims=True), np.ptp(x, (0, 1), keepdims=True)


def options(x):
    first = np.sum(x, 0, np.float32), np.sum(x, dtype=np.int8), np.sum(x, initial=5)
    second = np.sum(x, where=x > 0), np.max(x, where=x > 0, initial=-1), np.min(x, initial=0)
    third = np.mean(x, where=x > 0), np.mean(x, dtype=np.float32), np.var(x, ddof=1)
    return first, second, third, np.argmax(x, 1, keepdims=True), np.argmin(x, keepdims=True)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("program", [sums, extremes, without_nan, running])
def test_of_all_elements(program):
    for x in [A, V, K, U, SPECIAL, np.array([[2.5]]), V.astype(np.float16)]:
        check(program, x)


@pytest.mark.parametrize("program", [along_axes, along_axes_without_nan, options])
def test_along_axes(program):
    for x in [A, K, K.astype(np.int8)]:
        check(program, x)


def test_several_axes():
    check(several_axes, C)


def test_methods():
    check(lambda x: (x.sum(0), x.max(0), x.mean(0), x.std(), x.var(axis=1), x.prod(), x.min(1)), A)
    check(
        lambda x: (x.sum(axis=0, dtype=np.float32), x.argmax(1), x.all(), x.any(0), x.argmin()), A
    )
    check(lambda x: (x.clip(-0.5, 0.5), x.round(1), x.cumsum(0), x.trace(), x.diagonal()), A)
    check(lambda x: (x.repeat(2), x.swapaxes(0, 1), x.take(x.argsort(0)[0], 0), x.argsort()), A)


def test_empty_arrays():
    check(lambda x: (np.sum(x, 0), np.prod(x, 1), np.any(x, 0), np.all(x), np.cumsum(x, 1)), EMPTY)
    check(
        lambda x: (np.max(x, 1), np.argmin(x, axis=1), np.median(x, 1), np.max(x, 0, initial=2)),
        EMPTY,
    )
    for program in [np.max, np.argmax, np.min]:
        check(lambda x: program(x, 0), EMPTY)


def smooth_sums(x):
    return np.sum(np.sin(np.sum(x, 0))) + np.prod(x) + np.sum(np.cos(np.mean(x, 1))) + np.std(x)


def smooth_scans(x):
    scans = np.sum(np.sin(np.cumsum(x, 1))) + np.sum(np.cumprod(x, 0) * x)
    return scans + np.sum(np.median(x, 0) * x) + np.sum(x, where=x > 0) * np.ptp(x)


def smooth_statistics(x):
    spread = np.sum(np.sin(np.var(x, 1))) + np.nanmean(x * x) + np.sum(np.nanstd(x, 0))
    return spread + np.quantile(x * x, 0.3) + np.sum(np.percentile(x, 60, axis=1) * x[:, 0])


@pytest.mark.parametrize("program", [smooth_sums, smooth_scans, smooth_statistics])
def test_gradients(program):
    check_gradient(program, A)


def test_quantiles():
    def quantiles(x):
        several = np.quantile(x, (0.1, 0.5, 0.9), axis=1), np.percentile(x, 30), np.quantile(x, 1.0)
        return several, np.median(x), np.quantile(x, 0.25, axis=0, keepdims=True)

    check(quantiles, A)
    check(lambda x: (np.median(x), np.quantile(x, 0.5)), SPECIAL)


def test_weights():
    check_gradient(lambda x, w: np.average(x * x, weights=w), V, W, argnums=(0, 1))
    check(lambda x, w: np.average(x, axis=1, weights=w), A, W[:3])


def test_statistics():
    check(lambda x: (np.cov(x), np.corrcoef(x), np.cov(x[0]), np.cov(x, ddof=0)), A)
    check_gradient(lambda x, y: np.sum(np.sin(np.cov(x, y))), V, W, argnums=(0, 1))


HISTOGRAMS = [
    lambda x, w: (np.histogram(x), np.histogram(x, 4), np.histogram(x, 4, (-1, 1))),
    lambda x, w: (np.histogram(x, (-1.0, 0.0, 2.0)), np.histogram(x, 3, density=True)),
    lambda x, w: (np.histogram(x, 3, weights=w), np.digitize(x, np.array((-1.0, 0.0, 1.0)))),
]


@pytest.mark.parametrize("program", HISTOGRAMS)
def test_histograms(program):
    check(program, RANDOM.normal(size=30), RANDOM.normal(size=30))


def test_counting():
    check(lambda x: np.bincount(x, minlength=6), np.array([1, 5, 1, 0]))
    check_gradient(
        lambda x, w: np.sum(np.bincount(x, w, 6) ** 2), np.array([1, 5, 1]), W[:3], argnums=1
    )


def test_integrals_and_differences():
    def integrals(x, y):
        areas = np.trapezoid(x), np.trapezoid(x, y), np.trapezoid(x, dx=0.5)
        steps = np.diff(x), np.diff(x, 2), np.ediff1d(x), np.gradient(x), np.gradient(x, 2.0)
        return areas, steps, np.gradient(x, y), np.interp(x, np.sort(y), y)

    check(integrals, V, W.cumsum())
    check_gradient(
        lambda x, y: np.trapezoid(np.sin(x), y) + np.sum(np.sin(np.gradient(x, y))),
        V,
        W.cumsum(),
        argnums=(0, 1),
    )
    check(lambda x: (np.diff(x, axis=0), np.gradient(x), np.trapezoid(x, axis=0)), A)


CREATION = [
    lambda x: (np.empty((2, 0)), np.full_like(x, 7), np.full_like(x, 2.5, dtype=np.float32)),
    lambda x: (np.eye(3), np.eye(2, 4, 1), np.eye(3, dtype=np.int8), np.identity(2)),
    lambda x: (np.tri(3, 4, -1), np.tril(x), np.triu(x, 1), np.tril(x, -1)),
    lambda x: (np.linspace(0, 1, 5), np.linspace(0, 1, 5, endpoint=False), np.linspace(2, 3, 1)),
    lambda x: (np.linspace(0, 10, 4, dtype=int), np.linspace(x[0], x[1], 3), np.linspace(0, 1, 0)),
    lambda x: (np.logspace(0, 2, 3), np.logspace(0, 2, 3, base=2), np.vander(x[0], 3)),
    lambda x: (np.arange(0, 1, 0.1), np.arange(5.0), np.arange(1, 2, 0.3, dtype=np.float32)),
    lambda x: (np.arange(5, 0, -2), np.arange(3, dtype=np.uint8), np.indices((2, 3))),
    lambda x: (np.zeros((2, 2), np.uint16), np.ones_like(x, dtype=int), np.zeros(3, "float32")),
    lambda x: (np.array(((1, 2), (3, 4))), np.array((1.5, 2, True)), np.array((1, 2), np.float32)),
    lambda x: (np.array((x[0], x[1])), np.array((x[0, 0], 2)), np.array(()), np.asarray(x, int)),
    lambda x: (np.diag(x), np.diag(x, 1), np.diag(x[0]), np.diag(x[0], -2), np.diagflat(x)),
    lambda x: (np.hanning(5), np.hamming(4)),
]


@pytest.mark.parametrize("program", CREATION)
def test_creation(program):
    check(program, A)


def test_gradients_of_creation():
    def f(x, y):
        return np.sum(np.sin(np.linspace(x, y, 4))) + np.sum(
            np.sin(np.diag(x, 1)) * np.outer(y, y)[0, 0]
        )

    check_gradient(f, V, W, argnums=(0, 1))
    check_gradient(
        lambda x: np.sum(np.sin(np.tril(x))) + np.sum(np.array((x[0], x[1] * 2)) ** 2), A
    )
