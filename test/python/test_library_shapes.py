"""Shapes, joining, sorting, linear algebra and operators against CPython."""

from __future__ import annotations

import functools
import operator

import numpy as np
import pytest
from compare import assert_same, check, check_gradient

from myia import (
    MyiaAttributeError,
    MyiaShapeError,
    MyiaSyntaxError,
    MyiaTypeError,
    MyiaValueError,
    myia,
)

RANDOM = np.random.default_rng(0)
A = RANDOM.normal(size=(2, 3))
B = RANDOM.normal(size=(3, 4))
C = RANDOM.normal(size=(2, 3, 4))
M = RANDOM.normal(size=(3, 3))
V = RANDOM.normal(size=5)
W = np.array([3.0, -1.0, 2.0, 2.0, 0.5])
K = np.array([[5, 3, -2], [7, -8, 0]])
U = np.array([3, 200, 7], np.uint8)
SPECIAL = np.array([1.0, np.nan, -2.0, np.inf, -np.inf, 0.0, np.nan])

SHAPES = [
    lambda x: (
        np.shape(x),
        np.ndim(x),
        np.size(x),
        x.nbytes,
        x.itemsize,
        np.transpose(x, axes=(2, 1, 0)),
    ),
    lambda x: (np.moveaxis(x, 0, -1), np.moveaxis(x, (0, 1), (2, 0)), np.swapaxes(x, 0, 2), x.T),
    lambda x: (np.matrix_transpose(x), np.expand_dims(x, -1), np.expand_dims(x, (0, 2))),
    lambda x: (np.squeeze(x[:1]), np.atleast_1d(x), np.atleast_3d(x[0]), np.atleast_2d(x[0, 0])),
    lambda x: (np.flip(x), np.flip(x, 1), np.flip(x, (0, 2)), np.fliplr(x), np.flipud(x)),
    lambda x: (np.rot90(x), np.rot90(x, 2), np.rot90(x, -1, (1, 2)), np.roll(x, 1)),
    lambda x: (np.roll(x, -2, 1), np.roll(x, (1, 2), (0, 1)), np.broadcast_to(x, (2, 2, 3, 4))),
    lambda x: (x.ravel(), x.flatten(), x.reshape(6, -1), x.reshape((4, 6)), np.trace(x)),
    lambda x: (np.unravel_index(5, (2, 3)), np.ravel_multi_index((1, 2), (3, 4))),
]
JOINS = [
    lambda x: (np.stack((x, x), 1), np.stack((x, x)), np.vstack((x, x)), np.hstack((x, x))),
    lambda x: (np.dstack((x, x)), np.concatenate((x, x), axis=-1), np.concatenate((x, x), None)),
    lambda x: (np.tile(x, 2), np.tile(x, (2, 1, 1, 2)), np.repeat(x, 2), np.repeat(x, 3, 1)),
    lambda x: (np.pad(x, 1), np.pad(x, ((1, 0), (0, 2), (1, 1))), np.append(x, x)),
    lambda x: (
        np.column_stack((x[0, 0], x[0, 1])),
        np.hstack((x[0, 0], x[1, 1])),
        np.append(x, x, 0),
    ),
    lambda x: (np.pad(x[0], 2, mode="edge"), np.pad(x[0], 2, mode="wrap")),
    lambda x: (np.pad(x[0], 2, mode="reflect"), np.pad(x[0], 2, mode="symmetric")),
    lambda x: np.pad(x[0, 0], (1, 2), constant_values=(3, 4)),
]


@pytest.mark.parametrize("program", SHAPES + JOINS)
def test_shapes(program):
    check(program, C)


def test_several_arrays():
    check(lambda x, y: np.meshgrid(x, y)[0], V, W[:3])
    check(lambda x, y: tuple(np.meshgrid(x, y, indexing="ij")), V, W[:3])
    check(lambda x, y: (np.atleast_1d(x[0], y), np.broadcast_shapes((2, 1), (3,))), V, W)


SPLITS = [
    lambda x: np.split(x, 2),
    lambda x: np.split(x, (1,), axis=1),
    lambda x: np.array_split(x, 3, axis=2),
    lambda x: np.array_split(x, 5),
    lambda x: np.hsplit(x, 3),
    lambda x: np.vsplit(x, 2),
    lambda x: np.dsplit(x, 2),
]


@pytest.mark.parametrize("program", SPLITS)
def test_splits(program):
    """Compiled, the parts are a tuple."""
    found = myia(program)(C)
    expected = program(C)
    assert len(found) == len(expected)
    for left, right in zip(found, expected, strict=True):
        np.testing.assert_array_equal(left, right)


def moved(x):
    parts = np.stack((x, x * 2), -1), np.tile(x, 2), np.repeat(x, 2, axis=1), np.pad(x, 1)
    return parts, np.roll(x, 1, 0), np.flip(x), np.rot90(x), np.pad(x, 1, mode="reflect")


def test_gradients_of_shapes():
    def f(x):
        parts, rolled, flipped, turned, padded = moved(x)
        total = np.sum(np.sin(rolled * 2)) + np.sum(flipped * x) + np.sum(turned * x.T)
        for part in parts:
            total = total + np.sum(part * part)
        return total + np.sum(np.sin(padded))

    check_gradient(f, A)


SORTED = [V, W, SPECIAL, K[0], U, np.array([2, 2, 1, 1, 3, 0], np.int8), np.array([True, False])]


def test_sorting():
    def f(x):
        return np.sort(x), np.argsort(x, kind="stable")

    for x in [*SORTED, RANDOM.integers(0, 50, size=90).astype(float), np.zeros(0)]:
        check(f, x)
    check(lambda x: (np.sort(x), np.sort(x, axis=0), np.sort(x, None), np.argsort(x, axis=1)), C)
    check_gradient(lambda x: np.sum(np.sort(x, axis=1) * x), A)


def test_searching():
    def f(x, y):
        return np.searchsorted(x, y), np.searchsorted(x, y, side="right"), np.searchsorted(x, 2.0)

    check(f, np.sort(W), W)
    check(f, np.sort(SPECIAL), SPECIAL)
    check(f, np.zeros(0), V)
    check(lambda x, y: np.searchsorted(x, y), np.array([1, 3, 5]), 2.5)
    check(lambda x: np.isin(x, np.array((3, 7))), K)


def test_selecting():
    check_gradient(lambda x: np.sum(np.select((x < 0, x < 1), (x * x, x * 2), 7) * x), V)
    check(lambda i, x: np.choose(i, (x, x * 2)), np.array([0, 1, 1, 0, 1]), V)
    check(lambda i, x: np.choose(i, (x, x * 2)), np.array([0, 2, 1, 0, 1]), V)


PRODUCTS = [
    lambda x, y: (np.outer(x, y), np.inner(x, x), np.inner(x, 2), np.vdot(x, x), np.vecdot(x, x)),
    lambda x, y: (np.kron(x, y), np.trace(x, 1), np.dot(x, y), np.dot(x, 2), x.dot(y)),
    lambda x, y: (np.tensordot(x, y, 1), np.tensordot(x, x, ((0, 1), (0, 1)))),
    lambda x, y: (np.cross(x, x[::-1]), np.cross(y.T[0], x[0]), np.linalg.multi_dot((x, y, y.T))),
    lambda x, y: (
        np.einsum("ij,jk", x, y),
        np.einsum("ij,jk->ki", x, y),
        np.einsum("ij,jk->", x, y),
    ),
    lambda x, y: (np.einsum("ij,ij->ij", x, x), np.einsum("ba", x), np.einsum("ij,kj,jl", x, x, y)),
    lambda x, y: np.convolve(x[0], y[0]) + np.convolve(y[0], x[0], "full"),
    lambda x, y: (np.convolve(y[0], x[0], "same"), np.correlate(y[0], x[0]), np.polyval(x[0], y)),
    lambda x, y: (np.polymul(x[0], y[0]), np.polyadd(x[0], y[0]), np.polyder(y[0], 2)),
]


@pytest.mark.parametrize("program", PRODUCTS)
def test_products(program):
    check(program, A, B)


BATCHES = [
    (C, RANDOM.normal(size=(4, 2))),
    (C, RANDOM.normal(size=(2, 4, 2))),
    (B, RANDOM.normal(size=(2, 4, 2))),
    (C, RANDOM.normal(size=4)),
    (V[:3], C),
    (RANDOM.normal(size=(2, 1, 2, 3)), RANDOM.normal(size=(4, 3, 2))),
]


@pytest.mark.parametrize(("x", "y"), BATCHES)
def test_products_of_batches(x, y):
    check(lambda x, y: x @ y, x, y)
    check_gradient(lambda x, y: np.sum(np.sin(x @ y)), x, y, argnums=(0, 1))


def test_gradients_of_products():
    def f(x, y):
        most = np.sum(np.sin(np.outer(x, y))) + np.sum(np.kron(x, y) ** 2) + np.vdot(x, x)
        more = np.sum(np.sin(np.convolve(x[0], y[0]))) + np.sum(np.sin(np.polyval(x[0], y)))
        return (
            most + more + np.sum(np.sin(np.tensordot(x, y, 1))) + np.sum(np.cross(x, x[::-1]) * x)
        )

    check_gradient(f, A, B, argnums=(0, 1))


def test_einsum_of_batches():
    q, k = RANDOM.normal(size=(2, 2, 3, 4)), RANDOM.normal(size=(2, 2, 5, 4))
    check(lambda q, k: np.einsum("bhqd,bhkd->bhqk", q, k), q, k)
    check_gradient(lambda x, y: np.sum(np.sin(np.einsum("ij,jk->ik", x, y))), A, B, argnums=(0, 1))
    check_gradient(lambda x: np.sum(np.sin(np.einsum("ijk->kj", x))), C)


@pytest.mark.parametrize("subscripts", ["ii,jk", "ij", "ij,ik", "i...,jk", "ij,jk->il"])
def test_subscripts_that_einsum_refuses(subscripts):
    with pytest.raises(MyiaShapeError, match=r"np\.einsum"):
        myia(lambda x, y: np.einsum(subscripts, x, y))(A, B)


NORMS = [
    lambda x, y: (
        np.linalg.norm(x),
        np.linalg.norm(x, 1),
        np.linalg.norm(x, 2),
        np.linalg.norm(x, 3),
    ),
    lambda x, y: (np.linalg.norm(x, np.inf), np.linalg.norm(x, -np.inf), np.linalg.norm(x, 0)),
    lambda x, y: (np.linalg.norm(y), np.linalg.norm(y, "fro"), np.linalg.norm(y, 1)),
    lambda x, y: (np.linalg.norm(y, -1), np.linalg.norm(y, np.inf), np.linalg.norm(y, -np.inf)),
    lambda x, y: (np.linalg.norm(y, axis=1), np.linalg.norm(y, axis=0, keepdims=True)),
]


@pytest.mark.parametrize("program", NORMS)
def test_norms(program):
    check(program, V, A)


def test_gradients_of_norms():
    check_gradient(lambda x: np.linalg.norm(x) + np.linalg.norm(x, 1) + np.linalg.norm(x, 3), V)
    assert not np.any(myia(lambda x: np.linalg.norm(x))(np.zeros(3)))


def operators(x, y):
    first = operator.add(x, y), operator.sub(x, y), operator.mul(x, y), operator.truediv(x, y)
    second = operator.floordiv(x, y), operator.mod(x, y), operator.pow(x, y), operator.and_(x, y)
    third = operator.or_(x, y), operator.xor(x, y), operator.lshift(x, y), operator.rshift(x, y)
    tests = operator.eq(x, y), operator.ne(x, y), operator.lt(x, y), operator.ge(x, y)
    unary = operator.neg(x), operator.pos(x), operator.invert(x), operator.abs(x), operator.not_(x)
    return first, second, third, tests, unary, operator.truth(x), operator.contains((1, 2), y)


def reductions(x):
    first = functools.reduce(operator.add, (x[0], 2, 3.5)), functools.reduce(operator.mul, x)
    return first, functools.reduce(lambda a, b: a * b, (x[0], 2), 10), operator.getitem(x, 1)


def test_operators():
    check(operators, 7, 2)
    check(operators, -3, 1)
    check(reductions, V)
    check(lambda x: functools.reduce(operator.add, ()), 1)
    check(lambda x: operator.matmul(x, x.T), A)


def makers(x, p):
    first, both = operator.itemgetter(1), operator.itemgetter(0, -1)
    scale, power = functools.partial(operator.mul, 3), functools.partial(pow, mod=7)
    found = first(x), both(x), scale(x), power(3, 5), functools.partial(scaled, x, factor=2)()
    return found, operator.methodcaller("sum")(x), operator.call(scaled, x, factor=3)


def scaled(x, factor=1):
    return x * factor


def test_operators_that_look_and_count():
    check(lambda x: (operator.countOf(x, 2.0), operator.countOf((1, 2, 1), 1)), W)
    check(lambda x: (operator.indexOf((1, 2, 1), 2), operator.indexOf([3.0, x], 4)), 4.0)
    check(lambda x: operator.indexOf((1, 2, 1), x), 5)
    check(lambda x: (operator.index(x), operator.index(True), operator.index(np.int8(x))), 3)
    check(lambda x: operator.index(x), 3.0)
    check(lambda x: operator.index(x), W)
    check(lambda x: (operator.length_hint((1, 2)), operator.length_hint(3), len(x)), W)
    check(lambda x: (operator.length_hint(x), operator.length_hint(None, 4)), W)


def augmented(x, n):
    return (
        (operator.iadd(x, n), operator.isub(x, n), operator.imul(x, n), operator.itruediv(x, n)),
        (
            operator.ifloordiv(x, n),
            operator.imod(x, n),
            operator.ipow(x, n),
            operator.iadd((x,), ()),
        ),
        (operator.iand(n, 3), operator.ior(n, 4), operator.ixor(n, 3)),
        (operator.ilshift(n, 2), operator.irshift(n, 1)),
    )


def test_augmented_operators():
    check(augmented, 2.5, 2)
    check(augmented, 7, 2)
    check(augmented, np.float32(2.5), 2)
    for changed in (lambda x: operator.iadd(x, 1), lambda x: operator.imatmul(x, x)):
        with pytest.raises(MyiaSyntaxError, match="visible elsewhere"):
            myia(changed)(M)


def test_functions_that_make_functions():
    check(makers, V, 2)


def backwards(x, n):
    total = 0.0
    for i in reversed(range(1, n, 3)):
        total = total * 2 + i
    for i in reversed(range(n, -n, -2)):
        total = total * 0.5 + i
    for element in reversed(x):
        total = total - element
    for element in reversed((1, 2.5)):
        total = total * element
    return total, tuple(range(1, x.size, 2))


def test_reversed():
    check(backwards, V, 11)
    check(backwards, V, 0)


def test_unsupported_functions_name_similar_ones():
    with pytest.raises(MyiaAttributeError, match=r"numpy\.histogram"):
        myia(lambda x: np.histogramdd(x))(V)
    with pytest.raises(MyiaAttributeError, match="no attribute 'exp'"):
        myia(lambda x: x.exp())(V)


@pytest.mark.parametrize(
    "f",
    [
        lambda a: np.pad(a, 1, "linear_ramp"),
        lambda a: np.gradient(a, edge_order=2),
        lambda a: np.quantile(a, (0.5,), keepdims=True),
        lambda a: np.quantile(a, 0.5, method="nearest"),
    ],
)
def test_options_without_support_are_refused(f):
    with pytest.raises(MyiaValueError) as caught:
        myia(f)(np.ones((2, 2)))
    assert caught.value.code == 50


# Known when compiling, and only when the program runs.
OUTSIDE = [
    lambda a: np.take(a, 0, axis=2),
    lambda a: np.take_along_axis(a, np.argsort(a), -3),
    lambda a: np.repeat(a, 2, axis=4),
    lambda a: np.compress([True], a, axis=2),
    lambda a: np.concatenate([a for _ in range(2)], axis=2),
    lambda a: np.sort(a, axis=2),
    lambda a: np.median(a, axis=2),
    lambda a: np.cumsum(a, axis=-3),
    lambda a: np.flip(a, axis=2),
    lambda a: np.roll(a, 1, axis=2),
    lambda a: np.delete(a, 0, axis=2),
    lambda a: np.apply_along_axis(np.sum, 2, a),
    lambda a: np.size(a, 2),
    lambda a: np.sum(a, axis=(0, 2)),
]


@pytest.mark.parametrize("program", OUTSIDE)
def test_an_axis_that_the_array_lacks(program):
    a = np.arange(6.0).reshape(2, 3)
    with pytest.raises(np.exceptions.AxisError) as expected:
        program(a)
    with pytest.raises(MyiaShapeError) as found:
        myia(program)(a)
    assert found.value.message == str(expected.value)


def test_an_axis_that_the_array_lacks_when_the_program_runs():
    f = myia(lambda a, k: np.flip(a, k))
    for axis in (0, -1):
        assert_same(f(V, axis), V[::-1])
    with pytest.raises(ValueError, match="the axis is out of bounds for array of dimension 1"):
        f(V, 1)
    with pytest.raises(MyiaTypeError, match=r"an axis must be an integer \[got float\]"):
        myia(lambda a: np.take(a, 0, axis=0.0))(V)


def test_what_has_too_few_axes_to_split_or_to_pad():
    check(lambda a: np.vsplit(a, 2), np.ones(2))
    check(lambda a: np.dsplit(a, 2), np.ones((2, 2)))
    check(lambda a: np.pad(a, ((1, 1), (1, 1))), V)
    check(lambda a: np.pad(a, (1, 1, 1)), V)
