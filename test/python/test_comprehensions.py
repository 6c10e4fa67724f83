# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Generator expressions, against CPython."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check, check_gradient
from frontend_support import refused

from myia import myia
from myia.errors import MyiaSyntaxError, MyiaTypeError


def test_sums():
    def f(n, x):
        a = sum(i * x for i in range(n) if i % 2 if i > 2)
        b = sum((i * j for i in range(n) for j in range(i)), 10)
        return a, b, sum(x for _ in range(n))

    check(f, 0, 1)
    check(f, 9, 2)


def test_any_and_all_stop_at_the_first():
    def f(n):
        found = any(6 // (i - 3) > 5 for i in range(n))
        return found, all(i < 3 or 1 // (i - 4) for i in range(n))

    for n in (0, 2, 4, 6):
        check(f, n)


def test_extrema():
    def f(n):
        return (
            max((i - 3) ** 2 for i in range(n)),
            min((i for i in range(n)), key=lambda i: (i - 3) ** 2),
            max((i for i in range(n) if i > 5), default=-1),
        )

    for n in (0, 1, 4, 9):
        check(f, n)


def test_over_tuples_each_element_keeps_its_type():
    def f(t, x):
        return tuple(e * x for e in t), tuple((e, i) for i, e in enumerate(t) if i), sum(t)

    check(f, (1, 2.5), 2)
    check(lambda: tuple(i * i for i in range(4)))


def test_variables_are_the_comprehensions_own():
    def f(x):
        i = 10
        total = sum(i for i in range(x))
        inner = sum(sum(i * j for j in range(i)) for i in range(x))
        return i, total, inner, sum(i for i in (i, 1))

    check(f, 4)


def test_one_generator_in_another():
    def f(n):
        return sum(y * 2 for y in (x + 1 for x in range(n) if x % 2) if y > 2)

    for n in (0, 3, 8):
        check(f, n)


def test_a_loop_over_a_generator():
    def f(n):
        total = 0
        for y in (i * j for i in range(n) for j in range(i)):
            if y == 6:
                continue
            if y > 10:
                break
            total += y
        else:
            total = -total
        return total

    for n in (0, 3, 4, 8):
        check(f, n)


def test_numbered_elements():
    def f(n, x):
        total = 0
        for i, y in enumerate((j * x for j in range(n) if j % 2), start=1):
            if i > 3:
                break
            total += i * y
        return total, sum(i * y for i, y in enumerate(x + j for j in range(n)))

    for n in (0, 1, 5, 12):
        check(f, n, 2)


def test_functions_made_inside():
    def f(x):
        return sum((lambda a, i=i: a * i)(x) for i in range(4))

    check(f, 2.0)


def test_over_arrays():
    def f(a):
        return sum(np.sum(row) ** 2 for row in a if row[0] > 0), max(row[0] for row in a)

    check(f, np.arange(6.0).reshape(3, 2))


def test_gradient():
    check_gradient(lambda x: sum(x**i for i in range(4)), 1.5)
    check_gradient(lambda a: max(e * e for e in a), np.array([1.0, -3.0, 2.0]))


def test_refused():
    assert "straight to sum" in refused(
        MyiaSyntaxError, 1, "(i for i in range(x))", lambda x: abs(i for i in range(x)), 1
    )

    def stored(x):
        g = (i for i in range(x))
        return g

    refused(MyiaSyntaxError, 1, "(i for i", stored, 1)
    refused(MyiaSyntaxError, 3, "i", lambda x: tuple((lambda: i) for i in range(x)), 1)


def test_consumers_that_take_all_elements():
    check(lambda xs: (math.fsum(x / 3 for x in xs), math.prod(x * x for x in xs)), [1.5, 2.5])
    check(lambda xs: math.prod((x for x in xs), start=2.0), [1.5, 2.5])
    check(lambda xs: sorted((x for x in xs), key=lambda x: -x), [1.5, 2.5])


def extends_by_what_looks_at_the_list(xs):
    ys = [0.0]
    ys.extend(len(ys) + x for x in xs if x != 2.0)
    return ys


def test_extend():
    check(extends_by_what_looks_at_the_list, [1.0, 2.0, 3.0])
    check(extends_by_what_looks_at_the_list, [2.0])
    with pytest.raises(MyiaSyntaxError, match="copy it first"):
        myia(lambda xs: xs.extend(x for x in [1.0]))([1.0])
    with pytest.raises(MyiaSyntaxError, match="generator expression"):
        myia(lambda x: [[x]][0].extend(y for y in [1.0]))(1.0)


@dataclass
class Own:
    x: float

    def append(self, x):
        return self.x + x

    def extend(self, xs):
        return self.x


def extends_an_own_class(x):
    own = Own(x)
    return own.extend(x for _ in range(3))


def test_extend_of_an_own_class_is_not_that_of_a_list():
    said = r"only the extend\(\) of a list takes a generator, not that of Own: give it a list"
    with pytest.raises(MyiaTypeError, match=said) as caught:
        myia(extends_an_own_class)(1.0)
    assert "return own.extend(x for _ in range(3))" in str(caught.value)
