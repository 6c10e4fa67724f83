"""Memory stays flat: what a program makes and drops is given back."""

import gc
import resource
from dataclasses import dataclass

import numpy as np

from myia import myia, value_and_grad
from myia._call import live_objects


@dataclass
class Layer:
    weights: np.ndarray
    bias: np.ndarray


def loss(layers, x, y):
    for layer in layers:
        x = np.tanh(x @ layer.weights + layer.bias)
    return np.mean((x - y) ** 2)


@myia
def step(layers, x, y):
    value, gradient = value_and_grad(loss)(layers, x, y)
    return value, (
        Layer(
            layers[0].weights - 0.1 * gradient[0].weights, layers[0].bias - 0.1 * gradient[0].bias
        ),
        Layer(
            layers[1].weights - 0.1 * gradient[1].weights, layers[1].bias - 0.1 * gradient[1].bias
        ),
    )


@myia
def churn(x, n):
    for _ in range(n):
        y = x * 2.0
        x = y - x + np.sum(y) * 0.0
    return x


def make_layer(rng, rows, columns):
    return Layer(rng.normal(size=(rows, columns)), np.zeros(columns))


def test_training_gives_every_array_back() -> None:
    rng = np.random.default_rng(0)
    layers = (make_layer(rng, 8, 16), make_layer(rng, 16, 4))
    x, y = rng.normal(size=(32, 8)), rng.normal(size=(32, 4))
    first, layers = step(layers, x, y)
    gc.collect()
    before = live_objects()
    for _ in range(500):
        last, layers = step(layers, x, y)
    gc.collect()
    assert live_objects() == before
    assert last < first


def test_arrays_of_a_loop_are_reused() -> None:
    x = np.ones(1 << 17)  # a megabyte
    churn(x, 10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (churn(x, 2000) == x).all()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 * 1024, f"peak memory grew by {grown} KiB"
