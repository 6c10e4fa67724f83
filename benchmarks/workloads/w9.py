"""W9: one step of gradient descent of an MLP 64-128-64-10 on the digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from case import Case
from sklearn.datasets import load_digits

SIZES = (64, 128, 64, 10)
RATE = np.float32(0.1)


@dataclass(frozen=True)
class Layer:
    weights: np.ndarray
    bias: np.ndarray

    def apply(self, x):
        return x @ self.weights + self.bias

    def descend(self, gradient, rate):
        return Layer(self.weights - rate * gradient.weights, self.bias - rate * gradient.bias)


def loss(layers, images, labels):
    first, second, output = layers
    hidden = np.tanh(second.apply(np.tanh(first.apply(images))))
    scores = output.apply(hidden)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    total = np.log(np.sum(np.exp(shifted), axis=1))
    one_hot = labels[:, None] == np.arange(10)
    return np.mean(total - np.sum(np.where(one_hot, shifted, 0.0), axis=1))


def arrays():
    """The initial weights, the images and the labels."""
    random = np.random.default_rng(0)
    images, labels = load_digits(return_X_y=True)
    weights = [
        ((random.normal(size=(a, b)) / np.sqrt(a)).astype(np.float32), np.zeros(b, np.float32))
        for a, b in zip(SIZES, SIZES[1:])
    ]
    return weights, (images / 16).astype(np.float32), labels.astype(np.int64)


def cases():
    from myia import myia, value_and_grad

    @myia
    def step(layers, images, labels):
        value, gradient = value_and_grad(loss)(layers, images, labels)
        updated = ()
        for layer, slope in zip(layers, gradient):
            updated += (layer.descend(slope, RATE),)
        return value, updated

    weights, images, labels = arrays()
    layers = tuple(Layer(w, b) for w, b in weights)
    few = images[:64], labels[:64]
    return [
        Case("batch 64", lambda: step(layers, *few)),
        Case("batch 1797", lambda: step(layers, images, labels)),
    ]


def jax_cases():
    import jax
    import jax.numpy as jnp

    def jax_loss(layers, images, labels):
        (w1, b1), (w2, b2), (w3, b3) = layers
        scores = jnp.tanh(jnp.tanh(images @ w1 + b1) @ w2 + b2) @ w3 + b3
        shifted = scores - jax.lax.stop_gradient(jnp.max(scores, axis=1, keepdims=True))
        total = jnp.log(jnp.sum(jnp.exp(shifted), axis=1))
        one_hot = labels[:, None] == jnp.arange(10)
        return jnp.mean(total - jnp.sum(jnp.where(one_hot, shifted, 0.0), axis=1))

    @jax.jit
    def step(layers, images, labels):
        value, gradient = jax.value_and_grad(jax_loss)(layers, images, labels)
        return value, jax.tree.map(lambda p, g: p - RATE * g, layers, gradient)

    weights, images, labels = jax.device_put(arrays())
    few = images[:64], labels[:64]
    return [
        Case("batch 64", lambda: step(weights, *few)),
        Case("batch 1797", lambda: step(weights, images, labels)),
    ]
