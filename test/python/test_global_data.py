# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arrays and containers around the program: they are read at every call."""

from __future__ import annotations

import types
from dataclasses import dataclass

import numpy as np
import pytest

from myia import grad, myia
from myia.errors import MyiaNameError, MyiaSyntaxError, MyiaTypeError

X = np.array([1.0, -2.0, 0.5])


@dataclass
class Config:
    rate: float
    weights: np.ndarray


@dataclass
class Chain:
    next: Chain | None = None


def weighted(x):
    return x @ WEIGHTS


def several(x):
    return weighted(x) + TABLE[1] * CONFIG.rate + CONFIG.weights[0] + PAIR[0][0] * PAIR[1]


WEIGHTS = np.array([1.0, 2.0, 3.0])
TABLE = [1, 2, 3]
CONFIG = Config(0.5, np.ones(3))
PAIR = (WEIGHTS, 2)
CHAIN = Chain(Chain())


def test_changes_in_place_are_seen():
    compiled = myia(several)
    assert compiled(X) == several(X)
    WEIGHTS[0] = 10.0
    TABLE[1] = 100
    CONFIG.rate = 0.25
    CONFIG.weights[0] = -1.0
    assert compiled(X) == several(X)
    assert compiled.cache_size == 1


def test_another_type_is_another_signature(monkeypatch):
    compiled = myia(weighted)
    for weights in (WEIGHTS, WEIGHTS.astype(np.float32), WEIGHTS[::-1], np.ones((3, 2))):
        monkeypatch.setitem(globals(), "WEIGHTS", weights)
        found, expected = compiled(X), weighted(X)
        assert np.array_equal(found, expected) and found.dtype == expected.dtype
    assert compiled.cache_size == 3


def test_a_name_that_is_gone(monkeypatch):
    compiled = myia(weighted)
    compiled(X)
    monkeypatch.delitem(globals(), "WEIGHTS")
    with pytest.raises(MyiaNameError, match="WEIGHTS"):
        compiled(X)


def test_gradients_take_it_for_constant():
    assert np.allclose(grad(lambda x: weighted(x) * weighted(x))(X), 2 * weighted(X) * WEIGHTS)
    assert grad(grad(lambda t: (t * WEIGHTS * t * t).sum()))(2.0) == 12 * WEIGHTS.sum()


def test_variables_of_an_enclosing_function():
    def make(weights):
        def power(x, n):
            return x if n == 0 else power(x, n - 1) * weights

        return myia(power)

    first, second = make(np.arange(3.0)), make(np.full(3, 2.0))
    assert np.array_equal(first(X, 3), X * np.arange(3.0) ** 3)
    assert np.array_equal(second(X, 3), X * 8.0)


def test_results_do_not_share_its_memory():
    found = myia(lambda: WEIGHTS)()
    found[0] = 77.0
    assert WEIGHTS[0] != 77.0


def test_it_is_not_updated():
    def update(x):
        w = WEIGHTS
        w[0] = x
        return w

    with pytest.raises(MyiaSyntaxError, match="copy it first"):
        myia(update)(1.0)

    def append(x):
        t = TABLE
        t.append(x)
        return t

    before = list(TABLE)
    with pytest.raises((MyiaSyntaxError, RuntimeError), match="copy it"):
        myia(append)(1)
    assert before == TABLE


def test_recursive_classes_are_refused():
    with pytest.raises(MyiaTypeError, match="'CHAIN' holds instances of a recursive class"):
        myia(lambda: CHAIN.next is None)()


def test_in_modules(monkeypatch):
    module = types.ModuleType("module_with_data")
    module.table = np.arange(4)
    monkeypatch.setitem(globals(), "module", module)
    compiled = myia(lambda i: module.table[i])  # noqa: F821
    assert compiled(2) == 2
    module.table = np.arange(4) * 10
    assert compiled(2) == 20
