# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The prelude computes what the functions it stands for compute."""

import math
import re

import numpy as np
import pytest

from myia import myia
from myia.prelude import library
from myia.prelude.primitives import primitives

A = np.linspace(-1.5, 2.5, 12).reshape(3, 4)
B = np.linspace(0.5, 3.0, 4)

ARRAY_CASES = {
    "mean": lambda a: (np.mean(a), a.mean(axis=0), np.mean(a, axis=1, keepdims=True)),
    "var": lambda a: (np.var(a), a.var(axis=0), np.var(a, axis=1, ddof=1)),
    "std": lambda a: (np.std(a), a.std(axis=1, keepdims=True)),
    "square": lambda a: np.square(a),
    "clip": lambda a: (np.clip(a, -1, 1), a.clip(0.5), np.clip(a, None, 2.0)),
    "outer": lambda a: np.outer(a[0], a[1]),
    "inner": lambda a: np.inner(a[0], a[1]),
    "vdot": lambda a: np.vdot(a, a),
    "eye": lambda a: (np.eye(3), np.identity(2) + 0 * a[0, 0]),
    "trace": lambda a: np.trace(a),
    "full_like": lambda a: np.full_like(a, 2),
    "count_nonzero": lambda a: np.count_nonzero(a),
    "ptp": lambda a: np.ptp(a, axis=0),
    "logaddexp": lambda a: (np.logaddexp(a, 2), np.logaddexp(a - np.inf, a - np.inf)),
    "angles": lambda a: (np.deg2rad(a), np.rad2deg(a), np.radians(a), np.degrees(a)),
    "norm": lambda a: (np.linalg.norm(a), np.linalg.norm(a, axis=1)),
}

NUMBER_CASES = {
    "angles": lambda x: (math.radians(x), math.degrees(x)),
    "sum": lambda x: (sum((x, 1)), sum((x, x), 2)),
    "any": lambda x: (any((x, 0)), any((x < 0, False))),
    "all": lambda x: (all((x, 1)), all((x > 0, False))),
}


def check(function, *args):
    expected, found = function(*args), myia(function)(*args)
    for want, have in zip(*(v if isinstance(v, tuple) else (v,) for v in (expected, found))):
        np.testing.assert_allclose(have, want, rtol=1e-6, atol=1e-7)
        assert np.asarray(have).dtype == np.asarray(want).dtype
        assert type(have) is type(want)


@pytest.mark.parametrize("name", ARRAY_CASES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_array_functions(name, dtype):
    check(ARRAY_CASES[name], A.astype(dtype))


@pytest.mark.parametrize("name", NUMBER_CASES)
def test_number_functions(name):
    check(NUMBER_CASES[name], 1.5)


def test_whole_numbers():
    check(lambda n: (math.gcd(n, 12), math.factorial(n)), 8)


def test_factorial_of_a_negative_number():
    with pytest.raises(ValueError, match="negative"):
        myia(lambda n: math.factorial(n))(-1)


def test_every_primitive_stands_for_something():
    newer = {"math.cbrt", "math.exp2"}
    # Calls of dtypes, and what the frontend says in primitives of its own.
    own = {"myia.cast", "myia.annotated", "myia.field", "myia.is_sequence", "myia.text"}
    own |= {"myia.made_here", "myia.refuse"}
    names = {n.replace("array.", "numpy.ndarray.") for n in primitives()} - newer - own
    names = {re.sub(r"^dict\.", "builtins.dict.", name) for name in names}
    missing = [name for name in names if library.find(name) is None]
    assert missing == []
