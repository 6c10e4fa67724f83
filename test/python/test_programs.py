"""Ordinary functions over numbers and structures: compiled, they do what CPython does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import check


@dataclass(frozen=True)
class Point:
    x: float
    y: float

    def norm2(self):
        return self.x * self.x + self.y * self.y

    def scaled(self, factor):
        return Point(self.x * factor, self.y * factor)


NUMBERS = [(7, 2), (-7, 2), (7, -2), (7.5, 2), (-7.5, 2.0), (0.0, 3), (True, 2)]


@pytest.mark.parametrize(("a", "b"), NUMBERS)
def test_arithmetic(a, b):
    def f(a, b):
        return a + b, a - b, a * b, a / b, a // b, a % b, -a, +b

    check(f, a, b)


@pytest.mark.parametrize(("a", "b"), NUMBERS)
def test_comparison(a, b):
    def f(a, b):
        return a < b, a <= b, a > b, a >= b, a == b, a != b, not a, 0 < b <= a

    check(f, a, b)


@pytest.mark.parametrize(("a", "b"), [(6, 3), (-6, 3), (1, 62)])
def test_bits(a, b):
    def f(a, b):
        return a & b, a | b, a ^ b, ~a, a << 1, a >> 1

    check(f, a, b)


@pytest.mark.parametrize(("x", "n"), [(2, 10), (2.0, 10), (2.0, 0.5), (3, 0)])
def test_power(x, n):
    def f(x, n):
        return x**n

    check(f, x, n)


@pytest.mark.parametrize("operation", ["div", "floordiv", "mod"])
@pytest.mark.parametrize("zero", [0, 0.0])
def test_division_by_zero(operation, zero):
    def div(x):
        return 1.0 / x

    def floordiv(x):
        return 1 // x

    def mod(x):
        return 1 % x

    check({"div": div, "floordiv": floordiv, "mod": mod}[operation], zero)


@pytest.mark.parametrize("x", [-1, 0, 3, 2.5])
def test_boolean_operators_give_operands(x):
    def f(x):
        return (x and 2), (x or 5), (x if x else 7)

    def g(x):
        if x > 0 and 10 / x > 4:
            return 1
        return 0

    check(g, x)
    check(f, int(x))


@pytest.mark.parametrize("n", [0, 1, 5, 12])
def test_while(n):
    def f(n):
        total = 0
        while n > 0:
            total += n
            n -= 1
        return total

    check(f, n)


@pytest.mark.parametrize("n", [0, 1, 5, 12])
def test_break_continue_else(n):
    def f(n):
        total = 0
        for i in range(n):
            if i % 2 == 0:
                continue
            if i > 6:
                break
            for j in range(i):
                if j == 3:
                    return -total
                total += i * j
        else:
            total += 100
        return total

    check(f, n)


@pytest.mark.parametrize(("start", "stop", "step"), [(0, 10, 3), (10, 0, -3), (3, 3, 1)])
def test_range(start, stop, step):
    def f(start, stop, step):
        total = 0
        for i in range(start, stop, step):
            total = 10 * total + i
        return total

    check(f, start, stop, step)


def test_early_return():
    def f(x):
        if x < 0:
            return -1
        if x == 0:
            return 0
        return 1

    for x in (-5, 0, 5):
        check(f, x)


def test_recursion():
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    check(fib, 15)


def test_mutual_recursion():
    def even(n):
        return True if n == 0 else odd(n - 1)

    def odd(n):
        return False if n == 0 else even(n - 1)

    check(even, 10)
    check(even, 7)


def test_closures_and_higher_order_functions():
    def f(x):
        def scaled_by(k):
            def scale(y):
                return k * y + x

            return scale

        def twice(g, y):
            return g(g(y))

        return twice(scaled_by(3), x) + twice(lambda y: y * y, x)

    check(f, 2)
    check(f, 2.5)


@pytest.mark.parametrize("x", [1.0, -1.0])
def test_function_chosen_by_a_condition(x):
    def f(x):
        def double(y):
            return 2 * y

        def square(y):
            return y * y

        g = double if x > 0 else square
        return g(3 * x)

    check(f, x)


def test_tuples():
    def f(t):
        a, (b, c) = t
        return (c, a), b, t[0], len(t)

    check(f, (1, (2.0, True)))


def test_loop_over_a_tuple_of_different_types():
    def f(t):
        total = 0.0
        for x in t:
            total = total + x * 2
        return total

    check(f, (1, 2.5, 3))


def test_dataclasses():
    def f(p, k):
        q = p.scaled(k)
        return q, q.norm2(), Point(y=1.0, x=p.x)

    check(f, Point(1.0, 2.0), 3.0)


def test_defaults_and_keywords():
    def f(x):
        def g(a, b=2, *, c=3):
            return a * 100 + b * 10 + c

        return g(x), g(x, 5), g(x, c=7), g(b=x, a=1)

    check(f, 4)


def test_none():
    def f(x):
        def maybe(y):
            if y > 100:
                return None
            return None

        return maybe(x) is None, None

    check(f, 1)


def test_assert_and_raise():
    def f(x):
        assert x > 0, "positive, please"
        if x > 10:
            raise ValueError("too large")
        return x

    for x in (-1, 5, 11):
        check(f, x)


def test_unbound_local():
    def f(x):
        if x > 0:
            y = x
        return y

    check(f, 1)
    check(f, -1)


@pytest.mark.filterwarnings("ignore:the value of this expression is not used")
def test_a_name_as_a_statement_is_looked_up():
    def f(x):
        if x > 0:
            y = x
        y
        return x

    check(f, 1)
    check(f, -1)


def test_int_and_float_do_not_mix_up():
    def f(n):
        return 3 + 1.5, -6 // 3, n // 3, 7 / 7, n * 1.0

    check(f, -6)


def test_numpy_scalars_divide_by_zero_as_numpy_does():
    def f(x, y):
        return x / y

    with np.errstate(divide="ignore"):
        check(f, np.float64(1.0), np.float64(0.0))
