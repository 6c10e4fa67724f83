"""The smallest program of every row of docs/language.md: objects and functions."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import numpy as np
from compare import assert_same, check
from language_support import refused

from myia import MyiaTypeError, myia


@dataclass
class Vector:
    x: float
    y: float

    @property
    def length(self):
        return (self.x**2 + self.y**2) ** 0.5

    @staticmethod
    def unit():
        return Vector(1.0, 0.0)

    @classmethod
    def square(cls, x):
        return cls(x, x)

    def scaled(self, k):
        return Vector(self.x * k, self.y * k)

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return self.scaled(k)

    def __rmul__(self, k):
        return self.scaled(k)

    def __call__(self, k):
        return self.x * k

    def __getitem__(self, i):
        return self.x if i == 0 else self.y

    def __len__(self):
        return 2


@dataclass
class Money:
    cents: int

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.cents + other.cents)
        return NotImplemented

    def __radd__(self, other):
        return Money(self.cents + 100 * other)


@dataclass
class Named(Vector):
    name: str = "v"

    def scaled(self, k):
        return Named(self.x * k, self.y * k, self.name)


@dataclass
class Tree:
    value: float
    left: Tree | None = None
    right: Tree | None = None


@dataclass
class Cell:
    head: int
    tail: Cell | None


@dataclass
class Holder:
    items: list[float] = field(default_factory=list)


def test_dataclasses():
    def f(v, k):
        w = Vector(k, k) + v
        return w.length, v.scaled(k), 2.0 * v * k, v(k), v[1], len(v), Vector.unit()

    check(f, Vector(3.0, 4.0), 2.5)


def test_class_methods():
    def f(k):
        return Vector.square(k)

    check(f, 2.5)


def test_not_implemented():
    def f(a, b):
        return a + b

    check(f, Money(1), Money(2))
    check(f, 3, Money(2))
    assert refused(MyiaTypeError, f, Money(2), 3) == "a + b"


def test_inheritance():
    def f(v):
        return v * 2.0, v.length, isinstance(v, Vector)

    check(f, Named(3.0, 4.0, "w"))


def test_default_factory():
    def f(x):
        h = Holder()
        return Holder([x, *h.items])

    check(f, 2.5)


def test_optional():
    def f(x):
        return 0.0 if x is None else x + 1.0

    check(f, None)
    check(f, 2.0)


def test_unions_of_classes():
    @dataclass
    class Empty:
        pass

    def f(n):
        shape = Vector(1.0, 2.0) if n > 1 else Empty() if n else None
        if isinstance(shape, Vector):
            return shape.x
        return 0.0 if shape is None else -1.0

    for n in range(3):
        check(f, n)


def depth(tree):
    return 0 if tree is None else 1 + max(depth(tree.left), depth(tree.right))


def total(tree):
    if tree is None:
        return 0.0
    return tree.value + total(tree.left) + total(tree.right)


def test_trees():
    def f(tree):
        return depth(tree), total(tree)

    check(f, Tree(1.0, Tree(2.0), Tree(3.0, None, Tree(4.0))))


def test_linked_lists():
    def f(cell):
        back = None
        while cell is not None:
            back = Cell(cell.head, back)
            cell = cell.tail
        return back

    check(f, Cell(1, Cell(2, Cell(3, None))))


def test_narrowing():
    def f(a, b):
        if a is not None and b and a > 0:
            return a + b
        match a:
            case None:
                return -1
            case int():
                return a
        return 0

    for a in (None, 1, -1):
        for b in (0, 2):
            check(f, a, b)


def test_functions_as_values():
    def f(g, x):
        k = 2.0
        table = (g, lambda y: y * k, functools.partial(max, 1.0), abs)
        return table[0](x), table[1](x), table[2](x), table[3](x)

    check(f, np.cos, -0.5)


def test_lists_of_functions():
    def f(x):
        steps = [lambda y: y + 1.0, lambda y: y * 3.0]
        for step in steps:
            x = step(x)
        return x

    check(f, 2.0)


def test_bound_methods():
    def f(v, k):
        g = v.scaled
        return g(k)

    check(f, Vector(1.0, 2.0), 3.0)


def test_functions_that_are_returned():
    def f(k):
        return lambda x: x * k

    assert_same(myia(f)(3)(4), 12)
