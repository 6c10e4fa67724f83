"""What goes wrong at run time, and what is raised on purpose."""

import math

import numpy as np

from programs import program


@program((6, 3), (1, 0), (1.5, 0), (0, 0))
def divide(a, b):
    return a / b


@program((7, 2), (-7, 2), (7, 0), (7.5, 0.0))
def quotient_and_remainder(a, b):
    return a // b, a % b


@program((7, -2), (1, 0), (2.5, 0.5))
def by_divmod(a, b):
    return divmod(a, b)


@program(([1, 2, 3], 0), ([1, 2, 3], -3), ([1, 2, 3], 3), ([], 0))
def item(xs: list[int], i):
    return xs[i]


@program((np.arange(3), 2), (np.arange(3), -4), (np.arange(3), 7))
def array_item(x, i):
    return x[i]


@program((np.eye(2), 0, 1), (np.eye(2), 2, 0), (np.eye(2), 0, -3))
def matrix_item(m, i, j):
    return m[i, j]


@program(((1, 2, 3), 1), ((1, 2, 3), 5), ((4, 5), -2))
def tuple_item(t, i):
    return t[i]


@program((4.0,), (0,), (-1.0,))
def square_root(x):
    return math.sqrt(x)


@program((1.0,), (0,), (-2.0,), (math.inf,))
def logarithm(x):
    return math.log(x)


@program((1.0,), (1000.0,), (-1000.0,))
def exponential(x):
    return math.exp(x)


@program((2.7,), (-2.7,), (math.inf,), (math.nan,))
def to_int(x):
    return int(x)


@program((0.5,), (2.0,), (-1,))
def arc_sine(x):
    return math.asin(x)


@program((2, 3), (0, -1), (0.0, -2), (2, -1))
def power(x, n):
    return x**n


@program((5, 2), (5, -1), (1, 70))
def shift(x, n):
    if n > 60:
        raise OverflowError("too far")
    return x << n


@program((5,), (0,), (-5,))
def checked(x):
    assert x != 0
    assert x > 0, "x must be positive"
    return 10 // x


@program((3,), (-1,), (0,))
def checked_with_text(n):
    assert n > 0, f"n is {n}"
    return n


@program((1,), (2,), (3,), (4,), (5,))
def every_class(n):
    if n == 1:
        raise ValueError
    if n == 2:
        raise TypeError("not this type")
    if n == 3:
        raise LookupError("not here")
    if n == 4:
        raise ArithmeticError()
    return n


@program((3,), (0,), (-2,))
def raise_in_a_helper(n):
    def check(k):
        if k <= 0:
            raise ValueError(f"{k} is not positive")
        return k

    return check(n) + check(n - 1) if n > 1 else check(n)


@program(([1, 2, 3],), ([],))
def pop_last(xs):
    xs = list(xs)
    last = xs.pop()
    return last, xs


@program(([1, 2, 3], 1), ([1, 2, 3], -1), ([1], 4))
def pop_at(xs, i):
    xs = xs[:]
    taken = xs.pop(i)
    return taken, xs


@program(([5, 6], 0), ([5, 6], 10), ([5, 6], -10))
def insert_at(xs, i):
    xs = list(xs)
    xs.insert(i, 1)
    return xs


@program(([1, 2],), ([1, 2, 3],), ([7],))
def unpack_two(xs):
    a, b = xs
    return a - b


@program(([1, 2, 3],), ([1],), ([],))
def unpack_starred(xs: list[int]):
    first, *rest = xs
    return first, rest


@program(([1, 2, 3, 4],), ([1, 2],), ([1],))
def unpack_both_ends(xs):
    first, *middle, last = xs
    return first, middle, last


@program(([3, 5],), ([],))
def smallest(xs: list[int]):
    return min(xs)


@program((np.array([3.0, 5.0]),), (np.array([]),))
def smallest_of_array(x):
    return x.min()


@program((np.arange(3), np.arange(3)), (np.arange(3), np.arange(4)), (np.arange(3), np.arange(1)))
def add_arrays(a, b):
    return a + b


@program((np.arange(6), 2), (np.arange(6), 4), (np.arange(6), 0))
def reshape_rows(x, rows):
    return x.reshape(rows, x.size // rows)


@program((True, 3), (False, 3))
def maybe_unbound(condition, x):
    if condition:
        y = x + 1
    return y


@program((3,), (0,))
def raise_in_a_comprehension(n):
    return [6 // (n - i) for i in range(3)]


@program((10, 5), (0, 5), (5, 10))
def nested_conditions(low, high):
    if low >= high:
        if low == 0:
            return None
        raise ValueError(f"{low} >= {high}")
    return high - low


@program((1, 1), (1, 0), (0, 0))
def short_circuit(a, b):
    return (b != 0 and a / b > 0.5), (b == 0 or a // b)
