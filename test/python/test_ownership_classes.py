"""Classes of the program may return what they hold: their operators and methods own nothing."""

from __future__ import annotations

import linecache
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check
from frontend_support import surface

from myia import myia
from myia.errors import MyiaSyntaxError


@dataclass
class Box:
    x: np.ndarray

    def __add__(self, other):
        return self.x

    def __neg__(self):
        return self.x

    def __mul__(self, other):
        return other

    def copy(self):
        return self.x

    @property
    def shape(self):
        return self.x


@dataclass
class Vector:
    x: float
    y: float

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __iadd__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __rmul__(self, factor):
        return Vector(self.x * factor, self.y * factor)


def operator(r):
    c = r + 1
    c[0] = 5.0
    return c, r.x


def unary(r):
    c = -r
    c[0] = 5.0
    return c, r.x


def method(r):
    c = r.copy()
    c[0] = 5.0
    return c, r.x


def getter(r):
    c = r.shape
    c[0] = 5.0
    return c, r.x


def augmented(r):
    c = r + 1
    c += 5.0
    return c, r.x


def operand(r):
    a = np.zeros(3)
    c = r * a
    a[0] = 5.0
    return c


@pytest.mark.parametrize("function", [operator, unary, method, getter, augmented, operand])
def test_refused(function):
    with pytest.raises(MyiaSyntaxError, match="may share memory|visible elsewhere") as caught:
        myia(function)(Box(np.ones(3)))
    assert caught.value.code == 2


def test_operators_on_records_of_numbers_share_nothing():
    def f(v, n):
        total = v.x * 2
        history = np.zeros(3)
        scaled = total * v
        for i in range(n):
            total += i
            history[i] = total
        scaled = scaled + v
        return scaled, total, history

    check(f, Vector(1.0, 2.0), 3)


def test_augmented_assignment_calls_the_method_of_the_class():
    def f(a, b):
        a += b
        return a

    check(f, Vector(1.0, 2.0), Vector(5.0, 7.0))


def test_results_of_library_functions_are_own_arrays():
    def f(x):
        a = np.eye(3)
        a[0, 1] = 5.0
        m = x.mean(axis=0)
        m[0] = 7.0
        size = a.shape[0]
        s = np.sum(a)
        a[1, 1] = 8.0
        return a, m, size, s

    check(f, np.ones((2, 3)))


def test_two_thousand_updates():
    lines = [f"    a[{i % 7}] += x * {i}" for i in range(2000)]
    source = "\n".join(["def f(x):", "    a = np.zeros(7)", *lines, "    return a"])
    name = "<two thousand updates>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    scope = {"np": np}
    exec(compile(source, name, "exec"), scope)
    assert surface(scope["f"], 1.0).count("myia.mutate") == 2000
