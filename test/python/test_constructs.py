# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Python's constructs beyond plain statements, each against CPython."""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same, check
from frontend_support import refused

from myia import grad, myia
from myia.errors import MyiaSyntaxError, MyiaTypeError


class Color(enum.Enum):
    RED = 1
    GREEN = "green"
    SHAPE = (2, 3)


class Number(enum.IntEnum):
    ONE = 1


@dataclass(frozen=True)
class Point:
    x: float
    y: float = 0.0


def signature(a, b=2, /, c=3, *rest, d=4, **options):
    return a, b, c, rest, d


# Calls


def test_star_arguments():
    def f(t, x):
        return signature(*t), signature(1, *t, d=x), signature(*t, *t, x), signature(*(x, x))

    check(f, (1, 2.0), 3)
    check(f, np.arange(3.0), 1)
    check(lambda t: max(*t, 3), (1, 7))


def test_too_many_star_arguments():
    with pytest.raises(MyiaTypeError, match="takes 1 positional argument but 2 were given"):
        myia(lambda t: (lambda a: a)(*t))((1, 2))
    with pytest.raises(MyiaTypeError, match="cannot be arguments: .* needs a tuple or an array\n"):
        myia(lambda t: signature(*t))(1)
    with pytest.raises(
        MyiaTypeError, match=r"a column of a list of rows is \[row\[i\] for row in r"
    ):
        myia(lambda rows: [sum(column) for column in zip(*rows)])([[1, 2], [3, 4]])


def test_star_parameters():
    def total(*values, start=0):
        for value in values:
            start = start + value
        return start

    def f(x):
        return total(), total(x), total(x, 2.0, x, start=x)

    check(f, 3)


def test_double_star_parameters_go_on_to_another_call():
    def inner(x, scale=1.0, shift=0.0):
        return x * scale + shift

    def outer(x, **options):
        return inner(x, **options)

    check(lambda x: (outer(x), outer(x, scale=2.0), outer(x, shift=1, scale=x)), 3.0)
    with pytest.raises(MyiaTypeError, match="multiple values for keyword argument 'scale'"):
        myia(lambda x: (lambda **o: inner(x, scale=1.0, **o))(scale=2.0))(1.0)


def test_star_parameters_of_an_entry():
    def f(x, *rest, scale=2.0, **options):
        return x * scale, rest, len(rest)

    for args, kwargs in [((1,), {}), ((1, 2.5, 3), {}), ((1, 2), {"scale": 3.0, "other": 1})]:
        assert_same(myia(f)(*args, **kwargs), f(*args, **kwargs))
    assert_same(grad(lambda *xs: xs[0] * xs[1])(2.0, 3.0), 3.0)
    assert_same(grad(lambda *xs: xs[0] * xs[1], (0, 1))(2.0, 3.0), (3.0, 2.0))


def test_star_displays():
    check(lambda t: (*t, 1, *t), (1, 2.0))
    check(lambda t: (0, *t), np.arange(2.0))
    check(lambda t: (*t,), ())


def test_defaults_of_local_functions_are_computed_where_they_are_defined():
    def f(x):
        scale = 2.0
        h = lambda a, s=scale, *, t=x + 1: a * s + t  # noqa: E731

        def g(a, b=(x, scale)):
            return a + b[0]

        scale = 3.0
        return h(x), h(x, 1.0), h(x, t=0), g(scale)

    check(f, 1.5)


def test_defaults_fix_a_loop_variable():
    def f(x):
        for i in range(3):
            g = lambda a, i=i: a * i  # noqa: E731
            x = g(x) + 1
        return x

    check(f, 2.0)
    np.testing.assert_allclose(grad(f)(2.0), 0.0)


# Assignment


def test_annotated_assignment():
    def f(x: float, n: int | None = None) -> float | None:
        y: float = x * 2
        z: int | float = 3
        unchecked: UnknownName = 1  # noqa: F821
        return y + z + unchecked

    check(f, 1.5)
    check(f, 2)


def test_annotations_that_contradict_are_refused():
    def assigned(x):
        y: int = x * 0.5
        return y

    def returned(x) -> Point:
        return x

    with pytest.raises(MyiaTypeError, match="annotation says int, but the value is float"):
        myia(assigned)(1.0)
    with pytest.raises(MyiaTypeError, match="annotation says Point"):
        myia(returned)(1.0)
    with pytest.raises(MyiaTypeError, match="annotation says float"):
        myia(takes_a_float)(np.ones(2))


def takes_a_float(x: float):
    return x


def test_walrus():
    def f(x):
        if (y := x * 2) > 3 and (z := y + 1):
            return y + z
        return y

    check(f, 1)
    check(f, 5)
    check(lambda x: (any((w := i) > x for i in range(9)), w), 3)


# Comparison


def test_identity():
    def f(x):
        return x is None, x is not None, x is True, x is not False, Color.RED is Color.RED

    for value in (None, True, False, 1, 0.5, (1,), "a", Point(1.0)):
        check(f, value)


def test_membership():
    def f(x):
        return x in (1, 2.5, "a", None), x not in (3, "b"), "a" in "cat"

    for value in (1, 2.5, 7, "a", "b", None):
        check(f, value)


def test_membership_in_an_array():
    def f(x, a):
        return x in a, x + 1 not in a

    check(f, 2, np.arange(3))
    check(f, 0.5, np.arange(3.0))


def test_equality_of_different_kinds():
    def f(x):
        return x == 1, x != 1, x == "a", x == (1, 2), x == None  # noqa: E711

    for value in (1, 1.5, "a", (1, 2), None, Color.RED):
        check(f, value)
    check(lambda p: (p == 1, p != None), Point(1.0))  # noqa: E711


def test_chained_comparison_of_arrays_is_ambiguous():
    def f(x):
        return 0 < x < 2

    check(f, np.ones(3))
    check(f, np.ones(1)[0])


# Values


def test_enum_members():
    def f(c):
        if c is Color.RED:
            return 1, c.name, c.value
        return c == Color.GREEN, c in (Color.RED, Color.SHAPE), c, Color.SHAPE.value

    for member in Color:
        check(f, member)
    check(lambda c: isinstance(c, Color), Color.RED)
    check(lambda c: isinstance(c, Color), 1)
    refused(MyiaTypeError, 23, "Number.ONE", lambda x: x + (Number.ONE is x), 1)


def test_types_are_values():
    def f(x):
        convert = float if x > 2 else int
        make = Point if x < 5 else (lambda a: Point(a, 0.5))
        return convert(x) * 1.0, make(x)

    for x in (1, 3, 7):
        check(f, x)


def test_strings_fold():
    def f(name, x):
        if name.lower().startswith("m") and "ea" in name and len(name) == 4 and name[0] < "n":
            return x, name[::-1], name.replace("a", "o") * 2, ", ".join((name, "b"))
        return x, name.upper() + "!", name.strip("x"), "é".upper() if False else "é"[0]

    check(f, "mean", 1)
    check(f, "xsumx", 2.0)
    check(lambda s: tuple(c for c in s), "aéb")
    with pytest.raises(AttributeError, match="string method 'zfill'"):
        myia(lambda s: s.zfill(3))("a")


def test_modules_and_imports_inside():
    def f(x):
        import math as m
        from math import sqrt

        return m.sin(x) + (lambda y: m.cos(sqrt(y)))(x)

    def g(x):
        xp = np
        return xp.sin(x) + (lambda y: xp.linalg.norm(y))(xp.arange(3))

    check(f, 2.0)
    check(g, 2.0)


# Errors


def test_messages_at_run_time():
    def f(x):
        if x > 2:
            raise ValueError(f"bad {x:.2f}")
        if x < 0:
            raise KeyError("key", x)
        raise ArithmeticError

    for value in (3.0, -1.5, 0.0):
        with pytest.raises(Exception) as expected:
            f(value)
        with pytest.raises(expected.type) as found:
            myia(f)(value)
        assert found.value.args == expected.value.args
        assert str(found.value) == str(expected.value)


def test_messages_of_assertions():
    def f(x):
        assert x != 1, ("one", x)
        assert x != 2, f"{x!r} is two"
        assert x != 3
        return x

    for value, args in ((1, (("one", 1),)), (2, ("2 is two",)), (3, ())):
        with pytest.raises(AssertionError) as found:
            myia(f)(value)
        assert found.value.args == args
    check(f, 4)


@pytest.mark.parametrize("message", ["", "a\0b", "a\n\u00e9\U0001f600", "{}", "%s"])
def test_messages_are_what_was_written(message):
    def raises(x):
        raise ValueError(message)

    def raises_a_sum(x):
        raise ValueError(message + "")

    def asserts(x):
        assert x < 0, message

    for function in (raises, raises_a_sum, asserts):
        with pytest.raises((ValueError, AssertionError)) as caught:
            myia(function)(1)
        assert caught.value.args == (message,)


def test_message_of_an_array():
    def f(x):
        raise ValueError("shape", x, np.sum(x))

    with pytest.raises(ValueError) as found:
        myia(f)(np.arange(3.0))
    assert found.value.args[0] == "shape"
    np.testing.assert_array_equal(found.value.args[1], np.arange(3.0))


def test_an_unused_expression_warns():
    def f(x):
        x + 1
        return x

    with pytest.warns(SyntaxWarning, match="not used"):
        assert myia(f)(2) == 2


def test_decorators_inside_must_be_known():
    def known(x):
        @myia
        def g(y):
            return y + 1

        return g(x)

    def unknown(x):
        @functools.lru_cache
        def g(y):
            return y

        return g(x)

    check(known, 1)
    refused(MyiaSyntaxError, 1, "functools.lru_cache", unknown, 1)


def recursive_in_a_branch(n):
    if n < 0:
        return n
    elif n < 3:

        def count(k):
            return 0 if k <= 0 else count(k - 1) + n

        return count(2)
    total = 0
    for i in range(n):

        def double(k):
            return 0 if k <= 0 else 2 + double(k - 1)

        total += double(i)
    return total


@pytest.mark.parametrize("n", [-1, 2, 4])
def test_a_recursive_function_made_in_a_branch_or_loop(n):
    check(recursive_in_a_branch, n)
