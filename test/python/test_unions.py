# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Values of one of several types, and narrowing."""

import types
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check

from myia import MyiaAttributeError, grad, myia


@dataclass
class Disc:
    radius: float


@dataclass
class Box:
    width: float
    height: int


def make(kind, size):
    if kind == 0:
        return Disc(size)
    if kind == 1:
        return Box(size, kind + 2)
    if kind == 2:
        return size
    if kind == 3:
        return np.full((2,), size)
    return None


def area(kind, size):
    shape = make(kind, size)
    if isinstance(shape, Disc):
        return 3.0 * shape.radius**2
    if isinstance(shape, (Box, float)):
        return shape.width * shape.height if isinstance(shape, Box) else -shape
    if shape is not None and size > 0:
        return float(shape.sum() + 0.5)
    return 0.0


def find(xs, value):
    for i in range(len(xs)):
        if xs[i] == value:
            return i
    return None


def best(xs, ys):
    found = None
    for y in ys:
        at = find(xs, y)
        if at is not None and (found is None or at > found):
            found = at
    return found


def pairs(n, x):
    count, pair = optional_pair(n, x)
    return float(count) if pair is None else pair[0] * pair[1]


def optional_pair(n, x):
    return (n, None) if n < 0 else (n, (x, n))


@pytest.mark.parametrize("kind", range(5))
def test_any_kind_can_be_returned(kind):
    check(make, kind, 2.5)


@pytest.mark.parametrize("kind", range(5))
def test_isinstance_and_none_narrow(kind):
    check(area, kind, 2.5)
    check(area, kind, -2.5)


Number = int | float


@pytest.mark.parametrize("value", [2, 2.5, None, Disc(1.0), np.float32(2.0)])
def test_isinstance_of_a_union_of_classes(value):
    check(lambda v: (isinstance(v, int | None), isinstance(v, Number)), value)
    check(lambda v: isinstance(v, (Disc, (Number | bool, str))), value)


@pytest.mark.parametrize(("kind", "slope"), [(0, 15.0), (1, 3.0), (2, -1.0), (3, 2.0), (4, 0.0)])
def test_gradient_through_a_union(kind, slope):
    assert grad(area, argnums=1)(kind, 2.5) == pytest.approx(slope)


def test_none_until_found():
    xs = np.array([3.0, 1.0, 2.0])
    check(best, xs, np.array([2.0, 1.0, 9.0]))
    check(best, xs, np.array([7.0]))
    check(best, xs, np.array([]))


@pytest.mark.parametrize("n", [-1, 3])
def test_union_within_a_tuple(n):
    check(pairs, n, 1.5)


def test_none_where_a_number_is_needed_raises_when_it_happens():
    @myia
    def after(xs, value):
        return find(xs, value) + 1

    xs = np.array([3.0, 1.0])
    assert after(xs, 1.0) == 2
    with pytest.raises(TypeError, match="None and int"):
        after(xs, 5.0)


def test_attribute_that_one_class_lacks_is_refused():
    @myia
    def radius(kind):
        return make(kind, 1.5).radius

    with pytest.raises(MyiaAttributeError, match="has no attribute 'radius'"):
        radius(4)


def many(flags, x):
    a = x if flags > 0 else None
    b = x if flags > 1 else None
    c = x + 1 if flags > 2 else None
    d = x if flags > 3 else None
    e = (x, 2.0) if flags > 4 else None
    f = x if flags > 5 else None
    g = x if flags > 6 else None
    h = x if flags > 7 else None
    i = x if flags > 8 else None
    j = x if flags > 9 else None
    k = x if flags > 10 else None
    total = 0.0
    for v in (a, b, c, d, f, g, h, i, j, k):
        if v is not None:
            total += v * v
    return total if e is None else total + e[0] * e[1]


@pytest.mark.parametrize("flags", [0, 3, 5, 11])
def test_many_optional_variables(flags):
    check(many, flags, 1.5)
    x, eps = 1.5, 1e-6
    slope = (many(flags, x + eps) - many(flags, x - eps)) / (2 * eps)
    assert grad(many, argnums=1)(flags, 1.5) == pytest.approx(slope)


def test_attribute_of_none_raises_when_it_happens():
    def last(n):
        return Disc(1.5) if n else None

    def radius(n):
        return last(n).radius

    check(radius, 1)
    check(radius, 0)


def test_the_class_of_none():
    def f(x, cls):
        xs = [x, None]
        known = type(None) is type(None), type(None) is type(x), type(None) is None, cls()
        found = [type(each) is float for each in xs], [isinstance(each, cls) for each in xs]
        return known, found, type(xs[1]) is cls, types.NoneType, cls

    check(f, 1.0, type(None))
