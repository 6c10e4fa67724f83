"""Lists: made, read, changed, passed in and returned, as CPython has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same, check, check_gradient

from myia import myia
from myia.errors import MyiaSyntaxError


def display(a, b):
    return [a, b, a * b], [[a], [b, b]], [], [(a, 1.5)]


def grow(n):
    xs = []
    for i in range(n):
        xs.append(i * i)
    total = 0
    for i, x in enumerate(xs):
        total += i * x
    for x, y in zip(xs, xs[1:]):
        total -= x * y
    return xs, len(xs), total, bool(xs)


def item(xs, i):
    return xs[i]


def cut(xs, start, stop, step):
    return xs[start:stop:step], xs[start:], xs[:stop], xs[:]


def methods(n):
    xs = [5, 3, 9, 3]
    xs.extend(range(n))
    xs.insert(1, 7)
    xs.insert(-100, 8)
    xs.insert(100, 6)
    last, second = xs.pop(), xs.pop(1)
    xs.remove(3)
    ys = xs.copy()
    ys.reverse()
    zs = list(xs)
    zs.sort(reverse=True)
    zs.clear()
    zs += [1, 2]
    zs += (3,)
    zs *= 2
    return xs, ys, zs, last, second, xs.index(9), xs.count(3), 9 in xs, 100 not in xs


def operators(n):
    xs, ys = [1, 2, n], [1, 2, 4]
    return (
        (xs + ys, xs * 2, 2 * xs, xs * -1),
        (xs == ys, xs != ys, xs < ys, xs <= ys, xs > ys, xs >= ys, xs == (1, 2, n)),
        (sum(xs), sorted(ys, reverse=True), any(xs), all(xs)),
        ([0, *xs, *range(2)], list("ab"), list((1, n))),
    )


def by_key(n):
    pairs = [(i * 7 % 5, i) for i in range(n)]
    return sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True)


def unpack(xs):
    a, b = xs
    return a - b


def unpack_rest(xs):
    first, *rest, last = xs
    return first, rest, last


def sieve(n):
    prime = [True] * (n + 1)
    prime[0] = prime[1] = False
    for i in range(2, n + 1):
        if prime[i]:
            for j in range(i * i, n + 1, i):
                prime[j] = False
    return [i for i in range(n + 1) if prime[i]]


def grid(n):
    cells = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            cells[i][j] = i * j
            cells[j][i] += 1
    return cells


def graph(n):
    edges = [[] for _ in range(n)]
    for i in range(n):
        edges[i].append((i + 1) % n)
        edges[0].append(i)
    return edges


def swap(n):
    xs = list(range(n))
    for i in range(n // 2):
        xs[i], xs[-i - 1] = xs[-i - 1], xs[i]
    return xs


@dataclass
class Basket:
    items: list
    name: str = "basket"


def fill(n):
    basket = Basket([])
    for i in range(n):
        basket.items.append(i)
    basket.items[0] += 10
    return basket.items


def helper(n):
    return [n]


def from_helper(n):
    xs = helper(n)
    xs.append(n + 1)
    return xs


def extremes(xs):
    return (
        (max(xs), min(xs), max(xs, key=lambda x: -x), min(xs, default=0)),
        (max([x for x in xs if x > 100], default=None), max(range(4))),
        list(reversed(xs)),
        [(i, x) for i, x in enumerate(reversed(xs))],
    )


def ordered(pairs):
    return sorted(pairs), sorted(pairs, reverse=True), max(pairs), min(pairs), pairs[0] <= pairs[1]


def mapped(xs):
    return (
        list(map(lambda x: x + 1, xs)),
        sum(map(lambda x, y: x * y, xs, xs)),
        list(filter(lambda x: x > 1, xs)),
        [x for x in filter(None, xs)],
        max(map(abs, xs)),
        tuple(map(float, (1, 2))),
    )


def assigned_slices(n):
    xs = list(range(n))
    xs[1:3] = [9, 9, 9]
    xs[:1] = []
    xs[len(xs) :] = (7,)
    xs[-1:1] = [n]
    return xs


PROGRAMS = [
    (extremes, ([3, 1, 2],)),
    (extremes, ([0.5],)),
    (extremes, ([],)),
    (ordered, ([(2, 0.5), (1, 7.0), (2, -1.0)],)),
    (mapped, ([2, 0, -3, 1],)),
    (assigned_slices, (5,)),
    (display, (3, 4)),
    (display, (1.5, 2.5)),
    (grow, (6,)),
    (grow, (0,)),
    *((item, ([1.5, 2.5], i)) for i in (0, 1, -1, -2, 2, -3)),
    *((cut, ([1, 2, 3, 4, 5], *s)) for s in ((1, 4, 2), (-2, 9, 1), (4, 0, -2), (2, 2, -1))),
    (cut, ([1], 0, 1, 0)),
    (methods, (4,)),
    (operators, (3,)),
    (operators, (9,)),
    (by_key, (11,)),
    (unpack, ([5, 3],)),
    (unpack, ([5],)),
    (unpack, ([5, 3, 1],)),
    (unpack_rest, ([1, 2, 3, 4],)),
    (unpack_rest, ([1],)),
    (sieve, (60,)),
    (grid, (4,)),
    (graph, (4,)),
    (swap, (7,)),
    (fill, (3,)),
    (fill, (0,)),
    (from_helper, (3,)),
]


@pytest.mark.parametrize(("f", "args"), PROGRAMS, ids=lambda x: getattr(x, "__name__", ""))
def test_as_in_python(f, args):
    check(f, *args)


def same(xs):
    return xs


@pytest.mark.parametrize(
    "xs",
    [
        [],
        [True, False],
        [1.5, float("inf")],
        [[1, 2], [], [3]],
        [[], []],
        [(1, 2.5), (3, 4.5)],
        [np.float32(1.5), np.float32(2.5)],
        [np.ones(3), np.zeros(3)],
        [([1], (2, [3.5]))],
        [None, None],
    ],
    ids=str,
)
def test_in_and_out(xs):
    assert_same(myia(same)(xs), xs)


def test_numbers_that_meet_are_promoted():
    @myia
    def mixed(n):
        xs = [n, 0.5]
        ys = [n]
        for i in range(n):
            ys.append(i * 0.5)
        ys[0] = True
        return xs, ys

    assert_same(mixed(2), ([2.0, 0.5], [1.0, 0.0, 0.5]))
    assert_same(myia(same)([True, 2, 0.5]), [1.0, 2.0, 0.5])
    assert_same(myia(same)([[1], [0.5], []]), [[1.0], [0.5], []])


def test_a_result_is_a_new_list():
    xs = [1, 2]
    ys, zs = myia(lambda xs: (xs, xs))(xs)
    assert ys is not xs
    assert ys is not zs


def messages(n):
    xs = [0] * n
    if n == 0:
        return xs.pop()
    if n == 1:
        return xs.pop(3)
    if n == 2:
        xs[5] = 1
    if n == 3:
        xs.remove(7)
    return xs.index(8)


@pytest.mark.parametrize("n", range(4))
def test_messages(n):
    with pytest.raises(Exception) as expected:
        messages(n)
    with pytest.raises(type(expected.value)) as found:
        myia(messages)(n)
    assert str(found.value) == str(expected.value)


def alias(n):
    xs = [n]
    ys = xs
    xs.append(n)
    return len(ys)


def argument(xs):
    xs.append(1)
    return xs


def argument_item(xs):
    xs[0] = 1
    return xs


def argument_row(xs):
    xs[0][0] = 1
    return xs


def loop_element(n):
    rows = [[n], [n]]
    for row in rows:
        row.append(n)
    return rows


def no_variable(n):
    helper(n).append(n)


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (alias, (1,)),
        (argument, ([0],)),
        (argument_item, ([0],)),
        (argument_row, ([[0]],)),
        (loop_element, (1,)),
        (no_variable, (1,)),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_what_others_see_is_refused(f, args):
    with pytest.raises(MyiaSyntaxError, match="copy it first|give it a name"):
        myia(f)(*args)


def test_map_is_taken_at_once():
    def kept(xs):
        ys = map(abs, xs)
        return list(ys)

    with pytest.raises(MyiaSyntaxError, match="taken at once"):
        myia(kept)([1])


def same_row(n):
    rows = [[0] * n] * n
    rows[0][0] = 1
    return rows


def row_elsewhere(n):
    row = [0]
    rows = [row]
    rows[0].append(n)
    return len(row)


def two_rows(n):
    row = []
    rows = [row, row]
    rows[1].append(n)
    return len(rows[0])


def promoted_row(n):
    row = [n]
    rows = [row, row]
    rows[1][0] = 0.5
    return rows[0][0]


def promoted_alias(n):
    xs = same([n])
    ys = (xs, 1)
    xs.append(0.5)
    return len(ys[0])


def handed_back(n):
    xs = [n]
    ys = same(xs)
    ys.append(n)
    return len(xs)


def array_of_row(n):
    row = [n]
    rows = [row]
    row.append(n)
    return np.array(rows)


def array_of_item(n):
    rows = [[n], [n]]
    row = rows[n - 1]
    row[0] = 7
    return np.array(rows)


def length_of_alias(n):
    xs = [n, n]
    pair = (xs, 1)
    xs.append(n)
    return len(pair[0])


def changed_while_reversed(n):
    xs = list(range(n))
    found = []
    for x in reversed(xs):
        xs[0] = 5
        found.append(x)
    return found


@pytest.mark.parametrize(
    "f",
    [
        same_row,
        row_elsewhere,
        two_rows,
        promoted_row,
        promoted_alias,
        handed_back,
        array_of_row,
        array_of_item,
        length_of_alias,
        changed_while_reversed,
    ],
    ids=lambda x: x.__name__,
)
def test_what_others_see_is_never_silently_old(f):
    with pytest.raises((MyiaSyntaxError, RuntimeError), match="visible elsewhere"):
        myia(f)(2)


def test_copies_may_be_changed():
    def copies(xs):
        ys, zs = xs.copy(), xs[:]
        ys.append(1)
        zs[0] = 9
        rows = [ys, list(ys)]
        rows[1].append(3)
        return xs, zs, rows

    check(copies, [5])


def test_elements_of_different_kinds():
    check(same, [1, "a"])


def test_derivatives_through_displays():
    def through(x):
        xs = [x, x * 2.0]
        total = 0.0
        for factor in [x, 3.0]:
            total = total + factor * x
        return xs[0] * xs[1] + max([x, 1.0]) + sum([x * y for y in (1.0, 2.0)]) + total

    check_gradient(through, 2.0)


def row_minima(n):
    cost = [[i * j for j in range(n)] for i in range(n)]
    for i in range(n - 1):
        cost[i][i] = min(cost[k][i] + 1 for k in range(n))
    return cost


def first_repeated(xs):
    seen = [0] * 10
    for x in xs:
        if seen[x]:
            return seen
        seen[x] = x + 1
    return seen


def test_updates_in_loops_that_may_end_early():
    check(row_minima, 4)
    check(first_repeated, [3, 1, 2, 1, 5])
    check(first_repeated, [3, 1])


def test_memory_is_given_back():
    from myia._call import live_objects

    def churn(n):
        rows = [[i] for i in range(n)]
        rows[0].append(1)
        rows.pop()
        kept = [rows[0], rows[0][:]]
        return kept, [np.ones(3) * n]

    f = myia(churn)
    f(5)
    before = live_objects()
    for _ in range(3):
        f(5)
        with pytest.raises(IndexError):
            myia(item)([[1], [2]], 7)
    assert live_objects() == before


def test_nan_has_no_place_in_an_order():
    plain, pairs = lambda xs: sorted(xs), lambda xs: sorted([(x, 1) for x in xs], reverse=True)
    for function in (plain, pairs):
        check(function, [3.0, 1.0])
        check(function, [float("nan")])
        with pytest.raises(ValueError, match="NaN has no place in an order"):
            myia(function)([3.0, float("nan"), 1.0])


def test_the_key_of_sorted_is_called_once_for_each_element(capsys):
    def rank(x):
        print("key of", x)
        return -x

    check(lambda xs: sorted(xs, key=rank), [3, 1, 2])
    printed = capsys.readouterr().out.splitlines()
    assert printed == ["key of 3", "key of 1", "key of 2"] * 2


def test_array_of_an_empty_list():
    f = myia(lambda xs: np.array([x for x in xs if x > 2]))
    assert_same(f([1, 3]), np.array([3]))
    assert f([1, 2]).dtype == np.int64  # NumPy: float64
