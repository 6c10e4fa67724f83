"""What compiled code does not know is refused, never taken for something else."""

from __future__ import annotations

import numpy as np
import pytest
from compare import check

from myia import myia
from myia.errors import MyiaTypeError

X = np.array([1.0, 2.0, 3.0])


@pytest.mark.parametrize("n", [0, 3])
def test_truth_of_a_range(n):
    check(lambda n: 1 if range(n) else 2, n)
    check(lambda n: 1 if range(n, 0, -1) else 2, n)


def test_truth_of_functions_classes_and_iterators():
    check(lambda x: (1 if np.sum else 2, 1 if float else 2, 1 if x.dtype else 2), X)
    check(lambda x: 1 if zip((), ()) else 2, X)
    check(lambda x: 1 if (lambda: 0) else 2, X)


def options(**named):
    return 1 if named else 2


def test_truth_of_a_dict():
    check(lambda x: (options(), options(a=x)), X)


def test_a_dtype_equals_what_names_it():
    check(lambda x: x.dtype == "float64", X)
    check(lambda x: x.dtype == float, X)
    check(lambda x: x.dtype == np.float32, X)
    check(lambda x: x.dtype != "float32", X)
    check(lambda x: x.dtype in (np.float32, np.float64), X)
    check(lambda x: 1 if x.dtype == "int64" else 2, np.arange(3))


REFUSED = {
    "array with None": (lambda x: x == None, "use `is None`"),  # noqa: E711
    "dtype with a word": (lambda x: x.dtype == "colour", "compared with a dtype"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    function, message = REFUSED[case]
    with pytest.raises(MyiaTypeError, match=message):
        myia(function)(X)


def test_iterators_in_one_place():
    def f(x):
        total = 0.0
        for _ in range(2):
            for i, (a, b) in enumerate(zip(x, x)):
                total += i * a * b
        return total + sum(zip((1, 2), (3, 4)), ())[1]

    check(f, X)


def twice(x):
    pairs = zip(x, x)
    total = 0.0
    for a, b in pairs:
        total += a * b
    for a, b in pairs:
        total += a * b
    return total


def in_a_loop(x):
    pairs = enumerate(x)
    total = 0.0
    for _ in range(2):
        for i, a in pairs:
            total += i * a
    return total


def in_a_tuple(x):
    both = (zip(x, x), 1)
    total = 0.0
    for a, b in both[0]:
        total += a * b
    for a, b in both[0]:
        total += a * b
    return total


@pytest.mark.parametrize("function", [twice, in_a_loop, in_a_tuple])
def test_an_iterator_is_gone_through_once(function):
    with pytest.raises(MyiaTypeError, match="gone through once"):
        myia(function)(X)
