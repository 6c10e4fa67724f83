"""Functions that compiled code returns to Python."""

import copy
import functools
import gc
import math
import operator
import pickle
import weakref
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from compare import assert_same

from myia import MyiaError, grad, myia, value_and_grad


@dataclass
class Line:
    slope: float

    def at(self, x, offset=0.0):
        return self.slope * x + offset

    def shifted(self):
        return lambda x, by=self.slope: self.at(x) + by

    @classmethod
    def through(cls, x):
        return cls(x)


@dataclass
class Layer:
    weights: np.ndarray
    activation: Callable


def triple(x, y=3):
    return x * y


def adder(n):
    return lambda x: x + n


def quadratic(a):
    def q(x):
        return a * x * x

    return q


def compose(f, g):
    return lambda x: f(g(x))


def even_and_odd():
    def even(k):
        return True if k == 0 else odd(k - 1)

    def odd(k):
        return False if k == 0 else even(k - 1)

    return even, odd


def with_defaults(n):
    def f(x, y=n * 2, *rest, z=3, **others):
        return x, y, rest, z

    return f


def adders(n):
    found = []
    for i in range(n):
        found.append(adder(i))
    return found


def call(make, args, then):
    return [f(*args) for f, args in zip(make(*args), then, strict=True)]


@pytest.mark.parametrize(
    ("make", "args", "then"),
    [
        (adder, (3,), [(4,), (2.5,), (np.ones(2),)]),
        (adder, (np.arange(3.0),), [(1,)]),
        (compose, (adder(1), quadratic(2.0)), [(3.0,)]),
        (with_defaults, (5,), [(1,), (1, 2), (1, 2, 3, 4)]),
        (lambda line: line.at, (Line(2.0),), [(3,), (3, 1.0)]),
        (lambda line: line.shifted(), (Line(2.0),), [(3,), (3, 1.0)]),
        (lambda: Line.through, (), [(3.0,)]),
        (lambda: Line, (), [(3.0,)]),
        (lambda x: functools.partial(triple, x, y=4), (3,), [()]),
        (lambda f: f, (functools.partial(triple, 3),), [(), (5,)]),
        (lambda i: operator.itemgetter(1), (1,), [((5, 6),)]),
        (lambda c: (lambda x: x + c) if c > 3 else (lambda x: x * c), (2,), [(5,)]),
        (lambda c: (lambda x: x + c) if c > 3 else (lambda x: x * c), (4,), [(5,)]),
        (lambda x: functools.reduce(compose, (adder(x), adder(x))), (2,), [(5,)]),
    ],
)
def test_as_in_python(make, args, then):
    for each in then:
        assert_same(myia(make)(*args)(*each), make(*args)(*each))


def test_functions_within_results():
    even, odd = myia(even_and_odd)()
    assert even(4) is True
    assert odd(4) is False
    assert [f(10) for f in myia(adders)(3)] == [10, 11, 12]
    layer = myia(lambda w: Layer(w, lambda x: np.tanh(x @ w)))(np.eye(2))
    assert_same(layer.activation(np.ones(2)), np.tanh(np.ones(2)))
    assert myia(lambda c: None if c else adder(c))(1) is None


def test_passed_in_again():
    q = myia(quadratic)(2.0)
    assert myia(lambda f, x: f(x) + 1)(q, 3.0) == 19.0
    twice = myia(compose)(q, q)
    assert twice(1.0) == 8.0
    assert myia(lambda xs, key: sorted(xs, key=key))([3.0, -1.0, 2.0], q) == [-1.0, 2.0, 3.0]
    assert sorted([3.0, -1.0, 2.0], key=q) == [-1.0, 2.0, 3.0]
    assert myia(lambda f: f)(q)(3.0) == 18.0


offset = myia(adder)(1)


def test_a_global_one_is_read_at_every_call():
    global offset
    f = myia(lambda x: offset(x))
    assert f(1) == 2
    offset = myia(adder)(5)
    assert f(1) == 6


def test_what_python_has_comes_back_itself():
    compiled = myia(triple)
    assert myia(lambda: compiled)() is compiled
    assert myia(lambda f: f)(compiled) is compiled
    for known in (triple, np.mean, np.exp, math.sin, len, Line, np.float32, functools.reduce):
        assert myia(lambda f: f)(known) is known
    assert myia(lambda: (np.mean, np.exp, np.float32))() == (np.mean, np.exp, np.float32)
    assert myia(lambda a: a.dtype)(np.ones(2, np.float32)) == np.dtype(np.float32)
    assert myia(lambda n: range(1, n))(4) == range(1, 4)
    assert myia(lambda n: slice(n, None))(4) == slice(4, None)


def test_a_function_read_anew_sees_its_globals_anew():
    f = myia(adder_of_global)()
    assert f(1) == 11
    globals()["BASE"] = 20
    try:
        assert f(1) == 21
    finally:
        globals()["BASE"] = 10


BASE = 10


def adder_of_global():
    return lambda x: x + BASE


def test_captured_arrays_are_copies():
    a = np.ones(2)
    f = myia(adder)(a)
    a[0] = 5.0
    assert_same(f(0), np.ones(2))


def test_derivatives_of_returned_functions():
    q = myia(quadratic)(3.0)
    assert grad(q)(2.0) == 12.0
    assert grad(grad(q))(2.0) == 6.0
    assert value_and_grad(q, "x")(2.0) == (12.0, 12.0)
    assert myia(lambda a: grad(quadratic(a)))(3.0)(2.0) == 12.0
    assert myia(lambda f: lambda x: grad(f)(x))(q)(2.0) == 12.0
    assert grad(lambda a: grad(quadratic(a))(2.0))(3.0) == 4.0
    assert grad(functools.partial(triple, y=4.0))(2.0) == 4.0
    weights = myia(lambda w: lambda x: np.sum(w * x * x))(np.arange(3.0))
    assert_same(grad(weights)(np.ones(3)), np.array([0.0, 2.0, 4.0]))


def product(a, *rest):
    return a * rest[0] * rest[1] ** 2


def test_positions_among_star_parameters():
    assert grad(product, (0, 1, 2))(2.0, 3, 4) == (48.0, 32.0, 48.0)
    assert grad(product, -1)(2.0, 3, 4) == 48.0
    assert grad(product, "rest")(2.0, 3.0, 4.0) == (32.0, 48.0)
    assert grad(product, (1, "rest"))(2.0, 3, 4.0) == (32.0, (32.0, 48.0))
    for argnums in (3, -4, "z"):
        with pytest.raises(MyiaError, match="no argument"):
            grad(product, argnums)(2.0, 3.0, 4.0)
    assert grad(lambda *xs: 3.0, (0, 1))(1.0, 2) == (0.0, 0.0)


def test_gradients_of_methods_do_not_count_self():
    line = Line(3.0)
    assert myia(lambda line, x: grad(line.at)(x, 1.0))(line, 2.0) == 3.0
    assert myia(lambda line, x: grad(line.at, "*")(x, 1.0))(line, 2.0) == (3.0, 1.0)


def test_star_arguments_by_position_and_by_name_differ():
    f = myia(lambda *args, **named: (args, len(args)))
    assert f(1, 2) == ((1, 2), 2)
    assert f(1, z=2) == ((1,), 1)
    forward = myia(lambda f, *args, **named: f(*args, **named))
    assert forward(lambda x, y=1: x - y, 5, 3) == 2
    assert forward(lambda x, y=1: x - y, x=5, y=3) == 2
    assert forward(lambda x, y=1: x - y, y=5, x=3) == -2


def test_names_and_copies():
    q = myia(quadratic)(3.0)
    assert q.__name__ == "q"
    assert q.__qualname__ == "quadratic.<locals>.q"
    assert "quadratic.<locals>.q" in repr(q)
    assert copy.copy(q) is copy.deepcopy(q) is q
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(q)


def test_wrong_arguments():
    f = myia(adder)(1)
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        f(1, 2)
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        f(z=2)


@pytest.mark.parametrize(
    ("f", "args", "message"),
    [
        (lambda a: a.sum, (np.ones(2),), "a method of an array or list"),
        (lambda a: enumerate(a), ((1, 2),), "what enumerate.. gives"),
    ],
)
def test_refused(f, args, message):
    with pytest.raises(MyiaError, match=message) as caught:
        myia(f)(*args)
    assert caught.value.code == 28


def test_freed():
    def run():
        @myia
        def f(n):
            return (lambda x: x + n) if n else f

        assert f(1)(2) == 3
        assert f(0) is f
        return weakref.ref(f)

    reference = run()
    gc.collect()
    assert reference() is None
