"""Updates of parts of containers: as CPython has them, or refused, never seen by one name only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same, check, check_gradient

from myia import grad, myia
from myia.errors import MyiaSyntaxError


@dataclass
class P:
    a: np.ndarray
    b: float


@dataclass
class Twice:
    a: np.ndarray
    c: object = None

    def __post_init__(self):
        self.c = self.a


# What others see: right, or refused


def in_a_list(x):
    a = np.zeros(2)
    xs = []
    xs.append(a)
    xs[0][0] = x
    return a[0]


def in_a_display(x):
    a = np.ones(2) * x
    xs = [a, 1.0]
    xs[0][0] = 5.0
    return a.sum()


def in_a_record(x):
    a = np.ones(2) * x
    p = P(a, x)
    p.a[0] = 5.0
    return a.sum()


def augmented(x):
    g = np.zeros(3)
    ws = [g]
    ws[0] += x
    return g.sum()


def twice_in_a_list(x):
    a = np.zeros(2)
    xs = [a, a]
    xs[0][0] = x
    return xs[1][0]


def again_in_a_loop(x):
    a = np.zeros(2)
    xs = []
    for _ in range(3):
        xs.append(a)
    xs[0][0] = x
    return xs[2]


def multiplied(x):
    xs = [np.zeros(2)] * 3
    xs[0][0] = x
    return xs


def multiplied_inside(x):
    xs = [[np.zeros(2)] * 2 for _ in range(2)]
    xs[0][0][0] = x
    return xs


def views(x):
    a = x.copy()
    rows = [a[:2], a[2:]]
    rows[0][0] = 9.0
    return a


def reshaped(x):
    a = x.copy()
    rows = [a.reshape(2, 2)]
    rows[0][0, 0] = 9.0
    return a


def copy_of_a_dict(x):
    d = {"a": np.zeros(3)}
    e = d.copy()
    e["a"][0] = x
    return d["a"][0]


def copy_of_a_list(x):
    xs = [np.zeros(3)]
    ys = list(xs)
    ys[0][0] = x
    return xs[0][0]


def read_before(x):
    xs = [np.zeros(2)]
    a = xs[0]
    xs[0][0] = x
    return a[0]


def field_read_before(x):
    p = P(np.zeros(2), x)
    a = p.a
    p.a[0] = x
    return a[0]


def of_an_argument(xs, x):
    ys = [xs[0]]
    ys[0][0] = x
    return xs[0][0]


def extended(x):
    a = np.zeros(2)
    xs = []
    xs += [a]
    xs.extend([a])
    xs[0][0] = x
    return a[0]


def in_two_containers(x):
    a = np.zeros(2)
    xs, ys = [a], [a]
    xs[0][0] = x
    return ys[0][0]


def in_a_container_of_containers(x):
    a = np.zeros(2)
    xs = [(a, 1)]
    xs[0][0][0] = x
    return a[0]


def chosen(x):
    a, b = np.zeros(2), np.ones(2)
    xs = [a if x > 0 else b]
    xs[0][0] = 7.0
    return a[0]


def put_back(x):
    xs = [np.zeros(2)]
    a = xs.pop()
    xs.append(a)
    xs[0][0] = x
    return a[0]


def from_a_function(x):
    def pair(a):
        return [a, a]

    xs = pair(np.zeros(2))
    xs[0][0] = x
    return xs[1][0]


def captured(x):
    a = np.zeros(2)
    xs = [a]
    f = lambda: a[0]  # noqa: E731
    xs[0][0] = x
    return f()


def set_by_post_init(x):
    t = Twice(np.zeros(2))
    t.a[0] = x
    return t.c[0]


def older_one_in_a_loop(n):
    rows, last = [], np.zeros(1)
    total = 0.0
    for i in range(int(n) + 3):
        before = last
        row = np.zeros(1)
        rows.append(row)
        last = row
        if i > 0:
            rows[i - 1][0] = 5.0
        total += before[0]
    return total


def inner_dict(x):
    inner = {"b": x}
    d = {"a": inner}
    d["a"]["b"] = 2.0
    return inner["b"]


def dict_of_an_argument(x):
    def f(inner):
        d = {"a": inner}
        d["a"]["b"] = 2.0
        return inner["b"]

    return f({"b": x})


def gone_through(x):
    xs = [np.zeros(2), np.ones(2)]
    total = 0.0
    for row in xs:
        xs[1][0] = x
        total += row[0]
    return total


SEEN = [in_a_list, in_a_display, in_a_record, augmented, twice_in_a_list, again_in_a_loop]
SEEN += [multiplied, multiplied_inside, copy_of_a_dict, copy_of_a_list, read_before]
SEEN += [field_read_before, extended, in_two_containers, in_a_container_of_containers, chosen]
SEEN += [put_back, from_a_function, captured, set_by_post_init, older_one_in_a_loop, inner_dict]
SEEN += [dict_of_an_argument, gone_through]


@pytest.mark.parametrize("function", SEEN, ids=lambda f: f.__name__)
def test_what_others_see(function):
    expected = function(1.5)
    try:
        found = myia(function)(1.5)
    except MyiaSyntaxError as error:
        assert error.code in (2, 3)
        return
    except RuntimeError as error:
        assert "visible elsewhere" in str(error)
        return
    assert_same(found, expected)


@pytest.mark.parametrize("function", [views, reshaped])
def test_views(function):
    with pytest.raises(MyiaSyntaxError, match="MYIA002"):
        myia(function)(np.arange(4.0))


def test_an_argument_in_a_container():
    with pytest.raises(MyiaSyntaxError, match="MYIA002"):
        myia(of_an_argument)([np.zeros(2)], 1.0)


# What nothing else sees: updated


def rows_of_a_loop(n):
    rows = []
    for i in range(n):
        row = np.zeros(3)
        row[0] = i
        rows.append(row)
    for i in range(n):
        for j in range(3):
            rows[i][j] += j
    rows[0] *= 2.0
    return rows


def fields(x):
    p, q = P(np.ones(2) * x, 1.0), P(np.ones(2) * x, 1.0)
    p.a[0] = 5.0
    p.a[1] += 1.0
    return p, q


def states(x):
    state = {"m": {"w": np.zeros(2), "n": 0}, "xs": [np.ones(2)], "history": [x]}
    state["m"]["w"][0] = x
    state["m"]["w"] += 1.0
    state["m"]["n"] += 1
    state["xs"][0][1] = x
    state["history"].append(x + 1)
    return state


def beside_an_argument(w, n):
    state = {"w": w, "count": 0, "seen": [w], "own": np.zeros(2)}
    for i in range(n):
        state["count"] += i
        state["seen"].append(w)
    return state


def comprehension(n):
    rows = [np.zeros(2) for _ in range(n)]
    rows[1][0] = 3.0
    return rows


def grid(n):
    g = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            g[i][j] = i * j
    return g


def test_rows_of_a_loop():
    check(rows_of_a_loop, 4)


def test_fields_of_records():
    check(fields, 1.5)


def test_nested_dicts():
    check(states, 1.5)
    check(beside_an_argument, np.ones(2), 3)


def test_comprehensions():
    check(comprehension, 3)
    check(grid, 4)


def test_derivatives():
    def f(x):
        rows = {"a": np.zeros(2), "b": np.ones(2)}
        rows["a"][1] = x * x
        rows["b"] *= x
        return (rows["a"] * rows["b"]).sum()

    check_gradient(f, 1.5)
    assert_same(grad(grad(f))(2.0), 12.0)
