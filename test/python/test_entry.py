"""Calls from Python: defaults, keywords, and what NumPy's in-place operators keep."""

import numpy as np
import pytest

from myia import MyiaShapeError, MyiaTypeError, grad, myia


def scaled(x, y=2.0, *, z=3.0):
    return x * y * z


def test_omitted_arguments_take_their_defaults() -> None:
    compiled = myia(scaled)
    assert compiled(1.0) == 6.0
    assert compiled(1.0, 5.0) == 15.0
    assert compiled(1.0, z=2.0) == 4.0
    assert compiled(y=1.0, x=2.0) == 6.0
    assert compiled(np.float32(1.0)) == np.float32(6.0)
    with pytest.raises(MyiaTypeError, match="str"):
        compiled("a")


def add_in_place(start, value):
    total = start * 1
    total += value
    return total


def test_augmented_assignment_keeps_the_dtype_of_the_array() -> None:
    start = np.zeros(3, np.float32)
    got = myia(add_in_place)(start, np.full(3, 0.1))
    assert got.dtype == np.float32
    assert (got == add_in_place(start, np.full(3, 0.1))).all()


def test_augmented_assignment_changes_neither_kind_nor_shape() -> None:
    with pytest.raises(MyiaTypeError, match="dtype"):
        myia(add_in_place)(np.arange(3), 2.5)
    with pytest.raises(MyiaShapeError, match="shape"):
        myia(add_in_place)(np.zeros(3), np.ones((2, 3)))


def test_square_of_a_large_number_overflows() -> None:
    square = myia(lambda x: x**2)
    assert square(3.0) == 9.0
    with pytest.raises(OverflowError):
        square(1e200)


def test_bool_is_not_differentiated() -> None:
    with pytest.raises(MyiaTypeError):
        grad(scaled)(True)
