"""NamedTuples: tuples with names, and with methods."""

import collections
from typing import NamedTuple, Optional

import numpy as np
import pytest
from compare import assert_same, check

from myia import grad, myia


class Point(NamedTuple):
    x: float
    y: float = 0.0

    def norm2(self):
        return self.x * self.x + self.y * self.y

    @property
    def sum(self):
        return self.x + self.y

    @classmethod
    def diagonal(cls, x):
        return cls(x, x)

    @staticmethod
    def scale():
        return 2.0


class Vector(NamedTuple):
    x: float
    y: float

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    __rmul__ = __mul__


Pair = collections.namedtuple("Pair", ["first", "second"], defaults=[5])


class Own(NamedTuple):
    x: float
    y: float = 1.0

    def __len__(self):
        return 7

    def __contains__(self, x):
        return True


class Named(collections.namedtuple("Base", "a b")):
    __slots__ = ()

    def total(self):
        return self.a + self.b

    def _replace(self, x):
        return x


P = Point(3.0, 4.0)


def fields(p):
    return p.x, p.y, p.norm2(), p.sum, p.scale()


def built(a):
    return (
        Point(a),
        Point(y=a, x=1),
        Point.diagonal(a),
        Pair(a),
        Pair(second=a, first=None),
        Named(a, 2),
    )


def as_tuple(p):
    x, y = p
    return x, y, p[0], p[-1], p[:1], len(p), (*p, 1), list(p), tuple(p), x in p, max(p), sum(p)


def looped(p):
    total = 0.0
    for each in p:
        total += each
    for i, each in enumerate(p):
        total += i * each
    return total


def compared(p, q):
    return p == q, p != q, p == (3.0, 4.0), (3.0, 4.0) == p, p < q, p >= q, p == None, p + q, p * 2  # noqa: E711


def replaced(p):
    return p._replace(x=1), p._replace(y=p.x, x=p.y), p._replace(), p._fields


def kinds(p):
    return isinstance(p, tuple), isinstance(p, Point), isinstance(p, Pair), isinstance(p, list)


def matched(p):
    match p:
        case Point(0.0, y):
            return y
        case Point(x=x, y=1.0):
            return -x
        case (a, b):
            return a + b
    return 0.0


def truth(p):
    return bool(p), 1 if p else 2, not p


def operators(v, w):
    return v + w, v * 2.0, 3 * v, v == w


def first_or(p: Point | None, default: float):
    return default if p is None else p.x


def of_list(points):
    total = 0.0
    for p in points:
        total += p.x * p.y
    return total, [p.norm2() for p in points], [Point(p.y, p.x) for p in points], points


def nested(pair):
    (a, b), c = pair
    return pair.first.x + a * b + c


def to_array(p):
    return np.array(p), np.sum(np.asarray(p) * 2), np.zeros(Pair(2, 3))


def early(values):
    found = None
    for value in values:
        if value > 1:
            found = Point(value, 1.0)
    return found


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (fields, (P,)),
        (fields, (Point(1, 2),)),
        (built, (2.0,)),
        (as_tuple, (P,)),
        (looped, (P,)),
        (compared, (P, Point(3.0, 5.0))),
        (compared, (P, (3.0, 4.0))),
        (compared, ((3.0, 4.0), P)),
        (replaced, (P,)),
        (kinds, (P,)),
        (kinds, (Pair(1, 2),)),
        (matched, (Point(0.0, 7.0),)),
        (matched, (Point(2.0, 1.0),)),
        (matched, (P,)),
        (matched, ((1.0, 2.0),)),
        (truth, (P,)),
        (operators, (Vector(1.0, 2.0), Vector(3.0, 4.0))),
        (first_or, (None, 2.0)),
        (first_or, (P, 2.0)),
        (of_list, ([P, Point(1.0, 2.0)],)),
        (of_list, ([P],)),
        (nested, (Pair(P, 2.0),)),
        (to_array, (P,)),
        (early, ([1.0, 2.0, 3.0],)),
        (early, ([0.5],)),
        (lambda p: (p.total(), p._replace(3)), (Named(1, 2),)),
        (lambda p: (len(p), 5.0 in p, p.x), (Own(1.0),)),
        (lambda p, q: p + q, (Vector(1.0, 2.0), (1.0, 2.0))),
        (lambda p, q: (p + q, p < q), ((1, 2), Pair(3, 4))),
    ],
)
def test_as_in_python(f, args) -> None:
    check(f, *args)


def test_gradient_is_a_named_tuple() -> None:
    assert_same(grad(lambda p: p.x * p.x * p.y)(P), Point(24.0, 9.0))


def test_global_instance_is_a_constant() -> None:
    check(lambda x: P.x * x + P.norm2(), 2.0)


def test_fields_cannot_be_assigned() -> None:
    def change(x):
        p = Point(x, x)
        p.x = 2.0
        return p

    with pytest.raises(SyntaxError, match="frozen"):
        myia(change)(1.0)


class Chain(NamedTuple):
    value: float
    rest: Optional["Chain"] = None


def test_recursive_ones_are_refused() -> None:
    with pytest.raises(TypeError, match="frozen dataclass"):
        myia(lambda c: c.value)(Chain(1.0))
