"""Element types: unsigned and small integers, 16-bit floats, promotion, casts."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from compare import assert_same, check

from myia import MyiaTypeError, myia

INTEGERS = ["uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"]
FLOATS = [np.float16, np.float32, np.float64, ml_dtypes.bfloat16]


def operators(x, y):
    return x + y, x - y, x * y, x & y, x | y, x ^ y, ~x, -x, x << y, x >> y


def divisions(x, y):
    return x / y, x // y, x % y, np.fmod(x, y), np.divmod(x, y), np.reciprocal(y | 1)


def comparisons(x, y):
    return x < y, x <= y, x == y, x != y, x > y, x >= y, np.maximum(x, y), np.minimum(x, y)


def with_python_numbers(x, y):
    return x + 3, 2 * x, x // 2, x**2, x**y, x < 300, x == -1, x >= 2**40, x / 300, x + 1.5


def reductions(x, y):
    return x.sum(), x.prod(), x.max(), x.min(), np.argmax(x), np.argmin(x), np.mean(x), x @ y


def functions(x, y):
    return np.sign(x), np.abs(x), np.sqrt(y), np.exp(y), np.rint(x), np.floor(x), np.cumsum(x)


def casts(x, y):
    wide = x.astype(np.float64), x.astype(np.int64), x.astype(np.uint64), x.astype(bool)
    return wide, x.astype(np.uint8), x.astype(np.int8), x.astype(np.float16), np.float32(x[0])


def scalars(x, y):
    return x[1], x[1] + x[2], x[2] / y[1], int(y[1]), float(y[2]), bool(y[0]), x[1] + np.int8(1)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers(dtype):
    y = np.array([0, 1, 2, 5, 7], dtype)
    x = np.array([7, 5, 2, 1, np.iinfo(dtype).max], dtype)
    for program in [
        operators,
        divisions,
        comparisons,
        with_python_numbers,
        reductions,
        functions,
        casts,
        scalars,
    ]:
        check(program, x, y)


def float_operators(x, y):
    return x + y, x - y, x * y, x / (y + 1), x < y, np.maximum(x, y), x + 1, 2 * x, x + True


def float_functions(x, y):
    return np.exp(x), np.sqrt(y), np.abs(x), np.tanh(x), np.sum(x), np.max(x), x + 1.5, -x


def float_casts(x, y):
    whole = x.astype(np.int8), x.astype(np.uint8), x.astype(np.uint32), x.astype(np.uint64)
    return whole, x.astype(np.float16), x.astype(np.float64), x.astype(bool), x[0] + y[1]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dtype", FLOATS)
def test_floats(dtype):
    x = np.array([0.5, -1.25, 3.0, 100.0, 0.0], dtype)
    for program in [float_operators, float_functions, float_casts]:
        check(program, x, np.abs(x[::-1]))


def test_products_of_bfloat16_are_refused():
    x = np.ones(3, ml_dtypes.bfloat16)
    with pytest.raises(MyiaTypeError):
        myia(lambda x: x @ x)(x)


def test_every_pair_of_dtypes_promotes_as_in_numpy():
    values = [np.array([1, 2], dtype) for dtype in [*INTEGERS, *FLOATS[:3], bool]]

    @myia
    def add_all(x, a, b, c, d, e, f, g, h, i, j, k, m):
        return x + a, x + b, x + c, x + d, x + e, x + f, x + g, x + h, x + i, x + j, x + k, x + m

    for x in values:
        assert_same(add_all(x, *values), tuple(x + y for y in values))


@pytest.mark.parametrize(
    "program",
    [
        lambda x: x + 300,
        lambda x: x * -1,
        lambda x: np.maximum(x, 256),
        lambda x: x + x[0] * 1000,
        lambda x: np.uint8(300),
        lambda x: np.full(2, 300, np.uint8),
        lambda x: np.int32(1) + 2**31,
    ],
)
def test_python_integers_that_do_not_fit(program):
    check(program, np.arange(3, dtype=np.uint8))


def test_python_integer_of_run_time():
    def add(x, n):
        return x + n

    check(add, np.arange(3, dtype=np.uint8), 200)
    check(add, np.arange(3, dtype=np.uint8), 256)
    check(add, np.arange(3, dtype=np.int8), -129)


def test_comparison_of_unsigned_and_signed_numbers():
    def compare(x, y):
        return x < y, x == y, y >= x, x > -1, x != -1, -1 < x

    check(compare, np.array([1, 2**63], np.uint64), np.array([-1, 5]))


def test_assigned_numbers_must_fit():
    def assign(x):
        a = np.zeros(3, np.uint8)
        a[0] = 300
        return a

    check(assign, 1)


def test_powers_of_integers():
    check(lambda x, y: (x**y, np.power(2, y), x**5), np.arange(-2, 3), np.arange(5))
    check(lambda x, y: x**y, np.arange(3), np.array([1, -1, 2]))
    check(lambda x: x**-1, np.arange(3))


def test_conversions_of_numbers_that_are_no_integers():
    check(lambda x: int(x), float("nan"))
    check(lambda x: int(x), float("inf"))
    check(lambda x: (np.int8(x), np.float32(x), np.float16(x), np.bool_(x)), -1.5)
    with pytest.raises(OverflowError, match="uint64"):
        myia(lambda x: int(x))(np.uint64(2**63))


def rounded(x):
    return round(x, 2), round(x, 1), round(x, 0), round(x, -1), round(x, 20)


@pytest.mark.parametrize("x", [2.675, 0.25, 0.35, 1234.5675, -12345.678, 0.5, 1e300, -0.0])
def test_rounding_to_digits(x):
    check(rounded, x)


def test_kinds_of_dtypes():
    def kinds(x, y):
        tests = (
            isinstance(x[0], np.floating),
            isinstance(y[0], np.integer),
            isinstance(x, np.ndarray),
        )
        return tests, np.issubdtype(x.dtype, np.integer), x.dtype == np.float64, x.nbytes

    check(kinds, np.ones(2), np.ones(2, np.uint8))


def test_python_integers_in_arrays_must_fit():
    check(lambda x: np.array((x, 255), np.uint8), 3)
    check(lambda x: np.array([[x], [7]], np.int8), -128)
    with pytest.raises(OverflowError):
        myia(lambda: np.array((1, 300), np.uint8))()
    with pytest.raises(OverflowError):
        myia(lambda x: np.array([[1], [x]], np.uint8))(-1)
    with pytest.raises(TypeError, match="astype"):
        myia(lambda xs: np.array(xs, np.int8))([1, 200])
    assert myia(lambda xs: np.array(xs, np.float32))([1, 2]).dtype == np.float32


def functions_of_two_floats(arrays):
    return tuple(
        (np.arctan2(x, y), np.copysign(x, y), np.hypot(x, y)) for x in arrays for y in arrays
    )


def test_functions_of_two_floats_take_the_narrowest_that_holds_both():
    small = tuple(np.array([1, 3], each) for each in ["?", *INTEGERS])
    check(functions_of_two_floats, small)
    check(functions_of_two_floats, (np.ones(2, np.int8), np.ones(2, np.float32), 2, 1.5))


def test_ldexp_of_a_python_int_is_in_half_precision():
    check(lambda n, b: (np.ldexp(2, n), np.ldexp(1.5, n), np.ldexp(2, b)), np.ones(2, int), True)
    check(lambda n: (np.ldexp(2, n), np.ldexp(np.ones(2), 3)), np.uint32(3))
    check(lambda n: np.ldexp(2, n), np.uint64(3))


BOOLEANS = np.array([True, False])


def test_the_square_of_a_bool_array_is_of_int8():
    check(lambda x: (x**2, x**0, x**1, x**3, x**2.0, x[0] ** 2, x**x), BOOLEANS)
    check(lambda x: (np.power(x, 2), x ** np.int64(2), x**True, 2**x, 2.0**x), BOOLEANS)


@pytest.mark.parametrize(
    ("program", "arguments", "message"),
    [
        (lambda x: np.sign(x), (BOOLEANS,), r"numpy.sign\(\) does not take bool\[2\]"),
        (lambda x: np.sign(x), (True,), r"numpy.sign\(\) does not take bool"),
        (lambda x: round(x[0]), (BOOLEANS,), r"round\(\) takes no arrays and no booleans of NumPy"),
        (lambda x: round(x), (np.ones(1),), r"round\(\) takes no arrays and no booleans of NumPy"),
        (lambda x, n: x**n, (BOOLEANS, 2), "a power of a bool array needs an exponent that is kn"),
    ],
)
def test_what_numpy_does_not_do_with_booleans_is_refused(program, arguments, message):
    with pytest.raises(MyiaTypeError, match=message):
        myia(program)(*arguments)
