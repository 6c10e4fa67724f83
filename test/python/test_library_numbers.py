"""Windows, polynomials, numbers of bits, kinds of values, and dtypes of results, against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from compare import assert_same, check, check_gradient

from myia import MyiaValueError, myia

RANDOM = np.random.default_rng(0)
A = np.array([[3.0, -1.5, 2.0], [0.5, 4.0, -2.0]])
V = RANDOM.normal(size=5)
DTYPES = [np.float64, np.float32, np.float16, np.int64, np.int32, np.uint8, np.bool_]


def windows(b):
    ours = np.bartlett(5), np.blackman(6), np.hanning(4), np.hamming(7), np.kaiser(5, b)
    ones = np.bartlett(1), np.blackman(1), np.hanning(1), np.hamming(1), np.kaiser(1, b)
    return ours, ones, np.bartlett(0), np.blackman(0), np.kaiser(0, b), np.kaiser(4, 0)


def test_windows():
    check(windows, 8.6)
    check(lambda n: (np.bartlett(n), np.blackman(n), np.hamming(n), np.kaiser(n, 2.0)), 6)
    check_gradient(lambda b: np.sum(np.kaiser(5, b) * np.arange(5)), 3.0)


def test_bessel_function():
    check(lambda x: (np.i0(x), np.i0(x * 20), np.i0(x.astype(np.float32)), np.i0(3)), A)
    with np.errstate(invalid="ignore"):
        check(lambda x: np.i0(x), np.array([np.inf, np.nan, 0.0]))
    check_gradient(lambda x: np.sum(np.i0(x)), V * 3)
    with pytest.raises(MyiaValueError, match="half precision"):
        myia(lambda x: np.i0(x))(A.astype(np.float16))


POLYNOMIALS = [
    lambda p, q: (np.polyadd(p, q), np.polysub(p, q), np.polyadd(q, 2.0), np.polysub(2.0, p)),
    lambda p, q: (np.polymul(p, q), np.polymul([0, 0, 1, 2], [0, 3]), np.polymul([0, 0], [3])),
    lambda p, q: (np.polymul(p * 0, q), np.polymul(p, 2), np.polymul(np.append([0, 0], p), q)),
    lambda p, q: (np.polyint(p), np.polyint(p, 2), np.polyint(p, 2, [3, 4]), np.polyint(p, 1, 5)),
    lambda p, q: (np.polyint(p, 0), np.polyint(p, 2, 3), np.polyder(p, 2), np.polyder(p, 5)),
    lambda p, q: (np.polydiv(p, q), np.polydiv(q, p), np.polydiv(p, p), np.polydiv(p, 2.0)),
    lambda p, q: (np.poly(p), np.poly([]), np.poly((1, 2)), np.polyval(p, q)),
    lambda p, q: np.polyint(p, -1),
    lambda p, q: np.polyder(p, -1),
    lambda p, q: np.polyint(p, 3, [1, 2]),
    lambda p, q: np.poly(2.0),
]


@pytest.mark.parametrize("program", POLYNOMIALS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_polynomials(program, dtype):
    check(program, np.array([2, 3, -1, 4], dtype), np.array([1, -2], dtype))


def test_gradients_of_polynomials():
    check_gradient(lambda x: np.sum(np.sin(np.poly(x))) + np.sum(np.polyint(x, 2) ** 2), V)
    check_gradient(lambda x: np.sum(np.sin(np.polymul(x, x[:2]))) + np.polysub(x, x[:2])[0] ** 3, V)
    check_gradient(lambda x: np.sum(np.sin(np.polydiv(x, x[:2])[0])), V)


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int64, np.uint8, np.uint64, np.bool_])
def test_counts_of_bits(dtype):
    lowest = 0 if dtype == np.bool_ else np.iinfo(dtype).min
    numbers = np.array([0, 1, 7, 90, lowest]).astype(dtype)
    check(lambda x: np.bitwise_count(x), numbers)
    check(lambda n: (np.bitwise_count(n), np.bitwise_count(True)), -7)
    check(lambda x: np.bitwise_count(x), A)


def test_powers_of_two():
    check(lambda x: (np.ldexp(x, 3), np.ldexp(x, np.array([1, -2, 3]))), A)
    check(lambda x: (np.ldexp(x, 3), np.ldexp(x, np.int32(-150))), A.astype(np.float32))
    check(
        lambda x, n: np.ldexp(x, n),
        np.array([5e-324, 1.5, 1.5, 0.0, 1e300]),
        np.array([1500, -1074, -1073, 5000, -2000]),
    )
    check(lambda x: np.ldexp(x, 0.5), A)
    check_gradient(lambda x: np.sum(np.ldexp(x, 2) ** 2), V)


SPACES = [
    lambda x: (np.geomspace(1, 1000, 4), np.geomspace(1, 256, num=9), np.geomspace(-1000, -1, 4)),
    lambda x: (np.geomspace(1, 10, 5, endpoint=False), np.geomspace(1, 1000, 4, dtype=int)),
    lambda x: (np.geomspace(x[0, 0], 10, 3), np.geomspace([1, 2], [4, 8], 3, axis=1)),
    lambda x: (np.geomspace(1, 10, 1), np.geomspace(1, 10, 0), np.geomspace(x[:, 0], 7, 3)),
    lambda x: (np.linspace(0, x[0, 0], 4), np.linspace([0, 1], [2, 3], 3, axis=1)),
    lambda x: (np.linspace(0, 10, 0), np.linspace(0, 10, 1, retstep=True), np.linspace(x, 2.5, 3)),
    lambda x: (np.logspace(0, x[0, 0], 4), np.logspace(0, 2, 3, base=2)),
    lambda x: np.geomspace(0, 10, 5),
    lambda x: np.linspace(0, 1, -1),
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
@pytest.mark.parametrize("program", SPACES)
def test_spaces(program, dtype):
    check(program, A.astype(dtype))


def test_gradients_of_spaces():
    check_gradient(lambda x: np.sum(np.geomspace(x[0], x[1], 5)), np.abs(V) + 0.5)
    check_gradient(lambda x: np.sum(np.linspace(x[0], x[1], 4, axis=1) ** 2), A)


def test_fromfunction():
    check(lambda x: np.fromfunction(lambda i, j: i + j, (2, 3)), A)
    check(lambda x: np.fromfunction(lambda i, j, k=1: i * j + k, (2, 3), dtype=int, k=4), A)


KINDS = [
    lambda x: (np.asanyarray(x), np.asanyarray(x, np.float32), np.require(x), x.copy()),
    lambda x: (np.ascontiguousarray(x.T), np.ascontiguousarray(x[0, 0]), np.asfortranarray(2.5)),
    lambda x: (np.astype(x, np.int8), np.iscomplex(x), np.isreal(x), np.fix(x)),
    lambda x: (np.isreal(2.5), np.iscomplex(2.5), np.isreal(x[0, 0]), np.real_if_close(x)),
    lambda x: (
        np.isscalar(2.5),
        np.isscalar(x),
        np.isscalar("a"),
        np.isscalar(None),
        np.isscalar(()),
    ),
    lambda x: (np.iterable(x), np.iterable(x[0, 0]), np.iterable((1,)), np.iterable(2)),
    lambda x: (np.iterable([x]), np.iterable("abc"), np.iterable(None)),
    lambda x: (np.array_equiv(x, x[0]), np.array_equiv(x, np.ones((4, 2))), np.array_equiv(x, x)),
    lambda x: (np.array_equiv(x[0], np.broadcast_to(x[0], (2, 3))), np.asarray_chkfinite(x)),
    lambda x: np.asarray_chkfinite(x + np.inf),
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64, np.bool_])
@pytest.mark.parametrize("program", KINDS)
def test_kinds(program, dtype):
    check(program, A.astype(dtype))


def test_what_is_not_told_apart_is_refused():
    with pytest.raises(MyiaValueError, match="array of rank 0"):
        myia(lambda x: np.isscalar(x[0, 0]))(A)
    with pytest.raises(MyiaValueError, match="requirements"):
        myia(lambda x: np.require(x, requirements="F"))(A)


# Dtypes that are not those of the operators a function is written in
RESULTS = [
    lambda x: (np.square(x), np.conjugate(x), np.deg2rad(x), np.rad2deg(x), np.modf(x)),
    lambda x: (np.angle(x), np.heaviside(x, x), np.hypot(x, 2), np.logaddexp(x, x)),
    lambda x: (np.heaviside(x, 1), np.logaddexp2(x, 2), np.ldexp(x, 2), np.vecdot(x, x)),
    lambda x: (np.cov(x), np.corrcoef(x), np.tril(x[0]), np.triu(x[None], 1)),
]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("program", RESULTS)
def test_dtypes_of_results(program, dtype):
    x = np.abs(A).astype(dtype)
    with np.errstate(all="ignore"):
        found, expected = myia(program)(x), program(x)
    if dtype != np.float16:
        assert_same(found, expected)
    for have, want in zip(found, expected, strict=True):
        assert np.asarray(have).dtype == np.asarray(want).dtype


def test_reciprocal_of_integers():
    check(lambda x: np.reciprocal(x), np.array([1, -1, 2, -5]))
    check(lambda x: np.reciprocal(x), np.array([True]))


INTEGERS_ONLY = [
    lambda x: np.gcd(x, 6.0),
    lambda x: np.lcm(x, x),
    lambda x: np.round(x > 1, 2),
    lambda x: np.bincount(x[0]),
    lambda x: np.bincount(x.astype(int)),
    lambda x: np.vecdot(x, 2.0),
    lambda x: np.searchsorted(x[0, 0], 2.0),
    lambda x: np.digitize(x, 2.0),
    lambda x: np.convolve(x, x),
    lambda x: np.average(x, weights=x[0]),
    lambda x: np.average(x, weights=x * 0),
    lambda x: np.gradient(x > 1),
    lambda x: np.gradient(x, 2.0, 3.0, 4.0),
    lambda x: np.gradient(x[0], [0, 1]),
    lambda x: np.quantile(x > 1, 0.5),
    lambda x: np.select([x > 2], [x, x]),
    lambda x: np.select([x], [x]),
    lambda x: np.digitize(x, [3, 1, 2]),
]


@pytest.mark.parametrize("program", INTEGERS_ONLY)
def test_what_numpy_does_not_take(program):
    with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
        program(A)
    with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
        myia(program)(A)


CORRECTED = [
    lambda x: (np.correlate(x[1, :2], x[0], "same"), np.correlate(x[0], x[1, :2], "same")),
    lambda x: (np.convolve(x[0], 2), np.convolve(x[1, :2], x[0], "valid")),
    lambda x: (np.cov(x, x[::-1], rowvar=False), np.cov(x, x[0]), np.cov(x[:0])),
    lambda x: (np.digitize(x, [3, 1, 0]), np.digitize(x, [3, 1, 0], right=True)),
    lambda x: (np.select([x > 2, x > 1], [x, 2.5], 7), np.select([x > 2, x > 1], [1, 2])),
    lambda x: (np.gradient(x, axis=(0, 1)), np.gradient(x, axis=(1,)), np.gradient(x, 2.0)),
    lambda x: (np.gradient(x, 2.0, [0.0, 1.0, 3.0]), np.gradient(x[0], [0, 1, 3])),
    lambda x: (np.union1d(x, 2), np.intersect1d(x, np.array([2, 3], np.int8))),
    lambda x: (np.quantile(x, 0.3), np.percentile(x, 30), np.percentile(x, [25, 75], axis=0)),
    lambda x: (np.average(x, axis=1, weights=np.array([1, 2, 3])), np.linalg.norm(x, axis=(0,))),
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
@pytest.mark.parametrize("program", CORRECTED)
def test_as_in_numpy(program, dtype):
    with np.errstate(all="ignore"):
        check(program, A.astype(dtype))
