# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Elementary functions of complex numbers where they overflow, vanish, or are no numbers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from myia import grad, myia

_PARTS = [
    0.0,
    -0.0,
    1.0,
    -2.5,
    np.inf,
    -np.inf,
    np.nan,
    5e-324,
    1e-38,
    1e37,
    -1e200,
    1e308,
    90.0,
    710.0,
]
_FUNCTIONS = "exp log sqrt sin cos tan sinh cosh tanh reciprocal absolute angle".split()


def _numbers(dtype):
    parts = np.array(_PARTS).astype(np.float32 if dtype == "complex64" else float)
    return np.array([complex(a, b) for a, b in itertools.product(parts, parts)], dtype)


def _agree(found, expected, tolerance):
    """Equal, also in the sign of zeros and infinities, or near; NaN is NaN."""
    with np.errstate(all="ignore"):
        near = np.abs(found - expected) <= tolerance * np.abs(expected)
    exact = (found == expected) & (np.signbit(found) == np.signbit(expected))
    tiny = np.finfo(expected.dtype).tiny
    vanish = (np.abs(found) < 2 * tiny) & (np.abs(expected) < 2 * tiny) & (expected != 0)
    return exact | (near & (expected != 0)) | vanish | (np.isnan(found) & np.isnan(expected))


def _is_open(name, z):
    """Where the standard leaves a sign open."""
    turned = {"sin": complex(-z.imag, z.real), "cos": complex(-z.imag, z.real)}.get(name, z)
    wild = np.isnan(turned.imag) or np.isinf(turned.imag)
    if name in ("sin", "sinh"):
        return np.isinf(turned.real) and wild
    return name in ("cos", "cosh") and (np.isnan(turned.real) or (turned.real == 0 and wild))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("name", _FUNCTIONS)
def test_functions_at_special_values(name, dtype):
    function = getattr(np, name)
    numbers = _numbers(dtype)
    expected, found = function(numbers), myia(lambda z: function(z))(numbers)
    assert found.dtype == expected.dtype
    tolerance = 1e-5 if dtype == "complex64" else 1e-12
    agree = np.ones(len(numbers), bool)
    for part in ("real", "imag"):
        agree &= _agree(getattr(found, part), getattr(expected, part), tolerance)
    wrong = [
        (z, f, e)
        for z, f, e, same in zip(numbers, found, expected, agree, strict=True)
        if not same and not _is_open(name, z)
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "sin", "cosh", "tanh", "reciprocal"])
@pytest.mark.parametrize("number", [0.5 - 0.7j, -1.5 + 0.25j, 100.0 + 1.0j])
def test_gradients(name, number):
    function = getattr(np, name)

    def length(x, y):
        value = function(np.array([complex(1.0, 0.0)]) * x + np.array([1j]) * y)
        return np.log(np.abs(value)).sum()

    x, y = number.real, number.imag
    found = grad(length, argnums=(0, 1))(x, y)
    step = 1e-6
    expected = (
        (length(x + step, y) - length(x - step, y)) / (2 * step),
        (length(x, y + step) - length(x, y - step)) / (2 * step),
    )
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-7)
