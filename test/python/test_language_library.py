"""The smallest program of every function that docs/language.md lists."""

from __future__ import annotations

import functools
import math
import operator
from dataclasses import dataclass

import numpy as np
import pytest
from compare import check
from language_support import planned, refused

from myia import MyiaAttributeError


@dataclass
class Point:
    x: float
    y: float


P = Point(1.5, 2.5)
A = np.array([[3.0, 1.0, 2.0], [-1.0, 5.0, 0.5]])
S = np.array([[4.0, 1.0], [1.0, 3.0]])
V = np.array([3.0, -1.0, 2.0])

BUILTINS = [
    (lambda x: abs(x), -2.5),
    (lambda xs: all(xs), [True, False]),
    (lambda xs: any(xs), [0, 2]),
    (lambda x: bool(x), 2.5),
    (lambda x: divmod(x, 3), -7),
    (lambda xs: sum(i * x for i, x in enumerate(xs)), [3, 4]),
    (lambda xs: list(filter(lambda x: x > 1, xs)), [1, 2, 3]),
    (lambda x: float(x), 3),
    (lambda p: getattr(p, "x"), P),
    (lambda p: (hasattr(p, "x"), hasattr(p, "z")), P),
    (lambda x: int(x), -2.5),
    (lambda p: (isinstance(p, Point), isinstance(p, (int, float))), P),
    (lambda xs: len(xs), [1, 2]),
    (lambda n: list(range(n)), 3),
    (lambda xs: list(map(lambda x: 2 * x, xs)), [1, 2]),
    (lambda t: (max(t), max(2, 7), max(t, key=lambda x: -x)), (3, 1, 2)),
    (lambda t: (min(t), min(2, 7), min(t, key=lambda x: -x)), (3, 1, 2)),
    (lambda x: (pow(x, 3), pow(x, 3, 5)), 7),
    (lambda n: print(n), 3),
    (lambda n: sum(i for i in range(1, n, 2)), 8),
    (lambda xs: list(reversed(xs)), [1, 2, 3]),
    (lambda x: (round(x), round(x, 1)), 2.55),
    (lambda a: a[slice(0, 2)], V),
    (lambda xs: (sorted(xs), sorted(xs, reverse=True)), [3, 1, 2]),
    (lambda xs: (sum(xs), sum(xs, 5)), [3, 1]),
    (lambda t: tuple(x + 1 for x in t), (1, 2)),
    (lambda x: type(x) is int, 3),
    (lambda xs: [x * y for x, y in zip(xs, xs)], [1, 2]),
]
BUILTIN_NAMES = (
    "abs all any bool divmod enumerate filter float getattr hasattr int isinstance len list map "
    "max min pow print range reversed round slice sorted sum tuple type zip"
).split()


def cases(functions, later):
    """The programs, and those of a row that does not hold yet."""
    return [
        [pytest.param(*case, id=name) for name, case in functions.items() if chosen(name)]
        for chosen in (lambda name: name not in later, lambda name: name in later)
    ]


@pytest.mark.parametrize(("function", "argument"), BUILTINS, ids=BUILTIN_NAMES)
def test_builtin(function, argument):
    check(function, argument)


MATH = sorted(
    name
    for name in vars(math)
    if not name.startswith("_") and callable(getattr(math, name)) and name not in ("sumprod", "fma")
)
# Of whole numbers, of two numbers, of sequences.
WHOLE = {"comb", "perm", "gcd", "lcm", "ldexp"}
TWO = {"atan2", "copysign", "fmod", "hypot", "isclose", "log", "nextafter", "pow", "remainder"}
SEQUENCES = {"fsum", "prod", "dist"}


@pytest.mark.parametrize("name", MATH)
def test_math(name):
    function = getattr(math, name)
    if name in WHOLE:
        check(lambda a, b: function(a, b), 6, 4)
    elif name in TWO:
        check(lambda a, b: function(a, b), 2.5, 1.5)
    elif name == "dist":
        check(lambda a, b: function(a, b), (1.0, 2.0), (3.0, 5.0))
    elif name in SEQUENCES:
        check(lambda a: function(a), (1.5, 2.5))
    elif name in ("factorial", "isqrt"):
        check(lambda n: function(n), 10)
    else:
        check(lambda x: function(x), 1.5 if name == "acosh" else 0.5)


OPERATORS = [
    *("add sub mul truediv floordiv mod pow and_ or_ xor lshift rshift lt le eq ne gt ge".split()),
]


@pytest.mark.parametrize("name", OPERATORS)
def test_binary_operator(name):
    function = getattr(operator, name)
    check(lambda a, b: function(a, b), 6, 4)


@pytest.mark.parametrize("name", ["neg", "pos", "invert", "not_", "truth", "abs"])
def test_unary_operator(name):
    function = getattr(operator, name)
    check(lambda a: function(a), 6)


def test_operators_of_objects():
    check(lambda a, b: operator.matmul(a, b), S, S)
    check(lambda t: operator.getitem(t, 1), (1, 2))
    check(lambda t: (operator.itemgetter(1)(t), operator.itemgetter(0, 1)(t)), (1, 2))
    check(lambda p: operator.attrgetter("y")(p), P)
    check(lambda a: (operator.is_(a, None), operator.is_not(a, None)), 2)
    check(lambda t: operator.contains(t, 2), (1, 2))


def test_extremes_of_a_list():
    check(lambda xs: (max(xs), min(xs), max(xs, key=lambda x: -x)), [3, 1, 2])
    check(lambda xs: min([x for x in xs if x > 9], default=4), [3, 1, 2])


def test_functools():
    check(lambda xs: functools.reduce(lambda a, b: 2 * a + b, xs), [1, 2, 3])
    check(lambda xs: functools.reduce(lambda a, b: 2 * a + b, xs, 7), (1, 2, 3))
    check(lambda x: functools.partial(lambda a, b, c: a - b * c, 1, c=2)(x), 5)


NUMPY = {
    "zeros ones full": lambda a: (np.zeros((2, 3)), np.ones(2, dtype=np.int64), np.full(2, 7.0)),
    "zeros_like ones_like full_like": lambda a: (
        np.zeros_like(a),
        np.ones_like(a),
        np.full_like(a, 3),
    ),
    "eye identity tri": lambda a: (np.eye(3, k=1), np.identity(2), np.tri(3)),
    "arange linspace": lambda a: (np.arange(3), np.arange(1.0, 2.0, 0.25), np.linspace(0, 1, 5)),
    "array of a tuple": lambda a: (np.array((1, 2)), np.asarray(a), np.array(((1.0,), (2.0,)))),
    "array of a list": lambda a: (np.array([1, 2]), np.array([[1.0], [2.0]])),
    "tril triu diag": lambda a: (np.tril(a), np.triu(a, 1), np.diag(a[0])),
    "sum mean std": lambda a: (np.sum(a), a.mean(axis=0), np.std(a, axis=1, keepdims=True)),
    "max min argmax": lambda a: (np.max(a, axis=1), a.min(), np.argmax(a, axis=0), a.argmin()),
    "prod cumsum cumprod": lambda a: (np.prod(a), np.cumsum(a), np.cumprod(a, axis=0)),
    "any all count_nonzero": lambda a: (np.any(a > 2), np.all(a > -2), np.count_nonzero(a)),
    "sum with a dtype": lambda a: np.sum(a, dtype=np.float32),
    "where maximum minimum clip": lambda a: (
        np.where(a > 1, a, 0.0),
        np.maximum(a, 1.0),
        np.minimum(a, 1.0),
        np.clip(a, 0, 2),
    ),
    "reshape transpose ravel": lambda a: (a.reshape(3, 2), a.T, np.ravel(a), a.flatten()),
    "expand_dims squeeze": lambda a: (np.expand_dims(a, 0), np.squeeze(a[None], axis=0)),
    "concatenate stack": lambda a: (np.concatenate((a, a)), np.stack((a, a), axis=1)),
    "vstack hstack tile repeat": lambda a: (
        np.vstack((a, a)),
        np.hstack((a, a)),
        np.tile(a, 2),
        np.repeat(a, 2, axis=0),
    ),
    "joining a list": lambda a: (np.concatenate([a, a]), np.stack([a, a]), np.vstack([a, a])),
    "split": lambda a: np.split(a, 3, axis=1),
    "flip roll": lambda a: (np.flip(a, 0), np.roll(a, 1, axis=1)),
    "sort argsort": lambda a: (np.sort(a), np.argsort(a, axis=0), np.sort(a, axis=None)),
    "searchsorted": lambda a: np.searchsorted(np.array((1.0, 2.0, 3.0)), a),
    "take": lambda a: (
        np.take(a, np.array((2, 0)), axis=1),
        np.take_along_axis(a, np.argsort(a), axis=1),
    ),
    "dot outer einsum": lambda a: (
        np.dot(a, a.T),
        np.outer(a[0], a[1]),
        np.einsum("ij,kj->ik", a, a),
    ),
    "tensordot inner": lambda a: (np.tensordot(a, a), np.inner(a, a), np.vdot(a, a)),
    "norm": lambda a: (np.linalg.norm(a), np.linalg.norm(a, axis=1)),
    "inv solve det cholesky": lambda a: (
        np.linalg.inv(a @ a.T),
        np.linalg.solve(a @ a.T, a[:, 0]),
        np.linalg.det(a @ a.T),
        np.linalg.cholesky(a @ a.T),
    ),
    "median quantile": lambda a: (np.median(a), np.quantile(a, 0.25)),
    "nonzero unique": lambda a: (np.nonzero(a > 1), np.unique(a)),
    "methods": lambda a: (a.sum(), a.copy(), a.astype(np.float32), a.dot(a.T), a.tolist()),
    "attributes": lambda a: (a.shape, a.ndim, a.size, a.T, len(a)),
    "dtype": lambda a: a.dtype == np.float64,
}


@pytest.mark.parametrize("function", NUMPY.values(), ids=NUMPY)
def test_numpy(function):
    check(function, A)


def test_unsupported_function_names_similar_ones():
    def f(a):
        return np.histogramdd(a)

    assert refused(MyiaAttributeError, f, A) == "np.histogramdd"


@planned("scipy.special")
@pytest.mark.parametrize("name", ["erf", "gammaln", "expit", "logsumexp"])
def test_scipy_special(name):
    special = pytest.importorskip("scipy.special")
    function = getattr(special, name)
    check(lambda x: function(x), np.array([0.5, 1.5]))
