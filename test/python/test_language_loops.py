"""The smallest program of every row of docs/language.md: loops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from compare import check


def test_loops():
    def f(n):
        total = 0
        while True:
            n -= 1
            if n == 5:
                continue
            if n < 2:
                break
            total += n
        else:
            total = -1
        for i in range(n, 20, 3):
            total += i
        else:
            total *= 2
        return total

    check(f, 9)


def test_loops_over_range_with_a_step_from_data():
    def f(n, step):
        return [i for i in range(n, -n, step)]

    check(f, 4, -3)
    check(f, 4, 1)
    check(f, 4, 0)


def test_loop_over_a_tuple():
    def f(x):
        total = 0.0
        for each in (1, x, np.ones(2)):
            total = total + each
        return total

    check(f, 2.5)


def test_loop_over_a_list():
    def f(xs):
        total = 0
        for each in xs:
            total += each
        return total

    check(f, [1, 2, 3])
    check(f, [])


def test_loop_over_an_array():
    def f(a):
        total = np.zeros(3)
        for row in a:
            total = total + row
        return total

    check(f, np.arange(6.0).reshape(2, 3))


def test_loop_over_a_dict():
    def f(d):
        total = 0
        for key in d:
            total += d[key]
        for key in d.keys():
            total += d[key]
        for value in d.values():
            total += value
        for key, value in d.items():
            total += value if key == "a" else 0
        return total

    check(f, {"a": 1, "b": 2})


def test_loop_over_zip_enumerate_and_reversed():
    def f(xs, ys):
        total = 0.0
        for i, (x, y) in enumerate(zip(xs, ys), 1):
            total += i * x * y
        for x in reversed(ys):
            total = 2 * total + x
        for i in reversed(range(3)):
            total -= i
        return total

    check(f, [1.0, 2.0, 3.0], (4.0, 5.0, 6.0))


def test_loop_over_a_reversed_list():
    def f(xs):
        total = 0
        for x in reversed(xs):
            total = 2 * total + x
        return total

    check(f, [1, 2, 3])


def test_loop_over_map_and_filter():
    def f(xs):
        total = 0
        for each in map(lambda x: x * x, xs):
            total += each
        for each in filter(lambda x: x > 1, xs):
            total += each
        return total

    check(f, [1, 2, 3])


def test_loop_over_a_generator_expression():
    def f(n):
        total = 0
        for each in (i * i for i in range(n) if i % 2):
            total += each
        return total

    check(f, 6)


@dataclass
class Countdown:
    start: int

    def __iter__(self):
        return iter(range(self.start, 0, -1))


@dataclass
class Squares:
    count: int

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        if index >= self.count:
            raise IndexError
        return index * index


def test_loop_over_an_object_with_iter():
    def f(c):
        total = 0
        for each in c:
            total = 10 * total + each
        return total

    check(f, Countdown(3))


def test_loop_over_an_object_with_getitem():
    def f(s):
        total = 0
        for each in s:
            total = 10 * total + each
        return total

    check(f, Squares(4))
