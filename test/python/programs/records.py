"""Dataclasses: methods, inheritance, operators, properties."""

import math
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

import numpy as np

from programs import program


@dataclass(frozen=True)
class Fraction:
    top: int
    bottom: int = 1

    def reduced(self):
        common = math.gcd(self.top, self.bottom)
        return Fraction(self.top // common, self.bottom // common)

    def __add__(self, other):
        if isinstance(other, int):
            other = Fraction(other)
        top = self.top * other.bottom + other.top * self.bottom
        return Fraction(top, self.bottom * other.bottom).reduced()

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        if isinstance(other, int):
            return Fraction(self.top * other, self.bottom).reduced()
        if isinstance(other, Fraction):
            return Fraction(self.top * other.top, self.bottom * other.bottom).reduced()
        return NotImplemented

    def __rmul__(self, other):
        return self * other

    def __lt__(self, other):
        return self.top * other.bottom < other.top * self.bottom

    @property
    def value(self):
        return self.top / self.bottom


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@program((HALF, THIRD), (HALF, HALF), (Fraction(0), THIRD))
def add_fractions(a, b):
    return a + b


@program((HALF, THIRD), (Fraction(-2, 3), Fraction(3)))
def fraction_arithmetic(a, b):
    return a * b + 1, 2 * a, 3 + b, a < b, a == b


@program(([HALF, THIRD],), ([],), ([THIRD],))
def sum_of_fractions(fractions: list[Fraction]) -> Fraction:
    total = Fraction(0)
    for each in fractions:
        total = total + each
    return total


@program((HALF,), (Fraction(3),))
def fraction_to_float(a):
    return a.value


class Shape:
    def area(self):
        raise NotImplementedError("a shape has an area")

    def describe(self):
        return self.area() > 10


@dataclass(frozen=True)
class Circle(Shape):
    radius: float

    def area(self):
        return math.pi * self.radius**2


@dataclass(frozen=True)
class Rectangle(Shape):
    width: float
    height: float

    def area(self):
        return self.width * self.height

    @property
    def diagonal(self):
        return math.hypot(self.width, self.height)

    @classmethod
    def square(cls, side):
        return cls(side, side)

    @staticmethod
    def fits(inner, outer):
        return inner.width <= outer.width and inner.height <= outer.height


@dataclass(frozen=True)
class Box(Rectangle):
    depth: float = 1.0

    def area(self):
        return 2 * (super().area() + self.depth * (self.width + self.height))


@program((Circle(1.0),), (Rectangle(3.0, 4.0),), (Box(1.0, 2.0, 3.0),), (Circle(0),))
def area(shape):
    return shape.area(), shape.describe()


@program((Rectangle(3.0, 4.0),), (Box(1.0, 1.0),), (Rectangle(0, 0),))
def diagonal(shape):
    return shape.diagonal


@program((2.0,), (0,), (-1.5,))
def make_square(side):
    square = Rectangle.square(side)
    return square, Rectangle.fits(square, Rectangle(1.0, 1.0))


@program(([Circle(1.0), Circle(2.0)],), ([],), ([Circle(3.0)],))
def total_area(shapes: list[Circle]) -> float:
    return sum(shape.area() for shape in shapes)


@program(([Circle(1.0), Rectangle(2.0, 3.0)],), ([Rectangle(1.0, 1.0), Circle(0.5)],))
def largest_shape(shapes: list[Circle | Rectangle]):
    return max(shapes, key=lambda shape: shape.area())


@dataclass(frozen=True)
class Polynomial:
    coefficients: list[float]

    def __call__(self, x):
        result = 0.0
        for c in reversed(self.coefficients):
            result = result * x + c
        return result

    def __len__(self):
        return len(self.coefficients)

    def __getitem__(self, i):
        return self.coefficients[i] if i < len(self) else 0.0

    def derivative(self):
        return Polynomial([i * c for i, c in enumerate(self.coefficients)][1:])


QUADRATIC = Polynomial([1.0, 2.0, 3.0])


@program((QUADRATIC, 2.0), (Polynomial([5.0]), 1.0), (QUADRATIC, 0))
def evaluate_polynomial(p, x):
    return p(x), p.derivative()(x), len(p), p[1]


@program((QUADRATIC,), (Polynomial([0.5]),))
def iterate_over_a_polynomial(p):
    total = 0.0
    for c in p.coefficients:
        total += c
    return total


@dataclass(frozen=True)
class Bag:
    items: list[int] = field(default_factory=list)

    def __iter__(self):
        return iter(self.items)

    def __contains__(self, item):
        return item in self.items

    def __bool__(self):
        return len(self.items) > 0


@program((Bag([1, 2, 3]), 2), (Bag([1]), 5), (Bag([4, 4]), 4))
def use_bag(bag, wanted):
    return sum(x for x in bag), wanted in bag, bool(bag)


@dataclass
class Counter:
    count: int = 0
    step: int = 1


@program((5, 2), (0, 1), (3, -1))
def count_up(times, step):
    counter = Counter(step=step)
    for _ in range(times):
        counter.count += counter.step
    return counter


@dataclass(frozen=True)
class Particle:
    position: np.ndarray
    velocity: np.ndarray
    charge: int = 0


MOVING = Particle(np.zeros(2), np.array([1.0, -1.0]), 1)


@program((MOVING, 0.5), (MOVING, 0.0))
def advance(particle, dt):
    return replace(particle, position=particle.position + dt * particle.velocity)


@program(([MOVING, MOVING],), ([MOVING],))
def momentum(particles):
    return sum(p.velocity for p in particles)


class Range(NamedTuple):
    low: float
    high: float = 1.0

    @property
    def width(self):
        return self.high - self.low

    def clamp(self, x):
        return min(max(x, self.low), self.high)


@program((Range(0.0), 2.0), (Range(-1.0, 1.0), 0.5), (Range(0, 10), -3))
def clamp(limits, x):
    low, high = limits
    return limits.clamp(x), limits.width, low <= x <= high


class State(Enum):
    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"


@program((State.IDLE,), (State.RUNNING,), (State.DONE,))
def next_state(state):
    if state is State.IDLE:
        return State.RUNNING
    elif state == State.RUNNING:
        return State.DONE
    raise RuntimeError("there is nothing after done")


@program((State.IDLE, 3), (State.DONE, 1), (State.RUNNING, 2))
def steps_until_done(state, limit):
    steps = 0
    while state is not State.DONE and steps < limit:
        state = State.RUNNING if state is State.IDLE else State.DONE
        steps += 1
    return steps, state.value


@dataclass(frozen=True)
class Money:
    amount: int
    currency: str = "EUR"

    def __post_init__(self):
        if self.amount < 0:
            raise ValueError("an amount cannot be negative")

    def __sub__(self, other):
        if self.currency != other.currency:
            raise TypeError(f"{other.currency} is not {self.currency}")
        return Money(self.amount - other.amount, self.currency)


@program((Money(5), Money(3)), (Money(5), Money(3, "USD")), (Money(1), Money(2)))
def spend(have, cost):
    return have - cost


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0


@program((Version(1, 2), Version(1, 10)), (Version(2), Version(1, 9)), (Version(1), Version(1)))
def newer(a, b):
    return max(a, b), a < b, a == b


@dataclass(frozen=True)
class Dual:
    value: float
    slope: float = 0.0

    def __add__(self, other):
        if not isinstance(other, Dual):
            other = Dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __mul__(self, other):
        if not isinstance(other, Dual):
            other = Dual(other)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    __rmul__ = __mul__

    def __pow__(self, n):
        result = Dual(1.0)
        for _ in range(n):
            result = result * self
        return result


@program((2.0,), (0.0,), (-1,))
def derivative_by_dual_numbers(x):
    d = Dual(x, 1.0)
    y = 3 * d**2 + 2 * d + 1
    return y.slope


@program((MOVING,), (Particle(np.ones(3), np.zeros(3)),))
def as_dict(particle):
    return {"position": particle.position, "charge": particle.charge, "name": "particle"}


@program(({"x": 1.0, "y": 2.0}, 3.0), ({"x": 0, "y": 0}, 1))
def scale_record(record, factor):
    scaled = {name: value * factor for name, value in record.items()}
    scaled["x"] += 1
    return scaled
