"""Dataclasses: how instances are made, what methods are bound to, what operators call."""

import dataclasses
import functools
import math
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
import pytest
from compare import assert_same, check

from myia import grad, myia


@dataclass(frozen=True)
class Money:
    amount: int
    currency: str = "EUR"

    def __post_init__(self):
        if self.amount < 0:
            raise ValueError("an amount cannot be negative")

    def __sub__(self, other):
        return Money(self.amount - other.amount, self.currency)


@dataclass
class Circle:
    radius: float
    area: float = field(init=False)
    count: int = field(init=False, default=0)

    def __post_init__(self):
        self.area = math.pi * self.radius**2
        if self.radius > 1:
            self.count += 1
            return
        self.radius = float(self.radius)


@dataclass(frozen=True)
class Unit:
    x: float
    y: float

    def __post_init__(self):
        norm = math.hypot(self.x, self.y)
        object.__setattr__(self, "x", self.x / norm)
        object.__setattr__(self, "y", self.y / norm)


@dataclass
class Base:
    a: float
    total: float = field(init=False, default=0.0)
    NAME: ClassVar[str] = "base"
    SCALE = 2.0

    def __post_init__(self):
        self.total = self.a * self.SCALE

    def value(self):
        return self.a * self.SCALE

    @property
    def half(self):
        return self.a / 2

    @classmethod
    def make(cls, a):
        return cls(a)

    @classmethod
    def scaled(cls, x):
        return cls.SCALE * x

    @staticmethod
    def twice(x):
        return 2 * x


@dataclass
class Derived(Base):
    b: float = 1.0
    SCALE = 3.0

    def __post_init__(self):
        super().__post_init__()
        self.total += self.b

    def value(self):
        return super().value() + self.b + super().half

    @classmethod
    def make(cls, a):
        made = super().make(a)
        return replace(made, b=7.0)

    @staticmethod
    def twice(x):
        return Base.twice(x) + 1


class Plain(Derived):
    """No decorator: the fields and the initialisation are inherited."""

    def value(self):
        return -super().value()


@dataclass(kw_only=True)
class Options:
    depth: int = 3
    names: list[int] = field(default_factory=list)
    size: tuple = field(default_factory=lambda: (1, 2))


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False)


@dataclass
class Meters:
    n: float

    def __add__(self, other):
        if isinstance(other, Meters):
            return Meters(self.n + other.n)
        if isinstance(other, float):
            return Meters(self.n + other)
        return NotImplemented

    def __radd__(self, other):
        if isinstance(other, float):
            return Meters(other + self.n)
        return NotImplemented

    def __eq__(self, other):
        if not isinstance(other, Meters):
            return NotImplemented
        return abs(self.n - other.n) < 0.5

    def __lt__(self, other):
        return self.n < other.n

    def __abs__(self):
        return Meters(abs(self.n))

    def __float__(self):
        return self.n

    def __int__(self):
        return 17

    def __matmul__(self, other):
        return self.n * other.n


@dataclass
class Signed:
    x: float

    def __abs__(self):
        return -self.x


@functools.total_ordering
@dataclass
class Total:
    x: int

    def __lt__(self, other):
        return self.x < other.x


@dataclass
class Feet(Meters):
    def __radd__(self, other):
        return 1.0


@dataclass
class Other:
    n: float

    def __radd__(self, other):
        return ("other", self.n)


@dataclass
class Bag:
    items: list[int] = field(default_factory=list)

    def __iter__(self):
        return iter(self.items)

    def __contains__(self, item):
        return item in self.items

    def __bool__(self):
        return len(self.items) > 2

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i] * 10

    def __call__(self, x, *, by=2):
        return len(self.items) * x * by

    def __repr__(self):
        with open("nothing") as f:
            return f.read()

    def broken(self):
        with open("nothing") as f:
            return f.read()


M, BAG = Meters(2.0), Bag([1, 2, 3])


def overloads(a, b):
    return a + b, a + 1.0, 1.0 + a, a == b, a != b, a < b, a > b, a == 3, a != 3, a @ b


def bag(bag, x):
    total = 0
    for item in bag:
        total += item
    return (
        total,
        x in bag,
        x not in bag,
        bool(bag),
        len(bag),
        bag[0],
        bag(x, by=3),
        sum(y for y in bag),
    )


def inherited(d):
    return d.value(), d.half, d.SCALE, d.NAME, d.total, d.twice(2.0), type(d).SCALE, d.scaled(1.0)


def made(a):
    return Base.make(a), Derived.make(a), Derived.twice(a), Base.scaled(a), Derived.SCALE, Base.NAME


def options(n):
    o = Options()
    o2 = Options(names=[n], depth=n)
    return o, o2, o2.names + o.names, o.size


def ordered(a, b):
    return a < b, a <= b, a > b, a >= b, a == b, a != b, max(a, b), min(a, b)


def spend(have, cost):
    return have - cost, Money(have.amount)


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (spend, (Money(5), Money(3))),
        (spend, (Money(5), Money(8))),
        (lambda r: (Circle(r), Circle(r).area), (2.0,)),
        (lambda r: Circle(r), (1,)),
        (lambda c: (c.area, replace(c, radius=3.0)), (Circle(1.0),)),
        (lambda x, y: Unit(x, y), (3.0, 4.0)),
        (lambda a: (Base(a), Derived(a), Derived(a, 2.0), Plain(a)), (1.5,)),
        (inherited, (Base(2.0),)),
        (inherited, (Derived(2.0, 5.0),)),
        (inherited, (Plain(2.0, 5.0),)),
        (made, (2.0,)),
        (options, (4,)),
        (ordered, (Version(1, 2), Version(1, 10, "x"))),
        (ordered, (Version(2), Version(1, 9))),
        (ordered, (Version(1), Version(1, label="y"))),
        (ordered, (Total(1), Total(2))),
        (overloads, (M, Meters(2.25))),
        (lambda a, b: a + b, (M, Feet(1.0))),
        (lambda a, b: a + b, (Feet(1.0), M)),
        (lambda a, b: a + b, (M, Other(1.0))),
        (lambda a, b: (a == b, a != b), (M, Other(2.0))),
        (lambda a, b: (a == b, a != b), (M, Feet(2.0))),
        (lambda a, b: (a == b, a != b), (Circle(1.0), Circle(1.0))),
        (lambda a, b: (a == b, a != b, a is None), (Version(1), Money(1))),
        (lambda a: (float(a), int(a)), (M,)),
        (lambda s: abs(s), (Signed(-2.0),)),
        (bag, (BAG, 2)),
        (bag, (Bag([4]), 2)),
        (lambda a: [m.n for m in [a, Meters(1.0)]], (M,)),
        (lambda x: x * 2.0 + Meters(1.0).n, (np.arange(3.0),)),
        (lambda x: np.float64(1.5) + Meters(1.0), (1,)),
    ],
)
def test_as_in_python(f, args) -> None:
    check(f, *args)


def test_gradient_through_post_init() -> None:
    assert_same(grad(lambda r: Circle(r).area)(2.0), 4 * math.pi)
    assert_same(grad(lambda x: Unit(x, 1.0).x)(1.0), 1 / (2 * math.sqrt(2)))


@pytest.mark.parametrize(
    ("f", "args", "error"),
    [
        (lambda a: a + "x", (M,), TypeError),
        (lambda a: "x" + a, (M,), TypeError),
        (lambda a: a + None, (M,), TypeError),
        (lambda a, b: a < b, (Version(1), Money(1)), TypeError),
        (lambda a: a.nothing, (M,), AttributeError),
        (lambda a: Options(a), (3,), TypeError),
        (lambda a: Circle(1.0, 2.0), (3,), TypeError),
        (lambda a: replace(a, nothing=1), (M,), TypeError),
    ],
)
def test_refused_as_python_does(f, args, error) -> None:
    with pytest.raises(error):
        f(*args)
    with pytest.raises(error):
        myia(f)(*args)


@pytest.mark.parametrize(
    ("f", "args", "message"),
    [
        (lambda b: b.broken(), (BAG,), "`with` is not part of the language"),
        (lambda x: x + Meters(1.0), (np.arange(3.0),), "write the instance first"),
        (lambda a: abs(a), (M,), "__abs__ must give a number here"),
        (lambda c: c.__post_init__(), (Circle(1.0),), "__post_init__ is called where"),
    ],
)
def test_refused(f, args, message) -> None:
    with pytest.raises((SyntaxError, TypeError), match=message):
        myia(f)(*args)


@dataclass
class Own:
    x: float

    def __init__(self, x):
        self.x = x


@dataclass
class Mixin:
    def value(self):
        return 1.0


@dataclass
class Left(Mixin):
    def value(self):
        return super().value() + 1


@dataclass
class Right(Mixin):
    def value(self):
        return 10.0


@dataclass
class Diamond(Left, Right):
    pass


@dataclass
class WithInitVar:
    x: dataclasses.InitVar[float]
    y: float = 0.0


@dataclass
class Undeclared:
    x: float

    def __post_init__(self):
        self.hidden = 2 * self.x


@dataclass
class Unset:
    x: float
    y: float = field(init=False)


@pytest.mark.parametrize(
    ("f", "args", "message"),
    [
        (lambda o: o.x, (Own(1.0),), "its own __init__"),
        (lambda d: d.value(), (Diamond(),), "has several bases"),
        (lambda w: w.y, (WithInitVar(1.0),), "InitVar"),
        (lambda u: u, (Undeclared(1.0),), "is not a field of 'Undeclared'"),
    ],
)
def test_classes_that_are_refused(f, args, message) -> None:
    with pytest.raises(TypeError, match=message):
        myia(f)(*args)


def test_undeclared_field_of_an_instance_made_here() -> None:
    with pytest.raises(AttributeError, match="no field 'hidden' that could be assigned"):
        myia(lambda x: Undeclared(x).x)(1.0)


def test_what_is_not_known_of_a_class_is_not_denied() -> None:
    def f(c):
        return hasattr(c, "radius"), hasattr(c, "nothing"), getattr(c, "area", 1.0)

    check(f, Circle(1.0))
    with pytest.raises(TypeError):
        myia(lambda c: hasattr(c, "__eq__"))(Circle(1.0))


def test_field_without_a_value() -> None:
    with pytest.raises(AttributeError, match="no value after __init__"):
        myia(lambda x: Unset(x).x)(1.0)
