"""Compiled code against its two references: CPython and finite differences."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
import pytest

from myia import grad, myia


def assert_same(found: Any, expected: Any) -> None:
    """Equal type, dtype, shape and value, through any structure.

    Compiled code gives a NumPy scalar where NumPy gives an array of rank 0.
    """
    if isinstance(expected, np.ndarray) and expected.ndim == 0:
        expected = expected[()]
    assert type(found) is type(expected), (found, expected)
    if is_dataclass(expected):
        for field in fields(expected):
            assert_same(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(expected, dict):
        assert list(found) == list(expected)
        for key in expected:
            assert_same(found[key], expected[key])
    elif isinstance(expected, (tuple, list)):
        assert len(found) == len(expected)
        for left, right in zip(found, expected, strict=True):
            assert_same(left, right)
    elif isinstance(expected, (np.ndarray, np.generic)):
        assert found.dtype == expected.dtype
        assert found.shape == expected.shape
        single = expected.dtype in (np.float32, np.complex64)
        np.testing.assert_allclose(
            found, expected, rtol=1e-5 if single else 1e-12, atol=1e-6 if single else 1e-12
        )
    elif isinstance(expected, (float, complex)):
        np.testing.assert_allclose(found, expected, rtol=1e-12)
    else:
        assert found == expected


def check(f: Any, *args: Any) -> None:
    """Compiled, `f` gives what CPython gives: a value or an exception."""
    try:
        expected = f(*args)
    except Exception as error:
        with pytest.raises(type(error)):
            myia(f)(*args)
    else:
        assert_same(myia(f)(*args), expected)


def numeric_gradient(f: Any, args: tuple[Any, ...], position: int) -> Any:
    """Central differences of `f` at one argument, in its structure."""

    def at(value: Any) -> float:
        return float(f(*args[:position], value, *args[position + 1 :]))

    return _differences(at, args[position])


def _differences(f: Any, value: Any) -> Any:
    if is_dataclass(value):
        changes = {
            field.name: _differences(
                lambda new, name=field.name: f(replace(value, **{name: new})),
                getattr(value, field.name),
            )
            for field in fields(value)
        }
        return replace(value, **changes)
    if isinstance(value, (tuple, list)):
        kind = type(value)
        return kind(
            _differences(lambda new, i=i: f(kind([*value[:i], new, *value[i + 1 :]])), element)
            for i, element in enumerate(value)
        )
    if isinstance(value, dict):
        return {
            key: _differences(lambda new, key=key: f(value | {key: new}), element)
            for key, element in value.items()
        }
    if value is None or isinstance(value, (int, str, Enum)):
        return None
    if isinstance(value, np.ndarray):
        result = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            step = np.zeros_like(value)
            step[index] = 1e-6
            result[index] = (f(value + step) - f(value - step)) / 2e-6
        return result
    return type(value)((f(value + 1e-6) - f(value - 1e-6)) / 2e-6)


def assert_close(found: Any, expected: Any, tolerance: float) -> None:
    """Equal structure and nearly equal leaves."""
    if is_dataclass(expected):
        assert type(found) is type(expected)
        for field in fields(expected):
            left, right = getattr(found, field.name), getattr(expected, field.name)
            assert_close(left, right, tolerance)
    elif isinstance(expected, dict):
        assert list(found) == list(expected)
        for key in expected:
            assert_close(found[key], expected[key], tolerance)
    elif isinstance(expected, (tuple, list)):
        assert type(found) is type(expected)
        assert len(found) == len(expected)
        for left, right in zip(found, expected, strict=True):
            assert_close(left, right, tolerance)
    elif isinstance(expected, dict):
        assert list(found) == list(expected)
        for key in expected:
            assert_close(found[key], expected[key], tolerance)
    elif expected is None:
        assert found is None
    else:
        assert np.shape(found) == np.shape(expected)
        np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


def check_gradient(f: Any, *args: Any, argnums: int | tuple[int, ...] = 0) -> None:
    """Compiled, the gradient of `f` agrees with finite differences."""
    check(f, *args)
    found = grad(f, argnums=argnums)(*args)
    if isinstance(argnums, int):
        expected = numeric_gradient(f, args, argnums)
    else:
        expected = tuple(numeric_gradient(f, args, each) for each in argnums)
    assert_close(found, expected, 1e-5)


def check_second_derivative(f: Any, x: float) -> None:
    """Compiled, the second derivative of `f` agrees with differences of the first."""
    first = grad(f)
    expected = (first(x + 1e-5) - first(x - 1e-5)) / 2e-5
    np.testing.assert_allclose(grad(grad(f))(x), expected, rtol=1e-4, atol=1e-6)
