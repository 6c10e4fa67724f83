"""The smallest program of every row of docs/language.md: values."""

from __future__ import annotations

import enum
from typing import NamedTuple

import ml_dtypes
import numpy as np
import pytest
from compare import check
from language_support import planned

from myia import myia

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
DTYPES += ["float16", "float32", "float64"]


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Pair(NamedTuple):
    left: int
    right: float


def test_bool_int_float():
    def f(p, n, x):
        return p, n, x, p + n, n + x, not p

    check(f, True, 2, 2.5)


def test_integers_wrap():
    def f(n):
        return n * 2

    assert myia(f)(2**62) == -(2**63)


@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_of_every_dtype(dtype):
    def f(a):
        return a + a, a[0], a[:1]

    check(f, np.ones(3, dtype))


def test_bfloat16():
    def f(a):
        return a + a

    check(f, np.ones(3, ml_dtypes.bfloat16))


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_complex_arrays(dtype):
    def f(a):
        return a * a

    check(f, np.ones(3, dtype))


def test_python_scalars_are_weak():
    def f(a, x):
        return a * 2, a * x, x * a[0]

    check(f, np.ones(2, np.float32), 2.5)


def test_none_text_and_enum_members():
    def f(a, text, colour):
        return a, text, colour, colour is Colour.RED, text == "abc"

    check(f, None, "abc", Colour.BLUE)


def test_name_and_value_of_enum_members():
    def f(n):
        return Colour.RED.name, Colour.BLUE.value

    check(f, 1)


def test_name_and_value_of_a_member_that_is_passed_in():
    def f(colour):
        return colour.name, colour.value

    check(f, Colour.RED)


def test_types_and_functions_as_values():
    def f(x):
        kind = float if x > 1 else float
        shape = np.zeros
        return kind(x), shape(2), (lambda g: g(x))(np.sin)

    check(f, 1)


def test_slice_range_and_ellipsis_as_values():
    def f(a):
        s = slice(0, 2)
        r = range(3)
        e = ...
        return a[s], a[e, 0], [i for i in r]

    check(f, np.arange(6.0).reshape(3, 2))


def test_length_of_a_range():
    def f(n):
        return len(range(n)), len(range(n, 0, -2))

    check(f, 5)


def test_tuples():
    def f(t):
        a, (b, c) = t
        return (c, (b, a)), t + (1,), t[1][0], t * 2, len(t)

    check(f, (1, (2.5, None)))


def test_named_tuples():
    def f(p):
        return Pair(p.left + 1, p[1])

    check(f, Pair(1, 2.5))


def test_lists():
    def f(xs, n):
        return xs + [n], xs[0], len(xs), [n] * 3, xs[1:], sum(xs)

    check(f, [1, 2, 3], 4)


def test_lists_of_lists():
    def f(xs):
        return [[x + 1 for x in row] for row in xs]

    check(f, [[1, 2], [], [3]])


def test_dicts_as_records():
    def f(d):
        return {"sum": d["a"] + d["b"], "a": d["a"]}

    check(f, {"a": 1, "b": 2.5})


@planned("dicts")
def test_dicts_of_one_type():
    def f(keys):
        d = {}
        for key in keys:
            d[key] = d.get(key, 0) + 1
        return d

    check(f, [1, 2, 1])
