"""The smallest program of every item of the fine print of docs/language.md."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from compare import assert_same, check
from language_support import refused

from myia import MyiaKeyError, MyiaShapeError, MyiaSyntaxError, MyiaTypeError, myia


@dataclass
class Countdown:
    left: int

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left


@dataclass
class Node:
    value: int
    next: Node | None = None


@dataclass
class Base:
    x: float

    def area(self):
        return self.x


@dataclass
class Derived(Base):
    def area(self):
        return 2 * super().area()


WEIGHTS = np.ones(2)
FACTOR = 2


def test_numbers_that_meet_in_a_loop():
    def f(n):
        total = 0
        for _ in range(n):
            total += 0.5
        return total

    check(f, 3)
    assert_same(myia(f)(0), 0.0)


def test_numbers_that_meet_in_branches_lists_and_extremes():
    def f(x):
        return (1 if x > 0 else x), max(0, x), [1, x]

    assert_same(myia(f)(2.5), (1.0, 2.5, [1.0, 2.5]))


def test_scalars_of_numpy_and_of_python_divide_differently():
    def f(a, x):
        return a[0] / x

    with np.errstate(divide="ignore"):
        assert_same(myia(f)(np.ones(1), 0.0), np.float64("inf"))

    def g(x):
        return 1.0 / x

    check(g, 0.0)


def test_unbound_names():
    def f(n):
        if n > 0:
            value = n
        return value

    check(f, 1)
    check(f, 0)


def test_update_of_an_own_dict():
    def f(n):
        d = {"a": n}
        d["a"] = n + 1
        return d, d.get("a", 0), d.get("b", 0)

    check(f, 1)


def test_update_of_own_lists_and_arrays():
    def f(n):
        xs = [n, 2]
        xs[0] = 5
        xs += [7]
        last = xs.pop()
        a = np.zeros(3)
        a[1] = last
        a *= 2
        return xs, a

    check(f, 1)


def test_augmented_assignment_of_an_argument_is_refused():
    def f(w, g):
        w -= g
        return w

    assert refused(MyiaSyntaxError, f, np.ones(2), np.ones(2)) == "w -= g"


def test_super():
    def f(d):
        return d.area()

    check(f, Derived(2.5))


def test_replace():
    def f(d):
        return replace(d, x=d.x + 1.0)

    check(f, Base(2.5))


def test_next_that_changes_its_object_is_refused():
    def f(c):
        return sum(i for i in c)

    refused(MyiaSyntaxError, f, Countdown(3))


def test_run_time_index_of_a_mixed_tuple_is_refused():
    def f(t, i):
        return t[i]

    assert refused(MyiaTypeError, f, (1, "a"), 0) == "t[i]"


def test_tuple_of_unknown_length_is_refused():
    def f(n):
        return tuple(i for i in range(n))

    assert "tuple(" in refused(MyiaTypeError, f, 3)


def test_annotations():
    def f(n):
        x: float = n
        return x

    assert_same(myia(f)(3), 3)

    def g(n):
        x: int = n + 0.5
        return x

    assert refused(MyiaTypeError, g, 3)


def test_field_annotations_tell_the_types_of_recursive_data():
    def f(n):
        node = None
        for i in range(n):
            node = Node(i, node)
        return node

    check(f, 3)
    check(f, 0)


def test_empty_list_takes_the_type_of_its_first_use():
    def f(n):
        xs = []
        for i in range(n):
            xs.append(i * 0.5)
        return xs

    check(f, 3)
    check(f, 0)


def test_lists_of_arrays_of_different_shapes():
    def f(n):
        parts = [np.ones(2), np.zeros(3)]
        return sum(len(each) for each in parts) + n, parts[1]

    check(f, 1)


def test_global_arrays_are_read_at_every_call():
    def f(x):
        return WEIGHTS * x

    compiled = myia(f)
    assert_same(compiled(2.0), f(2.0))
    WEIGHTS[0] += 1.0
    assert_same(compiled(2.0), f(2.0))


def test_global_scalars_recompile(monkeypatch):
    def f(x):
        return FACTOR * x

    compiled = myia(f)
    assert_same(compiled(2), 4)
    monkeypatch.setitem(globals(), "FACTOR", 2.5)
    assert_same(compiled(2), 5.0)


def test_shape_errors_are_value_errors():
    def f(a):
        return a + np.ones(3)

    assert issubclass(MyiaShapeError, ValueError)
    assert refused(MyiaShapeError, f, np.ones(2)) == "a + np.ones(3)"


def test_a_missing_key_is_a_key_error():
    def f(d):
        return d["b"]

    assert refused(MyiaKeyError, f, {"a": 1}) == 'd["b"]'


def double(function):
    def wrapped(x):
        return 2 * function(x)

    return wrapped


def test_decorators_of_a_module_level_function_were_applied():
    @double
    def f(x):
        return x + 1

    check(f, 3)


@pytest.mark.parametrize("n", [5, 3, 0])
def test_decorated_helper(n):
    @double
    def helper(x):
        return x + 1

    def f(x):
        return helper(x)

    check(f, n)


def test_a_negative_power_of_an_int():
    f = myia(lambda a, n: a**n)
    assert f(2, 3) == 8
    assert f(2.0, -1) == 0.5
    with pytest.raises(ValueError, match="negative"):
        f(2, -1)
