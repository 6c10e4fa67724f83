# Part of the Myia project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# pyright: basic
"""Random numbers from keys: equal keys give equal numbers, compiled or not.

Numbers are Threefry-2x32 of counters (Salmon et al., "Parallel random numbers: as easy as 1, 2,
3", SC 2011). A key is used once: `split` makes new ones. Where a key may be None, the next one of
the process's stream is taken (`next_key`): it goes on from call to call, in the order of the
program, and `seed` makes it repeat. Everything here is Myia's own Python, so it may be called from
compiled code, also inside of derivatives, and from plain Python, and both take from one stream.

    random.seed(7)
    noise = random.normal(shape=(3,))
"""

from __future__ import annotations

import numpy as np

from myia import _call

_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))


def threefry(key, first, second):
    """Twenty rounds of Threefry on pairs of uint32; `first` and `second` are arrays."""
    k0, k1 = key[0], key[1]
    k2 = k0 ^ k1 ^ np.uint32(0x1BD11BDA)
    first, second = first + k0, second + k1
    schedule = ((k1, k2, 1), (k2, k0, 2), (k0, k1, 3), (k1, k2, 4), (k2, k0, 5))
    for added, also, number in schedule:
        for distance in _ROTATIONS[(number - 1) % 2]:
            first = first + second
            second = (second << distance) | (second >> (32 - distance))
            second = first ^ second
        first = first + added
        second = second + also + np.uint32(number)
    return first, second


def key(seed):
    """The key of a seed, an int."""
    return np.array((seed >> 32 & 0xFFFFFFFF, seed & 0xFFFFFFFF)).astype(np.uint32)


def seed(value):
    """Start the process's stream anew, as an int says."""
    _call.seed(value)


def next_key():
    """The next key of the process's stream; after `seed`, the same ones come again."""
    return key(_call.draw())


def split(key, num=2):
    """New keys, one per row."""
    first, second = threefry(key, np.zeros(num, np.uint32), np.arange(num, dtype=np.uint32))
    return np.stack((first, second), 1)


def fold_in(key, data):
    """A new key for a number, for example that of an iteration."""
    first, second = threefry(key, np.ones(1, np.uint32), np.full(1, data).astype(np.uint32))
    return np.concatenate((first, second))


def _count(shape):
    count = 1
    for size in shape if isinstance(shape, tuple) else (shape,):
        count = count * size
    return count


def _words(key, shape):
    """Two uint32 for every element of the shape, flat."""
    count = _count(shape)
    key = next_key() if key is None else key
    return threefry(key, np.full(count, 2, np.uint32), np.arange(count, dtype=np.uint32))


def bits(key=None, shape=()):
    """Uniform uint32."""
    return np.reshape(_words(key, shape)[0], shape)


def uniform(key=None, shape=(), low=0.0, high=1.0, dtype=np.float64):
    """Uniform numbers from `low` on, below `high`."""
    first, second = _words(key, shape)
    if dtype == np.float64:
        whole = (first >> 5).astype(np.float64) * 67108864.0 + (second >> 6).astype(np.float64)
        unit = whole * 2.0**-53
    else:
        unit = ((first >> 8).astype(np.float32) * np.float32(2.0**-24)).astype(dtype)
    return np.reshape(unit, shape) * (high - low) + low


def normal(key=None, shape=(), mean=0.0, std=1.0, dtype=np.float64):
    """Normal numbers, by Box and Muller's transform."""
    keys = split(next_key() if key is None else key)
    radius = np.sqrt(-2.0 * np.log1p(-uniform(keys[0], shape, dtype=dtype)))
    angle = 6.283185307179586 * uniform(keys[1], shape, dtype=dtype)
    return radius * np.cos(angle) * std + mean


def exponential(key=None, shape=(), scale=1.0, dtype=np.float64):
    """Exponentially distributed numbers."""
    return -np.log1p(-uniform(key, shape, dtype=dtype)) * scale


def integers(key, low, high, shape=()):
    """Integers from `low` on, below `high`."""
    first, second = _words(key, shape)
    words = (first.astype(np.uint64) << 32) | second.astype(np.uint64)
    span = np.full(1, high - low).astype(np.uint64)
    return np.reshape((words % span).astype(np.int64), shape) + low


def bernoulli(key=None, p=0.5, shape=()):
    """True with probability `p`."""
    return uniform(key, shape) < p


def permutation(key, x):
    """The numbers below an int, or the rows of an array, in random order."""
    if isinstance(x, int):
        return np.argsort(uniform(key, x), kind="stable")
    return x[np.argsort(uniform(key, x.shape[0]), kind="stable")]


def choice(key, a, shape=()):
    """Rows of an array, or numbers below an int, drawn with replacement."""
    if isinstance(a, int):
        return integers(key, 0, a, shape)
    return a[integers(key, 0, a.shape[0], shape)]


def categorical(key, logits, shape=()):
    """Positions along one axis of logits, each with the probability that softmax gives it."""
    shape = shape if isinstance(shape, tuple) else (shape,)
    noise = -np.log(exponential(key, shape + logits.shape))
    return np.argmax(logits + noise, axis=-1)
