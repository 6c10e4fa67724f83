"""Cells and layers of neural networks."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from programs import call, program


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def weights(rows, columns, scale=0.1):
    return scale * np.sin(np.arange(rows * columns, dtype=np.float64)).reshape(rows, columns)


X = weights(4, 3, 1.0)
H = np.zeros(2)


@program((X, H, weights(3, 2), weights(2, 2)), (X[:0], H, weights(3, 2), weights(2, 2)))
def elman(inputs, h, w_in, w_h):
    for x in inputs:
        h = np.tanh(x @ w_in + h @ w_h)
    return h


@dataclass(frozen=True)
class LSTM:
    w: np.ndarray
    u: np.ndarray
    b: np.ndarray

    def step(self, x, h, c):
        gates = x @ self.w + h @ self.u + self.b
        n = h.shape[0]
        i = sigmoid(gates[:n])
        f = sigmoid(gates[n : 2 * n])
        o = sigmoid(gates[2 * n : 3 * n])
        c = f * c + i * np.tanh(gates[3 * n :])
        return o * np.tanh(c), c


LSTM_CELL = LSTM(weights(3, 8), weights(2, 8), np.zeros(8))


@program((LSTM_CELL, X), (LSTM_CELL, X[:1]))
def lstm(cell, inputs):
    h = np.zeros(2)
    c = np.zeros(2)
    for t in range(len(inputs)):
        h, c = cell.step(inputs[t], h, c)
    return h, c


class GRU(NamedTuple):
    update: np.ndarray
    reset: np.ndarray
    candidate: np.ndarray


GRU_CELL = GRU(weights(5, 2), weights(5, 2), weights(5, 2))


@program((GRU_CELL, X, H), (GRU_CELL, X[:2], np.ones(2)))
def gru(cell, inputs, h):
    for x in inputs:
        xh = np.concatenate([x, h])
        z = sigmoid(xh @ cell.update)
        r = sigmoid(xh @ cell.reset)
        candidate = np.tanh(np.concatenate([x, r * h]) @ cell.candidate)
        h = (1 - z) * h + z * candidate
    return h


@program((X, H, weights(3, 2), weights(2, 2)), (X, np.ones(2), weights(3, 2), weights(2, 2)))
def hidden_states(inputs, h, w_in, w_h):
    states = []
    for x in inputs:
        h = np.tanh(x @ w_in + h @ w_h)
        states.append(h)
    return np.stack(states)


@program((np.array([1.0, 2.0, 3.0]),), (np.array([1000.0, 1000.0]),), (np.array([0.0]),))
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


@program((X,), (X.astype(np.float32),), (np.zeros((2, 2)),))
def log_softmax(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@program((X, np.array([0, 1, 2, 0])), (X[:1], np.array([2])))
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.mean(log_probabilities[np.arange(len(labels)), labels])


@program((X,), (X.astype(np.float32),), call(X, eps=1e-3))
def layer_norm(x, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + eps)


@program((X, X, X), (X[:2], X, X))
def attention(q, k, v):
    scores = q @ k.T / math.sqrt(q.shape[-1])
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return scores / scores.sum(axis=-1, keepdims=True) @ v


@program((X,), (X[:1],))
def causal_attention(x):
    n = len(x)
    scores = np.where(np.tril(np.ones((n, n))) > 0, x @ x.T, -np.inf)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ x


@dataclass(frozen=True)
class Layer:
    w: np.ndarray
    b: np.ndarray

    def __call__(self, x):
        return x @ self.w + self.b


LAYER = Layer(weights(3, 3), np.zeros(3))
NETWORK = (Layer(weights(3, 5), np.zeros(5)), Layer(weights(5, 2), np.ones(2)))


@program((NETWORK, X), (NETWORK[:1], X[0]), ((), X))
def feed_forward(layers, x):
    for layer in layers:
        x = np.maximum(layer(x), 0)
    return x


@program(
    ([Layer(weights(3, 3), np.zeros(3)), Layer(weights(3, 3), np.ones(3))], X), ([LAYER], X[:1])
)
def residual_stack(layers, x):
    for layer in layers:
        x = x + np.tanh(layer(x))
    return x


@program((np.array([-2.0, 0.0, 3.0]), "relu"), (np.array([-2.0, 1.0]), "tanh"), (X, "swish"))
def activate(x, name):
    if name == "relu":
        return np.maximum(x, 0.0)
    elif name == "tanh":
        return np.tanh(x)
    raise ValueError(f"unknown activation {name!r}")


@program((weights(5, 5, 1.0), np.ones((2, 2)) / 4), (np.eye(4), np.array([[1.0, -1.0]])))
def convolution_layer(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(kh):
        for j in range(kw):
            out = out + kernel[i, j] * image[i : i + h - kh + 1, j : j + w - kw + 1]
    return np.maximum(out, 0)


@program((np.arange(16.0).reshape(4, 4),), (np.arange(8.0).reshape(2, 4),))
def max_pool(x):
    h, w = x.shape
    return x.reshape(h // 2, 2, w // 2, 2).max(axis=(1, 3))


@program((X, np.array([1, 0, 1, 1])), (X, np.zeros(4, dtype=int)))
def masked_mean(x, mask):
    count = max(int(mask.sum()), 1)
    return (x * mask[:, None]).sum(axis=0) / count


@program((6, 4), (1, 2))
def positional_encoding(length, width):
    position = np.arange(length)[:, None]
    rate = np.exp(-np.log(10000.0) * np.arange(0, width, 2) / width)
    angles = position * rate
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


@program((weights(6, 3, 1.0), [0, 2, 5]), (weights(6, 3, 1.0), [6]))
def embed(table, tokens):
    return sum(table[token] for token in tokens) / len(tokens)
