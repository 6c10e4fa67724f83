"""Trains a classifier of handwritten digits, from scratch, in a few seconds.

Everything that is computed -- the network, the loss, its derivative and the
update of the parameters -- is ordinary Python over NumPy arrays, compiled by
`@myia`. Run it with `make demo`; it writes `out/digits.png`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from sklearn.datasets import load_digits
from tqdm import tqdm

from myia import myia, value_and_grad

mpl.use("Agg")
import matplotlib.pyplot as plt

SIZES = (64, 128, 64, 10)
EPOCHS = 60
BATCH = 64
RATE = np.float32(0.2)


@dataclass(frozen=True)
class Layer:
    """An affine map."""

    weights: np.ndarray
    bias: np.ndarray

    def apply(self, x):
        """Map each row of `x`."""
        return x @ self.weights + self.bias

    def descend(self, gradient, rate):
        """Take one step against the gradient, which is a `Layer` too."""
        return Layer(self.weights - rate * gradient.weights, self.bias - rate * gradient.bias)


@dataclass(frozen=True)
class Model:
    """A multi-layer perceptron: tanh layers, then scores for the ten digits."""

    hidden: tuple[Layer, ...]
    output: Layer

    def scores(self, x):
        """Score each digit for each row of `x`."""
        for layer in self.hidden:
            x = np.tanh(layer.apply(x))
        return self.output.apply(x)


def cross_entropy(model, images, labels):
    """Mean negative log-likelihood of the labels; log-sum-exp kept in range."""
    scores = model.scores(images)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    total = np.log(np.sum(np.exp(shifted), axis=1))
    one_hot = labels[:, None] == np.arange(10)
    chosen = np.sum(np.where(one_hot, shifted, 0.0), axis=1)
    return np.mean(total - chosen)


@myia
def train_step(model, images, labels, rate):
    """One step of gradient descent: the loss and the better model."""
    loss, gradient = value_and_grad(cross_entropy)(model, images, labels)
    hidden = ()
    for layer, slope in zip(model.hidden, gradient.hidden):
        hidden += (layer.descend(slope, rate),)
    return loss, Model(hidden, model.output.descend(gradient.output, rate))


@myia
def accuracy(model, images, labels):
    """Fraction of images whose highest score is that of their label."""
    return np.mean(np.argmax(model.scores(images), axis=1) == labels)


def random_model(random: np.random.Generator) -> Model:
    """Weights that keep the variance of what flows through them."""
    layers = [
        Layer(
            (random.normal(size=(fan_in, fan_out)) / np.sqrt(fan_in)).astype(np.float32),
            np.zeros(fan_out, np.float32),
        )
        for fan_in, fan_out in zip(SIZES, SIZES[1:])
    ]
    return Model(tuple(layers[:-1]), layers[-1])


def load_data(random: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Shuffle the 1,797 digits and split them 80/20 into training and test."""
    images, labels = load_digits(return_X_y=True)
    order = random.permutation(len(labels))
    images = (images[order] / 16).astype(np.float32)
    labels = labels[order].astype(np.int64)
    split = len(labels) * 4 // 5
    return images[:split], labels[:split], images[split:], labels[split:]


def draw(path: Path, losses: list[float], accuracies: list[float]) -> None:
    """Plot loss per step and test accuracy per epoch."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses)
    left.set(xlabel="step", ylabel="training loss")
    right.plot(range(1, len(accuracies) + 1), accuracies)
    right.set(xlabel="epoch", ylabel="test accuracy")
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=120)


def main() -> None:
    """Train, report, draw."""
    random = np.random.default_rng(0)
    images, labels, test_images, test_labels = load_data(random)
    model = random_model(random)

    start = time.perf_counter()
    train_step(model, images[:BATCH], labels[:BATCH], RATE)
    print(f"compile time: {time.perf_counter() - start:.2f} s")

    losses: list[float] = []
    accuracies: list[float] = []
    start = time.perf_counter()
    for _ in tqdm(range(EPOCHS), unit="epoch", mininterval=0.2):
        order = random.permutation(len(labels))
        for first in range(0, len(order) - BATCH + 1, BATCH):
            rows = order[first : first + BATCH]
            loss, model = train_step(model, images[rows], labels[rows], RATE)
            losses.append(float(loss))
        accuracies.append(float(accuracy(model, test_images, test_labels)))
    seconds = time.perf_counter() - start

    print(f"steps per second: {len(losses) / seconds:.0f}")
    print(f"training loss: {losses[0]:.3f} -> {losses[-1]:.4f}")
    picture = Path("out") / "digits.png"
    draw(picture, losses, accuracies)
    print(f"picture: {picture}")
    print(f"test accuracy: {accuracies[-1]:.3f}")


if __name__ == "__main__":
    main()
