"""Lists as arguments: what their elements may be."""

import enum
import sys
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pytest
from compare import assert_same, check

from myia import MyiaTypeError, grad, myia


@dataclass
class Circle:
    radius: float

    def area(self):
        return 3.0 * self.radius**2


@dataclass
class Square:
    side: float
    label: str = "s"

    def area(self):
        return self.side**2


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


def same(xs):
    return xs


def total(xs):
    result = 0.0
    for x in xs:
        if x is not None:
            result += x
    return result


def areas(shapes):
    return [shape.area() for shape in shapes], sum(s.area() for s in shapes if s is not None)


def squares_only(shapes):
    result = 0.0
    for shape in shapes:
        if isinstance(shape, Square):
            result += shape.side
    return result


def count_words(words):
    return [len(word) for word in words], words.count("a"), "b" in words, words[0]


def row_sums(arrays):
    return [np.sum(a * a) for a in arrays], [a.shape for a in arrays], arrays


@pytest.mark.parametrize(
    ("f", "xs"),
    [
        (same, ["a", "b", "a"]),
        (same, [1.0, None, 2.0]),
        (same, [Colour.RED, Colour.BLUE]),
        (same, [[1, None], [], [None]]),
        (same, [(1, "a"), (None, "b")]),
        (same, [Circle(1.0), None, Square(2.0, "x"), Square(3.0, "y")]),
        (same, [{"a": 1, "b": 2.5}, {"a": 2, "b": 3.0}]),
        (same, [np.ones(2), np.arange(3), np.ones((2, 2))]),
        (same, [1, 2, None]),
        (total, [1.0, None, 2]),
        (total, [None]),
        (areas, [Circle(1.0), Square(2.0)]),
        (areas, [Square(1.0), Square(2.5)]),
        (squares_only, [Circle(1.0), Square(2.0), Circle(3.0)]),
        (count_words, ["a", "bc", "a", "ä"]),
        (count_words, ["", "b"]),
        (row_sums, [np.ones(2), np.arange(3.0), np.ones(0)]),
        (row_sums, [np.ones((2, 3)), np.ones((2, 5))]),
        (row_sums, [np.arange(8.0)[::2], np.arange(3.0)[::-1]]),
        (same, [1j, 2.0 - 1j]),
        (same, [1j, None, "a"]),
        (same, [(1j, [2j, 3j])]),
        (same, [np.complex64(1j), np.complex64(2)]),
        (same, [np.ones(2) * 1j, np.arange(3) * 2j]),
        (same, [np.ones((2, 3), np.complex64), np.ones((3, 2), np.complex64).T]),
        (row_sums, [np.ones(2) * 1j, np.arange(3) * 2j]),
        (total, [1j, None, 2j]),
    ],
)
def test_as_in_python(f, xs):
    check(f, xs)


def test_one_code_for_all_lists_of_a_kind():
    f = myia(lambda xs: [np.sum(x) for x in xs])
    for sizes in ((2, 3), (3, 4, 5), (7, 1)):
        assert_same(f([np.ones(n) for n in sizes]), [np.float64(n) for n in sizes])
    assert f.cache_size == 1
    g = myia(total)
    for xs in ([1.0, None], [None, 2.0, 3.0]):
        assert g(xs) == total(xs)
    assert g.cache_size == 1


def test_arrays_are_not_copied_nor_changed():
    arrays = [np.ones(2), np.ones(3)]

    def f(xs):
        a = xs[0] + 1.0
        a[0] = 7.0
        return a

    assert_same(myia(f)(arrays), np.array([7.0, 2.0]))
    assert_same(arrays[0], np.ones(2))
    (back,) = myia(lambda xs: xs[:1])(arrays)
    assert not np.shares_memory(back, arrays[0])


def test_gradients():
    def f(x, xs):
        result = x * 0.0
        for each in xs:
            if each is not None:
                result += x * x * each
        return result

    assert grad(f)(3.0, [1.0, None, 2.0]) == 18.0

    def g(w, arrays):
        result = 0.0
        for a in arrays:
            result += np.sum(w * a)
        return result

    assert grad(g)(2.0, [np.ones(2), np.ones(3)]) == 5.0

    def h(w, shapes):
        return sum(w * s.area() for s in shapes)

    assert grad(h)(2.0, [Circle(1.0), Square(2.0)]) == 7.0


@pytest.mark.parametrize(
    ("xs", "message"),
    [
        ([str(i) for i in range(17)], "17 different strings"),
        ([1.0, np.float32(2)], "numbers of the types float and float32"),
        ([np.float64(1), np.float32(2)], "numbers of the types float64 and float32"),
        ([len, abs], "holds a builtin_function_or_method"),
        ([{1}, {2}], "holds a set"),
        ([1j, np.complex128(1)], "numbers of the types complex and complex128"),
        ([np.ones((1,) * 8), np.ones((1,) * 7 + (2,))], "up to 7 dimensions, not 8"),
    ],
)
def test_refused(xs, message):
    with pytest.raises(MyiaTypeError, match=message) as caught:
        myia(lambda xs: len(xs))(xs)
    assert caught.value.code == 23


class Computed:
    """A field whose value is what `reader` gives."""

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError
        return self.reader(instance)

    def __set__(self, instance, value):
        pass


@pytest.fixture
def computed():
    """A dataclass with such a field, a function on lists of it, and a list of eight."""
    descriptor = Computed()
    descriptor.reader = lambda instance: 1.0

    @dataclass
    class Item:
        value: float = descriptor

    f = myia(lambda xs: sum(x.value for x in xs))
    xs = [Item(0.0) for _ in range(8)]
    assert f(xs) == 8.0
    return descriptor, f, xs


def test_a_list_that_shrinks_meanwhile(computed):
    descriptor, f, xs = computed

    def remove_one(instance):
        if len(xs) > 4:
            del xs[-1]
        return 1.0

    descriptor.reader = remove_one
    assert f(xs) == 4.0


def test_a_list_whose_elements_change_meanwhile(computed):
    descriptor, f, xs = computed
    calls = []

    def replace_last(instance):
        calls.append(instance)
        if len(calls) == 9:  # when the elements are stored
            xs[-1] = None
        return 1.0

    descriptor.reader = replace_last
    with pytest.raises(RuntimeError, match="changed while it was passed"):
        f(xs)


def test_a_list_that_changes_while_it_is_stored(computed):
    descriptor, f, xs = computed
    calls = []

    def add(instance):
        calls.append(instance)
        if len(calls) > 9:
            xs.append(xs[0])
        return 1.0

    descriptor.reader = add
    with pytest.raises(RuntimeError, match="changed while it was passed"):
        f(xs)


def test_a_dict_that_changes_meanwhile(computed):
    descriptor, _, xs = computed
    d = {"a": xs[0], "b": 1.0}
    g = myia(lambda d: d["a"].value)
    assert g(d) == 1.0

    def remove(instance):
        d.pop("b", None)
        return 1.0

    descriptor.reader = remove
    with pytest.raises(RuntimeError, match="a dict changed while it was passed"):
        g(d)


def test_an_exception_in_the_middle_loses_nothing(computed):
    descriptor, f, xs = computed
    arrays = [np.ones(2), np.ones(3)]
    g = myia(lambda xs: [len(x) for x in xs])
    assert g([arrays, xs]) == [2, 8]
    calls = []

    def fail(instance):
        calls.append(instance)
        if len(calls) % 12 == 0:
            raise KeyError("no value")
        return 1.0

    descriptor.reader = fail
    held = [*xs, *arrays]
    before = [sys.getrefcount(x) for x in held]
    for _ in range(24):
        for h, argument in ((f, xs), (g, [arrays, xs])):
            try:
                h(argument)
            except KeyError:
                pass
    calls.clear()
    assert [sys.getrefcount(x) for x in held] == before


def test_a_missing_field():
    shapes = [Circle(1.0), Circle(2.0)]
    f = myia(areas)
    f(shapes)
    del shapes[1].radius
    with pytest.raises(AttributeError, match="radius"):
        f(shapes)


def list_in_itself(wrap):
    xs = []
    xs.append(wrap(xs))
    return xs


@pytest.mark.parametrize(
    "xs",
    [
        list_in_itself(lambda xs: xs),
        list_in_itself(lambda xs: (1, xs)),
        list_in_itself(lambda xs: {"a": xs}),
        list_in_itself(Circle),
        reduce(lambda inner, _: [inner], range(100_000), []),
    ],
    ids=["list", "tuple", "dict", "record", "deep"],
)
@pytest.mark.parametrize("limit", [1000, 1_000_000])
def test_endless_nesting(xs, limit):
    before = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(limit)
        with pytest.raises(RecursionError, match="while passing arguments"):
            myia(lambda xs: len(xs))(xs)
    finally:
        sys.setrecursionlimit(before)


def test_numbers_keep_their_value():
    f = myia(same)
    assert_same(f([True, 2]), [1, 2])
    assert_same(f([1, 2.5]), [1.0, 2.5])
    assert_same(f([2**60, 0.5]), [2.0**60, 0.5])
    assert_same(f([1, 2j]), [1 + 0j, 2j])
    for number in (2**53 + 1, -(2**60) + 1, 10**400):
        with pytest.raises(OverflowError):
            f([number, 0.5])
    with pytest.raises(OverflowError, match="64 bits"):
        f([2**63, 1])


def test_a_great_many_kinds_are_refused_at_once():
    f = myia(same)
    with pytest.raises(MyiaTypeError, match="20000 different strings"):
        f([(f"s{i}", i) for i in range(20_000)])
