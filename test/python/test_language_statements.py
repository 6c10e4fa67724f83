"""The smallest program of every row of docs/language.md: statements and expressions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same, check
from language_support import refused

from myia import MyiaSyntaxError, myia


@dataclass
class Point:
    x: float
    y: float = 0.0


@dataclass
class Circle:
    radius: float


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def test_def_nested_mutually_recursive_and_lambda():
    def f(n):
        def later(k):
            return twice(k) + 1

        def twice(k):
            return 2 * k

        return later(n), even(n), (lambda a, b=2: a - b)(n)

    check(f, 3)


def test_parameters_of_every_kind():
    def g(a, /, b=2, *rest, d, e=3):
        return a, b, rest, d, e

    assert_same(myia(g)(1, 3, 4, 5, d=6), g(1, 3, 4, 5, d=6))
    assert_same(myia(g)(1, d=6, e=7), g(1, d=6, e=7))


def test_double_star_parameter():
    def g(a, **named):
        return a + named["z"]

    assert_same(myia(g)(1, z=7), g(1, z=7))


def test_returns():
    def f(n):
        if n > 2:
            return
        if n > 1:
            return None
        while True:
            if n == 0:
                return None
            n -= 1

    check(f, 3)
    check(f, 2)
    check(f, 1)


def test_falling_off_the_end():
    def f(n):
        n + 1  # noqa: B018

    with pytest.warns(match="value of this expression"):
        check(f, 3)


def test_assignments():
    def f(n):
        a = b = n
        (c, [d, e]), g = (a, (b, 3)), 4
        h: int = 5
        if (i := h + 1) > 2:
            i += 1
        return a, b, c, d, e, g, h, i

    check(f, 3)


def test_starred_target():
    def f(n):
        first, *rest = (n, 2, 3)
        *start, last = [n, 5, 6]
        return first, rest, start, last

    check(f, 3)


def test_augmented_assignment_with_every_operator():
    def f(n, x, m):
        n += 5
        n -= 1
        n *= 3
        n //= 2
        n %= 7
        n **= 2
        n <<= 3
        n >>= 1
        n |= 9
        n &= 29
        n ^= 3
        x /= 4
        m = m + 1
        m @= m
        return n, x, m

    check(f, 9, 3.0, np.ones((2, 2)))


def test_update_of_an_own_array():
    def f(n):
        a = np.zeros((3, 2))
        a[0] = 1.0
        a[n, 1] += 4.0
        a[1:, 0] = 7.0
        return a

    check(f, 2)


def test_update_of_an_argument_is_refused():
    def f(a):
        a[0] = 1.0
        return a

    assert refused(MyiaSyntaxError, f, np.zeros(3)) == "a[0]"


def test_update_of_an_own_record():
    def f(x):
        p = Point(x, 2.0)
        p.y = 3 * x
        p.x += 1.0
        return p

    check(f, 2.0)


def test_update_of_an_own_list():
    def f(n):
        xs = [n]
        xs.append(2)
        xs[0] += 5
        xs.extend([7, 8])
        xs.insert(0, 9)
        last = xs.pop()
        return xs, last

    check(f, 2)


def test_if_and_conditional_expression():
    def f(n):
        if n > 2:
            return 1
        elif n > 1:
            return 2
        else:
            return 3 if n else 4

    for n in range(4):
        check(f, n)


def test_match():
    def f(value):
        match value:
            case 0 | 1:
                return 1.0
            case (a, b) if a > b:
                return 1.0 * (a - b)
            case (a, b):
                return 1.0 * (a + b)
            case Point(x=0.0, y=y):
                return y
            case Circle(radius=r):
                return r
            case _:
                return -1.0

    for value in (0, 1, 2, (3, 1), (1, 3), Point(0.0, 4.0), Point(1.0), Circle(5.0)):
        check(f, value)


def test_assert_and_raise():
    def f(n):
        assert n < 5, "too large"
        if n > 3:
            raise ValueError(f"not {n}")
        if n > 2:
            raise KeyError("k")
        return n

    for n in (1, 3, 4, 6):
        check(f, n)


def test_pass_docstring_and_print(capsys):
    def f(n):
        """A docstring."""
        pass
        print("n is", n, end="!\n")
        for i in range(n):
            print(i, sep="")

    myia(f)(2)
    assert capsys.readouterr().out == "n is 2!\n0\n1\n"


def test_import_inside():
    def f(x):
        import math as m
        from math import pi

        return m.cos(pi * x)

    check(f, 0.25)
