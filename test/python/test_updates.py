"""Arrays made here and filled element by element, and their derivatives."""

from __future__ import annotations

import time

import numpy as np
import pytest
from compare import check, check_gradient

from myia import MyiaSyntaxError, MyiaTypeError, myia

V = np.array([0.5, -1.5, 2.0, 0.25])


def cumulative(x):
    result = np.zeros(len(x))
    total = 0.0
    for i in range(len(x)):
        total = total + x[i] * x[i]
        result[i] = total
    return result


def recurrence(x, n):
    a = np.zeros(6)
    a[0] = x
    a[1] = x * x
    for i in range(2, n):
        a[i] = a[i - 1] * x + a[i - 2]
        a[i] += 0.5
    return a[n - 1]


def test_items_assigned_in_a_loop():
    check(cumulative, V)
    check_gradient(lambda x: np.sum(cumulative(x) * x), V)


def test_items_that_depend_on_earlier_ones():
    check_gradient(recurrence, 1.25, 6)
    check_gradient(recurrence, 1.25, 2)


def test_rows_and_slices_assigned():
    def f(x):
        a = np.zeros((3, 4))
        a[0] = x
        a[1, 1:] = x[1:] * 2.0
        a[2, 0] = x[0] * x[1]
        return np.sum(a * a)

    check_gradient(f, V)


def test_the_old_array_keeps_its_value():
    def f(x):
        a = x * 2.0
        b = a * 1.0
        b[0] = 100.0
        return a, b

    check(f, V)


def test_index_out_of_range():
    def f(x, i):
        return x[i]

    check(f, V, 3)
    check(f, V, -1)
    check(f, V, 4)
    for index in (4, -5, -(2**63)):
        with pytest.raises(IndexError, match=f"^index {index} is out of bounds for axis 0 with"):
            myia(f)(V, index)


def test_index_from_data():
    def f(x, n):
        total = 0.0
        for i in range(n):
            total += x[i] * x[n - 1 - i]
        return total

    check_gradient(f, V, 4)


def until(a, limit):
    a = a.copy()
    i = 0
    while True:
        if a[i] > limit:
            return a
        a[i] = a[i] + 1.0
        i = i + 1
        if i == len(a):
            i = 0


def test_a_loop_with_several_exits_updates_in_place():
    check(until, np.zeros(5), 1.5)
    small, large = np.zeros(1000), np.zeros(100_000)
    compiled = myia(until)
    times = {}
    for array in (small, large, small, large):
        begin = time.perf_counter()
        compiled(array, 0.5)
        times[len(array)] = (time.perf_counter() - begin) / len(array)
    # A copy per update would take a hundred times as long on the large one.
    assert times[100_000] < 20 * times[1000]


def changes_a_copy(a, i):
    a = a.copy()
    a[i][0] = 5.0
    return a


def adds_to_a_copy(a, i):
    a = a.copy()
    a[:, i][0] += 5.0
    return a


def changes_a_copy_in_a_list(a, i):
    rows = [a.copy()]
    rows[0][i][0] = 5.0
    return rows


@pytest.mark.parametrize(
    "program", [changes_a_copy, adds_to_a_copy, changes_a_copy_in_a_list], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("index", [np.array([0, 1]), np.array([True, False]), [0, 1]], ids=str)
def test_a_change_of_what_index_arrays_select_is_refused(program, index):
    a = np.zeros((2, 2))
    with pytest.raises(MyiaSyntaxError, match="a subscript by an array or a list gives a copy"):
        myia(program)(a, index)


def stores_what_index_arrays_select(a, i):
    a = a.copy()
    a[i] += 5.0
    a[1:][i] = 2.0
    a[0][i] += 1.0
    return a


def test_what_index_arrays_select_is_stored():
    check(stores_what_index_arrays_select, np.zeros((3, 2)), np.array([0, 1]))


def filled(n, x):
    a, b, z = np.zeros((n, 2)), np.zeros(n, int), np.ones(n, complex)
    a.fill(x)
    a[1].fill(2)
    b.fill(x)
    z.fill(1j)
    return a, b, z


def test_fill():
    check(filled, 3, 2.5)
    check_gradient(lambda x: np.sum(filled(3, x)[0] ** 2), 1.5)


def fills_its_argument(a, x):
    a.fill(x)
    return a


def fills_its_own(a, x):
    a = a.copy()
    a.fill(x)
    return a


def fills_by_keyword(a, x):
    a = a.copy()
    a.fill(value=x)
    return a


@pytest.mark.parametrize(
    ("program", "number", "message"),
    [
        (fills_its_argument, 1.0, "may be visible elsewhere .* copy it first"),
        (fills_its_own, np.ones(1), r"fill\(\) takes a number \[got float64\[1\]\]"),
        (fills_by_keyword, 1.0, r"fill\(\) takes one argument, by position"),
        (lambda a, x: a.copy().fill(x), 1.0, "'fill' changes the array, which must be a variable"),
    ],
)
def test_what_fill_does_not_take(program, number, message):
    with pytest.raises((MyiaSyntaxError, MyiaTypeError), match=message):
        myia(program)(np.zeros(2), number)
