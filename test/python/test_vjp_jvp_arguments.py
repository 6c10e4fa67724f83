"""Wrong arguments of `vjp`, `jvp` and pullbacks are refused, never answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from myia import MyiaTypeError, MyiaValueError, jvp, myia, vjp

# A `MyiaShapeError` is a `MyiaValueError`.
REFUSED = (MyiaTypeError, MyiaValueError)

X = np.array([0.4, -1.2, 0.9])


@dataclass
class Point:
    x: float
    y: float


def product(x, y):
    return x * y


def square(x):
    return x * x


def test_jvp_wants_as_many_tangents_as_primals():
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(product, (1.0, 2.0), (1.0,))
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(square, (1.0,), (1.0, 2.0))


def test_jvp_wants_as_many_primals_as_parameters():
    with pytest.raises(MyiaTypeError, match="product"):
        jvp(product, (1.0,), (1.0,))
    with pytest.raises(MyiaTypeError, match="square"):
        jvp(square, (1.0, 2.0), (1.0, 2.0))


@pytest.mark.parametrize("tangent", [np.ones(2), np.ones((3, 1)), 1.0])
def test_jvp_wants_tangents_of_the_shape_of_the_primals(tangent):
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(square, (X,), (tangent,))


def test_jvp_does_not_stretch_a_number():
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(square, (1.0,), (X,))


def test_jvp_wants_tangents_of_the_dtype_of_the_primals():
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(square, (X,), (X.astype(np.float32),))
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(square, (X,), (np.ones(3, dtype=np.int64),))


@pytest.mark.parametrize(
    ("primal", "tangent"),
    [
        ((1.0, 2.0), (1.0,)),
        ((1.0, 2.0), (1.0, (2.0,))),
        ((1.0, 2.0), [1.0, 2.0]),
        ({"x": 1.0, "y": 2.0}, {"x": 1.0}),
        ({"x": 1.0, "y": 2.0}, {"x": 1.0, "z": 2.0}),
        (Point(1.0, 2.0), (1.0, 2.0)),
        (1.0, None),
        (1.0, "one"),
    ],
)
def test_jvp_wants_tangents_of_the_structure_of_the_primals(primal, tangent):
    with pytest.raises(REFUSED, match="jvp|tangent"):
        jvp(lambda _: 1.0, (primal,), (tangent,))


def test_jvp_wants_a_list_of_tangents_as_long_as_the_primals():
    with pytest.raises((TypeError, ValueError, IndexError)):
        jvp(lambda xs: xs[0] * xs[1], ([1.0, 2.0],), ([1.0],))
    with pytest.raises((TypeError, ValueError, IndexError)):
        jvp(lambda xs: xs[0] * xs[1], ([1.0, 2.0],), ([1.0, 2.0, 3.0],))


def test_jvp_wants_tuples():
    with pytest.raises(REFUSED, match="jvp|tuple"):
        jvp(square, 1.0, 1.0)
    with pytest.raises(REFUSED, match="jvp|tuple"):
        jvp(square, X, X)


def test_jvp_wants_a_function():
    with pytest.raises(MyiaTypeError, match="jvp|function"):
        jvp(3.0, (1.0,), (1.0,))


def test_vjp_wants_a_function():
    with pytest.raises(MyiaTypeError, match="vjp|function"):
        vjp(3.0, 1.0)
    with pytest.raises(MyiaTypeError, match="vjp|function"):
        vjp(None, 1.0)


def test_vjp_wants_as_many_primals_as_parameters():
    with pytest.raises(MyiaTypeError, match="product"):
        vjp(product, 1.0)
    with pytest.raises(MyiaTypeError, match="square"):
        vjp(square, 1.0, 2.0)


def test_an_integer_array_is_refused():
    whole = np.array([1, 2, 3])
    with pytest.raises(MyiaTypeError):
        vjp(lambda a: a * 1.0, whole)
    with pytest.raises(MyiaTypeError):
        jvp(lambda a: a * 1.0, (whole,), (whole,))


def test_vjp_with_auxiliary_output_wants_a_pair():
    with pytest.raises(REFUSED, match="has_aux|aux|pair|tuple"):
        vjp(square, 1.0, has_aux=True)


@pytest.mark.parametrize("cotangent", [np.ones(2), np.ones((1, 3)), 1.0, (X,), None])
def test_a_pullback_wants_a_cotangent_of_the_shape_of_the_value(cotangent):
    _, pullback = vjp(square, X)
    with pytest.raises((TypeError, ValueError)):
        pullback(cotangent)


def test_a_pullback_wants_a_cotangent_of_the_dtype_of_the_value():
    _, pullback = vjp(square, X)
    with pytest.raises((TypeError, ValueError)):
        pullback(X.astype(np.float32))


def test_a_pullback_wants_a_cotangent_of_the_structure_of_the_value():
    _, pullback = vjp(lambda x: (x, x * x), 2.0)
    for cotangent in (1.0, (1.0,), (1.0, 2.0, 3.0), [1.0, 2.0]):
        with pytest.raises((TypeError, ValueError)):
            pullback(cotangent)


def test_a_pullback_takes_one_argument():
    _, pullback = vjp(square, 2.0)
    with pytest.raises(TypeError):
        pullback()
    with pytest.raises(TypeError):
        pullback(1.0, 1.0)


def test_a_pullback_wants_a_list_as_long_as_the_value():
    _, pullback = vjp(lambda xs: [2.0 * x for x in xs], [1.0, 2.0])
    for cotangent in ([1.0], [1.0, 2.0, 3.0]):
        with pytest.raises((TypeError, ValueError, IndexError)):
            pullback(cotangent)


def test_refusals_inside_compiled_code():
    @myia
    def shapes(x):
        return jvp(square, (x,), (np.ones(2),))[1]

    @myia
    def numbers(x):
        return jvp(product, (x, x), (x,))[1]

    @myia
    def pulls(x):
        return vjp(square, x)[1](np.ones((2, 2)))[0]

    for f in (shapes, numbers, pulls):
        with pytest.raises(REFUSED):
            f(X)


def test_errors_of_the_program_come_through():
    def f(x, n):
        assert n > 0, "negative"
        return x / n

    with pytest.raises(AssertionError, match="negative"):
        vjp(lambda x: f(x, 0), 1.0)
    with pytest.raises(AssertionError, match="negative"):
        jvp(lambda x: f(x, 0), (1.0,), (1.0,))
    with pytest.raises(ZeroDivisionError):
        jvp(lambda x: 1.0 / x, (0.0,), (1.0,))
