"""List, dict and generator comprehensions."""

import math

import numpy as np

from programs import program


@program((5,), (0,), (1,))
def squares(n):
    return [i * i for i in range(n)]


@program((10,), (0,), (3,))
def even_squares(n):
    return [i**2 for i in range(n) if i % 2 == 0]


@program((3, 4), (0, 2), (1, 1))
def multiplication_table(rows, columns):
    return [[i * j for j in range(1, columns + 1)] for i in range(1, rows + 1)]


@program(([[1, 2], [3], []],), ([[]],), ([[0.5], [1.5, 2.5]],))
def flatten(lists: list[list[int]]):
    return [x for xs in lists for x in xs]


@program((4,), (1,), (0,))
def pairs_below_the_diagonal(n):
    return [(i, j) for i in range(n) for j in range(i)]


@program(([1, -2, 3, -4],), ([],), ([-0.5, 0.5],))
def clip_negatives(xs: list[float]) -> list[float]:
    return [x if x > 0 else 0 for x in xs]


@program(([1, 2, 3], [4, 5, 6]), ([1.5], [2.0]), ([], []))
def elementwise_product(a: list[float], b: list[float]):
    return [x * y for x, y in zip(a, b)]


@program(([5, 3, 8],), ([1],))
def positions_of_large(xs):
    return [i for i, x in enumerate(xs) if x > 4]


@program(([1.0, 2.0, 3.0],), ([2],), ([0.0, 0.0],))
def normalised(xs):
    total = sum(xs)
    return [x / total for x in xs]


@program((10,), (1,), (0,))
def sum_of_reciprocals(n):
    return sum(1 / k for k in range(1, n + 1))


@program(([2, 4, 6],), ([2, 3],), ([],))
def all_even(xs: list[int]) -> bool:
    return all(x % 2 == 0 for x in xs)


@program(([1, 3, 5], 4), ([1, 2], 9), ([], 0))
def any_above(xs: list[int], limit):
    return any(x > limit for x in xs)


@program(([3, 1, 2],), ([-5.5],), ([],))
def largest_square(xs: list[float]):
    return max((x * x for x in xs), default=-1)


@program((2.0,), (0.0,), (-1.0,))
def record_of_functions(x):
    return {"sin": math.sin(x), "cos": math.cos(x), "square": x * x}


@program((3,), (0,), (1.5,))
def dict_comprehension(x):
    return {name: x * k for k, name in enumerate(("zero", "one", "two"))}


@program((np.arange(4.0),), (np.array([2]),), (np.array([]),))
def list_from_array(x):
    return [v + 1 for v in x]


@program((5,), (0,), (2,))
def array_from_list(n):
    return np.array([k * 0.5 for k in range(n)])


@program((np.arange(6).reshape(2, 3),), (np.eye(2),))
def row_sums(m):
    return [row.sum() for row in m]


@program((3, 2), (1, 5), (0, 1))
def grid_of_distances(n, m):
    return [[math.hypot(i, j) for i in range(m)] for j in range(n)]


@program(([1, 2, 3, 4, 5, 6], 2), ([1, 2, 3], 2), ([], 3), ([1], 0))
def chunks(xs: list[int], size):
    return [xs[i : i + size] for i in range(0, len(xs), size)]


@program(([[1, 2], [3, 4]],), ([[0]],))
def trace_and_antitrace(m):
    n = len(m)
    return sum(m[i][i] for i in range(n)), sum(m[i][n - 1 - i] for i in range(n))


@program((4,), (6,), (1,))
def queens(n):
    def place(columns):
        row = len(columns)
        if row == n:
            return 1
        return sum(
            place(columns + [c])
            for c in range(n)
            if all(c != k and abs(c - k) != row - r for r, k in enumerate(columns))
        )

    return place([c for c in range(0)])


@program(([3, 4, 5],), ([1],))
def shadowing(xs):
    x = 100
    doubled = [2 * x for x in xs]
    return x, doubled


@program((7,), (2,))
def conditions_and_loops(n):
    return [a * b for a in range(1, n) if a % 2 for b in range(a, n) if b % 3 == 0]


@program(([1, 5, 2],), ([9],), ([0, 0],))
def walrus_in_a_comprehension(xs):
    return [y for x in xs if (y := x * x - 1) > 0]
