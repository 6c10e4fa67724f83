# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs with very many operations: compile time must not grow with their square."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from test_deep_nesting import define

from myia import grad, myia


def seconds(function, *args):
    """The processor time of a call, and its result."""
    start = time.process_time()
    result = function(*args)
    return time.process_time() - start, result


def straight_line(count):
    """A function of so many operations, one after the other."""
    lines = [f"    x = x * 1.0000{i % 10} + {i % 7}.5" for i in range(count // 2)]
    return define("\n".join(["def f(x):", *lines, "    return x", ""]), "f")


def test_straight_lines():
    seconds(myia(straight_line(100)), 1.0)
    small, large = straight_line(4_000), straight_line(20_000)
    shorter, first = seconds(myia(small), 1.0)
    longer, second = seconds(myia(large), 1.0)
    assert first == small(1.0) and second == large(1.0)
    assert longer < 12 * shorter + 1.0


@dataclass
class Layer:
    """Weights of one layer."""

    weight: np.ndarray
    bias: np.ndarray


def loss(layers, x):
    """A network whose layers are all written out."""
    for layer in layers:
        x = np.tanh(layer.weight @ x + layer.bias)
    return x.sum()


def rolled(weights, biases, x):
    """The same, as a loop."""
    for i in range(len(weights)):
        x = np.tanh(weights[i] @ x + biases[i])
    return x.sum()


def test_many_layers():
    rng = np.random.default_rng(0)
    count = 300
    weights, biases = rng.normal(size=(count, 4, 4)) * 0.4, rng.normal(size=(count, 4))
    layers = tuple(Layer(w, b) for w, b in zip(weights, biases, strict=True))
    spent, found = seconds(grad(loss), layers, np.ones(4))
    expected = grad(rolled, argnums=(0, 1))(weights, biases, np.ones(4))
    np.testing.assert_allclose([each.weight for each in found], expected[0], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose([each.bias for each in found], expected[1], rtol=1e-9, atol=1e-12)
    assert spent < 30.0
