"""Partials and bound methods as arguments; parameters whose values are known when compiling."""

import functools
import math
import operator
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check

from myia import myia


def g(x, y, z=1.0):
    return x * y + z


@dataclass
class Line:
    slope: float
    offset: float = 0.0

    def at(self, x):
        return self.slope * x + self.offset

    @classmethod
    def through(cls, x):
        return cls(x, x)


def apply(f, x):
    return f(x)


def compose(f, h, x):
    return f(h(x))


ARRAY = np.arange(3.0)


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (apply, (functools.partial(g, 2.0), 3.0)),
        (apply, (functools.partial(g, 2.0, z=5), 3.0)),
        (apply, (functools.partial(g, y=ARRAY, z=ARRAY), 3.0)),
        (apply, (functools.partial(functools.partial(g, 1), z=4), 3)),
        (apply, (functools.partial(math.pow, 2.0), 3.0)),
        (apply, (functools.partial(Line, 2.0), 3.0)),
        (apply, (functools.partial(Line(2.0).at), 3.0)),
        (apply, (Line(2.0, 1.0).at, 3.0)),
        (apply, (Line.through, 3.0)),
        (lambda f, a, b: f(a, b), (operator.add, 1, 2)),
        (lambda f, a, b: f(a, b), (operator.pow, 2.0, 3)),
        (compose, (Line(2.0).at, functools.partial(g, 2.0), 1.5)),
        (lambda x: apply(functools.partial(g, x, z=x), x), (3.0,)),
        (lambda line, x: apply(line.at, x), (Line(2.0), 3.0)),
    ],
)
def test_as_in_python(f, args) -> None:
    check(f, *args)


def test_what_a_partial_holds_is_no_constant() -> None:
    compiled = myia(apply)
    for i in range(3):
        assert compiled(functools.partial(g, float(i)), 2.0) == 2.0 * i + 1
        assert compiled(Line(float(i)).at, 2.0) == 2.0 * i
    assert compiled.cache_size == 2


def test_a_keyword_given_twice_is_refused() -> None:
    with pytest.raises(TypeError, match="multiple values"):
        myia(lambda f: f(1.0, z=2.0))(functools.partial(g, 1.0, z=3.0))


def test_static_argument() -> None:
    def power(x, n, *, how="plain"):
        total = 1
        for i in range(n):
            total = total * x
        return np.zeros(n) + total if how == "array" else total

    compiled = myia(power, static_argnames=("n", "how"))
    for n in (2, 3, 2):
        assert compiled(2.0, n) == 2.0**n
        assert compiled(3.0, n=n) == 3.0**n
        np.testing.assert_array_equal(compiled(2.0, n, how="array"), np.zeros(n) + 2.0**n)
    assert compiled.cache_size == 4
    assert "2xf64" in compiled.ir(2.0, 2, how="array")


def test_static_tuples_and_methods() -> None:
    @dataclass
    class Maker:
        value: float

        @myia(static_argnames="shape")
        def make(self, shape):
            return np.full(shape, self.value)

    assert Maker(2.0).make((2, 3)).shape == (2, 3)
    assert Maker(2.0).make(shape=(4,)).shape == (4,)
    first = myia(lambda xs, index: xs[index], static_argnames="index")
    assert first((1, "a", 2.5), 1) == "a"
    assert first((1, "a", 2.5), 2) == 2.5
    assert first((1, "a", True), True) == "a"


def test_static_numbers_are_told_apart() -> None:
    same = myia(lambda x: x, static_argnames="x")
    for value in (1, 1.0, True, 0.0, -0.0, math.inf, "1", None, (1,), (1.0, (True,))):
        found = same(value)
        assert repr(found) == repr(value)


def test_static_arguments_that_are_refused() -> None:
    with pytest.raises(TypeError, match="no parameter 'm'"):
        myia(g, static_argnames="m")
    with pytest.raises(TypeError, match="static argument 'x' is of type ndarray"):
        myia(g, static_argnames="x")(ARRAY, 1.0)
