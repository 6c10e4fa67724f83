"""Functions of functions: closures, partials, folds."""

import math
import operator
from functools import partial, reduce

import numpy as np

from programs import call, program


def increment(x):
    return x + 1


def double(x):
    return 2 * x


@program((increment, 3), (math.sqrt, 16.0), (lambda x: x * x, -2))
def apply_twice(f, x):
    return f(f(x))


def compose(f, g):
    return lambda x: f(g(x))


@program((increment, double, 5), (double, increment, 5), (math.exp, math.log, 2.0))
def use_composition(f, g, x):
    return compose(f, g)(x), compose(g, f)(x)


@program((3,), (0,), (-2.5,))
def pipeline(x):
    for step in (increment, double, abs):
        x = step(x)
    return x


@program((2, 5), (1.5, 2), (0, 0))
def make_adder(n, x):
    def add(y):
        return y + n

    return add(x) + add(1)


@program(([1, 2, 3, 4],), ([5],), ([],))
def product(numbers: list[int]):
    return reduce(operator.mul, numbers, 1)


@program(([3, 1, 2],), ([1.5],), ([],))
def maximum_by_reduce(numbers):
    return reduce(lambda a, b: a if a > b else b, numbers)


@program((2,), (10,), (0.5,))
def powers_by_partial(x):
    square = partial(pow, exp=2)
    power_of_two = partial(pow, 2)
    return square(x), power_of_two(x)


def line(x, slope, intercept=0.0):
    return slope * x + intercept


@program((1.0, 2.0), (0, 3), (-1.5, 0.5))
def partial_with_keywords(x, slope):
    f = partial(line, slope=slope)
    g = partial(f, intercept=1)
    return f(x), g(x), f(x, intercept=5.0)


@program(([1, 2, 3, 4, 5],), ([],), ([0.5, 1.5, 2.5],))
def sum_of_even_squares(xs: list[int]):
    return sum(map(lambda x: x * x, filter(lambda x: x % 2 == 0, xs)))


@program(([1, 2, 3], [4, 5, 6]), ([1.0], [2.0, 3.0]), ([], []))
def add_lists(a: list[float], b: list[float]) -> list[float]:
    return list(map(operator.add, a, b))


@program((5, 3), (2, 0), (1, 10))
def iterate(x, n):
    def repeat(f, times, y):
        return y if times == 0 else repeat(f, times - 1, f(y))

    result = x
    for _ in range(n):
        result = double(result) % 17
    return result, repeat(increment, n, x)


@program((4,), (1,), (0,))
def fixed_combinator(n):
    def factorial(recurse, k):
        return 1 if k <= 0 else k * recurse(recurse, k - 1)

    return factorial(factorial, n)


@program((0, 3.0), (1, 3.0), (2, 3.0))
def choose_function(which, x):
    table = (math.sin, math.cos, lambda v: v * v)
    if which == 0:
        f = table[0]
    elif which == 1:
        f = table[1]
    else:
        f = table[2]
    return f(x)


@program((2.0,), (-1.0,), (0,))
def call_all(x):
    functions = [lambda v: v + 1, lambda v: v * 2, lambda v: v**2]
    return [f(x) for f in functions]


@program((1, 2, 3), (1.5,), (), call(4, 5, scale=2), call(scale=3))
def total(*numbers, scale=1):
    result = 0
    for number in numbers:
        result += number
    return result * scale


@program((10, 3), call(10, b=4), call(a=1, b=0))
def keywords(a, b=2, *, digits=3):
    if b == 0:
        raise ZeroDivisionError("b must not be 0")
    return round(a / b, digits)


def describe(name, /, *values, unit="m", **options):
    scale = options.get("scale", 1)
    return name, unit, sum(values) * scale


@program((1, 2), (0.5, 0.25), (0, 0))
def every_kind_of_argument(a, b):
    rest = (a, b)
    options = {"scale": 2}
    return describe("x", *rest), describe("y", a, unit="s"), describe("z", *rest, **options)


@program((3, 4), (0, 1), (-2, 2.5))
def default_in_lambda(a, b):
    f = lambda x, k=a: k * x + b
    return f(1), f(1, 10), f(k=2, x=3)


@program((7,), (8,), (0,))
def even_or_odd(n):
    def is_even(k):
        return True if k == 0 else is_odd(k - 1)

    def is_odd(k):
        return False if k == 0 else is_even(k - 1)

    return is_even(n), is_odd(n)


@program(([3.0, 4.0],), ([0.0],), ([1, 2, 2],))
def norm_of(xs):
    return math.sqrt(reduce(lambda acc, x: acc + x * x, xs, 0.0))


@program(([(1, "a"), (0, "b")],), ([(5, "z")],))
def names_in_order(pairs):
    return [name for _, name in sorted(pairs, key=operator.itemgetter(0))]


@program((np.array([1.0, 4.0]), np.sqrt), (np.array([0.0, 1.0]), np.exp), (4.0, math.sqrt))
def apply_to_array(x, f):
    return f(x) + 1


@program((1.0, 5), (2.0, 0))
def curried(x, n):
    def power(k):
        def of(base):
            return base**k

        return of

    square = power(2)
    return square(x) + power(n)(x) + power(3)(x + 1)


@program((3, 4), (0, 0), (5, 12.0))
def with_local_import(a, b):
    from math import hypot, sqrt

    return hypot(a, b), sqrt(a)


@program((operator.add, 2, 3), (operator.lt, 2, 3), (operator.truediv, 1, 0), (max, 4, 5.5))
def apply_operator(f, a, b):
    return f(a, b)


@program((3,), (0,))
def late_binding(n):
    factor = 1

    def scaled(x):
        return factor * x

    factor = 10
    return scaled(n)
