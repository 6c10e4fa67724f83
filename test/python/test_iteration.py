"""What loops run over: objects with methods for it, ranges, and what is gone through once."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from compare import check, check_gradient

from myia import MyiaError, MyiaTypeError, myia


@dataclass
class Items:
    values: list

    def __len__(self):
        return len(self.values)

    def __getitem__(self, i):
        return self.values[i]


@dataclass
class Powers:
    base: float
    count: int

    def __len__(self):
        return self.count

    def __getitem__(self, i):
        if i >= self.count:
            raise IndexError(i)
        return self.base**i


def loops(s):
    return [x for x in s], sum(s), [(i, x) for i, x in enumerate(s)], [a * b for a, b in zip(s, s)]


def test_items_by_position():
    check(loops, Items([1, 2, 3]))
    check(loops, Items([1.5]))
    check(loops, Powers(2.0, 5))
    check_gradient(lambda b: sum(x * x for x in Powers(b, 4)), 1.5)


@dataclass
class Unlimited:
    base: float

    def __getitem__(self, i):
        return self.base**i


def test_without_a_length():
    with pytest.raises(MyiaTypeError, match="no __len__"):
        myia(lambda s: sum(s))(Unlimited(2.0))


def with_iter(method):
    @dataclass
    class Some:
        values: list = field(default_factory=lambda: [1, 2, 3])
        __iter__ = method

    return Some()


def with_positions(s):
    n = 0
    for x in s:
        n = 10 * n + (x if isinstance(x, int) else x[1])
    return n


@pytest.mark.parametrize(
    "method",
    [
        lambda self: iter(self.values),
        lambda self: iter(range(3)),
        lambda self: iter((1, 2)),
        lambda self: zip(self.values, self.values),
        lambda self: enumerate(self.values),
        lambda self: reversed(self.values),
        lambda self: reversed(range(4)),
    ],
)
def test_iter_methods(method):
    check(with_positions, with_iter(method))


@pytest.mark.parametrize(
    "method",
    [
        lambda self: self.values,
        lambda self: (1, 2),
        lambda self: range(3),
        lambda self: "ab",
        lambda self: np.ones(2),
        lambda self: 3,
        lambda self: None,
    ],
)
def test_what_is_no_iterator_is_refused(method):
    with pytest.raises(MyiaTypeError, match="non-iterator of type") as caught:
        myia(with_positions)(with_iter(method))
    assert caught.value.code == 27


RANGES = [(0, 3, 1), (1, 9, 2), (5, -5, -3), (0, 0, 1), (3, 1, 1), (-4, 7, 4)]


@pytest.mark.parametrize("bounds", RANGES)
def test_ranges(bounds):
    def f(n, start, stop, step):
        r = range(start, stop, step)
        same = r == range(start, stop + 1, step), r != range(start, stop, step)
        inside = n in r, n not in r, float(n) in r, n + 0.5 in r, True in r, None in r
        return inside, same, len(r), bool(r), (r.start, r.stop, r.step)

    def item(n, start, stop, step):
        return range(start, stop, step)[n]

    for n in range(-6, 7):
        check(f, n, *bounds)
        check(item, n, *bounds)


def test_known_ranges_fold():
    def f(x):
        return (x,) * len(range(7, 0, -3)), 4 in range(1, 9, 3), range(3)[-1]

    check(f, 1.5)


def test_numbers_in_a_range():
    def f(x):
        return x in range(3)

    for x in (float("nan"), float("inf"), -0.0, 2.0**63, np.float32(2), np.int8(2), "a", (1,)):
        check(f, x)
    for x in (np.ones(2), np.uint64(1)):
        with pytest.raises(MyiaError, match="takes an int or a float"):
            myia(f)(x)


def test_ranges_are_not_sliced():
    with pytest.raises(MyiaTypeError, match="index of a range must be an integer"):
        myia(lambda n: range(n)[1:])(3)


def takes_reversed(s):
    a, b = reversed(s)
    pairs = [p for p in zip(s, reversed(s))]
    return a, b, tuple(reversed(s)), [x for x in reversed(s)], pairs, sorted(reversed(s))


def twice(s):
    r = reversed(s)
    return sum(r) + sum(r)


def test_reversed_is_an_iterator():
    check(takes_reversed, (1, 2))
    check(takes_reversed, np.arange(2.0))
    for sequence in ((1, 2), [1, 2], np.ones(3)):
        with pytest.raises(MyiaError, match="gone through once"):
            myia(twice)(sequence)
        for f in (lambda s: reversed(s)[0], lambda s: len(reversed(s))):
            with pytest.raises(TypeError):
                myia(f)(sequence)
    with pytest.raises(MyiaError, match="gone through once"):
        myia(lambda n: twice(range(n)))(3)
