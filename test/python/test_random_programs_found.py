"""What random programs and curious people found: the smallest program of each kind."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check

from myia import myia


@pytest.mark.parametrize("n", [-1, 2])
def test_a_recursive_function_made_in_a_branch(n):
    def f(p):
        if p < 0:
            r = 1
        else:

            def g(k):
                return p if k <= 0 else g(k - 1)

            r = g(2)
        return r

    check(f, n)


def test_a_recursive_function_made_in_a_branch_may_be_unbound():
    def f(p):
        if p > 0:

            def g(k):
                return g(k - 1) + 1 if k > 0 else p

        return g(3)

    check(f, 0)
    check(f, 4)


def test_a_recursive_function_made_in_a_loop():
    def f(p):
        for i in range(3):

            def g(k):
                return 0 if k <= 0 else g(k - 1) + 2

            p += g(i)
        return p

    check(f, 1)


@pytest.mark.parametrize(
    "function",
    [
        lambda a: a.astype(np.float32).astype(np.float64),
        lambda a: np.float64(np.float32(a[0])),
        lambda a: float(np.float16(a[0])),
    ],
)
def test_conversion_to_a_narrower_float_rounds(function):
    a = np.array([0.1, 0.7])
    assert np.array_equal(myia(function)(a), function(a))


@pytest.mark.parametrize("numbers", [(0.1, 0.2, 0.1), (1.1, 2.2, 1.1)])
def test_products_are_rounded_before_they_are_added(numbers):
    def f(a, b, c):
        return math.sqrt(b * b - 4.0 * a * c)

    check(f, *numbers)


@dataclass(kw_only=True)
class Options:
    scale: float
    count: int = 3


def test_keyword_only_fields():
    check(lambda x: Options(x), 2.0)


def test_recursion_of_which_every_path_raises():
    def f(n):
        def g(k):
            return [k][1] if k <= 0 else g(k - 1)

        def h(k):
            assert k > 0, "no more"
            return h(k - 1) + 1

        if n > 5:
            return 3
        return g(n) if n > 3 else h(n)

    for n in (2, 4, 6):
        check(f, n)


def test_pop_from_a_display_where_one_path_leads():
    def f(p):
        match p:
            case 0:
                for _ in [p]:
                    xs = [p]
                    n = xs.pop() + 1
            case c if p < c:
                n = p + c
        return p, n

    check(f, 0)
    check(f, 1)

    def g(p):
        xs = [p, 2.0]
        return xs.pop() + xs.pop()

    check(g, 1.5)
