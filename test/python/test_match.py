# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`match`: every kind of pattern, against CPython."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from compare import check
from frontend_support import refused

from myia import grad
from myia.errors import MyiaSyntaxError, MyiaTypeError


class Color(enum.Enum):
    RED = 1
    GREEN = 2


@dataclass(frozen=True)
class Point:
    x: Any
    y: Any = 0.0

    @property
    def total(self):
        return self.x + self.y


@dataclass(frozen=True)
class Space(Point):
    z: Any = 1.0


SUBJECTS = (
    *(0, 1, -1, 7, 2.5, True, False, None, "a", "abc", Color.RED, Color.GREEN),
    *((), (1,), (1, 2), (1, 2.5, 3), (1, (2, 3)), ("a", 4)),
    *(Point(1.0), Point(3, 4), Space(1, 2, 3)),
)


def subjects(f):
    for subject in SUBJECTS:
        check(f, subject)


def test_literals_and_singletons():
    def f(x):
        match x:
            case 0 | -1:
                return "zero"
            case 2.5:
                return "half"
            case True:
                return "true"
            case None | False:
                return "nothing"
            case "a" | "b":
                return "letter"
        return "other"

    subjects(f)


def test_captures_and_guards():
    def f(x):
        match x:
            case int(n) if n > 0:
                return n + 1
            case (a, b) | (a, (b, _)) if a == 1:
                return a, b
            case y:
                return y, 0

    subjects(f)


def test_values():
    def f(x):
        match x:
            case Color.RED:
                return 1
            case Color.GREEN:
                return 2
            case _:
                return 3

    subjects(f)


def test_sequences():
    def f(x):
        match x:
            case []:
                return 0
            case [only]:
                return only
            case (first, *_, (2 | 3) as last):
                return first, last
            case [1, [a, b]]:
                return a, b
            case str():
                return "text"
        return 9

    subjects(f)


def test_classes():
    def f(x):
        match x:
            case Space(z=3):
                return "space"
            case Point(1.0, y=0.0):
                return "unit"
            case Point(x=a, total=t):
                return a, t
            case bool() | float():
                return "bool or float"
            case int(n) | str(n):
                return n
            case tuple((a, b)):
                return b, a
        return None

    subjects(f)


def test_names_of_a_pattern_that_fails_stay():
    def f(x):
        a = 10
        match x:
            case (a, 5):
                return 0
            case _:
                return a

    subjects(f)


def test_the_branch_decides_at_run_time():
    def f(x):
        match x:
            case 0 | 1:
                y = x * 2.0
            case n if n > 5:
                y = n * x
            case _:
                y = 1.0
        return y

    for x in (0, 1, 3, 9):
        check(f, float(x))
    np.testing.assert_allclose(grad(f)(9.0), 18.0)
    np.testing.assert_allclose(grad(f)(3.0), 0.0)


def test_inside_a_loop():
    def f(n):
        total = 0
        for i in range(n):
            match i % 4:
                case 0:
                    continue
                case 3 if i > 8:
                    break
                case k:
                    total += k * i
        return total

    for n in (0, 5, 20):
        check(f, n)


def test_an_array_is_ambiguous():
    def f(x):
        match x:
            case 1:
                return 1
        return 2

    check(f, np.ones(3))


def test_patterns_outside_the_language():
    def too_many(x):
        match x:
            case Point(1, 2, 3):
                return 1

    refused(MyiaTypeError, 21, "Point(1, 2, 3)", too_many, 1)


def test_a_class_must_be_known():
    def f(x, cls):
        match x:
            case cls():
                return 1

    with pytest.raises(MyiaSyntaxError, match="class pattern"):
        check(f, 1, int)
