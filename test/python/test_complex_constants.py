# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Complex literals, globals, fields and names of dtypes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from compare import check

from myia import MyiaTypeError, grad, myia, stop_gradient

GLOBAL = np.array([1j, 2.0])
SCALAR = np.complex64(1 - 2j)
NUMBER = 2 - 1j


@dataclass
class Pair:
    """A number and an array."""

    z: complex
    array: np.ndarray

    def scaled(self):
        """One by the other."""
        return self.z * self.array


def test_literals():
    def f():
        return 1j, 2 - 3j, -2j, -0.0 + 1j, (1j) ** 2, 1j == 1j, 1e300j * 1e300

    check(f)


def test_globals():
    def f(x):
        return GLOBAL * x, SCALAR * x, NUMBER * x

    check(f, 2.0)
    GLOBAL[0] = 5
    check(f, 2.0)


def test_fields_and_alternatives():
    def f(pair, n):
        found = None
        if n > 1:
            found = pair.z
        return Pair(pair.scaled()[0], pair.array * 2), found

    for n in (0, 2):
        check(f, Pair(1j, GLOBAL), n)


def test_names_of_dtypes():
    def f():
        return np.zeros(3, dtype="complex64") + 1, np.exp(np.ones(2, "complex"))

    check(f)


def test_parts_of_real_numbers():
    def f(x):
        return np.imag(x), np.angle(x)

    for x in (2.0, -3, np.float32(-2), np.array([1.0, -2.0])):
        check(f, x)


def test_results_share_no_memory():
    z = GLOBAL.copy()
    first, second, real = myia(lambda z: (z, z, z.real))(z)
    assert not np.shares_memory(first, second)
    assert not np.shares_memory(first, z)
    assert not np.shares_memory(real, z)


def test_stop_gradient():
    assert grad(lambda x: (stop_gradient(x * 1j) * x).imag)(3.0) == 3.0


def test_annotations():
    def f(z: complex, w: np.complex64, a: np.ndarray):
        return z * w, a

    check(f, 1j, SCALAR, GLOBAL)

    def g(x: float):
        return x

    with pytest.raises(MyiaTypeError, match="the value is complex"):
        myia(g)(1j)


def test_a_default_is_refused():
    def f(x, z=1j):
        return x * z

    with pytest.raises(MyiaTypeError, match="a default of type complex"):
        myia(f)(1.0)
