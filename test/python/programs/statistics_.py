"""Statistics over lists and arrays."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from programs import call, program

DATA = np.array([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])


@program(([1, 2, 3, 4],), ([2.5],), ([],))
def mean(xs: list[float]) -> float:
    if not xs:
        raise ValueError("mean of an empty list")
    return sum(xs) / len(xs)


@program(([1.0, 2.0, 3.0, 4.0],), ([5, 5, 5],), ([1.0],))
def variance(xs):
    m = mean(xs)
    return sum((x - m) ** 2 for x in xs) / (len(xs) - 1)


@program(([3, 1, 2],), ([4, 1, 3, 2],), ([7.5],), ([],))
def median(xs):
    ordered = sorted(xs)
    n = len(ordered)
    if n % 2 == 1:
        return ordered[n // 2]
    return (ordered[n // 2 - 1] + ordered[n // 2]) / 2


@program(([1, 2, 2, 3, 3, 3],), ([5],), ([1, 1, 2, 2],))
def mode(xs):
    best, best_count = xs[0], 0
    for x in xs:
        count = 0
        for y in xs:
            if y == x:
                count += 1
        if count > best_count:
            best, best_count = x, count
    return best


@program((DATA,), (np.array([1, 2, 3]),), (DATA.astype(np.float32),))
def standardise(x):
    return (x - x.mean()) / x.std()


@program((DATA,), (np.array([3]),))
def five_numbers(x):
    ordered = np.sort(x)
    n = len(ordered)
    return ordered[0], ordered[n // 4], ordered[n // 2], ordered[3 * n // 4], ordered[-1]


@program((DATA, DATA[::-1]), (np.arange(4), np.arange(4) * 2.0), (np.zeros(2), np.ones(2)))
def correlation(x, y):
    dx, dy = x - x.mean(), y - y.mean()
    return (dx * dy).sum() / np.sqrt((dx**2).sum() * (dy**2).sum())


@program((np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 4.0]]),), (np.eye(3),))
def covariance_matrix(x):
    centred = x - x.mean(axis=0)
    return centred.T @ centred / (len(x) - 1)


class Line(NamedTuple):
    slope: float
    intercept: float


@program(([0.0, 1.0, 2.0], [1.0, 3.0, 5.0]), ([1, 2], [2, 2]), ([1.0, 1.0], [0.0, 2.0]))
def fit_line(xs, ys):
    n = len(xs)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys))
    below = sum((x - mean_x) ** 2 for x in xs)
    slope = above / below
    return Line(slope, mean_y - slope * mean_x)


@dataclass(frozen=True)
class Running:
    count: int = 0
    mean: float = 0.0
    m2: float = 0.0

    def add(self, x):
        count = self.count + 1
        delta = x - self.mean
        mean = self.mean + delta / count
        return Running(count, mean, self.m2 + delta * (x - mean))

    @property
    def variance(self):
        return self.m2 / (self.count - 1) if self.count > 1 else 0.0


@program(([1.0, 2.0, 4.0],), ([],), ([3.0],))
def welford(xs: list[float]):
    running = Running()
    for x in xs:
        running = running.add(x)
    return running, running.variance


@program((DATA, 3), (DATA, 1), (np.array([1.0, 1.0]), 2))
def histogram(x, bins):
    low, high = x.min(), x.max()
    width = (high - low) / bins
    counts = np.zeros(bins, dtype=np.int64)
    for value in x:
        if width > 0:
            bin_ = min(int((value - low) / width), bins - 1)
        else:
            bin_ = 0
        counts[bin_] += 1
    return counts


@program((0.0,), (1.96,), (-1.0,), call(1.0, mean=1.0, deviation=2.0))
def normal_cdf(x, mean=0.0, deviation=1.0):
    return 0.5 * (1 + math.erf((x - mean) / (deviation * math.sqrt(2))))


@program((2, 3.0), (0, 1.0), (5, 0.0))
def poisson(k, rate):
    return rate**k * math.exp(-rate) / math.factorial(k)


@program((10, 0.5), (3, 0.0), (4, 1.0))
def binomial_distribution(n, p):
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


@program(([0.5, 0.5],), ([1.0],), ([0.25, 0.25, 0.5, 0.0],))
def entropy(probabilities):
    return -sum(p * math.log2(p) for p in probabilities if p > 0)


@program(([1.0, 2.0, 4.0],), ([3.0],), ([1.0, 0.0],))
def three_means(xs):
    arithmetic = math.fsum(xs) / len(xs)
    geometric = math.prod(xs) ** (1 / len(xs))
    harmonic = len(xs) / sum(1 / x for x in xs)
    return arithmetic, geometric, harmonic


@program((DATA, 25), (DATA, 50), (DATA, 100), (np.array([1.0]), 0))
def percentile(x, q):
    ordered = np.sort(x)
    position = (len(x) - 1) * q / 100
    below = int(position)
    above = min(below + 1, len(x) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


@program((1, 1000), (7, 100))
def estimate_pi(seed, samples):
    hits = 0
    for _ in range(samples):
        seed = (1664525 * seed + 1013904223) % 4294967296
        x = seed / 4294967296
        seed = (1664525 * seed + 1013904223) % 4294967296
        y = seed / 4294967296
        if x * x + y * y < 1:
            hits += 1
    return 4 * hits / samples


@program(([1, 1, 2], [1, 2, 2]), ([0, 0], [0, 0]), ([1], [0]))
def confusion(actual: list[int], predicted: list[int]):
    classes = max(actual + predicted) + 1
    table = [[0] * classes for _ in range(classes)]
    for a, p in zip(actual, predicted):
        table[a][p] += 1
    return table


@program(([True, False, True], [True, True, True]), ([False], [True]), ([True], [False]))
def precision_and_recall(actual, predicted):
    hits = sum(a and p for a, p in zip(actual, predicted))
    guessed = sum(predicted)
    existing = sum(actual)
    if guessed == 0 or existing == 0:
        return None
    return hits / guessed, hits / existing
